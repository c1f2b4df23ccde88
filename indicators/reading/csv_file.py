"""Reading a CSV file: which separator, and rows of texts."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Sequence
from itertools import islice

from haarlemveilig.gemeente import files
from haarlemveilig.gemeente.files import BadFile
from indicators.reading.sheet import MAX_ROWS, Row, Sheet
from indicators.table_file import Problem, TableFileError

SEPARATORS = ";,\t"
# What other programs put between columns. We name it, because a text may hold it too.
_FOREIGN = "|^~:"
_FOREIGN_FOUND = (
    "Alles staat in één kolom, want er staat ‘{}’ tussen de kolommen. "
    "Sla het bestand op met een puntkomma ertussen, of kies ‘CSV UTF-8’."
)
_FIRST_ROWS = 30
_FIRST_LETTERS = 50_000
# Excel writes this line for itself; it is no part of the table.
_HINT = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read_csv(content: bytes, known: Callable[[str], bool]) -> Sheet:
    """The rows of the file. `known` says whether a text is a heading: that is how the separator is found.

    Raises TableFileError for what is no text, for another separator, and for a quotation mark in the wrong place.
    """
    try:
        text = files.as_text(_in_utf_8(content))
    except BadFile as error:
        raise TableFileError(str(error)) from None
    hint = _HINT.match(text)
    separator = hint[1] if hint else _separator(text, known)
    rows = _rows(text[hint.end() :] if hint else text, separator, first=2 if hint else 1)
    return Sheet("", rows)


def _in_utf_8(content: bytes) -> bytes:
    """The ‘Unicode-tekst’ of Excel is UTF-16 with a mark in front; all else stays as it is."""
    if not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content
    return content.decode("utf-16", errors="replace").encode()


def _separator(text: str, known: Callable[[str], bool]) -> str:
    fitness = {one: _fitness(text, one, known) for one in SEPARATORS}
    best = max(SEPARATORS, key=lambda one: fitness[one])
    foreign = max(_FOREIGN, key=lambda one: _fitness(text, one, known))
    # Two headings in a row are no accident.
    if fitness[best][0] < 2 <= _fitness(text, foreign, known)[0]:
        raise TableFileError(_FOREIGN_FOUND.format(foreign))
    return best


def _fitness(text: str, separator: str, known: Callable[[str], bool]) -> tuple[int, int]:
    """How well a separator fits: the most headings in one row, then how often it stands in the first row."""
    reader = csv.reader(io.StringIO(text[:_FIRST_LETTERS], newline=""), delimiter=separator)
    try:
        rows = list(islice(filter(None, reader), _FIRST_ROWS))
    except csv.Error:
        rows = []
    most = max((len({cell.strip() for cell in row if known(cell.strip())}) for row in rows), default=0)
    return most, len(rows[0]) if rows else 0


def _rows(text: str, separator: str, *, first: int) -> Sequence[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    number = first - 1
    # A long list says the same names over and over: each is kept once.
    kept: dict[str, str] = {}
    try:
        for number, cells in enumerate(reader, start=first):
            texts = tuple(kept.setdefault(text, text) for text in map(str.strip, cells))
            if any(texts):
                rows.append(Row(number, texts))
            if len(rows) > MAX_ROWS:
                raise TableFileError(f"Het bestand is te groot: hoogstens {MAX_ROWS} rijen.")
    except csv.Error:
        raise TableFileError(
            Problem(number + 1, "1", "een aanhalingsteken staat verkeerd of wordt niet afgesloten.")
        ) from None
    return rows
