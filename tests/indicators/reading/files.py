"""Files for the tests, made by other programs' code than ours."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import odfdo
import openpyxl

from indicators.reading import Layout, read_file
from indicators.table_file import TableCell, TableFile

HARD_TABLE = Path(__file__).parent / "moeilijke-tabel.csv"
Grid = Sequence[Sequence[str]]


def hard_grid() -> list[list[str]]:
    with HARD_TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def grid(text: str) -> list[list[str]]:
    """A table written down as in CSV."""
    return [line.split(";") for line in text.strip("\n").split("\n")]


def as_csv(rows: Iterable[Iterable[str]], delimiter: str = ";") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


def as_xlsx(rows: Grid, merges: Sequence[str] = (), title: str = "Cijfers") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            if text:
                sheet.cell(number, place, text).data_type = "s"
    for merge in merges:
        sheet.merge_cells(merge)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_ods(rows: Grid, title: str = "Cijfers") -> bytes:
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table(title)
    for number, texts in enumerate(rows):
        row = odfdo.Row()
        for place, text in enumerate(texts):
            row.set_cell(place, odfdo.Cell(text or None))
        table.set_row(number, row)
    document.body.append(table)
    return packed(document)


def packed(document: odfdo.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(content: bytes | str, layout: Layout | None = None, name: str = "toets.csv") -> TableFile:
    content = content if isinstance(content, bytes) else content.encode()
    return read_file(content, name, layout or Layout(), max_bytes=1_000_000)


def texts(file: TableFile) -> list[list[str]]:
    return [[one.cell.printed for one in line.cells] for line in file.lines]


def cell(file: TableFile, label: str, column: str) -> TableCell:
    """The cell in the row with this label and the column with this heading."""
    line = next(line for line in file.lines if line.label == label)
    return next(one for one in line.cells if one.column.label == column)


def remarks(file: TableFile) -> list[str]:
    return [f"{one.row} {one.column}: {one.text}" for one in file.remarks]
