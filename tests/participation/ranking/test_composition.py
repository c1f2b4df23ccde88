from fractions import Fraction

import pytest

from participation.ranking.composition import composition, gender_of
from participation.ranking.results import CellTally


def cell(codes: str, n: int, share: float, area: str = "X") -> CellTally:
    return CellTally(area, tuple(codes.split()), n, Fraction(share), ())


def test_the_groups_are_counted_by_age_and_by_gender_beside_the_population() -> None:
    cells = [
        cell("16-34/m", 10, 0.25), cell("16-34/v", 30, 0.25), cell("35-64/m", 40, 0.125), cell("35-64/v", 20, 0.375)
    ]  # fmt: skip
    young, old, men, women = composition(cells)
    assert (young.kind, young.code, young.n, young.share, young.population_share) == (
        "age",
        "16-34",
        40,
        0.4,
        0.5,
    )
    assert (old.code, old.n) == ("35-64", 60)
    assert (men.kind, men.code, men.n, men.population_share) == ("gender", "m", 50, pytest.approx(0.375))
    assert (women.code, women.n) == ("v", 50)


def test_bands_that_were_put_together_are_one_group_in_a_wijk_by_itself() -> None:
    cells = [cell("16-34/m 16-34/v 35-64/m 35-64/v", 30, 0.7), cell("65+/m 65+/v", 30, 0.3)]
    assert [group.code for group in composition(cells)] == ["16-64", "65+"]


def test_who_gave_no_group_is_left_out() -> None:
    cells = [cell("16-34/m", 10, 0.25), cell("35-64/m", 10, 0.25), cell("", 20, 0.5)]
    assert [(group.code, group.n, group.population_share) for group in composition(cells)] == [
        ("16-34", 10, 0.5),
        ("35-64", 10, 0.5),
    ]


def test_groups_known_of_less_than_half_are_not_the_participants() -> None:
    cells = [
        cell("16-34/m", 10, 0.2), cell("35-64/m", 10, 0.2), cell("16-34/m 35-64/m", 60, 0.6, area="Y")
    ]  # fmt: skip
    assert [group for group in composition(cells) if group.kind == "age"] == []


def test_one_cell_says_nothing_about_groups() -> None:
    assert composition([cell("16-34/m 16-34/v", 50, 1)]) == ()
    assert composition([]) == ()


@pytest.mark.parametrize(("code", "gender"), [("16-34/m", "m"), ("65+/v", "v"), ("16-34", ""), ("a/b", "")])
def test_the_gender_of_a_cell(code: str, gender: str) -> None:
    assert gender_of(code) == gender
