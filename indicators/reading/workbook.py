"""From the bytes of a file to the worksheet that is read."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from indicators.reading.csv_file import read_csv
from indicators.reading.headings import is_heading
from indicators.reading.layout import Layout
from indicators.reading.ods import CONTENT, OdsFile
from indicators.reading.package import BROKEN, ZIP_SIGNATURE, Package, refuse_old
from indicators.reading.sheet import Mark, Sheet
from indicators.reading.xlsx import WORKBOOK, XlsxFile
from indicators.table_file import TableFileError

_OTHER_SHEETS = (
    "we lezen het werkblad ‘{}’. In dit bestand staan er meer: {}. Een ander werkblad kiest u bij "
    "‘Lees het bestand anders’."
)


class Workbook(Protocol):
    """A file with worksheets."""

    @property
    def sheet_names(self) -> tuple[str, ...]: ...

    def sheets(self) -> Iterator[Sheet]: ...


def workbook(content: bytes) -> Workbook | None:
    """The workbook in these bytes; None for anything else. Raises TableFileError for one we do not read."""
    refuse_old(content)
    if not content.startswith(ZIP_SIGNATURE):
        return None
    package = Package(content)
    if WORKBOOK in package.names:
        return XlsxFile(package)
    if CONTENT in package.names:
        return OdsFile(package)
    raise TableFileError(BROKEN)


def chosen_sheet(content: bytes, layout: Layout) -> Sheet:
    """The worksheet that `layout` asks for, else the first one that is not hidden and holds several columns.

    Raises TableFileError when there is none.
    """
    book = workbook(content)
    if book is None:
        return read_csv(content, lambda text: is_heading(text) or text in layout.mapping)
    names = book.sheet_names
    if layout.sheet and layout.sheet not in names:
        raise TableFileError(
            f"Het werkblad ‘{layout.sheet}’ bestaat niet. In dit bestand staan: {', '.join(names)}."
        )
    fitting = (sheet for sheet in book.sheets() if _fits(sheet, layout.sheet))
    sheet = next(fitting, None)
    if sheet is None:
        raise TableFileError("In dit bestand staat geen tabel: alle werkbladen zijn leeg of verborgen.")
    others = [] if layout.sheet else [other.name for other in fitting]
    if not others:
        return sheet
    told = Mark(1, None, _OTHER_SHEETS.format(sheet.name, ", ".join(others)))
    return replace(sheet, remarks=(told, *sheet.remarks), has_others=True)


def _fits(sheet: Sheet, wanted: str) -> bool:
    if wanted:
        return sheet.name == wanted
    return not sheet.is_hidden and any(len(row.filled) > 1 for row in sheet.rows)
