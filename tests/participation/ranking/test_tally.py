import itertools
import random
from dataclasses import fields
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from haarlemveilig.disclosure import Tier
from participation.ranking.ballots import BallotError, BallotLine, box_of
from participation.ranking.results import ThemeTally
from participation.ranking.tally import AreaTally, Label, count, count_areas
from participation.ranking.weighting import CellPopulation
from tests.participation.ranking.strategies import CELLS, THEMES, ballots

GOLDEN = (
    BallotLine(("A", "B", "C"), "X", "x"),
    BallotLine(("A", "D"), "X", "x"),
    BallotLine(("B",), "X", "x"),
    BallotLine(("C", "A", "B"), "Y", "y"),
    BallotLine(("B", "A", "C"), "Y", "y"),
    BallotLine((), "Y"),
)
GOLDEN_CELLS = (
    CellPopulation("X", "x", Fraction(3, 10)),
    CellPopulation("Y", "y", Fraction(7, 10)),
)
SIMULATED = 500


def tally(lines, themes=THEMES, k=3, **options) -> AreaTally:
    result = count(lines, themes=themes, k=k, **{"thresholds": False, **options})
    assert result is not None
    return result


def column(result: AreaTally, name: str) -> list:
    return [getattr(each, name) for each in result.themes.values()]


def simulated(n: int, area: str = "X", cells=("",), seed: int = 1) -> list[BallotLine]:
    """n ballots in which A is far ahead of the rest and E far behind."""
    choose = random.Random(seed)
    lines = []
    for i in range(n):
        order = sorted(THEMES, key=lambda theme: choose.random() * (1 + THEMES.index(theme)))
        lines.append(BallotLine(tuple(order[: choose.choice((1, 2, 3, 3))]), area, cells[i % len(cells)]))
    return lines


# --- the worked examples of the method -----------------------------------------------------------


def test_the_small_example_gives_the_printed_figures():
    result = tally(GOLDEN, cells=GOLDEN_CELLS)
    assert (result.n, result.abstentions) == (5, 1)
    assert column(result, "chosen") == [4, 4, 3, 1, 0]
    assert column(result, "share_raw") == [0.8, 0.8, 0.6, 0.2, 0]
    assert column(result, "share_weighted") == [0.9, 0.9, 0.8, 0.1, 0]
    assert column(result, "rank") == [1, 1, 3, 4, 5]
    assert column(result, "points_raw") == [2.0, 1.8, 1.0, 0.4, 0]
    assert column(result, "points_weighted") == [2.0, 1.9, 1.5, 0.2, 0]
    assert [list(row.values()) for row in result.pairwise.values()] == [
        [0, 3, 3, 4, 4],
        [2, 0, 3, 4, 4],
        [1, 1, 0, 3, 3],
        [0, 1, 1, 0, 1],
        [0, 0, 0, 0, 0],
    ]
    assert result.deff == 1.375
    assert result.n_eff == pytest.approx(3.636, abs=0.001)


def test_the_small_example_is_the_same_with_its_cells_within_one_area():
    lines = [BallotLine(line.ranking, "S", line.area, line.count) for line in GOLDEN]
    cells = [CellPopulation("S", each.area, each.population) for each in GOLDEN_CELLS]
    assert tally(lines, cells=cells).themes == tally(GOLDEN, cells=GOLDEN_CELLS).themes


def test_the_small_example_is_the_same_when_the_areas_are_the_cells():
    lines = [BallotLine(line.ranking, line.area, "", line.count) for line in GOLDEN]
    assert tally(lines, cells=GOLDEN_CELLS).themes == tally(GOLDEN, cells=GOLDEN_CELLS).themes


def test_the_45_voters_of_schulze():
    votes = {
        "ACBED": 5, "ADECB": 5, "BEDAC": 8, "CABED": 3, "CAEBD": 7, "CBADE": 2, "DCEBA": 7, "EBADC": 8,
    }  # fmt: skip
    result = tally([BallotLine(tuple(order), count=n) for order, n in votes.items()], k=5)
    assert result.schulze == (("E",), ("A",), ("C",), ("B",), ("D",))


def test_the_capital_of_tennessee():
    votes = {
        ("Memphis", "Nashville", "Chattanooga", "Knoxville"): 42,
        ("Nashville", "Chattanooga", "Knoxville", "Memphis"): 26,
        ("Chattanooga", "Knoxville", "Nashville", "Memphis"): 15,
        ("Knoxville", "Chattanooga", "Nashville", "Memphis"): 17,
    }
    themes = ("Chattanooga", "Knoxville", "Memphis", "Nashville")
    result = tally([BallotLine(order, count=n) for order, n in votes.items()], themes, k=4)
    assert result.schulze == (("Nashville",), ("Chattanooga",), ("Knoxville",), ("Memphis",))


# --- ballots -------------------------------------------------------------------------------------


def test_a_ballot_that_is_not_right_is_refused():
    with pytest.raises(BallotError, match="onbekend"):
        tally([BallotLine(("Z",))])


def test_a_box_of_another_round_is_refused():
    box = box_of([BallotLine(("A", "B", "C"))], themes=THEMES, k=3)
    with pytest.raises(BallotError, match="niet van deze ronde"):
        tally(box, themes=("A", "B"))
    with pytest.raises(BallotError, match="niet van deze ronde"):
        tally(box, k=2)


def test_a_box_counts_as_its_ballots_do():
    assert tally(box_of(GOLDEN, themes=THEMES, k=3)) == tally(GOLDEN)


def test_only_abstentions_make_no_result():
    assert count([BallotLine((), "X")], themes=THEMES, k=3) is None


def test_an_area_with_only_abstentions_is_left_out_and_counted_in_the_whole():
    result = count_areas([*GOLDEN, BallotLine((), "Z", count=4)], themes=THEMES, k=3, thresholds=False)
    assert set(result.areas) == {"X", "Y"}
    assert result.total.abstentions == 5


def test_an_area_or_a_cell_without_population_is_refused():
    with pytest.raises(BallotError, match="van het gebied 'Y' is geen bevolking bekend"):
        tally(GOLDEN, cells=GOLDEN_CELLS[:1])
    with pytest.raises(BallotError, match="de cel 'y' is in het gebied 'Y' onbekend"):
        tally(GOLDEN, cells=[GOLDEN_CELLS[0], CellPopulation("Y", "other", 7)])


@pytest.mark.parametrize(("k", "points"), [(1, [1, 0, 0, 0, 0]), (2, [2, 1, 0, 0, 0]), (3, [3, 2, 1, 0, 0])])
def test_the_points_depend_on_how_many_places_count(k, points):
    assert column(tally([BallotLine(THEMES[:k])], k=k), "points_raw") == points


def test_only_three_places_count_for_the_headline_however_many_are_asked():
    result = tally([BallotLine(THEMES)], k=5)
    assert column(result, "share_raw") == [1, 1, 1, 0, 0]
    assert column(result, "points_raw") == [3, 2, 1, 0, 0]
    assert result.themes["E"].places == (0, 0, 0, 0, 1)
    assert result.pairwise["D"]["E"] == 1


# --- what may be shown ---------------------------------------------------------------------------


def hidden(each: ThemeTally) -> set[str]:
    return {field.name for field in fields(each) if getattr(each, field.name) is None}


ALL = {field.name for field in fields(ThemeTally)}
WEIGHTED = {"share_weighted", "points_weighted"}
RANKS = {"rank", "rank_low", "rank_high", "label"}


@pytest.mark.parametrize(
    ("n", "tier", "shows_n", "hides"),
    [
        (9, Tier.NOTHING, False, ALL),
        (10, Tier.COUNT_ONLY, True, ALL),
        (29, Tier.COUNT_ONLY, True, ALL),
        (30, Tier.INDICATIVE, True, RANKS | WEIGHTED),
        (99, Tier.INDICATIVE, True, RANKS | WEIGHTED),
        (100, Tier.RANKED, True, WEIGHTED),
        (300, Tier.REGULAR, True, WEIGHTED),
    ],
)
def test_few_participants_hide_much(n, tier, shows_n, hides):
    result = count([*simulated(n), BallotLine((), "X", count=2)], themes=THEMES, k=3)
    assert result.tier == tier
    assert (result.n, result.abstentions) == ((n, 2) if shows_n else (None, None))
    assert all(hidden(each) == hides for each in result.themes.values())
    assert (result.pairwise is None) == (n < 30)
    assert (result.schulze is None) == (result.robust is None) == (result.disputed is None) == (n < 100)


def test_a_pair_that_fewer_than_ten_named_is_blank():
    lines = [BallotLine(("A",), count=100), BallotLine(("D",), count=4), BallotLine(("E",), count=5)]
    pairwise = count(lines, themes=THEMES, k=3).pairwise
    assert pairwise["D"]["E"] is pairwise["E"]["D"] is None
    assert pairwise["A"]["D"] == 100
    assert pairwise["D"]["D"] == 0


def test_without_thresholds_everything_is_there():
    result = tally(simulated(5))
    assert all(hidden(each) == WEIGHTED for each in result.themes.values())


def test_weights_that_do_more_harm_than_good_leave_the_raw_figures():
    lines = simulated(20, cells=("16-34",)) + simulated(480, cells=("35+",), seed=2)
    cells = [CellPopulation("X", "16-34", 12), CellPopulation("X", "35+", 88)]
    assert count(lines, themes=THEMES, k=3, cells=cells).raw_because is None
    lines = simulated(60, "X") + simulated(940, "Y", seed=2)
    cells = [CellPopulation("X", "all", 50), CellPopulation("Y", "all", 50)]
    result = count(lines, themes=THEMES, k=3, cells=cells)
    assert result.raw_because == "design-effect"
    assert result.deff > 2
    assert all(hidden(each) == WEIGHTED for each in result.themes.values())
    assert [each.share for each in result.themes.values()] == column(result, "share_raw")


def test_the_published_cells_are_enough_to_work_out_the_weighted_shares():
    lines = simulated(SIMULATED, cells=("", *CELLS)) + simulated(SIMULATED, "Y", cells=CELLS, seed=2)
    cells = [CellPopulation(area, cell, 100 + i) for area in "XY" for i, cell in enumerate(CELLS)]
    result = count(lines, themes=THEMES, k=3, cells=cells)
    for i, each in enumerate(result.themes.values()):
        share = sum(cell.share * sum(cell.places[i]) / cell.n for cell in result.cells)
        assert each.share_weighted == each.share == float(share)


# --- labels, badge, ranks ------------------------------------------------------------------------


def test_a_clear_result_has_clear_labels():
    lines = [BallotLine(("A", "B", "C"), count=400), BallotLine(("D", "E"), count=60)]
    result = count(lines, themes=THEMES, k=3)
    assert column(result, "label") == [Label.IN, Label.IN, Label.IN, Label.OUT, Label.OUT]
    assert result.robust
    assert result.disputed == ()


def test_an_even_result_says_perhaps():
    lines = [BallotLine((theme,), count=100) for theme in THEMES]
    result = count(lines, themes=THEMES, k=3)
    assert column(result, "label") == [Label.POSSIBLE] * 5
    assert column(result, "rank") == [1] * 5


def test_a_top_three_that_hangs_on_the_rule_is_not_robust():
    lines = [
        BallotLine(("A", "B", "C"), count=50),
        BallotLine(("A", "B", "D"), count=15),
        BallotLine(("D",), count=34),
        BallotLine(("E", "A", "C"), count=1),
    ]
    result = tally(lines)
    assert not result.robust
    assert result.disputed == ("C", "D")


def test_the_margin_holds_the_headline_share():
    result = tally(GOLDEN, cells=GOLDEN_CELLS)
    assert all(each.margin_low <= each.share <= each.margin_high for each in result.themes.values())


# --- properties ----------------------------------------------------------------------------------

POPULATIONS = tuple(CellPopulation(area, cell, 50 + i) for area in "XY" for i, cell in enumerate(CELLS))
EXACT = ("chosen", "places", "share_raw", "share_weighted", "points_raw", "points_weighted", "rank")


def exact(result: AreaTally, rename=lambda theme: theme) -> dict:
    return {rename(theme): [getattr(each, name) for name in EXACT] for theme, each in result.themes.items()}


voted = ballots(cells=("", *CELLS)).filter(lambda lines: any(line.ranking for line in lines))


@given(voted, st.permutations(THEMES))
def test_no_theme_is_favoured_by_its_name(lines, names):
    rename = dict(zip(THEMES, names, strict=True)).get
    renamed = [
        BallotLine(tuple(map(rename, line.ranking)), line.area, line.cell, line.count) for line in lines
    ]
    before, after = tally(lines, cells=POPULATIONS), tally(renamed, cells=POPULATIONS)
    assert exact(before, rename) == exact(after)
    assert [set(map(rename, group)) for group in before.schulze] == [set(group) for group in after.schulze]
    assert before.robust == after.robust


@given(voted, st.randoms(use_true_random=False))
def test_the_order_of_the_ballots_does_not_matter(lines, chance):
    shuffled = chance.sample(lines, len(lines))
    assert tally(lines, cells=POPULATIONS) == tally(shuffled, cells=POPULATIONS)


@given(voted)
def test_equal_ballots_may_be_written_one_by_one(lines):
    apart = [BallotLine(line.ranking, line.area, line.cell) for line in lines for _ in range(line.count)]
    assert tally(lines, cells=POPULATIONS) == tally(apart, cells=POPULATIONS)


@given(voted)
def test_the_areas_add_up_to_the_whole(lines):
    result = count_areas(lines, themes=THEMES, k=3, thresholds=False)
    parts = result.areas.values()
    assert sum(part.n for part in parts) == result.total.n
    for theme, each in result.total.themes.items():
        assert sum(part.themes[theme].chosen for part in parts) == each.chosen
        for other in THEMES:
            assert sum(part.pairwise[theme][other] for part in parts) == result.total.pairwise[theme][other]


@given(voted)
def test_what_every_wijk_puts_first_the_whole_puts_first(lines):
    result = count_areas(lines, themes=THEMES, k=3, thresholds=False)
    for one, other in itertools.permutations(THEMES, 2):
        if all(part.themes[one].rank <= part.themes[other].rank for part in result.areas.values()):
            assert result.total.themes[one].rank <= result.total.themes[other].rank


@given(voted, st.data())
def test_lifting_a_theme_into_the_top_never_lowers_its_share(lines, data):
    index = data.draw(st.integers(0, len(lines) - 1))
    line, theme = lines[index], data.draw(st.sampled_from(THEMES))
    assume(line.ranking)
    lifted = (theme, *(other for other in line.ranking if other != theme))[:3]
    after = [*lines[:index], BallotLine(lifted, line.area, line.cell, line.count), *lines[index + 1 :]]
    for name in ("share_raw", "share_weighted", "points_raw", "points_weighted"):
        before_value = getattr(tally(lines, cells=POPULATIONS).themes[theme], name)
        assert getattr(tally(after, cells=POPULATIONS).themes[theme], name) >= before_value


@given(ballots(areas=("X",), cells=CELLS, min_size=6))
def test_weights_of_one_give_the_raw_figures(lines):
    per_cell = {
        cell: sum(each.count for each in lines if each.cell == cell and each.ranking) for cell in CELLS
    }
    assume(sum(per_cell.values()))
    result = tally(lines, cells=[CellPopulation("X", cell, n) for cell, n in per_cell.items()])
    for each in result.themes.values():
        assert each.share_weighted == each.share_raw
        assert each.points_weighted == each.points_raw
    assert result.deff == 1


@given(voted)
def test_a_theme_that_beats_every_other_is_first_by_schulze(lines):
    result = tally(lines)
    p = result.pairwise
    winners = [t for t in THEMES if all(p[t][other] > p[other][t] for other in THEMES if other != t)]
    assert not winners or result.schulze[0] == (winners[0],)


@given(voted)
def test_the_rank_lies_within_its_interval(lines):
    for each in tally(lines, cells=POPULATIONS).themes.values():
        assert 1 <= each.rank_low <= each.rank <= each.rank_high <= len(THEMES)


@given(voted)
def test_no_pair_is_compared_by_more_people_than_took_part(lines):
    result = tally(lines)
    matrix = np.array([list(row.values()) for row in result.pairwise.values()])
    assert (matrix + matrix.T <= result.n).all()
