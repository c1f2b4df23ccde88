"""Reading the JSON files of CBS: registered crime, inhabitants, and the Veiligheidsmonitor with its margins."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from haarlemveilig.gemeente.files import BadFile, odata_rows, stem
from indicators.cells import Cell, parse, print_number
from indicators.columns import Column, merged
from indicators.crime_file import KIND, SYNTHETIC_WORD, crime_lines, crime_of_rows, table_number
from indicators.periods import Period
from indicators.reading.layout import Layout
from indicators.reading.population import INHABITANTS, read_population
from indicators.table_file import FileRemark, TableCell, TableFile, TableFileError, TableLine

MARGIN, REGION, PERIOD = "Marges", "RegioS", "Perioden"
_VALUE, _LOW, _HIGH = "MW00000", "MOG0095", "MBG0095"
_BOOKKEEPING = ("ID", MARGIN, REGION, PERIOD)
_SOURCE = "Veiligheidsmonitor, CBS"
_SYNTHETIC_SOURCE = "Verzonnen, in de vorm van CBS"
_UNKNOWN = "Onbekend of geheim volgens de bron."
_OTHER = (
    "Dit CBS-bestand kennen we niet. We lezen misdrijven (47018NED), de Veiligheidsmonitor (85146NED) "
    "en kerncijfers van wijken en buurten."
)
_SWAPPED = "de ondergrens ligt boven de bovengrens. We lezen de laagste van de twee als ondergrens."
_HALF = "er is maar één van de twee marges. We bewaren ze niet."
_OUTSIDE = "het cijfer ligt buiten zijn eigen marges."
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


def is_json(content: bytes) -> bool:
    """Whether this is JSON: an object, as CBS gives it, or a list, which it never gives."""
    text = content.removeprefix(b"\xef\xbb\xbf").strip()
    return text.startswith(b"{") or (text.startswith(b"[") and text.endswith(b"]"))


def read_cbs(content: bytes, layout: Layout) -> TableFile:
    """The figures in a CBS file, told apart by their columns. Raises TableFileError."""
    try:
        note, rows = odata_rows(content)
        columns = {stem(name) for row in rows[:1] for name in row}
        if KIND in columns:
            return crime_lines(crime_of_rows(note, rows))
        if MARGIN in columns:
            return _read_survey(note, rows, layout)
        if INHABITANTS in columns:
            return read_population(note, rows)
    except BadFile as error:
        raise error if isinstance(error, TableFileError) else TableFileError(str(error)) from None
    if not rows:
        raise TableFileError("In dit bestand staan geen rijen.")
    raise TableFileError(_OTHER)


def readable(name: str) -> str:
    """The name of a CBS column in words: "RapportcijferLeefbaarheid" is "Rapportcijfer leefbaarheid"."""
    words = [word if word.isupper() and len(word) > 1 else word.casefold() for word in _WORD.findall(name)]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


@dataclass
class _Measured:
    """What a survey says of one indicator in one area and period: the row, and the text per kind of margin."""

    row: int
    texts: dict[str, str] = field(default_factory=dict)


_Place = tuple[str, str]


def _read_survey(note: str, rows: Sequence[Mapping[str, Any]], layout: Layout) -> TableFile:
    is_synthetic = SYNTHETIC_WORD in note.casefold()
    source = f"{_SYNTHETIC_SOURCE if is_synthetic else _SOURCE} {table_number(note)}".strip()
    series: dict[_Place, dict[Period, _Measured]] = {}
    for number, row in enumerate(rows, start=1):
        _take(number, {stem(name): value for name, value in row.items()}, series)
    remarks: list[FileRemark] = []
    lines = tuple(_lines(series, layout.source or source, layout, remarks))
    if not lines:
        raise TableFileError("In dit bestand staan geen cijfers.")
    columns = merged([], [_column(period) for by_period in series.values() for period in by_period])
    return TableFile(tuple(columns), lines, tuple(remarks), is_synthetic, is_survey=True)


def _take(number: int, row: Mapping[str, Any], series: dict[_Place, dict[Period, _Measured]]) -> None:
    period, margin = _place(number, row)
    for name, value in row.items():
        if name in _BOOKKEEPING:
            continue
        measured = series.setdefault((name, str(row[REGION])), {}).setdefault(period, _Measured(number))
        if margin in measured.texts:
            raise BadFile(f"Rij {number}, kolom {name}: dit gebied en deze periode staan er twee keer.")
        measured.texts[margin] = _text(number, name, value)
        if margin == _VALUE:
            measured.row = number


def _place(number: int, row: Mapping[str, Any]) -> tuple[Period, str]:
    """The period of a row, and which margin it is."""
    for name in (MARGIN, REGION, PERIOD):
        if name not in row:
            raise BadFile(f"Rij {number}, kolom {name}: deze kolom ontbreekt.")
    period = Period.from_code(str(row[PERIOD]))
    if period is None:
        raise BadFile(
            f"Rij {number}, kolom {PERIOD}: ‘{row[PERIOD]}’ is geen periode. Verwacht iets als 2023JJ00."
        )
    margin = str(row[MARGIN])
    if margin not in (_VALUE, _LOW, _HIGH):
        raise BadFile(f"Rij {number}, kolom {MARGIN}: ‘{margin}’ kennen we niet.")
    return period, margin


def _text(number: int, name: str, value: Any) -> str:
    """A number in Dutch notation; "" where it is unknown."""
    if value in (None, "", "."):
        return ""
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        raise BadFile(f"Rij {number}, kolom {name}: ‘{value}’ is geen getal.") from None
    if not exact.is_finite():
        raise BadFile(f"Rij {number}, kolom {name}: ‘{value}’ is geen getal.")
    return print_number(exact, max(0, -int(exact.as_tuple().exponent)))


def _lines(
    series: Mapping[_Place, Mapping[Period, _Measured]],
    source: str,
    layout: Layout,
    remarks: list[FileRemark],
) -> Iterator[TableLine]:
    for (name, area), by_period in series.items():
        yield TableLine(
            row=min(measured.row for measured in by_period.values()),
            chapter="",
            theme=layout.table_name,
            group="",
            label=readable(name),
            printed_source=source,
            source=source,
            source_is_proposed=False,
            cells=tuple(
                _cell(_column(period), measured, remarks) for period, measured in sorted(by_period.items())
            ),
            area_code=area,
        )


def _column(period: Period) -> Column:
    return Column("observation", period, period.label)


def _cell(column: Column, measured: _Measured, remarks: list[FileRemark]) -> TableCell:
    printed = measured.texts.get(_VALUE, "")
    if not printed:
        return TableCell(column, Cell("", "blank"), status="unknown", reason=_UNKNOWN, row=measured.row)
    cell = parse(printed)
    low, high = (_number(measured.texts.get(margin, "")) for margin in (_LOW, _HIGH))
    said = _said_of_margins(cell.value, low, high)
    if said:
        remarks.append(FileRemark(measured.row, column.label, said))
    if low is None or high is None:
        return TableCell(column, cell, row=measured.row)
    return TableCell(column, cell, low=min(low, high), high=max(low, high), row=measured.row)


def _number(printed: str) -> Decimal | None:
    return parse(printed).value if printed else None


def _said_of_margins(value: Decimal | None, low: Decimal | None, high: Decimal | None) -> str:
    if low is None or high is None:
        return "" if low is high else _HALF
    if value is not None and not min(low, high) <= value <= max(low, high):
        return _OUTSIDE
    return _SWAPPED if low > high else ""
