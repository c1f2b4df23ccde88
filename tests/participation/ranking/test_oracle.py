"""An independent library counts the same random ballots, cut short at any place, and finds the same."""

from collections import Counter

from hypothesis import assume, given
from votelib.component.rankscore import SequenceBased
from votelib.convert import RankedToCondorcetVotes, RankedToPositionalVotes
from votelib.evaluate.condorcet import Schulze

from participation.ranking.ballots import BallotLine
from participation.ranking.results import AreaTally
from participation.ranking.tally import count
from tests.participation.ranking.strategies import THEMES, ballots


def counted(lines: list[BallotLine], k: int) -> AreaTally:
    result = count(lines, themes=THEMES, k=k, thresholds=False)
    assume(result is not None)
    assert result is not None
    return result


def as_votes(lines: list[BallotLine]) -> Counter[tuple[str, ...]]:
    votes: Counter[tuple[str, ...]] = Counter()
    for line in lines:
        if line.ranking:
            votes[line.ranking] += line.count
    return votes


@given(ballots(k=4))
def test_the_shares_of_the_first_three_places_are_those_of_the_library(lines: list[BallotLine]) -> None:
    result, votes = counted(lines, 4), as_votes(lines)
    theirs = RankedToPositionalVotes(SequenceBased([1, 1, 1])).convert(votes)
    for theme in THEMES:
        assert result.themes[theme].chosen == theirs.get(theme, 0)
        assert result.themes[theme].share_raw == theirs.get(theme, 0) / votes.total()


@given(ballots(k=4))
def test_the_points_are_those_of_the_library(lines: list[BallotLine]) -> None:
    result, votes = counted(lines, 4), as_votes(lines)
    theirs = RankedToPositionalVotes(SequenceBased([3, 2, 1])).convert(votes)
    for theme in THEMES:
        assert result.themes[theme].points_raw == theirs.get(theme, 0) / votes.total()


@given(ballots(k=4))
def test_who_is_put_before_whom_and_the_chains_of_schulze_are_those_of_the_library(
    lines: list[BallotLine],
) -> None:
    result = counted(lines, 4)
    pairs = RankedToCondorcetVotes(unranked_at_bottom=True).convert(as_votes(lines))
    assert result.pairwise is not None
    assert result.schulze is not None
    # The library does not know the themes that nobody named.
    named = {theme for pair in pairs for theme in pair}
    for one in THEMES:
        for other in named - {one}:
            assert result.pairwise[one][other] == pairs.get((one, other), 0)
    paths = Schulze.widest_paths(pairs)
    place = {theme: number for number, group in enumerate(result.schulze) for theme in group}
    wins = {
        one: sum(paths.get((one, other), 0) > paths.get((other, one), 0) for other in named) for one in named
    }
    for one in named:
        for other in named:
            assert (wins[one] > wins[other]) == (place[one] < place[other])
