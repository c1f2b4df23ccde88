"""The flat form: what is written is read as the same, and what is wrong is said with row and column."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import tidy
from indicators.cells import parse, parse_target, print_cell
from indicators.columns import Column, year_column
from indicators.exports import TidyCell, csv_bytes, flat_lines
from indicators.models import MISSING, Status
from indicators.periods import Period
from indicators.table_file import TableCell, TableFile, TableFileError
from indicators.tidy_words import COLUMNS, STATUSES, neutral, period_code, period_of, plain
from indicators.tidy_words import MISSING as MISSING_CODES
from tests.indicators.exports.documents import TARGET, cell, document, row

HEADER = ["indicator", "bron", "soort", "periode", "gedrukt"]
LINE = ["Burenruzie", "Politie", "meting", "2021", "12"]


def read_back(*rows: object) -> TableFile:
    return tidy.read([COLUMNS, *flat_lines(rows)])  # type: ignore[arg-type]


def only_cell(cell: TidyCell) -> TableCell:
    return read_back(row(cell)).lines[0].cells[0]


def problems(header: list[str], *lines: list[str]) -> tuple[str, ...]:
    with pytest.raises(TableFileError) as caught:
        tidy.read([header, *lines])
    return caught.value.problems


# --- words ----------------------------------------------------------------------------------------
def test_every_status_has_the_word_that_people_read() -> None:
    assert {code: word for code, (word, _sdmx) in STATUSES.items()} == {
        status.value: status.label for status in Status
    }
    assert {status.value for status in MISSING} == MISSING_CODES


def test_a_header_in_another_order_and_with_capitals_is_recognised() -> None:
    assert tidy.matches([name.upper() for name in reversed(COLUMNS)])
    assert not tidy.matches(["hoofdstuk", "thema", "groep", "indicator", "bron", "2019"])


@given(st.text())
def test_a_neutral_text_never_starts_a_formula_and_turns_back_into_itself(text: str) -> None:
    assert text.strip() == "-" or not neutral(text).lstrip().startswith(("=", "+", "-", "@", "＝"))
    assert not neutral(text).startswith(("\t", "\r", "\n"))
    assert plain(neutral(text)) == text


@pytest.mark.parametrize("dash", ["-", "–", " - "])
def test_a_dash_alone_is_no_formula(dash: str) -> None:
    assert neutral(dash) == dash
    assert plain(dash) == dash


def test_a_dash_that_was_made_harmless_is_still_read() -> None:
    assert plain("'-") == "-"
    assert plain(neutral("'-")) == "'-"


def test_an_ordinary_apostrophe_is_left_alone() -> None:
    assert neutral("'s-Gravenhage") == plain("'s-Gravenhage") == "'s-Gravenhage"


def test_a_negative_number_stays_a_number_and_its_text_is_made_harmless() -> None:
    negative = cell("-5%", value=Decimal("-5"))
    texts = dict(zip(COLUMNS, next(iter(flat_lines([row(negative)]))), strict=True))
    assert (texts["waarde"], texts["gedrukt"]) == ("-5", "'-5%")
    assert only_cell(negative).cell.value == Decimal("-5")
    assert only_cell(negative).cell.printed == "-5%"


@given(st.dates(dt.date(1950, 1, 1), dt.date(2050, 1, 1)), st.integers(0, 900))
def test_any_measured_period_is_read_back_whole(start: dt.date, days: int) -> None:
    period = Period.spanning(start, start + dt.timedelta(days=days))
    assert period_of(period_code(period)) == period


# --- there and back -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text", ["4.500", "<20%", "22% *)", "ca. 12", "6,7", "12 keer overleg en 4 keer schouw"]
)
def test_a_cell_that_reads_as_a_number_comes_back_as_it_was(text: str) -> None:
    parsed = parse(text)
    written = cell(
        text,
        status="composite" if parsed.kind == "composite" else "normal",
        value=parsed.value,
        comparator=parsed.comparator,
        parts=tuple((part.value, part.unit) for part in parsed.parts),
    )
    found = only_cell(written).cell
    assert (found.printed, found.kind, found.value, found.comparator, found.parts) == (
        text, parsed.kind, parsed.value, parsed.comparator, parsed.parts,
    )  # fmt: skip


def test_a_composite_has_a_line_for_each_of_its_numbers() -> None:
    parts = ((Decimal(12), "keer overleg"), (Decimal(4), "keer schouw"))
    written = cell("12 keer overleg en 4 keer schouw", status="composite", parts=parts)
    lines = [dict(zip(COLUMNS, line, strict=True)) for line in flat_lines([row(written)])]
    assert [(line["onderdeel"], line["waarde"]) for line in lines] == [
        ("keer overleg", "12"), ("keer schouw", "4"),
    ]  # fmt: skip


def test_a_range_comes_back_with_both_ends() -> None:
    parsed = parse_target("6,5 tot 7,0")
    found = only_cell(cell("6,5 tot 7,0", TARGET, value=Decimal("6.5"), value_high=Decimal(7))).cell
    assert [part.value for part in found.parts] == [part.value for part in parsed.parts]
    assert found.kind == "range"


def test_a_range_without_a_text_gets_one() -> None:
    found = only_cell(cell("", TARGET, value=Decimal("6.5"), value_high=Decimal(7))).cell
    assert (found.printed, print_cell(found)) == ("6,5 tot 7", "6,5 tot 7")


def test_a_value_that_a_person_gave_to_a_text_comes_back_with_it() -> None:
    found = only_cell(cell("twaalf", value=Decimal(12))).cell
    assert (found.printed, found.kind, found.value) == ("twaalf", "number", Decimal(12))
    assert print_cell(found) == "twaalf"


def test_a_source_may_print_a_number_rounded() -> None:
    assert only_cell(cell("23,5", value=Decimal("23.45"))).cell.value == Decimal("23.45")


@pytest.mark.parametrize("status", sorted(MISSING_CODES))
def test_a_cell_without_a_figure_comes_back_with_its_status_and_reason(status: str) -> None:
    found = only_cell(cell("volgt", status=status, reason="Zo is het nu eenmaal."))
    assert (found.status, found.reason, found.cell.value) == (status, "Zo is het nu eenmaal.", None)


def test_a_hidden_number_comes_back_without_a_value() -> None:
    found = only_cell(cell("3", status="suppressed", reason="Te klein.", value=None))
    assert (found.cell.printed, found.cell.value) == ("3", None)


def test_margins_n_note_and_measured_period_come_back() -> None:
    written = cell(n=350, low=Decimal("11.5"), high=Decimal("12.5"), note="Regel\ntwee", measured="2021-Q4")
    found = only_cell(written)
    assert (found.n, found.low, found.high, found.note) == (
        350,
        Decimal("11.5"),
        Decimal("12.5"),
        "Regel\ntwee",
    )
    assert found.measured == Period.of_quarter(2021, 4)


def test_a_cell_in_which_nothing_was_read_stays_away_and_keeps_its_row_and_column() -> None:
    file = read_back(row(TidyCell(year_column(2021))))
    assert [column.label for column in file.columns] == ["2021"]
    assert [line.cells for line in file.lines] == [()]


def test_rows_with_the_same_label_stay_apart_by_their_place() -> None:
    file = read_back(row(cell(), order=1), row(cell(), order=2))
    assert len(file.lines) == 2


def test_invented_figures_come_back_as_invented() -> None:
    assert read_back(row(cell(), is_synthetic=True)).is_synthetic
    assert not read_back(row(cell(), is_synthetic=True), row(cell(), order=2)).is_synthetic


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60).map(str.strip)
NAMES = TEXTS.filter(bool)
DECIMALS = st.decimals(-(10**9), 10**9, places=3, allow_nan=False)


@st.composite
def tidy_cells(draw: st.DrawFn, column: Column) -> TidyCell:
    status = draw(st.sampled_from(sorted(set(STATUSES) - {"composite"})))
    fields: dict[str, object] = {"printed": draw(TEXTS), "note": draw(TEXTS), "status": status}
    if status in MISSING_CODES:
        fields |= {"reason": draw(NAMES)}
    else:
        fields |= {"printed": f"ruim {draw(TEXTS)}.", "value": draw(DECIMALS)}
    return TidyCell(column, **fields)  # type: ignore[arg-type]


@st.composite
def tables(draw: st.DrawFn) -> list[object]:
    columns = draw(
        st.lists(st.sampled_from([year_column(2021), year_column(2022), TARGET]), min_size=1, unique=True)
    )
    return [
        row(
            *(draw(tidy_cells(column)) for column in columns),
            order=order,
            label=draw(NAMES),
            group=draw(TEXTS),
            source=draw(NAMES),
            indicator=draw(NAMES),
        )
        for order in range(1, draw(st.integers(1, 4)) + 1)
    ]


@given(tables())
def test_any_table_is_read_back_from_its_csv_file(rows: list[object]) -> None:
    text = csv_bytes(document(*rows)).decode("utf-8-sig")  # type: ignore[arg-type]
    file = tidy.read(list(csv.reader(io.StringIO(text, newline=""), delimiter=";")))
    assert [(line.label, line.group, line.source) for line in file.lines] == [
        (row.label, row.group, row.source)
        for row in rows  # type: ignore[attr-defined]
    ]
    found = [
        (one.column, one.cell.printed, one.cell.value, one.note) for line in file.lines for one in line.cells
    ]
    assert found == [
        (one.column, one.printed, one.value, one.note)
        for row in rows
        for one in row.cells  # type: ignore[attr-defined]
    ]


# --- what people write themselves -------------------------------------------------------------------
def test_a_small_file_needs_only_what_it_says() -> None:
    file = tidy.read([HEADER, LINE])
    assert [(line.label, line.source, line.theme) for line in file.lines] == [("Burenruzie", "Politie", "")]
    assert file.lines[0].cells[0].cell.value == Decimal(12)


def test_a_value_without_a_text_prints_as_a_programme_would() -> None:
    file = tidy.read([[*HEADER, "waarde"], [*LINE[:4], "", "1234.5"]])
    assert file.lines[0].cells[0].cell.printed == "1234,5"


def test_a_comma_in_a_value_is_a_decimal_comma() -> None:
    assert tidy.read([[*HEADER, "waarde"], [*LINE[:4], "6,7", "6,7"]]).lines[0].cells[
        0
    ].cell.value == Decimal("6.7")


@pytest.mark.parametrize(
    ("column", "text", "named"),
    [
        ("soort", "doel", "soort"),
        ("periode", "mei-21", "periode"),
        ("meetperiode", "zomer", "meetperiode"),
        ("status", "prima", "status"),
        ("waarde", "1.234.5", "waarde"),
        ("waarde", "13", "waarde"),
        ("n", "-1", "n"),
        ("vergelijking", "ongeveer", "vergelijking"),
        ("status", "volgt nog", "reden"),
        ("bron", "", "bron"),
        ("bron", "x" * 121, "bron"),
        ("marge_laag", "3", "marge_laag"),
    ],
)
def test_what_is_wrong_is_said_with_its_row_and_column(column: str, text: str, named: str) -> None:
    given = dict(zip(HEADER, LINE, strict=True)) | {column: text}
    assert problems(list(given), list(given.values()))[0].startswith(f"Rij 2, kolom {named}: ")


def test_a_missing_figure_with_a_status_of_its_own_needs_a_reason() -> None:
    said = problems([*HEADER, "status"], [*LINE[:4], "", "dit jaar niet gemeten"])
    assert said == ("Rij 2, kolom reden: bij de status ‘dit jaar niet gemeten’ hoort een reden.",)


def test_a_cell_that_stands_twice_is_refused() -> None:
    assert problems(HEADER, LINE, LINE) == ("Rij 3, kolom periode: deze cel staat ook op rij 2.",)


def test_a_composite_whose_parts_are_not_those_printed_is_refused() -> None:
    header = [*HEADER, "onderdeel", "waarde"]
    lines = [
        [*LINE[:4], "12 keer a en 4 keer b", "keer a", "13"],
        [*LINE[:4], "12 keer a en 4 keer b", "keer b", "4"],
    ]
    assert "niet wat er gedrukt staat" in problems(header, *lines)[0]


def test_a_file_without_the_headings_says_which_it_needs() -> None:
    assert "indicator, bron, soort, periode, gedrukt" in problems(["a", "b"], ["1", "2"])[0]


def test_a_formula_that_failed_is_refused() -> None:
    assert (
        "hier staat ‘#WAARDE!’: een formule die niet uitkomt" in problems(HEADER, [*LINE[:4], "#WAARDE!"])[0]
    )
