"""The three sheets of a spreadsheet: its figures in the flat form, the table as printed, and an explanation.

Programs read the first sheet, and so does our own import; people see the one that is open, OPEN.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Literal

from indicators.exports.document import LICENCE, LICENCE_URL, Document
from indicators.exports.flat import TidyCell, TidyRow, flat_lines, writable
from indicators.tidy_words import COLUMNS, NUMBERS, STATUSES

Role = Literal["title", "head", "group", "plain"]
Value = str | Decimal
FLAT, TABLE, EXPLANATION = "Gegevens", "Tabel", "Uitleg"
OPEN = TABLE
WIDE, NARROW = 42, 14


@dataclass(frozen=True)
class Line:
    """One row of a sheet. What is a str is text, whatever it looks like."""

    values: tuple[Value, ...] = ()
    role: Role = "plain"


@dataclass(frozen=True)
class Sheet:
    """`widths` are in characters, one for each column."""

    name: str
    lines: tuple[Line, ...]
    widths: tuple[int, ...]


def sheets(document: Document) -> tuple[Sheet, Sheet, Sheet]:
    """The sheets in order."""
    years = [NARROW] * len(document.headings)
    return (
        _sheet(FLAT, _flat(document), tuple(NARROW for _name in COLUMNS)),
        _sheet(TABLE, _printed(document), (WIDE, 24, *years)),
        _sheet(EXPLANATION, _explanation(document), (WIDE, 90)),
    )


def _sheet(name: str, lines: Iterator[Line], widths: tuple[int, ...]) -> Sheet:
    return Sheet(name, tuple(Line(tuple(map(_legible, line.values)), line.role) for line in lines), widths)


def _legible(value: Value) -> Value:
    return writable(value) if isinstance(value, str) else value


def _printed(document: Document) -> Iterator[Line]:
    yield Line((document.title,), "title")
    if document.as_of:
        yield Line((f"Zoals bekend op {document.as_of}",))
    if document.is_synthetic:
        yield Line(("Deze cijfers zijn (deels) verzonnen, als voorbeeld.",))
    yield Line(("Indicator", "Bron", *(heading.label for heading in document.headings)), "head")
    for group, rows in groupby(document.rows, lambda row: row.group):
        if group:
            yield Line((group,), "group")
        for row in rows:
            yield Line((_label(row), row.printed_source or _source(row), *_texts(document, row)))
    yield Line()
    for text, where in _notes(document).items():
        yield Line((f"{', '.join(where)}: {text}",))


def _label(row: TidyRow) -> str:
    """A row of a table as printed; loose series need their area to be told apart."""
    if row.table:
        return row.label
    return ", ".join(filter(None, (row.label, row.breakdown, row.area)))


def _source(row: TidyRow) -> str:
    return "" if row.table else row.source


def _texts(document: Document, row: TidyRow) -> list[str]:
    cells = {cell.column.key: cell.printed for cell in row.cells}
    return [cells.get(heading.key, "") for heading in document.headings]


def _notes(document: Document) -> dict[str, list[str]]:
    """Each note or reason once, with the cells that it is about."""
    found: dict[str, list[str]] = {}
    for row in document.rows:
        for cell in row.cells:
            for text in filter(None, (cell.reason, cell.note)):
                found.setdefault(text, []).append(_place(row, cell))
        if row.note:
            found.setdefault(row.note, []).append(_label(row))
    return found


def _place(row: TidyRow, cell: TidyCell) -> str:
    return f"{_label(row)} {cell.column.label}"


def _flat(document: Document) -> Iterator[Line]:
    yield Line(COLUMNS, "head")
    for texts in flat_lines(document.rows):
        yield Line(tuple(_typed(name, text) for name, text in zip(COLUMNS, texts, strict=True)))


def _typed(name: str, text: str) -> Value:
    return Decimal(text) if text and name in NUMBERS else text


def _explanation(document: Document) -> Iterator[Line]:
    yield Line((document.title,), "title")
    yield Line(("Uitgever", document.publisher))
    yield Line(("Bijgewerkt", document.modified.date().isoformat()))
    yield Line(("Licentie", f"{LICENCE}, {LICENCE_URL}"))
    yield Line(("Adres", document.url))
    yield from _definitions(document)
    yield Line()
    yield Line(("Bron", "Hoe er geteld of gevraagd is"), "head")
    for source in document.sources:
        about = (source.kind, source.method, source.licence, source.url)
        yield Line((source.name, ". ".join(filter(None, about))))
    yield Line()
    yield Line(("Status", "Code van SDMX"), "head")
    for word, sdmx in STATUSES.values():
        yield Line((word, sdmx))


def _definitions(document: Document) -> Sequence[Line]:
    rows = [
        Line((one.name, ". ".join(filter(None, (one.definition, one.unit and f"Eenheid: {one.unit}")))))
        for one in document.definitions
    ]
    return [Line(), Line(("Indicator", "Wat het betekent"), "head"), *rows]
