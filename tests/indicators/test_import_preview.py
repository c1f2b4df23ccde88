from decimal import Decimal

import pytest

from indicators.cells import parse_target
from indicators.columns import year_column
from indicators.decisions import RowDecision
from indicators.import_preview import Preview, meaning
from indicators.import_report import CellChange, ImportReport, PassedOver, Remark, RowOutcome
from indicators.periods import Period
from indicators.table_file import TableCell, TableFile, TableLine

YEAR = year_column(2021)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("12", ""),
        ("<20%", "minder dan 20"),
        ("≤ 1.500", "hoogstens 1.500"),
        ("22% *)", "met een noot"),
        ("6,5 tot 7,0", "van 6,5 tot 7,0"),
        ("12 keer overleg en 4 keer schouw", "2 getallen: 12 en 4"),
        ("volgt", "volgt nog"),
        ("n.b.", "niet bekend"),
        ("", "leeg"),
        ("l2", "tekst, geen getal"),
    ],
)
def test_a_cell_says_how_it_is_read_where_its_text_does_not(text: str, says: str) -> None:
    assert meaning(TableCell(YEAR, parse_target(text))) == says


def test_margins_and_the_measured_period_are_told() -> None:
    cell = TableCell(
        YEAR, parse_target("6,5"), measured=Period.of_year(2020), n=200, low=Decimal("6.40"), high=Decimal(7)
    )
    assert meaning(cell) == "gemeten: 2020; n = 200; marge 6,4 – 7"


def test_what_the_file_says_of_a_cell_goes_first() -> None:
    assert meaning(TableCell(YEAR, parse_target("x"), status="suppressed", reason="Geheim.")) == "Geheim."


def line(row: int, text: str) -> TableLine:
    return TableLine(
        row,
        "",
        "Jeugd",
        "",
        f"Rij {row}",
        "Politie",
        "Politie",
        False,
        (TableCell(YEAR, parse_target(text)),),
    )


FILE = TableFile((YEAR,), tuple(line(row, "1") for row in range(2, 7)))
REPORT = ImportReport(
    rows=4,
    cells=4,
    changes=(
        CellChange(2, "Rij 2", "2021", None, "1", place=1),
        CellChange(3, "Rij 3", "2021", "9", "1", place=2),
    ),
    passed_over=(PassedOver(4, "2021", "7", "1", "1 mei 2026", place=3),),
    errors=(Remark(6, "gebied", "de wijk is niet bekend.", place=5),),
    outcomes=tuple(RowOutcome(place, "x", "", False, False) for place in (1, 2, 3, 4)),
)


def test_every_cell_says_what_becomes_of_it() -> None:
    preview = Preview.of(FILE, REPORT, {4: RowDecision(choice="checked")})
    (table,) = preview.tables(preview.places)
    assert [row.cells[0] and row.cells[0].fate for row in table.rows] == [
        "new", "revised", "newer", "same", "out"
    ]  # fmt: skip
    assert [row.cells[0] and row.cells[0].before for row in table.rows] == ["", "9", "7", "", ""]


def test_rows_that_change_or_are_wrong_ask_for_a_person() -> None:
    assert Preview.of(FILE, REPORT, {}).attention == [2, 3, 5]


def test_a_row_that_was_looked_at_asks_no_more_unless_it_is_wrong() -> None:
    decisions = {place: RowDecision(choice="checked") for place in (2, 3, 5)}
    assert Preview.of(FILE, REPORT, decisions).attention == [5]


def test_a_remark_on_no_row_stands_on_its_own() -> None:
    report = ImportReport(rows=0, cells=0, remarks=(Remark(0, "", "Een blad is verborgen."),))
    assert Preview.of(FILE, report, {}).general == ["Een blad is verborgen."]
