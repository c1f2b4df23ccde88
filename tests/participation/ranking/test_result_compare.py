from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from participation.ranking.result_compare import beside, compare, of_theme, set_apart_page
from tests.participation.ranking.result_samples import (
    CITY,
    MEERWIJK,
    NAMES,
    PARKWIJK,
    area,
    result,
    set_apart,
)


def beside_in(view):
    return beside(view.areas[PARKWIJK], view, NAMES)


def test_a_wijk_stands_beside_its_stadsdeel_and_the_city() -> None:
    wijk = area(within="oost")
    shown = beside_in(result(wijk, area("oost", 500)))
    assert [column.area.name for column in shown.columns] == ["Parkwijk", "Oost", "Haarlem"]


@given(n=st.integers(0, 29))
def test_a_wijk_with_too_few_stays_empty_beside_its_stadsdeel(n: int) -> None:
    wijk = area(n=n, within="oost")
    shown = beside_in(result(wijk, area("oost", 500)))
    assert all(theme.cells[0].share is None and theme.cells[0].place == "" for theme in shown.themes)
    assert all(theme.cells[1].share is not None for theme in shown.themes)
    assert shown.columns[0].note == "te weinig deelnemers"


@given(n=st.integers(30, 99))
def test_places_are_for_a_hundred_participants_and_more(n: int) -> None:
    shown = compare([PARKWIJK, CITY], result(area(n=n)), NAMES)
    assert [cell.place for cell in shown.themes[0].cells] == ["", "plaats 1–2"]
    assert shown.columns[0].note == "eerste indruk"


def test_wijken_come_in_order_of_name_whatever_their_share() -> None:
    view = result(area(MEERWIJK), area(PARKWIJK))
    assert [column.area.name for column, _cell in of_theme("afval", "wijk", view, NAMES)] == [
        "Meerwijk",
        "Parkwijk",
    ]


def test_an_area_says_with_whom_it_was_counted() -> None:
    shown = compare([PARKWIJK], result(area(merged_with=(MEERWIJK,))), NAMES)
    assert shown.columns[0].note == "samen met Meerwijk"


def test_what_was_set_apart_shows_the_shares_with_it_but_never_how_many_that_are() -> None:
    wijk = area()
    with_all = replace(wijk, participants=219, themes=tuple(replace(t, share=0.5) for t in wijk.themes))
    view = result(wijk, set_apart=(set_apart(),), areas_with_all={PARKWIJK: with_all})
    page = set_apart_page(view.areas[PARKWIJK], view, NAMES)
    assert page
    assert page.lines[0].ballots is None
    assert [row.share_with_all for row in page.rows] == [0.5] * 5
    assert "219" not in str(page)


def test_an_area_in_which_nothing_was_set_apart_says_nothing_of_it() -> None:
    view = result(area(), area(MEERWIJK), set_apart=(set_apart(),))
    assert set_apart_page(view.areas[MEERWIJK], view, NAMES) is None


def test_without_enough_participants_what_was_set_apart_is_told_without_shares() -> None:
    wijk = area(n=20)
    view = result(wijk, set_apart=(set_apart(),), areas_with_all={PARKWIJK: area(n=40)})
    page = set_apart_page(view.areas[PARKWIJK], view, NAMES)
    assert page
    assert page.rows == ()
