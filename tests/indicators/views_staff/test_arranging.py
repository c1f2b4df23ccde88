from collections.abc import Callable

import pytest
from django.test import Client

from haarlemveilig.accounts.models import User
from haarlemveilig.audit.models import AuditEntry
from indicators.models import Indicator, IndicatorTable, Observation, Series, TableRow
from tests.indicators.conftest import table, take_in

SignIn = Callable[[User | str], Client]


@pytest.fixture
def figures(city: None) -> IndicatorTable:
    """Four rows in two groups; the second has no printed source, so that its source is a proposal."""
    rows = (
        "1;Jeugd;A;Burenruzie;Politie;12;1",
        "1;Jeugd;A;Boetes;;3;4",
        "1;Jeugd;B;HALT;LAA;1;2",
        "1;Jeugd;B;X;LAA;5;6",
    )
    take_in(table(*rows))
    return IndicatorTable.objects.get()


@pytest.fixture
def officer(sign_in: SignIn) -> Client:
    return sign_in("beleidsmedewerker")


def here(figures: IndicatorTable, *more: object) -> str:
    return f"/werk/cijfers/{figures.pk}/opzet/" + "".join(f"{part}/" for part in more)


def order(figures: IndicatorTable) -> list[str]:
    return list(figures.rows.order_by("order").values_list("label", flat=True))


def row(label: str) -> TableRow:
    return TableRow.objects.get(label=label)


def add_row(officer: Client, figures: IndicatorTable, **fields: str) -> str:
    city = str(Series.objects.first().area_id)  # type: ignore[union-attr]
    said = {"indicator": "Nieuw", "source": "politie", "area": city, "label": "", "group": ""} | fields
    data = {"do": "row", **{f"rij-{name}": value for name, value in said.items()}}
    return officer.post(here(figures), data, follow=True).content.decode()


def add_column(officer: Client, figures: IndicatorTable, kind: str, period: str, label: str = "") -> str:
    data = {"do": "column", "kolom-kind": kind, "kolom-period": period, "kolom-label": label}
    return officer.post(here(figures), data, follow=True).content.decode()


def test_rows_move_within_their_group_and_no_further(figures: IndicatorTable, officer: Client) -> None:
    for label, do in (("Boetes", "up"), ("Boetes", "up"), ("Burenruzie", "down"), ("X", "up")):
        answer = officer.post(here(figures, row(label).pk), {"do": do})
        assert answer["Location"].endswith(f"?naar={do}-{row(label).pk}")
    assert order(figures) == ["Boetes", "Burenruzie", "X", "HALT"]
    assert AuditEntry.objects.filter(action="indicators.row_moved").count() == 2


def test_the_button_that_was_pressed_gets_the_focus_again_or_the_other_one(
    figures: IndicatorTable, officer: Client
) -> None:
    for label, left in (("Boetes", "down"), ("HALT", "up")):
        do = "up" if left == "down" else "down"
        page = officer.post(here(figures, row(label).pk), {"do": do}, follow=True).content.decode()
        assert page.count("autofocus") == 1
        button = page[: page.index("autofocus")].rpartition("<form")[2]
        assert str(row(label).pk) in button
        assert f'value="{left}"' in button


def test_a_proposal_is_confirmed_by_a_named_person(figures: IndicatorTable, officer: Client) -> None:
    assert row("Boetes").source_is_proposed
    assert "Ja, Politie" in officer.get(here(figures)).content.decode()
    officer.post(here(figures, row("Boetes").pk), {"do": "source"})
    assert not row("Boetes").source_is_proposed
    assert AuditEntry.objects.get(action="indicators.proposal_confirmed").details["proposal"] == "source"


def test_a_row_goes_out_of_the_table_and_its_figures_stay(figures: IndicatorTable, officer: Client) -> None:
    address = here(figures, row("HALT").pk, "weghalen")
    assert "Alle cijfers blijven bewaard" in officer.get(address).content.decode()
    assert "HALT" in order(figures)
    before = Observation.objects.count()
    officer.post(address)
    assert order(figures) == ["Burenruzie", "Boetes", "X"]
    assert Observation.objects.count() == before
    assert Series.objects.filter(indicator__name="HALT").exists()


def test_a_row_comes_at_the_end_of_its_group(figures: IndicatorTable, officer: Client) -> None:
    add_row(officer, figures, group="a", label="Nieuwe rij")
    assert order(figures) == ["Burenruzie", "Boetes", "Nieuwe rij", "HALT", "X"]
    added = row("Nieuwe rij")
    assert (added.group, added.series.source.name, added.series.indicator.name) == ("A", "Politie", "Nieuw")


def test_a_known_indicator_is_not_made_again(figures: IndicatorTable, officer: Client) -> None:
    add_row(officer, figures, indicator="halt", source="Gemeente")
    assert Indicator.objects.filter(name__iexact="halt").count() == 1
    assert order(figures)[-1] == "halt"


def test_a_series_stands_in_a_table_once(figures: IndicatorTable, officer: Client) -> None:
    page = add_row(officer, figures, indicator="HALT", source="LAA")
    assert "Deze reeks staat al in de tabel, als ‘HALT’." in page
    assert len(order(figures)) == 4


@pytest.mark.parametrize(
    ("kind", "period", "heading"),
    [
        ("observation", "2027", "2027"),
        ("baseline", "2018", "Meting 2018"),
        ("target", "2027", "Streefwaarde 2027"),
    ],
)
def test_a_column_gets_its_usual_heading_and_place(
    figures: IndicatorTable, officer: Client, kind: str, period: str, heading: str
) -> None:
    add_column(officer, figures, kind, period)
    figures.refresh_from_db()
    labels = [column.label for column in figures.columns]
    assert labels == ([heading, "2019", "2020"] if kind == "baseline" else ["2019", "2020", heading])


def test_a_column_comes_once_and_only_about_a_period(figures: IndicatorTable, officer: Client) -> None:
    assert "Deze kolom staat al in de tabel." in add_column(officer, figures, "observation", "2020")
    assert "‘volgend’ is geen jaar" in add_column(officer, figures, "target", "volgend")


def test_who_may_not_edit_changes_nothing(figures: IndicatorTable, sign_in: SignIn) -> None:
    reader = sign_in("communicatie")
    target = row("HALT").pk
    for address in (here(figures), here(figures, target), here(figures, target, "weghalen")):
        assert reader.post(address, {"do": "up"}).status_code == 403
    assert order(figures) == ["Burenruzie", "Boetes", "HALT", "X"]
