"""The three sheets as XLSX."""

import io
import re
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from indicators.exports.document import Document
from indicators.exports.flat import moment, writable
from indicators.exports.package import without_dates
from indicators.exports.sheets import FLAT, OPEN, Line, Sheet, Value, sheets

_FONTS = {"title": Font(bold=True, size=14), "head": Font(bold=True), "group": Font(bold=True, italic=True)}
_DATES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def xlsx_bytes(document: Document) -> bytes:
    """The whole file; no cell holds a formula."""
    book = Workbook(write_only=True)
    book.properties.title = writable(document.title)
    book.properties.creator = document.publisher
    for sheet in sheets(document):
        _add(book, sheet)
    book.active = book.sheetnames.index(OPEN)
    content = io.BytesIO()
    book.save(content)
    modified = moment(document.modified).encode()
    return without_dates(
        content.getvalue(), {"docProps/core.xml": lambda part: _DATES.sub(rb"\g<1>" + modified, part)}
    )


def _add(book: Workbook, sheet: Sheet) -> None:
    page = book.create_sheet(sheet.name)
    for number, width in enumerate(sheet.widths, start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.sheet_view.tabSelected = sheet.name == OPEN
    if sheet.name == FLAT:
        page.freeze_panes = "A2"
    for line in sheet.lines:
        page.append([_cell(page, line, value) for value in line.values])


def _cell(page: Any, line: Line, value: Value) -> Any:
    cell: Any = WriteOnlyCell(page, value=value)  # type: ignore[arg-type]
    if isinstance(value, Decimal):
        return cell
    # Set afterwards: openpyxl takes every text that begins with = for a formula.
    cell.data_type = "s"
    cell.alignment = Alignment(vertical="top", wrap_text="\n" in value)
    if line.role in _FONTS:
        cell.font = _FONTS[line.role]
    return cell
