"""The lines under a table: what a footnote mark stands for."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from indicators.reading.headings import MARK

_STARS = re.compile(r"(\*{1,3}\)?)\s*(\S.*)", re.DOTALL)
_NUMBERED = re.compile(r"([0-9a-z]\)|[¹²³⁴⁵⁶⁷⁸⁹])\s*(\S.*)", re.DOTALL)
_NEXT_NOTE = re.compile(r"\n|(?<=\S)\s+(?=\*{1,3}\)?\s*\w)")
_SOURCE = re.compile(r"bron(?:nen)?\s*:\s*(\S.*)", re.IGNORECASE)
_SUPERSCRIPTS = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")


@dataclass(frozen=True)
class Note:
    """A line under a table that begins with a mark."""

    row: int
    mark: str
    text: str


def marked(row: int, text: str, *, in_use: Collection[str], is_last: bool) -> Note | None:
    """The note in a line. Stars always are one; "1) ..." only if a cell has that mark, or nothing follows."""
    stars = _STARS.fullmatch(text)
    if stars:
        return Note(row, same_mark(stars[1]), stars[2])
    numbered = _NUMBERED.fullmatch(text)
    if numbered and (is_last or same_mark(numbered[1]) in in_use):
        return Note(row, same_mark(numbered[1]), numbered[2])
    return None


def lines_of(text: str) -> list[str]:
    """The notes in one cell: each on a line of its own, or one after the other with stars before them."""
    return [line.strip() for line in _NEXT_NOTE.split(text) if line.strip()]


def own_notes(row: int, text: str, marks: Collection[str]) -> tuple[list[Note], str]:
    """The notes in a row's own column that its `marks` stand for, and the text that is about the whole row."""
    lines = lines_of(text)
    found = [marked(row, line, in_use=marks, is_last=False) for line in lines]
    own = [note for note in found if note and note.mark in marks]
    others = [line for line, note in zip(lines, found, strict=True) if note not in own]
    return own, "\n".join(others) if own else text


def named_source(text: str) -> str:
    """The source in a line such as "Bron: politie"; "" for other lines."""
    match = _SOURCE.fullmatch(text)
    return match[1].rstrip(".") if match else ""


def mark_of(text: str) -> str:
    """The footnote mark at the end of a text, or ""."""
    match = MARK.search(text)
    return same_mark(match[1]) if match else ""


def same_mark(mark: str) -> str:
    """A mark as it is compared: "*" is "*)", and a raised 1 is "1)"."""
    return mark.translate(_SUPERSCRIPTS).rstrip(")")


def note_for(mark: str, row: int, notes: Sequence[Note]) -> str:
    """What a mark on this row stands for: the first such note below it, else the last one above. "" if none."""
    same = [note for note in notes if note.mark == mark]
    below = [note for note in same if note.row > row]
    return (below[0] if below else same[-1]).text if mark and same else ""
