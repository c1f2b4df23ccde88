"""Reading how many people live in each area, from a CBS file "Kerncijfers wijken en buurten"."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from haarlemveilig.gemeente.files import BadFile, count_or_none, stem
from indicators.cells import Cell, parse, print_number
from indicators.columns import Column, year_column
from indicators.crime_file import SYNTHETIC_WORD, table_number
from indicators.table_file import TableCell, TableFile, TableLine

AREA, INHABITANTS = "WijkenEnBuurten", "AantalInwoners"
LABEL = "Aantal inwoners"
# Each year is a table of its own, and the file itself names no year.
YEAR_OF_TABLE = {"85984NED": 2024, "85618NED": 2023}
BREAKDOWNS = {
    INHABITANTS: "",
    "Mannen": "mannen",
    "Vrouwen": "vrouwen",
    "k_0Tot15Jaar": "0 tot 15 jaar",
    "k_15Tot25Jaar": "15 tot 25 jaar",
    "k_25Tot45Jaar": "25 tot 45 jaar",
    "k_45Tot65Jaar": "45 tot 65 jaar",
    "k_65JaarOfOuder": "65 jaar of ouder",
}
_SOURCE = "CBS, Kerncijfers wijken en buurten"
_SYNTHETIC_SOURCE = "Verzonnen, in de vorm van CBS"
_UNKNOWN = "Onbekend of geheim volgens de bron."
_NO_YEAR = (
    "Van welk jaar dit bestand is, weten we niet: we kennen de tabellen {}. "
    "Wilt u er alleen mee tellen? Lees het dan in met: script/run python manage.py import_population"
)


def read_population(note: str, rows: Sequence[Mapping[str, Any]]) -> TableFile:
    """One row per area and group of inhabitants. Raises BadFile, which names row and column."""
    table = table_number(note)
    year = YEAR_OF_TABLE.get(table)
    if year is None:
        raise BadFile(_NO_YEAR.format(" en ".join(YEAR_OF_TABLE)))
    is_synthetic = SYNTHETIC_WORD in note.casefold()
    source = f"{_SYNTHETIC_SOURCE if is_synthetic else _SOURCE} {table}"
    lines = tuple(_lines(rows, source, year_column(year)))
    return TableFile((year_column(year),), lines, (), is_synthetic)


def _lines(rows: Sequence[Mapping[str, Any]], source: str, column: Column) -> Iterator[TableLine]:
    for number, row in enumerate(rows, start=1):
        for name, value in row.items():
            if stem(name) in BREAKDOWNS:
                yield TableLine(
                    row=number,
                    chapter="",
                    theme="",
                    group="",
                    label=LABEL,
                    printed_source=source,
                    source=source,
                    source_is_proposed=False,
                    cells=(_cell(number, name, value, column),),
                    area_code=str(row.get(AREA, "")),
                    breakdown=BREAKDOWNS[stem(name)],
                )


def _cell(number: int, name: str, value: Any, column: Column) -> TableCell:
    try:
        count = count_or_none(value)
    except (TypeError, ValueError):
        raise BadFile(f"Rij {number}, kolom {name}: ‘{value}’ is geen aantal.") from None
    if count is None:
        return TableCell(column, Cell("", "blank"), status="unknown", reason=_UNKNOWN, row=number)
    return TableCell(column, parse(print_number(Decimal(count))), row=number)
