"""Ballots for the property tests."""

from hypothesis import strategies as st

from participation.ranking.ballots import BallotLine

THEMES = ("A", "B", "C", "D", "E")
CELLS = ("16-34/m", "16-34/v", "35-64/m", "35-64/v", "65+/m", "65+/v")


def rankings(k: int = 3):
    return st.permutations(THEMES).flatmap(
        lambda order: st.integers(0, k).map(lambda length: tuple(order[:length]))
    )


def ballot_lines(k: int = 3, areas=("X", "Y"), cells=("",), max_count: int = 4):
    return st.builds(
        BallotLine,
        ranking=rankings(k),
        area=st.sampled_from(areas),
        cell=st.sampled_from(cells),
        count=st.integers(1, max_count),
    )


def ballots(k: int = 3, min_size: int = 1, max_size: int = 25, **options):
    return st.lists(ballot_lines(k, **options), min_size=min_size, max_size=max_size)
