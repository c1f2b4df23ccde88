"""Reading a file of figures: CSV, XLSX, ODS or CBS JSON, bytes in, dataclasses out. The public door.

What counts is the printed text: what a person sees in a cell. Nothing is guessed silently: every choice the
reader makes is a remark, and what it cannot read is a problem that names the place and the way out.
"""

from collections.abc import Mapping
from pathlib import PurePath

from indicators import tidy
from indicators.reading.blocks import find_blocks
from indicators.reading.cbs import is_json, read_cbs
from indicators.reading.export_header import (
    export_header,
    export_headings,
    looks_like_export,
    merged_in_header,
)
from indicators.reading.exports import read_export
from indicators.reading.headings import EXPORT_ROLES, ROLES, Heading
from indicators.reading.layout import Layout
from indicators.reading.printed import read_printed
from indicators.reading.sheet import Sheet
from indicators.reading.workbook import chosen_sheet, workbook
from indicators.table_file import TableFile, TableFileError

__all__ = [
    "ROLES",
    "Layout",
    "guessed_mapping",
    "headings",
    "needs_mapping",
    "read_file",
    "sheet_names",
]
_DEFAULT = Layout()
_ONE_COLUMN = (
    "Alles staat in één kolom. Sla het bestand op met een puntkomma tussen de kolommen, of kies ‘CSV UTF-8’."
)
_NO_HEADING = (
    "We vinden geen kop met kolommen. De eerste rij hoort te zeggen wat er in de kolommen staat, "
    "zoals indicator, bron, 2022 en Streefwaarde 2027."
)


def sheet_names(content: bytes, name: str) -> tuple[str, ...]:
    """The worksheets of a workbook, in order; empty for other files. Raises TableFileError."""
    book = workbook(content)
    return book.sheet_names if book else ()


def headings(content: bytes, name: str, layout: Layout = _DEFAULT) -> tuple[str, ...]:
    """The column headings as printed, for the page on which a person says what each column is."""
    return tuple(one.text for one in _headings(content, layout) if one.text)


def guessed_mapping(content: bytes, name: str, layout: Layout = _DEFAULT) -> Mapping[str, str]:
    """Per heading what we take it to be, or "": a person only has to confirm what is right."""
    return {one.text: _said(one) for one in _headings(content, layout) if one.text}


def needs_mapping(content: bytes, name: str, layout: Layout = _DEFAULT) -> bool:
    """Whether a person has to say first what the columns are: an export with headings nobody named yet."""
    if is_json(content):
        return False
    sheet = chosen_sheet(content, layout)
    if not sheet.rows or not _is_export(sheet, layout):
        return False
    found = export_header(sheet, layout)
    if found is None or merged_in_header(sheet, found[0].number, found[1]):
        return False
    return any(one.text and one.text not in layout.mapping for one in found[1])


def read_file(content: bytes, name: str, layout: Layout = _DEFAULT, *, max_bytes: int) -> TableFile:
    """The figures in a file, which `name` only gives a title to. Raises TableFileError with all problems."""
    if len(content) > max_bytes:
        raise TableFileError(f"Het bestand is te groot: hoogstens {max_bytes // 1_000_000} MB.")
    if not content.strip():
        raise TableFileError("Het bestand is leeg.")
    if is_json(content):
        return read_cbs(content, layout)
    sheet = chosen_sheet(content, layout)
    try:
        return _read_sheet(sheet, layout, PurePath(name).stem or "Tabel")
    except TableFileError as error:
        if not sheet.has_others:
            raise
        raise TableFileError(*(f"Werkblad ‘{sheet.name}’: {one}" for one in error.problems)) from None


def _read_sheet(sheet: Sheet, layout: Layout, file_title: str) -> TableFile:
    if not sheet.rows:
        raise TableFileError("Het bestand is leeg.")
    if tidy.matches(sheet.rows[0].texts):
        return tidy.read(_from_the_first_row(sheet))
    if _is_export(sheet, layout):
        return read_export(sheet, layout)
    if not find_blocks(sheet, layout):
        is_one_column = all(len(row.filled) < 2 for row in sheet.rows)
        raise TableFileError(_ONE_COLUMN if is_one_column else _NO_HEADING)
    return read_printed(sheet, layout, file_title)


def _is_export(sheet: Sheet, layout: Layout) -> bool:
    """An export has a column for periods, values or areas, or headings we know nothing of."""
    if tidy.matches(sheet.rows[0].texts):
        return False
    if any(said in EXPORT_ROLES for said in layout.mapping.values()):
        return True
    blocks = find_blocks(sheet, layout)
    if blocks:
        return looks_like_export(export_headings(sheet, blocks[0].row, layout))
    return export_header(sheet, layout) is not None


def _headings(content: bytes, layout: Layout) -> tuple[Heading, ...]:
    if is_json(content):
        return ()
    sheet = chosen_sheet(content, layout)
    if not sheet.rows:
        return ()
    blocks = find_blocks(sheet, layout)
    if blocks and not _is_export(sheet, layout):
        # A heading over two rows is one heading: "Streefwaarde" above "2027" is no figure of 2027.
        return tuple(dict.fromkeys(one for block in blocks for one in block.headings))
    found = export_header(sheet, layout)
    return found[1] if found else ()


def _said(heading: Heading) -> str:
    return heading.role if heading.column is None else heading.column.key


def _from_the_first_row(sheet: Sheet) -> list[list[str]]:
    """The rows with the empty ones between them, so that they count as in the file."""
    by_number = {row.number: list(row.texts) for row in sheet.rows}
    return [by_number.get(number, []) for number in range(1, sheet.rows[-1].number + 1)]
