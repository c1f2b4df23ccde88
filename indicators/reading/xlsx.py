"""Reading an XLSX workbook: each cell as the text a person sees."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element  # only the type: defusedxml does the reading

from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries
from openpyxl.utils.exceptions import CellCoordinatesException

from indicators.reading.number_format import shown
from indicators.reading.package import BROKEN, Package, attribute, local
from indicators.reading.sheet import MAX_COLUMNS, Merge, Sheet, SheetBuilder
from indicators.table_file import TableFileError

WORKBOOK = "xl/workbook.xml"
_TRUE = ("1", "true")


@dataclass(frozen=True)
class _Entry:
    name: str
    part: str
    is_hidden: bool


class XlsxFile:
    """A workbook; a sheet is read only when somebody asks for it."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._entries = tuple(self._found())
        self._strings: Sequence[str] | None = None
        self._formats: Sequence[str] | None = None

    @property
    def sheet_names(self) -> tuple[str, ...]:
        return tuple(entry.name for entry in self._entries)

    def sheets(self) -> Iterator[Sheet]:
        """All worksheets in order, read one by one."""
        for entry in self._entries:
            yield self._sheet(entry)

    def _found(self) -> Iterator[_Entry]:
        targets = {
            attribute(one, "Id"): attribute(one, "Target")
            for one in self._package.elements("xl/_rels/workbook.xml.rels", "Relationship")
        }
        for one in self._package.elements(WORKBOOK, "sheet"):
            target = targets.get(attribute(one, "id"), "")
            part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            if part in self._package.names and "chartsheet" not in part:
                yield _Entry(
                    attribute(one, "name"), part, attribute(one, "state") in ("hidden", "veryHidden")
                )

    def _sheet(self, entry: _Entry) -> Sheet:
        if self._strings is None or self._formats is None:
            self._strings = _strings(self._package)
            try:
                self._formats = _formats(self._package)
            except ValueError:
                raise TableFileError(BROKEN) from None
        since_1904 = any(
            attribute(one, "date1904") in _TRUE for one in self._package.elements(WORKBOOK, "workbookPr")
        )
        reader = _SheetReader(
            SheetBuilder(entry.name, entry.is_hidden), self._strings, self._formats, since_1904
        )
        for element in self._package.elements(entry.part, "row", "col", "mergeCell"):
            try:
                reader.take(element)
            except (ValueError, IndexError, TypeError, CellCoordinatesException):
                raise TableFileError(BROKEN) from None
        return reader.builder.done()


@dataclass
class _SheetReader:
    builder: SheetBuilder
    strings: Sequence[str]
    formats: Sequence[str]
    since_1904: bool
    row: int = 0

    def take(self, element: Element) -> None:
        {"row": self._row, "col": self._columns, "mergeCell": self._merge}[local(element.tag)](element)

    def _columns(self, element: Element) -> None:
        if element.get("hidden") in _TRUE:
            last = min(int(element.get("max", "1")), MAX_COLUMNS)
            for column in range(int(element.get("min", "1")) - 1, last):
                self.builder.hide(0, column)

    def _merge(self, element: Element) -> None:
        left, top, right, bottom = (edge or 1 for edge in range_boundaries(element.get("ref", "")))
        self.builder.merges.append(Merge(top, left - 1, bottom, right - 1))

    def _row(self, element: Element) -> None:
        # Some programs leave the numbers out: then rows and cells simply follow each other.
        self.row = int(element.get("r", self.row + 1))
        column = -1
        for cell in element:
            place = cell.get("r")
            column = _column(place) if place else column + 1
            self._cell(cell, column)
        if element.get("hidden") in _TRUE:
            self.builder.hide(self.row, None)

    def _cell(self, cell: Element, column: int) -> None:
        kind = cell.get("t", "n")
        parts = {local(child.tag): child for child in cell}
        stored = parts["v"].text or "" if "v" in parts else ""
        if "f" in parts:
            self.builder.formula(self.row, column, has_result=bool(stored) or kind == "str")
        if kind == "inlineStr":
            stored = _joined(parts["is"]) if "is" in parts else ""
        elif kind == "s":
            stored = self.strings[int(stored)] if stored else ""
        elif kind == "b" and stored:
            stored = "WAAR" if stored in _TRUE else "ONWAAR"
        elif kind == "n" and stored:
            stored = shown(stored, self.formats[int(cell.get("s", "0"))], since_1904=self.since_1904)
        self.builder.put(self.row, column, stored)


def _column(place: str) -> int:
    return column_index_from_string(coordinate_from_string(place)[0]) - 1


def _joined(element: Element) -> str:
    """The text of a cell with mixed lettering; how it is pronounced in Japanese does not count."""
    return "".join(
        part.text or ""
        for child in element
        if local(child.tag) in ("t", "r")
        for part in child.iter()
        if local(part.tag) == "t"
    )


def _strings(package: Package) -> list[str]:
    if "xl/sharedStrings.xml" not in package.names:
        return []
    return [_joined(one) for one in package.elements("xl/sharedStrings.xml", "si")]


def _formats(package: Package) -> list[str]:
    """The number format of each cell style."""
    if "xl/styles.xml" not in package.names:
        return ["General"]
    codes = dict(BUILTIN_FORMATS)
    numbers: list[int] = []
    for one in package.elements("xl/styles.xml", "numFmt", "cellXfs"):
        if local(one.tag) == "numFmt":
            codes[int(one.get("numFmtId", "0"))] = one.get("formatCode", "General")
        else:
            numbers += [int(style.get("numFmtId", "0")) for style in one]
    return [codes.get(number, "General") for number in numbers] or ["General"]
