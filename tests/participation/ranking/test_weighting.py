from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.ranking.tables import Table, empty_table
from participation.ranking.weighting import (
    AreaCells,
    CellPopulation,
    band_of,
    cell_code,
    cells_of,
    unweighted,
    weigh,
)

EMPTY = empty_table(2, 3)
CODES = tuple(cell_code(band, gender) for band in ("16-34", "35-64", "65+") for gender in "mv")


def table(n: int, chosen: tuple[int, int] | None = None) -> Table:
    """n participants; without `chosen` nobody named a theme in a way that matters here."""
    a, b = chosen or (n // 2, n // 3)
    places = np.array([[a, 0, 0], [b, 0, 0]])
    return Table(n, 0, places, np.diag([a, b]), np.zeros((2, 2), dtype=np.int64))


def area(sizes: dict[str, int], populations: dict[str, int] | None = None, code: str = "W01") -> AreaCells:
    people = populations or {cell: 100 for cell in sizes if cell}
    tables = {cell: table(n) for cell, n in sizes.items()}
    return AreaCells(code, tables, {cell: Fraction(number) for cell, number in people.items()})


def codes_of(*areas: AreaCells, strict: bool = True) -> list[tuple[str, ...]]:
    return [cell.codes for cell in cells_of(areas, empty=EMPTY, strict=strict)]


def test_cells_that_are_large_enough_stay():
    assert codes_of(area(dict.fromkeys(CODES, 10))) == [(code,) for code in CODES]


def test_one_cell_under_ten_drops_gender_everywhere():
    sizes = dict.fromkeys(CODES, 10) | {"65+/v": 9}
    assert codes_of(area(sizes)) == [
        ("16-34/m", "16-34/v"),
        ("35-64/m", "35-64/v"),
        ("65+/m", "65+/v"),
    ]


def test_a_band_under_ten_joins_its_smaller_neighbour():
    sizes = {"16-34/m": 9, "16-34/v": 9, "35-64/m": 2, "35-64/v": 3, "65+/m": 30, "65+/v": 30}
    assert codes_of(area(sizes)) == [("16-34/m", "16-34/v", "35-64/m", "35-64/v"), ("65+/m", "65+/v")]


def test_what_is_still_under_ten_becomes_one_cell():
    sizes = {"16-34/m": 1, "16-34/v": 1, "35-64/m": 1, "35-64/v": 1, "65+/m": 2, "65+/v": 1}
    assert codes_of(area(sizes)) == [CODES]


def test_bands_are_ordered_by_age_and_not_by_letter():
    sizes = {"5-15": 2, "16-34": 40, "35+": 20}
    assert codes_of(area(sizes)) == [("5-15", "16-34"), ("35+",)]


def test_a_ratio_above_three_collapses_and_exactly_three_does_not():
    sizes = {"16-34": 10, "35-64": 45, "65+": 45}
    three = area(sizes, {"16-34": 30, "35-64": 48, "65+": 22})
    assert len(codes_of(three)) == 3
    more = area(sizes, {"16-34": 31, "35-64": 47, "65+": 22})
    assert codes_of(more) == [("16-34", "35-64"), ("65+",)]


def test_the_worked_example_has_a_design_effect_of_one_and_a_half():
    example = area({"16-34": 10, "35-64": 45, "65+": 45}, {"16-34": 30, "35-64": 48, "65+": 22})
    weighting = weigh(cells_of([example], empty=EMPTY, strict=True))
    assert float(weighting.deff) == pytest.approx(1.52, abs=0.005)
    assert float(weighting.n_eff) == pytest.approx(66, abs=0.5)


def test_a_cell_in_which_everybody_named_one_theme_is_collapsed():
    revealing = AreaCells(
        "W01",
        {"16-34": table(20, (20, 3)), "35+": table(40, (10, 10))},
        {"16-34": Fraction(100), "35+": Fraction(200)},
    )
    assert codes_of(revealing) == [("16-34", "35+")]


def test_a_cell_in_which_nobody_named_a_theme_may_stay():
    harmless = AreaCells(
        "W01",
        {"16-34": table(20, (0, 3)), "35+": table(40, (10, 10))},
        {"16-34": Fraction(100), "35+": Fraction(200)},
    )
    assert len(codes_of(harmless)) == 2


def test_fewer_than_ten_who_gave_no_cell_join_the_largest_cell():
    cells = cells_of([area({"16-34": 20, "35+": 30, "": 9})], empty=EMPTY, strict=True)
    assert [cell.n for cell in cells] == [20, 39]


def test_ten_who_gave_no_cell_count_for_one_each():
    weighting = weigh(cells_of([area({"16-34": 20, "35+": 30, "": 10})], empty=EMPTY, strict=True))
    assert weighting.shares == (Fraction(5, 12), Fraction(5, 12), Fraction(1, 6))


def test_where_nobody_gave_a_cell_the_area_is_one_cell():
    cells = cells_of([area({"": 50}, {"16-34": 40, "35+": 60})], empty=EMPTY, strict=True)
    assert [(cell.n, cell.population) for cell in cells] == [(50, 100)]


def test_the_cells_of_a_whole_are_those_of_its_areas():
    first = area({"16-34": 20, "35+": 30, "": 15}, code="W01")
    second = area({"16-34": 10, "35+": 12, "": 11}, code="W02")
    cells = cells_of([first, second], empty=EMPTY, strict=True)
    assert [(cell.area, cell.n) for cell in cells if cell.known] == [
        ("W01", 20),
        ("W01", 30),
        ("W02", 10),
        ("W02", 12),
    ]
    assert [cell.n for cell in cells if not cell.known] == [26]


def test_an_area_under_ten_joins_the_next_smallest_before_anything_else():
    small, middle, large = (area({"16-34": n, "35+": n}, code=f"W{n:02}") for n in (2, 20, 50))
    cells = cells_of([large, small, middle], empty=EMPTY, strict=True)
    assert [(cell.area, cell.n, cell.population) for cell in cells] == [
        ("W02+W20", 22, 200),
        ("W02+W20", 22, 200),
        ("W50", 50, 100),
        ("W50", 50, 100),
    ]


def test_without_thresholds_only_empty_cells_are_put_together():
    sizes = {"16-34": 1, "35-64": 0, "65+": 2, "": 1}
    assert codes_of(area(sizes), strict=False) == [("16-34", "35-64"), ("65+",), ()]


def test_a_cell_without_residents_is_put_together_so_that_its_ballots_count():
    sizes = {"16-34": 20, "35-64": 20, "65+": 20}
    assert codes_of(area(sizes, {"16-34": 50, "35-64": 50, "65+": 0})) == [("16-34",), ("35-64", "65+")]


def test_equal_weights_give_the_plain_mean():
    parts = area({"16-34": 20, "35+": 40}, {"16-34": 100, "35+": 200})
    weighting = weigh(cells_of([parts], empty=EMPTY, strict=True))
    whole = unweighted(table(20) + table(40))
    assert weighting.mean(lambda each: each.chosen) == whole.mean(lambda each: each.chosen)
    assert weighting.deff == 1
    assert weighting.n_eff == 60


@pytest.mark.parametrize(
    ("sizes", "populations", "why"),
    [
        ({"16-34": 100, "35+": 100}, {"16-34": 50, "35+": 50}, None),
        ({"16-34": 14, "35+": 14}, {"16-34": 60, "35+": 40}, "effective-size"),
        ({"16-34": 20, "35+": 480}, {"16-34": 30, "35+": 70}, "design-effect"),
    ],
)
def test_it_says_when_weighting_does_more_harm_than_good(sizes, populations, why):
    assert weigh(cells_of([area(sizes, populations)], empty=EMPTY, strict=False)).objection() == why


def test_one_ballot_that_weighs_over_a_tenth_is_an_objection():
    sizes = {"16-34": 1, "35+": 60}
    weighting = weigh(cells_of([area(sizes, {"16-34": 11, "35+": 89})], empty=EMPTY, strict=False))
    assert weighting.objection() == "single-weight"


@given(
    st.dictionaries(st.sampled_from([*CODES, ""]), st.integers(0, 60), min_size=1),
    st.lists(st.integers(1, 500), min_size=6, max_size=6),
)
def test_nobody_is_lost_and_the_shares_add_up_to_one(sizes, people):
    if not sum(sizes.values()):
        return
    cells = cells_of([area(sizes, dict(zip(CODES, people, strict=True)))], empty=EMPTY, strict=True)
    assert sum(cell.n for cell in cells) == sum(sizes.values())
    assert sum(cell.population for cell in cells) == sum(people)
    assert sum(weigh(cells).shares) == 1
    assert len(cells) == 1 or all(cell.n >= 10 for cell in cells)


def test_a_code_holds_its_band():
    assert cell_code("16-34", "v") == "16-34/v"
    assert [band_of(code) for code in ("16-34/v", "16-34", "65+/x", "v")] == ["16-34", "16-34", "65+/x", "v"]


def test_a_population_cell_has_a_code():
    with pytest.raises(ValueError, match="code"):
        CellPopulation("W01", "", 10)
