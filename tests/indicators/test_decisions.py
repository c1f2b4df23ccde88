import json

from hypothesis import given
from hypothesis import strategies as st

from indicators.cells import parse
from indicators.columns import Column, year_column
from indicators.decisions import RowDecision, decided, decided_line, decisions_from_json
from indicators.periods import Period
from indicators.table_file import TableCell, TableFile, TableLine

TARGET = Column("target", Period.of_year(2027), "Streefwaarde 2027")
LINE = TableLine(
    row=2,
    chapter="",
    theme="Jeugd",
    group="",
    label="Meldignen",
    printed_source="",
    source="Politie",
    source_is_proposed=True,
    cells=(TableCell(year_column(2021), parse("12O")), TableCell(TARGET, parse("x"), status="pending")),
)


def test_nothing_decided_leaves_the_row_as_it_is() -> None:
    assert decided_line(LINE, RowDecision(choice="checked")) == LINE


def test_a_text_that_was_changed_is_read_again() -> None:
    changed = decided_line(LINE, RowDecision(texts={"2021": "120", "Streefwaarde 2027": "10 tot 15"}))
    assert changed.cells[0].cell.value == 120
    assert (changed.cells[1].cell.kind, changed.cells[1].status) == ("range", "")


def test_a_source_that_is_confirmed_stays_blank_in_print() -> None:
    confirmed = decided_line(LINE, RowDecision(source="Politie"))
    assert (confirmed.printed_source, confirmed.source_is_proposed) == ("", False)


def test_another_source_is_printed() -> None:
    changed = decided_line(LINE, RowDecision(source="Gemeente"))
    assert (changed.printed_source, changed.source, changed.source_is_proposed) == (
        "Gemeente", "Gemeente", False,
    )  # fmt: skip


def test_a_measured_period_that_is_that_of_the_column_is_none() -> None:
    assert decided_line(LINE, RowDecision(measured={"2021": "2020"})).cells[0].measured == Period.of_year(
        2020
    )
    assert decided_line(LINE, RowDecision(measured={"2021": "2021"})).cells[0].measured is None


def test_rows_keep_their_place() -> None:
    file = TableFile((year_column(2021),), (LINE, LINE, LINE))
    changed = decided(file, {2: RowDecision(choice="skip"), 3: RowDecision(label="Meldingen")})
    assert [line.label for line in changed.lines] == ["Meldignen", "Meldignen", "Meldingen"]


DECISIONS = st.builds(
    RowDecision,
    choice=st.sampled_from(["", "checked", "later", "skip"]),
    label=st.text(max_size=5),
    own_series=st.booleans(),
    texts=st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2),
)


@given(st.dictionaries(st.integers(1, 99), DECISIONS, max_size=3))
def test_decisions_survive_json(decisions: dict[int, RowDecision]) -> None:
    data = json.loads(json.dumps({str(place): one.to_json() for place, one in decisions.items()}))
    assert decisions_from_json(data) == decisions
