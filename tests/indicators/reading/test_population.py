"""Inhabitants per area, in the layout CBS gives them."""

import json
from decimal import Decimal

import pytest

from indicators.reading import read_file
from indicators.table_file import TableFile, TableFileError

NOTE = "verzonnen voorbeeld in de vorm van CBS 85984NED"


def read(*rows: dict[str, object], note: str = NOTE) -> TableFile:
    content = json.dumps({"odata.metadata": note, "value": list(rows)}).encode()
    return read_file(content, "kerncijfers.json", max_bytes=10_000)


def test_each_group_of_inhabitants_is_a_row_of_its_own() -> None:
    file = read(
        {"WijkenEnBuurten": "WK039201  ", "AantalInwoners_5": "    9000", "k_0Tot15Jaar_8": "    1440"}
    )
    assert [(line.label, line.breakdown, line.area_code) for line in file.lines] == [
        ("Aantal inwoners", "", "WK039201"),
        ("Aantal inwoners", "0 tot 15 jaar", "WK039201"),
    ]
    assert [line.cells[0].cell.value for line in file.lines] == [Decimal(9000), Decimal(1440)]
    assert [column.label for column in file.columns] == ["2024"]
    assert file.is_synthetic


@pytest.mark.parametrize("unknown", [".", "       .", None])
def test_an_unknown_number_is_never_zero(unknown: str | None) -> None:
    cell = read({"WijkenEnBuurten": "WK039201", "AantalInwoners_5": unknown}).lines[0].cells[0]
    assert (cell.cell.value, cell.status) == (None, "unknown")
    assert cell.reason


def test_a_number_that_is_none_is_refused_by_row_and_column() -> None:
    with pytest.raises(TableFileError, match="Rij 1, kolom AantalInwoners_5: ‘veel’ is geen aantal"):
        read({"WijkenEnBuurten": "WK039201", "AantalInwoners_5": "veel"})


def test_a_table_of_an_unknown_year_says_what_else_can_be_done() -> None:
    with pytest.raises(TableFileError, match="import_population"):
        read({"WijkenEnBuurten": "WK039201", "AantalInwoners_5": "1"}, note="85039NED")
