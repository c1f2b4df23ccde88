from typing import Any

import pytest

from indicators.changes import change_of
from indicators.display import CellView, ChangeView


def cell(label: str, value: float | None, **more: Any) -> CellView:
    return CellView(label, "" if value is None else f"{value:g}", "normal", value=value, **more)


def row(*values: float | None) -> list[CellView]:
    return [cell(str(2019 + place), value) for place, value in enumerate(values)]


@pytest.mark.parametrize(
    ("direction", "change"),
    [
        ("higher", ChangeView("up", "beter", "success")),
        ("lower", ChangeView("up", "slechter", "danger")),
        ("ambiguous", ChangeView("up", "hoger", "neutral")),
        ("neutral", ChangeView("up", "hoger", "neutral")),
        ("band", ChangeView("up", "hoger", "neutral")),
        ("", ChangeView("up", "hoger", "neutral")),
    ],
)
def test_a_change_is_judged_only_where_a_person_said_what_better_means(
    direction: str, change: ChangeView
) -> None:
    assert change_of(row(12, None, 13), direction) == change


@pytest.mark.parametrize(
    ("values", "word"),
    [((9, 4), "slechter"), ((30, 15), "beter"), ((12, 18), "even goed"), ((9, 9), "gelijk")],
)
def test_within_a_band_closer_is_better(values: tuple[float, float], word: str) -> None:
    found = change_of(row(*values), "band", (10, 20))
    assert found is not None
    assert found.word == word


def test_there_is_no_change_without_two_exact_figures() -> None:
    assert change_of(row(12, None), "lower") is None
    assert change_of([cell("2019", 20, comparator="<"), cell("2020", 13)], "lower") is None
    assert change_of([*row(12), cell("2027", 9, kind="target")], "lower") is None


def test_surveys_whose_margins_overlap_do_not_differ_clearly() -> None:
    before, after = cell("2021", 50, low=47, high=53), cell("2023", 54, low=51, high=57)
    assert change_of([before, after], "higher") == ChangeView("", "geen duidelijk verschil", "neutral")
    clear = cell("2023", 58, low=55, high=61)
    assert change_of([before, clear], "higher") == ChangeView("up", "beter", "success")
