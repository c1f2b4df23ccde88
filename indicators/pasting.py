"""A block copied from a spreadsheet, and where its texts land in a table. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Place = tuple[int, int]
# Spreadsheets put quotes around a cell that holds a tab, a line break or a quote.
_FIELD = re.compile(r'("(?:[^"]|"")*"|[^\t\r\n]*)(\t|\r\n|\r|\n|\Z)')


@dataclass(frozen=True)
class Filled:
    """The text for each (row, column). `outside` are texts beyond the edges of the table.

    `skipped` counts blank lines of the block that fell on the heading of a group.
    """

    texts: Mapping[Place, str]
    outside: tuple[str, ...] = ()
    skipped: int = 0


def read_block(text: str) -> list[list[str]]:
    """The lines of a block, each with its cells: "1\\t2\\n3\\t4" is [["1", "2"], ["3", "4"]]."""
    lines: list[list[str]] = []
    cells: list[str] = []
    for match in _FIELD.finditer(text):
        cells.append(_plain(match[1]))
        if match[2] != "\t":
            lines.append(cells)
            cells = []
        if not match[2]:
            break
    # A spreadsheet ends the last line too.
    return lines[:-1] if lines[-1] == [""] else lines


def _plain(field: str) -> str:
    if len(field) > 1 and field[0] == field[-1] == '"':
        field = field[1:-1].replace('""', '"')
    return " ".join(field.split("\n")).replace("\r", "").strip()


def fill(block: Sequence[Sequence[str]], *, start: Place, headed: Sequence[bool], columns: int) -> Filled:
    """Lay the block over a table of `len(headed)` rows, its first cell on `start`.

    `headed` says of each row whether the heading of a group stands above it. A blank line of the block that
    falls on such a heading was that heading in the spreadsheet too: it is skipped.
    """
    first_row, first_column = start
    lines, skipped = _without_headings(block, headed[first_row + 1 :])
    texts: dict[Place, str] = {}
    outside: list[str] = []
    for row, line in enumerate(lines, first_row):
        for column, text in enumerate(line, first_column):
            if row < len(headed) and column < columns:
                texts[row, column] = text
            elif text:
                outside.append(text)
    return Filled(texts, tuple(outside), skipped)


def _without_headings(
    block: Sequence[Sequence[str]], headed: Sequence[bool]
) -> tuple[list[Sequence[str]], int]:
    """`headed` is about the rows below the first one."""
    kept = list(_kept(block, iter(headed)))
    return kept, len(block) - len(kept)


def _kept(block: Sequence[Sequence[str]], headed: Iterator[bool]) -> Iterator[Sequence[str]]:
    on_heading = False
    for line in block:
        if on_heading and not any(line):
            on_heading = False
            continue
        yield line
        on_heading = next(headed, False)
