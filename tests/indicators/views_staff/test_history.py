import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from haarlemveilig.accounts.models import User
from indicators.columns import Column, year_column
from indicators.models import IndicatorTable, Series
from indicators.periods import Period
from indicators.selectors.editing import edit_grid, table_rows
from indicators.selectors.history import cell_histories
from indicators.services.editing import CellEdit, Details, save_cells
from tests import factories
from tests.indicators.conftest import table, take_in

SignIn = Callable[[User | str], Client]
Y2020 = Period.of_year(2020)


def save(figures: IndicatorTable, printed: str, actor: User, **more: Any) -> None:
    one = edit_grid(figures, table_rows(figures)).cells[1]
    edit = CellEdit(one.series_id, one.column, one.saved, printed, **more)
    save_cells(table=figures, edits=[edit], reason="de politie telde opnieuw", actor=actor)


@pytest.fixture
def series(city: None) -> Series:
    """2020: volgt (with a reason), 12 on 15 May, 13 on 1 September."""
    officer = factories.user("beleidsmedewerker")
    with time_machine.travel(dt.datetime(2026, 1, 10, 12, tzinfo=dt.UTC)):
        take_in(table("1;Jeugd;;Burenruzie;Politie;7;volgt"))
    figures = IndicatorTable.objects.get()
    with time_machine.travel(dt.datetime(2026, 2, 1, 12, tzinfo=dt.UTC)):
        save(figures, "volgt", officer, details=Details("pending", "De politie levert in mei."))
    with time_machine.travel(dt.datetime(2026, 5, 15, 12, tzinfo=dt.UTC)):
        save(figures, "12", officer)
    with time_machine.travel(dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC)):
        save(figures, "13", officer)
    return Series.objects.get()


def page(browser: Client, series: Series, query: str = "") -> str:
    return " ".join(browser.get(f"/werk/cijfers/reeksen/{series.pk}/2020/{query}").content.decode().split())


def test_every_version_is_there_with_who_when_and_why(series: Series, sign_in: SignIn) -> None:
    found = page(sign_in("communicatie"), series)
    assert "Eerst volgt, 12 op 15 mei 2026, 13 op 1 september 2026." in found
    assert "De politie levert in mei." in found
    assert "de politie telde opnieuw" in found
    assert "met de hand, in de tabel Jeugd" in found
    assert "toets.csv" in found
    assert found.count("Beleidsmedewerker") == 3


@pytest.mark.parametrize(
    ("day", "known"),
    [
        ("2026-01-09", "nog niets"), ("2026-05-14", "volgt"), ("2026-05-15", "12"), ("2026-05-20", "12"),
        ("2026-09-01", "13"),
    ],
)  # fmt: skip
def test_it_says_what_was_known_on_a_day(series: Series, sign_in: SignIn, day: str, known: str) -> None:
    found = page(sign_in("communicatie"), series, f"?opDatum={day}")
    assert f"was bekend:</b> <b>{known}</b>".replace("</b> ", " ", 1) in found


def test_the_reason_of_an_empty_cell_of_then_is_visible(series: Series) -> None:
    (history,) = cell_histories(series, Y2020, dt.date(2026, 3, 1))
    assert history.known is not None
    assert (history.known.printed, history.known.reason) == ("volgt", "De politie levert in mei.")


def test_a_day_that_does_not_exist_is_asked_for_again(series: Series, sign_in: SignIn) -> None:
    assert "Vul een datum in, zoals 2026-05-20." in page(sign_in("communicatie"), series, "?opDatum=gisteren")


def test_targets_have_a_history_of_their_own(series: Series) -> None:
    figures = IndicatorTable.objects.get()
    figures.columns = [year_column(2020), Column("target", Y2020, "Streefwaarde 2020")]
    figures.save()
    save(figures, "10", User.objects.get())
    found = cell_histories(series, Y2020)
    assert [(one.is_target, len(one.versions)) for one in found] == [(False, 4), (True, 1)]


def test_a_cell_in_which_nothing_ever_stood_says_so(series: Series, sign_in: SignIn) -> None:
    found = sign_in("communicatie").get(f"/werk/cijfers/reeksen/{series.pk}/2031/").content.decode()
    assert "In dit vak stond nog nooit iets" in found


@pytest.mark.parametrize("path", ["999/2020", "1/2020-13", "1/gisteren"])
def test_what_is_no_cell_is_not_found(city: None, sign_in: SignIn, path: str) -> None:
    assert sign_in("communicatie").get(f"/werk/cijfers/reeksen/{path}/").status_code == 404


def test_a_resident_sees_no_history(series: Series, sign_in: SignIn) -> None:
    assert sign_in("bewoner").get(f"/werk/cijfers/reeksen/{series.pk}/2020/").status_code in (302, 403)


def test_the_page_asks_few_queries(
    series: Series, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    browser = sign_in("communicatie")
    with django_assert_max_num_queries(8):
        page(browser, series)


def test_a_day_that_is_still_to_come_is_refused(series: Series, sign_in: SignIn) -> None:
    found = page(sign_in("communicatie"), series, "?opDatum=9999-12-31")
    assert "Deze dag komt nog. Kies vandaag of een dag ervoor." in found
