"""Reading an ODS workbook: it holds the displayed text of each cell."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import NamedTuple
from xml.etree.ElementTree import Element  # only the type: defusedxml does the reading

from indicators.cells import parse
from indicators.reading.number_format import general, is_ordinary
from indicators.reading.package import BROKEN, Package, attribute, local
from indicators.reading.sheet import MAX_COLUMNS, MAX_ROWS, Merge, Sheet, SheetBuilder
from indicators.table_file import TableFileError

CONTENT = "content.xml"
_HIDDEN = ("collapse", "filter")
_SWAPPED = str.maketrans(".,", ",.")


class OdsFile:
    """A workbook; its sheets stand in one part, so that asking for one reads them all."""

    def __init__(self, package: Package) -> None:
        self._package = package

    @property
    def sheet_names(self) -> tuple[str, ...]:
        return tuple(sheet.name for sheet in self.sheets())

    def sheets(self) -> Iterator[Sheet]:
        """All worksheets in order."""
        hidden: set[str] = set()
        reader = _TableReader()
        # The rows of a table come before the table itself, so that none has to be remembered.
        for element in self._package.elements(CONTENT, "style", "table-column", "table-row", "table"):
            name = local(element.tag)
            if name == "table":
                builder, reader = reader.builder, _TableReader()
                builder.name = attribute(element, "name")
                builder.is_hidden = attribute(element, "style-name") in hidden
                yield builder.done()
            elif name != "style":
                reader.take(name, element)
            elif any(attribute(child, "display") == "false" for child in element):
                hidden.add(attribute(element, "name"))


@dataclass
class _TableReader:
    builder: SheetBuilder = field(default_factory=lambda: SheetBuilder(""))
    row: int = 0
    column: int = 0

    def take(self, name: str, element: Element) -> None:
        try:
            (self._rows if name == "table-row" else self._columns)(element)
        except (ValueError, RecursionError):
            raise TableFileError(BROKEN) from None

    def _columns(self, element: Element) -> None:
        count = _count(element, "number-columns-repeated")
        if attribute(element, "visibility") in _HIDDEN:
            for column in range(self.column, self.column + min(count, MAX_COLUMNS)):
                self.builder.hide(0, column)
        self.column += count

    def _rows(self, element: Element) -> None:
        count = _count(element, "number-rows-repeated")
        cells = list(_cells(element))
        # The rows below the last one are one empty row that repeats a million times.
        for number in range(self.row + 1, self.row + 1 + (min(count, MAX_ROWS + 1) if cells else 0)):
            for column, cell in cells:
                self._cell(number, column, cell)
            if attribute(element, "visibility") in _HIDDEN:
                self.builder.hide(number, None)
        self.row += count

    def _cell(self, row: int, column: int, cell: "_Cell") -> None:
        if cell.has_formula:
            self.builder.formula(row, column, has_result=bool(cell.text))
        if cell.down > 1 or cell.right > 1:
            self.builder.merges.append(Merge(row, column, row + cell.down - 1, column + cell.right - 1))
        self.builder.put(row, column, cell.text)


class _Cell(NamedTuple):
    text: str
    has_formula: bool
    down: int
    right: int


def _cells(row: Element) -> Iterator[tuple[int, _Cell]]:
    """The cells with something in them; what lies under a merged cell counts for its place only."""
    column = 0
    for one in row:
        name = local(one.tag)
        if name not in ("table-cell", "covered-table-cell"):
            continue
        count = _count(one, "number-columns-repeated")
        cell = _read(one)
        if name == "table-cell" and (cell.text or cell.has_formula):
            # One place too many is enough to see that the sheet is too wide.
            for place in range(column, column + min(count, MAX_COLUMNS + 1)):
                yield place, cell
        column += count


def _read(cell: Element) -> _Cell:
    paragraphs = [_paragraph(child) for child in cell if local(child.tag) == "p"]
    text = "\n".join(paragraphs).strip()
    return _Cell(
        _in_dutch(text, cell) or _stored(cell),
        bool(attribute(cell, "formula")),
        _count(cell, "number-rows-spanned"),
        _count(cell, "number-columns-spanned"),
    )


def _paragraph(element: Element) -> str:
    """The text of a paragraph; a remark that somebody hung on the cell is not part of it."""
    pieces = [element.text or ""]
    for child in element:
        name = local(child.tag)
        if name == "s":
            pieces.append(" " * _count(child, "c"))
        elif name in ("tab", "line-break"):
            pieces.append(" ")
        elif name != "annotation":
            pieces.append(_paragraph(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _in_dutch(text: str, cell: Element) -> str:
    """The displayed text; a number shown in English notation, 1204 as "1,204", in Dutch notation."""
    swapped = text.translate(_SWAPPED)
    return swapped if not _says(text, cell) and _says(swapped, cell) else text


def _says(text: str, cell: Element) -> bool:
    """Whether the text is the stored number, as exactly as it is shown."""
    shown, stored = parse(text), _number(cell)
    if shown.value is None or stored is None:
        return stored is None
    return abs(shown.value - stored) <= Decimal(1).scaleb(-shown.decimals)


def _number(cell: Element) -> Decimal | None:
    """The number in a cell, per hundred where it is shown with %; None for a text."""
    try:
        number = Decimal(attribute(cell, "value") or "NaN")
    except InvalidOperation:
        return None
    if not is_ordinary(number):
        return None
    return number * 100 if attribute(cell, "value-type") == "percentage" else number


def _stored(cell: Element) -> str:
    """The value of a cell that some program wrote without its displayed text."""
    number = _number(cell)
    if number is None:
        return next(filter(None, (attribute(cell, f"{kind}value") for kind in ("", "string-", "date-"))), "")
    return general(number) + ("%" if attribute(cell, "value-type") == "percentage" else "")


def _count(element: Element, name: str) -> int:
    return int(attribute(element, name) or 1)
