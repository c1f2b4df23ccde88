"""What was exported and is read in again changes nothing, in each kind of file."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from haarlemveilig.gemeente.models import Area
from indicators.cells import parse, parse_target
from indicators.columns import Column
from indicators.exports import WRITERS
from indicators.import_report import ImportReport
from indicators.management.commands.check_cells import outcome_of
from indicators.models import IndicatorTable, Observation, Source, TableRow, Target
from indicators.periods import Period
from indicators.reading import read_file
from indicators.selectors.documents import indicator_document, staff_table_document
from indicators.services import import_table
from indicators.services.observations import Figure, Origin, record_observations
from indicators.table_file import TableCell, TableFile, TableLine
from tests import factories
from tests.indicators import open_data
from tests.indicators.publishing import make_series, publish, record_answers

KINDS = sorted(WRITERS)
COLUMNS = [
    Column("baseline", Period.of_year(2021), "Meting 2021"),
    Column("observation", Period.of_year(2022), "2022"),
    Column("observation", Period.of_quarter(2023, 2), "2e kwartaal 2023"),
    Column("target", Period.of_year(2027), "Streefwaarde 2027"),
]
CELLS = [
    "12", "4.500", "<20%", "22% *)", "0", "6,7", "volgt", "", "pm", "veel", "007", "10 tot 15%", "≥ 7,0",
    "7,0 tot 7,5", "10-15%", "tussen 10% en 20% *)", "12 keer overleg en 4 keer schouw", "=1+1", "-", "–", "-5", "@som",
    "+31", "'s avonds", '"ja"; nee', "é → ‘x’",
]  # fmt: skip


def exported(table: IndicatorTable, kind: str) -> TableFile:
    content = WRITERS[kind](staff_table_document(table, "https://veilig.example.org/"))
    return read_file(content, f"tabel.{kind}", max_bytes=10_000_000)


def said(file: TableFile) -> list[dict[str, Any]]:
    """What check_cells says of each cell, besides where it stands."""
    outcome = outcome_of(file)
    assert outcome["identical"] == outcome["cells"]
    return [one | {"row": 0, "column": ""} for one in outcome["details"]]


def take_in(file: TableFile, **options: Any) -> ImportReport:
    return import_table(file, area=factories.area("haarlem"), provenance="toets", **options)


def everything() -> list[Any]:
    """All that a table shows, and all that is kept of its figures."""
    models = (IndicatorTable, TableRow, Observation, Target)
    return [row for model in models for row in model.objects.order_by("pk").values()]


def assert_changes_nothing(kind: str) -> None:
    before = everything()
    for table in IndicatorTable.objects.all():
        report = take_in(exported(table, kind))
        assert (report.changes, report.placed) == ((), 0)
    assert everything() == before


@pytest.mark.parametrize("kind", KINDS)
def test_the_real_table_comes_back_and_changes_nothing(haarlem: Area, kind: str) -> None:
    assert_changes_nothing(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_figures_with_margins_notes_and_statuses_come_back(haarlem: Area, kind: str) -> None:
    row = TableRow.objects.select_related("table").order_by("pk")[0]
    figure = Figure(
        "23,5",
        "provisional",
        Decimal("23.45"),
        note="Een noot; met ‘tekens’",
        measured=Period.spanning(dt.date(2019, 7, 1), dt.date(2020, 6, 30)),
        n=1200,
        low=Decimal("21.5"),
        high=Decimal("25.4"),
    )
    hidden = Figure("", "suppressed", reason="Te weinig mensen.")
    record_observations(
        {(row.series_id, Period.of_year(2019)): figure, (row.series_id, Period.of_year(2020)): hidden},
        Origin("toets"),
    )
    assert_changes_nothing(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_public_export_never_overwrites_what_it_hides(city: None, kind: str) -> None:
    hidden = open_data.small_count()
    survey = make_series("Voelt zich onveilig", "Omnibus", "parkwijk", kind=Source.Kind.SURVEY)
    for year, n in {2019: 5, 2020: 15, 2021: 50, 2022: 500}.items():
        record_answers(survey, year, 20, n)
    publish(survey)
    before = everything()
    for one in (hidden, survey):
        document = indicator_document(one.indicator.slug, "https://veilig.example.org/")
        assert document is not None
        file = read_file(WRITERS[kind](document), f"reeks.{kind}", max_bytes=10_000_000)
        assert "blijft staan" in file.remarks[0].text
        assert take_in(file).changes == ()
    assert everything() == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_comes_back_in_an_empty_database(haarlem: Area, kind: str) -> None:
    table = IndicatorTable.objects.all()[0]
    file = exported(table, kind)
    before = [texts(row) for row in table.rows.order_by("order")]
    columns = table.column_data
    TableRow.objects.all().delete()
    IndicatorTable.objects.all().delete()
    Source.objects.filter(series__isnull=True).delete()
    take_in(file)
    again = IndicatorTable.objects.get()
    assert [texts(row) for row in again.rows.order_by("order")] == before
    assert again.column_data == columns


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_that_contradicts_itself_comes_back(city: None, kind: str) -> None:
    cells = [("12", "1", "", ""), ("13", "1", "", ""), ("12", "1", "", "")]
    lines = [replace(line(number, row), label="Dubbel") for number, row in enumerate(cells, start=2)]
    take_in(TableFile(tuple(COLUMNS), tuple(lines)))
    assert_changes_nothing(kind)


def texts(row: TableRow) -> tuple[object, ...]:
    return row.group, row.label, row.printed_source, row.series_id


def line(number: int, printed: tuple[str, ...]) -> TableLine:
    cells = tuple(
        TableCell(column, (parse_target if column.kind == "target" else parse)(text))
        for column, text in zip(COLUMNS, printed, strict=True)
    )
    return TableLine(number, "1", "Gemaakt", "Groep", f"Rij {number}", "politie", "politie", False, cells)


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(rows=st.lists(st.tuples(*[st.sampled_from(CELLS)] * len(COLUMNS)), min_size=1, max_size=4))
@pytest.mark.parametrize("kind", KINDS)
def test_any_table_changes_nothing_when_it_comes_back(
    city: None, kind: str, rows: list[tuple[str, ...]]
) -> None:
    IndicatorTable.objects.all().delete()
    file = TableFile(tuple(COLUMNS), tuple(line(number, row) for number, row in enumerate(rows, start=2)))
    take_in(file)
    assert_changes_nothing(kind)
    assert said(exported(IndicatorTable.objects.get(), kind)) == said(file)
