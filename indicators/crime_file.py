"""Reading crime per area as CBS gives it (table 47018NED): bytes in, dataclasses out.

Keys are padded with spaces and column names end in a number that changes per year. A null or a dot is
unknown, never zero.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from haarlemveilig.gemeente.files import BadFile, as_text, odata_rows, stem
from indicators.cells import Cell, parse, print_number
from indicators.columns import year_column
from indicators.table_file import TableCell, TableFile, TableLine

COUNT = "GeregistreerdeMisdrijven"
KIND, AREA, PERIOD = "SoortMisdrijf", "WijkenEnBuurten", "Perioden"
SYNTHETIC_WORD = "verzonnen"
SOURCE = "Politie, via CBS"
SYNTHETIC_SOURCE = "Verzonnen, in de vorm van CBS"
UNKNOWN_REASON = "Onbekend of geheim volgens de bron."
_PERIOD = re.compile(r"((?:19|20)[0-9]{2})JJ00")
_TABLE = re.compile(r"[0-9]{5}[A-Z]{3}")
_COUNT = re.compile(r"([0-9]{1,9})(?:\.0+)?")


@dataclass(frozen=True)
class CrimeRow:
    """How many crimes of one kind were registered in one area and year; None when that is unknown."""

    row: int
    kind: str
    area: str
    year: int
    count: int | None


@dataclass(frozen=True)
class CrimeFile:
    """A whole file. `table` is the CBS number, such as "47018NED", or "" where the file does not say."""

    table: str
    is_synthetic: bool
    rows: tuple[CrimeRow, ...]


@dataclass(frozen=True)
class CrimeKind:
    """What a code stands for: a label for readers, and the code of a theme or ""."""

    label: str
    theme: str = ""


def read_crime(content: bytes) -> CrimeFile:
    """The rows of a CBS file. Raises BadFile, which names row and column."""
    return crime_of_rows(*odata_rows(content))


def crime_of_rows(note: str, rows: Sequence[Mapping[str, Any]]) -> CrimeFile:
    """The same, of rows that were read already; `note` is what the file says of itself."""
    crimes = tuple(
        _row(number, {stem(name): value for name, value in row.items()}) for number, row in enumerate(rows, 1)
    )
    if not crimes:
        raise BadFile("In dit bestand staan geen rijen.")
    _refuse_doubles(crimes)
    return CrimeFile(table_number(note), SYNTHETIC_WORD in note.casefold(), crimes)


def table_number(note: str) -> str:
    """The number of a CBS table, such as "47018NED"; "" where the file does not say."""
    table = _TABLE.search(note)
    return table[0] if table else ""


def crime_lines(file: CrimeFile, kinds: Mapping[str, CrimeKind] | None = None) -> TableFile:
    """The file as series: one line per kind and area, with a cell per year.

    `kinds` says which codes we want, with their label and theme; without it all come under their number.
    """
    wanted = [row for row in file.rows if kinds is None or row.kind in kinds]
    source = f"{SYNTHETIC_SOURCE if file.is_synthetic else SOURCE} {file.table}".strip()
    series: dict[tuple[str, str], list[CrimeRow]] = {}
    for row in wanted:
        series.setdefault((row.kind, row.area), []).append(row)
    return TableFile(
        columns=tuple(year_column(year) for year in sorted({row.year for row in wanted})),
        lines=tuple(_line(rows, (kinds or {}).get(code), source) for (code, _area), rows in series.items()),
        is_synthetic=file.is_synthetic,
    )


def read_kinds(content: bytes) -> dict[str, CrimeKind]:
    """A file {"1.1.1": {"label": ..., "theme": ...}}. Raises BadFile."""
    try:
        kinds = json.loads(as_text(content))
        return {
            code.strip(): CrimeKind(kind["label"], kind.get("theme") or "") for code, kind in kinds.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadFile(
            "Het bestand met soorten misdrijven klopt niet: elke code heeft een label nodig."
        ) from None


def _line(rows: Sequence[CrimeRow], kind: CrimeKind | None, source: str) -> TableLine:
    first = rows[0]
    kind = kind or CrimeKind(f"Misdrijven, soort {first.kind}")
    return TableLine(
        row=first.row,
        chapter="",
        theme="",
        group="",
        label=kind.label,
        printed_source=source,
        source=source,
        source_is_proposed=False,
        cells=tuple(_cell(row) for row in sorted(rows, key=lambda row: row.year)),
        area_code=first.area,
        theme_code=kind.theme,
    )


def _cell(row: CrimeRow) -> TableCell:
    column = year_column(row.year)
    if row.count is None:
        return TableCell(column, Cell("onbekend"), status="unknown", reason=UNKNOWN_REASON, row=row.row)
    return TableCell(column, parse(print_number(Decimal(row.count))), row=row.row)


def _row(number: int, row: Mapping[str, Any]) -> CrimeRow:
    for column in (KIND, AREA, PERIOD, COUNT):
        if column not in row:
            raise BadFile(f"Rij {number}, kolom {column}: deze kolom ontbreekt.")
    period = _PERIOD.fullmatch(str(row[PERIOD]))
    if not period:
        raise BadFile(
            f"Rij {number}, kolom {PERIOD}: ‘{row[PERIOD]}’ is geen jaar. Verwacht iets als 2023JJ00."
        )
    return CrimeRow(number, str(row[KIND]), str(row[AREA]), int(period[1]), _count(number, row[COUNT]))


def _count(number: int, value: Any) -> int | None:
    if value in (None, "", "."):
        return None
    match = _COUNT.fullmatch(str(value))
    if not match:
        raise BadFile(f"Rij {number}, kolom {COUNT}: ‘{value}’ is geen aantal.")
    return int(match[1])


def _refuse_doubles(rows: tuple[CrimeRow, ...]) -> None:
    seen: dict[tuple[str, str, int], int] = {}
    for row in rows:
        first = seen.setdefault((row.kind, row.area, row.year), row.row)
        if first != row.row:
            raise BadFile(f"Rij {row.row}, kolom {PERIOD}: dit gebied en jaar staan ook op rij {first}.")
