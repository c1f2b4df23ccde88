from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.cells import Cell, parse, parse_target, print_cell, print_number

COMPARATORS = st.sampled_from(
    [("", ""), ("<", ""), ("<", " "), (">", ""), ("≤", " "), ("≥", ""), ("ca.", " ")]
)
SIGNS = "0123456789.,%<>≤≥ *)ca"
WORDS = st.sampled_from(
    ["12", "4.500", "6,5", "35%", " ", " en ", " tot ", "tussen ", "-", "keer schouw", "volgt", "*)", "²"]
)


@st.composite
def number_cells(draw: st.DrawFn) -> Cell:
    """Any cell with a number that a table may print."""
    comparator, gap = draw(COMPARATORS)
    decimals = draw(st.integers(0, 3))
    value = draw(st.integers(0, 10**9)) / Decimal(10**decimals)
    unit, unit_gap = draw(st.sampled_from([("", ""), ("%", ""), ("%", " ")]))
    mark, mark_gap = draw(st.sampled_from([("", ""), ("*)", " "), ("*", ""), ("1)", " ")]))
    cell = Cell(
        printed="",
        kind="number",
        value=value.quantize(Decimal(1).scaleb(-decimals)),
        comparator=comparator,
        unit=unit,
        decimals=decimals,
        grouped=value >= 1000 and draw(st.booleans()),
        note_mark=mark,
        spaces=(gap, unit_gap, mark_gap),
    )
    return replace(cell, printed=print_cell(cell))


@given(st.text() | st.text(alphabet=SIGNS))
def test_printing_what_was_read_gives_the_same_text(text: str) -> None:
    assert print_cell(parse(text)) == text


@given(st.text(alphabet=SIGNS) | st.lists(WORDS).map("".join))
def test_a_target_prints_as_it_was_read(text: str) -> None:
    cell = parse_target(text)
    assert print_cell(cell) == print_cell(parse(text)) == text
    assert (len(cell.parts) == 2) or cell.kind != "range"


@given(st.text() | st.text(alphabet=SIGNS))
def test_only_a_number_has_a_value(text: str) -> None:
    cell = parse(text)
    assert (cell.value is not None) == (cell.kind == "number")
    assert cell.printed == text


@given(number_cells())
def test_reading_what_was_printed_gives_the_same_cell(cell: Cell) -> None:
    assert parse(cell.printed) == cell


@given(st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from(["keer overleg", "schouwen"])), min_size=2))
def test_a_composite_has_all_its_numbers(parts: list[tuple[int, str]]) -> None:
    cell = parse(" en ".join(f"{number} {words}" for number, words in parts))
    assert cell.kind == "composite"
    assert [(part.value, part.unit) for part in cell.parts] == parts


@pytest.mark.parametrize(
    ("text", "value", "comparator", "unit", "mark"),
    [
        ("453", "453", "", "", ""),
        ("0", "0", "", "", ""),
        ("4.500", "4500", "", "", ""),
        ("4500", "4500", "", "", ""),
        ("1.234.567,89", "1234567.89", "", "", ""),
        ("6,7", "6.7", "", "", ""),
        ("35%", "35", "", "%", ""),
        ("<20%", "20", "<", "%", ""),
        ("< 20 %", "20", "<", "%", ""),
        ("≤ 4.500", "4500", "≤", "", ""),
        ("≥6,0", "6.0", "≥", "", ""),
        ("ca. 12", "12", "ca.", "", ""),
        ("22% *)", "22", "", "%", "*)"),
        ("22 1)", "22", "", "", "1)"),
        ("22%¹", "22", "", "%", "¹"),
    ],
)
def test_it_reads_the_numbers_of_the_guide(
    text: str, value: str, comparator: str, unit: str, mark: str
) -> None:
    cell = parse(text)
    assert cell.kind == "number"
    assert (cell.value, cell.comparator, cell.unit, cell.note_mark) == (
        Decimal(value),
        comparator,
        unit,
        mark,
    )


@pytest.mark.parametrize(
    "text",
    [
        "6.7",  # a point where a comma is meant
        "4.50",
        "0.500",
        "007",
        "012.345",
        "12.34,5",
        ",5",
        "5,",
        "-5",
        "1,2345678",  # more decimals than the database holds
        "1234567890123",
        "221)",
        "12O",
        "6.500 en 7.000",  # two readings in one cell
        "12 keer overleg en nog wat",
        " 453",
        "Boetes alcohol 18-",
        "(E41)",
        "٣",
        "=SUM(A1)",
    ],
)
def test_it_keeps_what_it_cannot_print_back_as_text(text: str) -> None:
    assert parse(text) == Cell(text, "text")


@pytest.mark.parametrize("text", ["volgt", "Volgt", "pm", "p.m.", "volgt *)"])
def test_it_knows_the_pending_words(text: str) -> None:
    assert parse(text).kind == "pending"


@pytest.mark.parametrize("text", ["", " ", "\u00a0"])
def test_an_empty_cell_is_blank(text: str) -> None:
    assert parse(text) == Cell(text, "blank")


def test_it_reads_a_composite() -> None:
    cell = parse("12 keer overleg en 4 keer schouw")
    assert [(part.value, part.unit) for part in cell.parts] == [(12, "keer overleg"), (4, "keer schouw")]
    assert cell.value is None


def test_a_composite_may_have_a_footnote() -> None:
    cell = parse("12 keer overleg en 4 keer schouw *)")
    assert [part.unit for part in cell.parts] == ["keer overleg", "keer schouw"]
    assert cell.note_mark == "*)"


@pytest.mark.parametrize(
    ("text", "near", "far", "unit"),
    [
        ("6,5 tot 7,0", "6.5", "7.0", ""),
        ("10 tot 15%", "10", "15", "%"),
        ("10%-15%", "10", "15", "%"),
        ("400 – 500", "400", "500", ""),
        ("tussen 10 en 20 *)", "10", "20", ""),
        ("10 tot en met 12", "10", "12", ""),
        ("1.000 t/m 1.500", "1000", "1500", ""),
    ],
)
def test_a_target_may_be_a_range(text: str, near: str, far: str, unit: str) -> None:
    cell = parse_target(text)
    assert cell.kind == "range"
    assert [part.value for part in cell.parts] == [Decimal(near), Decimal(far)]
    assert (cell.unit, cell.value) == (unit, None)


@pytest.mark.parametrize(
    "text", ["7,0 tot 6,5", "12/13", "22% (24%)", "10 tot", "10-10", "12 keer overleg en schouw volgt"]
)
def test_what_does_not_run_up_is_no_range(text: str) -> None:
    assert parse_target(text) == Cell(text, "text")


def test_only_a_target_may_be_a_range() -> None:
    assert parse("10 tot 15%") == Cell("10 tot 15%", "text")


def test_numbers_print_as_programmes_do() -> None:
    assert print_number(Decimal(4500)) == "4.500"
    assert print_number(Decimal("1234.5"), 1, grouped=False) == "1234,5"


@pytest.mark.parametrize("text", ["n.b.", "n.b", "nb", "N.B.", "n.n.b.", "nnb", " n.b. ", "n.b. *)"])
def test_a_word_for_unknown_is_no_text(text: str) -> None:
    assert (parse(text).kind, parse_target(text).kind) == ("unknown", "unknown")
    assert print_cell(parse(text)) == text


@pytest.mark.parametrize("text", ["-", "–", "nb.", "n.b. 12", "n.v.t.", "b"])
def test_a_dash_and_other_words_stay_text(text: str) -> None:
    assert parse(text).kind == "text"
