"""What a file may bring besides a plain table: other areas, targets, notes, margins, and older figures."""

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from haarlemveilig.audit.models import AuditEntry
from indicators.cells import parse, parse_target
from indicators.columns import Column, year_column
from indicators.decisions import RowDecision
from indicators.import_report import ImportReport
from indicators.models import (
    Indicator,
    IndicatorAlias,
    IndicatorTable,
    Observation,
    Series,
    Source,
    TableRow,
    Target,
)
from indicators.periods import Period
from indicators.reading import Layout, read_file
from indicators.table_file import FileRemark, TableCell, TableFile, TableFileError, TableLine
from tests.indicators.conftest import table, take_in

TARGET = Column("target", Period.of_year(2027), "Streefwaarde 2027")
BASELINE = Column("baseline", Period.of_year(2021), "Meting 2021")
ROW = "2.1;Jeugd;;Meldingen;Politie;12;volgt"


def cell(text: str, column: Column = year_column(2021), **fields: object) -> TableCell:  # noqa: B008
    read = parse_target if column.kind == "target" else parse
    return TableCell(column, read(text), **fields)  # type: ignore[arg-type]


def line(*cells: TableCell, row: int = 2, label: str = "Meldingen", **fields: object) -> TableLine:
    defaults: dict[str, object] = {
        "chapter": "", "theme": "", "group": "", "printed_source": "Politie", "source": "Politie",
        "source_is_proposed": False,
    }  # fmt: skip
    return TableLine(row=row, label=label, cells=cells, **(defaults | fields))  # type: ignore[arg-type]


def file(*lines: TableLine, **fields: object) -> TableFile:
    columns = dict.fromkeys(cell.column for one in lines for cell in one.cells)
    return TableFile(tuple(columns), lines, **fields)  # type: ignore[arg-type]


def values() -> list[tuple[str, Decimal | None]]:
    return [(one.printed, one.value) for one in Observation.objects.filter(is_current=True).order_by("pk")]


# --- areas, breakdowns, rows without a table ------------------------------------------------------
def test_a_row_goes_to_its_own_area(city: None) -> None:
    take_in(file(line(cell("1"), area_code="WK039209"), line(cell("2"), area_code="GM0392", row=3)))
    found = Series.objects.order_by("pk").values_list("area__code", "observations__printed")
    assert list(found) == [("WK039209", "1"), ("GM0392", "2")]


def test_an_area_may_go_by_its_name(city: None) -> None:
    take_in(file(line(cell("1"), area_code="parkwijk")))
    assert Series.objects.get().area.code == "WK039209"


def test_other_municipalities_and_unknown_buurten_are_passed_over_and_counted(city: None) -> None:
    codes = ("WK036301", "BU03920101", "GM0363", "WK039209")
    report = take_in(file(*(line(cell("1"), area_code=code, row=row) for row, code in enumerate(codes, 2))))
    assert (report.rows, report.skipped) == (1, 3)


@pytest.mark.parametrize("code", ["WK039299", "Verzonnen wijk"])
def test_an_unknown_area_of_our_own_is_an_error_on_its_row(city: None, code: str) -> None:
    wrong = file(line(cell("1"), area_code=code, row=7))
    report = take_in(wrong, dry_run=True)
    assert (report.errors[0].row, report.errors[0].column) == (7, "gebied")
    with pytest.raises(TableFileError, match=f"Rij 7, kolom gebied: .* {code} is niet bekend"):
        take_in(wrong)
    assert not Source.objects.exists()


def test_an_unknown_theme_code_is_an_error_on_its_row(city: None) -> None:
    with pytest.raises(TableFileError, match="Rij 2, kolom thema: het thema ‘niets’ bestaat niet"):
        take_in(file(line(cell("1"), theme_code="niets")))


def test_a_breakdown_is_a_series_of_its_own(city: None) -> None:
    take_in(file(line(cell("1"), breakdown="mannen"), line(cell("2"), breakdown="vrouwen", row=3)))
    assert set(Series.objects.values_list("breakdown", flat=True)) == {"mannen", "vrouwen"}


def test_a_row_without_a_table_is_placed_nowhere(city: None) -> None:
    take_in(file(line(cell("1"), unit="per 1.000", theme_code="jeugd")))
    assert not IndicatorTable.objects.exists()
    indicator = Indicator.objects.get()
    assert (indicator.unit, indicator.theme and indicator.theme.code) == ("per 1.000", "jeugd")


def test_rows_with_other_years_of_one_series_are_put_together(city: None) -> None:
    later = line(cell("2", year_column(2022)), row=3)
    report = take_in(file(line(cell("1")), later))
    assert (report.series, report.remarks) == (1, ())
    assert values() == [("1", 1), ("2", 2)]


def test_rows_without_a_table_that_contradict_each_other_keep_the_first(city: None) -> None:
    report = take_in(file(line(cell("1")), line(cell("2"), row=3)))
    assert "We bewaren het eerste." in report.remarks[0].text
    assert values() == [("1", 1)]


def test_one_label_in_two_wijken_is_two_rows_of_a_table(city: None) -> None:
    rows = [line(cell("1"), theme="Jeugd", area_code=code) for code in ("WK039209", "WK039221")]
    take_in(file(*rows))
    take_in(file(*rows))
    assert TableRow.objects.count() == 2


# --- what a cell may carry ------------------------------------------------------------------------
def test_baselines_are_observations_and_targets_are_kept_apart(city: None) -> None:
    take_in(file(line(cell("1.046", BASELINE), cell("10 tot 15", TARGET), theme="Jeugd")))
    assert values() == [("1.046", 1046)]
    target = Target.objects.get()
    assert (target.value, target.value_high, target.period.year) == (10, 15, 2027)
    assert [one.key for one in IndicatorTable.objects.get().columns] == ["baseline:2021", "target:2027"]


@pytest.mark.parametrize("baseline_first", [True, False])
def test_two_columns_of_one_year_that_say_otherwise_keep_what_was_measured_and_note_the_other(
    city: None, baseline_first: bool
) -> None:
    cells = [cell("13", BASELINE), cell("12", note="Voorlopig.")]
    told = file(line(*(cells if baseline_first else reversed(cells)), theme="Jeugd"))
    report = take_in(told)
    assert [(one.column, one.text) for one in report.remarks] == [
        (
            "Meting 2021",
            "Hier staat ‘13’, maar in kolom 2021 staat ‘12’ voor dezelfde periode. "
            "We bewaren ‘12’, met ‘13’ in een noot.",
        )
    ]
    assert values() == [("12", 12)]
    assert Observation.objects.get().note == "Voorlopig. In kolom Meting 2021 staat ‘13’."
    assert take_in(told).changes == ()


def test_of_two_columns_of_one_year_an_empty_one_gives_way(city: None) -> None:
    report = take_in(file(line(cell("12", BASELINE), cell(""))))
    said = "Dit vak is leeg, maar in kolom Meting 2021 staat ‘12’ voor dezelfde periode. We bewaren ‘12’."
    assert [(one.column, one.text) for one in report.remarks] == [("2021", said)]
    assert (values(), Observation.objects.get().note) == ([("12", 12)], "")


def test_two_columns_of_one_year_that_say_the_same_are_one_cell(city: None) -> None:
    assert take_in(file(line(cell("12"), cell("12", BASELINE)))).remarks == ()
    assert values() == [("12", 12)]


def test_notes_measured_periods_and_margins_are_kept(city: None) -> None:
    told = cell(
        "6,5 *)", note="Gemeten in 2020.", measured=Period.of_year(2020), n=2000,
        low=Decimal("6.4"), high=Decimal("6.6"),
    )  # fmt: skip
    take_in(file(line(told, theme="Jeugd", note="Per 1 juli.")))
    kept = Observation.objects.get()
    assert kept.measured == Period.of_year(2020)
    assert (kept.n, kept.margin_low, kept.margin_high) == (2000, Decimal("6.4"), Decimal("6.6"))
    assert kept.note == "Gemeten in 2020."
    assert TableRow.objects.get().note == "Per 1 juli."


def test_margins_with_more_decimals_than_the_database_keeps_change_nothing_the_second_time(
    city: None,
) -> None:
    told = file(line(cell("1", low=Decimal("0.12345678"), high=Decimal("2"))))
    take_in(told)
    assert take_in(told).changes == ()


def test_what_the_file_says_of_a_status_goes_before_the_text(city: None) -> None:
    take_in(file(line(cell("x", status="suppressed", reason="Te weinig mensen."))))
    kept = Observation.objects.get()
    assert (kept.status, kept.reason, kept.value) == ("suppressed", "Te weinig mensen.", None)


def test_composites_keep_their_parts(city: None) -> None:
    take_in(file(line(cell("12 keer overleg en 4 keer schouw"))))
    parts = Observation.objects.get().parts
    assert parts == [{"value": "12", "unit": "keer overleg"}, {"value": "4", "unit": "keer schouw"}]


def test_invented_figures_get_an_invented_source(city: None) -> None:
    take_in(file(line(cell("1"))))
    take_in(file(line(cell("2")), is_synthetic=True))
    take_in(file(line(cell("3")), is_synthetic=True))
    assert dict(Source.objects.values_list("name", "is_synthetic")) == {
        "Politie": False,
        "Politie (verzonnen)": True,
    }
    assert Series.objects.count() == 2


def test_remarks_of_the_reader_are_handed_on(city: None) -> None:
    remark = FileRemark(2, "2021", "een punt als komma")
    report = take_in(file(line(cell("6.5 *")), remarks=(remark,)))
    assert [(one.row, one.column, one.text) for one in report.remarks] == [(2, "2021", "een punt als komma")]


# --- older and newer ------------------------------------------------------------------------------
def test_an_older_vintage_never_overwrites_a_newer_one(city: None) -> None:
    take_in(table(ROW), vintage=dt.date(2026, 3, 1))
    report = take_in(table(ROW.replace("12", "11")), vintage=dt.date(2025, 3, 1))
    assert (report.newer, report.changes) == (1, ())
    passed = report.passed_over[0]
    assert (passed.stands, passed.wanted, passed.vintage) == ("12", "11", "1 maart 2026")
    assert Observation.objects.filter(period_start__year=2019).get().printed == "12"


def test_an_older_file_still_fills_in_what_was_not_there(city: None) -> None:
    take_in(table(ROW), vintage=dt.date(2026, 3, 1))
    header = "thema;indicator;bron;2018;2019\n"
    report = take_in(table("Jeugd;Meldingen;Politie;9;8", header=header), vintage=dt.date(2020, 1, 1))
    assert (report.new_cells, report.newer) == (1, 1)


# --- decisions ------------------------------------------------------------------------------------
def test_a_skipped_row_is_counted_and_leaves_no_trace(city: None) -> None:
    report = take_in(table(ROW), decisions={1: RowDecision(choice="skip")})
    assert (report.rows, report.skipped) == (0, 1)
    assert not Source.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_label_given_to_a_known_indicator_is_remembered(city: None) -> None:
    take_in(table(ROW))
    other = ROW.replace("Meldingen", "Klachten").replace("Jeugd", "Zorg")
    take_in(table(other), decisions={1: RowDecision(indicator="Meldingen")})
    assert IndicatorAlias.objects.get().name == "Klachten"
    assert Series.objects.count() == 1


# --- rows that stand twice --------------------------------------------------------------------------
def test_a_row_that_stands_twice_with_the_same_figures_is_one_series(city: None) -> None:
    cells = cell("12"), cell("13", BASELINE)
    told = file(line(*cells, theme="Jeugd"), line(*cells, theme="Jeugd", row=3))
    report = take_in(told)
    assert (report.series, report.placed) == (1, 2)
    assert [(one.row, one.text) for one in report.remarks if not one.column] == [
        (
            3,
            f"Dit zijn dezelfde cijfers als ‘{told.lines[0].label}’ op rij 2. We lezen dit als dezelfde reeks.",
        )
    ]
    again = take_in(told)
    assert (again.changes, again.placed, TableRow.objects.count()) == ((), 0, 2)


def test_rows_that_stand_twice_with_other_figures_are_all_kept(city: None) -> None:
    texts = ["12", "13", "14", "13"]
    told = file(*(line(cell(text), theme="Jeugd", row=row) for row, text in enumerate(texts, start=2)))
    report = take_in(told)
    said = [(one.row, one.text) for one in report.remarks]
    assert [row for row, text in said if "staat met andere cijfers op rij 2. We bewaren beide" in text] == [
        3,
        4,
    ]
    assert [row for row, text in said if "dezelfde cijfers" in text and "op rij 3" in text] == [5]
    assert sorted(Series.objects.values_list("breakdown", flat=True)) == ["", "2e rij", "3e rij"]
    assert sorted(text for text, _value in values()) == ["12", "13", "14"]
    rows = TableRow.objects.order_by("order").select_related("series")
    assert [row.series.breakdown for row in rows] == ["", "2e rij", "3e rij", "2e rij"]
    again = take_in(told)
    assert (again.changes, again.placed, TableRow.objects.count()) == ((), 0, 4)


# --- properties -----------------------------------------------------------------------------------
CELLS = st.sampled_from(
    ["", "0", "12", "1.046", "<20%", "volgt", "22% *)", "12O", "6,5", "3 keer a en 4 keer b"]
)
TARGETS = st.sampled_from(["", "<10", "10 tot 15", "6.500", "minder", "≥ 7,0%"])
CODES = st.sampled_from(["", "WK039209", "WK039221", "WK036301"])


@st.composite
def files(draw: st.DrawFn) -> TableFile:
    """Rows with or without a table, each series once."""
    places = draw(
        st.lists(
            st.tuples(st.sampled_from("abc"), CODES, st.sampled_from(["", "Jeugd"])),
            min_size=1,
            max_size=5,
            unique_by=lambda one: one[:2],
        )
    )
    return file(
        *(
            line(
                cell(draw(CELLS)),
                cell(draw(CELLS), year_column(2022)),
                cell(draw(TARGETS), TARGET),
                row=row,
                label=f"Indicator {name} {row}" if draw(st.booleans()) else f"Indicator {name}",
                area_code=code,
                theme=theme,
                source_is_proposed=draw(st.booleans()),
            )
            for row, (name, code, theme) in enumerate(places, start=2)
        )
    )


untimed = hypothesis_settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def everything() -> tuple[list[object], ...]:
    kinds = (Source, Indicator, IndicatorAlias, Series, Observation, Target, IndicatorTable, TableRow)
    return tuple(list(kind._default_manager.order_by("pk").values()) for kind in kinds)


@untimed
@given(files())
def test_importing_the_same_file_twice_changes_nothing_the_second_time(city: None, told: TableFile) -> None:
    take_in(told)
    before = everything()
    report: ImportReport = take_in(told)
    assert (report.changes, report.placed, report.newer) == ((), 0, 0)
    assert everything() == before


def figures() -> set[tuple[object, ...]]:
    fields = (
        "series__indicator__name",
        "series__area__code",
        "series__source__name",
        "period_start",
        "printed",
    )
    measured = Observation.objects.filter(is_current=True).values_list(*fields, "value", "status")
    return {*measured, *Target.objects.filter(is_current=True).values_list(*fields, "value", "value_high")}


@untimed
@given(files(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter_for_the_figures(
    city: None, told: TableFile, random: object
) -> None:
    alone = replace(told, lines=tuple(replace(one, label=f"{one.label} {one.row}") for one in told.lines))
    take_in(alone)
    first = figures()
    shuffled = list(alone.lines)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert take_in(replace(alone, lines=tuple(shuffled))).changes == ()
    assert figures() == first


@untimed
@given(files())
def test_a_dry_run_tells_what_the_import_then_does(city: None, told: TableFile) -> None:
    before = everything()
    rehearsal = take_in(told, dry_run=True)
    assert everything() == before
    assert take_in(told, expected=rehearsal.fingerprint) == rehearsal


def test_a_row_that_got_a_series_of_its_own_keeps_it_at_the_next_import(city: None) -> None:
    rows = (
        line(cell("12"), cell("13", year_column(2022)), theme="Jeugd"),
        line(cell("12"), cell("13", year_column(2022)), theme="Zorg", row=3),
    )
    take_in(file(*rows), decisions={2: RowDecision(own_series=True)})
    again = take_in(file(*rows))
    assert (again.changes, again.remarks, Series.objects.count()) == ((), (), 2)
    take_in(file(rows[1]))
    assert Series.objects.count() == 2


def test_a_target_in_words_can_be_explained_later(city: None) -> None:
    report = take_in(file(line(cell("12"), cell("minimaal 80%", TARGET))))
    assert "Na het inlezen kunt u zeggen hoe we dit lezen." in report.remarks[0].text


@pytest.mark.parametrize("note", ["85146NED", "verzonnen, in de vorm van 85146NED"])
def test_the_source_of_the_veiligheidsmonitor_is_a_survey_whatever_it_is_called(
    city: None, note: str
) -> None:
    row = {"Marges": "MW00000", "RegioS": "GM0392", "Perioden": "2023JJ00", "VoeltZichOnveilig_1": 16.9}
    content = json.dumps({"odata.metadata": note, "value": [row]}).encode()
    for layout in (Layout(), Layout(source="Onze monitor")):
        take_in(read_file(content, "monitor.json", layout, max_bytes=10_000))
    assert set(Source.objects.values_list("kind", flat=True)) == {Source.Kind.SURVEY}
    assert Source.objects.count() == 2


def test_sources_of_the_veiligheidsmonitor_that_were_here_before_become_surveys(city: None) -> None:
    for name in ("Veiligheidsmonitor, CBS 85146NED", "Politie"):
        Source.objects.create(name=name)
    import_module("indicators.migrations.0006_monitor_is_a_survey").say_survey(apps, None)
    assert [one.kind for one in Source.objects.order_by("name")] == ["registration", "survey"]
