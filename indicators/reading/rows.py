"""The rows of a printed table: which hold figures, which head a group, which are notes."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from indicators.names import folded
from indicators.reading.blocks import Block, without_continued
from indicators.reading.headings import one_line
from indicators.reading.notes import Note, lines_of, mark_of, marked, named_source
from indicators.reading.sheet import Merge, Row, filled_down

# In these a merged cell means: the same for all rows beside it.
_FILLED_DOWN = ("chapter", "theme", "group", "label", "source", "unit")


@dataclass
class SortedRows:
    """The rows of one table, sorted out. `figures` are rows with the group they stand under."""

    figures: list[tuple[Row, str]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    source: str = ""
    unread: list[Row] = field(default_factory=list)


def sort_rows(block: Block, merges: Sequence[Merge]) -> SortedRows:
    """Sort out the rows below a heading. A line with only a name heads a group, if rows with figures follow."""
    rows = list(filled_down(block.rows, merges, {block.place(role) for role in _FILLED_DOWN}))
    in_use = {mark_of(text) for row in rows for text in row.texts} - {""}
    alone = [_is_alone(row, block) for row in rows]
    last = max((at for at, one in enumerate(alone) if not one), default=-1)
    found = SortedRows()
    heading: Row | None = None
    group = ""
    for at, row in enumerate(rows):
        if not alone[at]:
            group, heading = _group(heading, group), None
            found.figures.append((row, group))
        elif not _take_footer(found, row, in_use=in_use, is_last=at > last):
            found.unread += [heading] if heading else []
            heading = row
    found.unread += [heading] if heading else []
    return found


def _take_footer(found: SortedRows, row: Row, *, in_use: set[str], is_last: bool) -> bool:
    text = row.texts[row.filled[0]]
    notes = [marked(row.number, line, in_use=in_use, is_last=is_last) for line in lines_of(text)]
    found.notes += [note for note in notes if note]
    source = named_source(text)
    found.source = found.source or source
    return bool(source) or any(notes)


def _group(heading: Row | None, group: str) -> str:
    if heading is None:
        return group
    name = one_line(without_continued(_name(heading)))
    return group if folded(name) == folded(group) else name


def _name(row: Row) -> str:
    """The name of a group; a number may stand before it in a column of its own."""
    return row.texts[row.filled[-1]]


def _is_alone(row: Row, block: Block) -> bool:
    """Whether a row has only a name, and no source and no figures."""
    if block.place("theme") is not None or block.place("group") is not None:
        # Here a name alone is a row that is not finished; only a note can stand by itself.
        text = row.texts[row.filled[0]]
        return len(row.filled) == 1 and bool(
            marked(row.number, text, in_use=(), is_last=True) or named_source(text)
        )
    names = {block.place("label"), block.place("chapter"), 0}
    return set(row.filled) <= names and len(row.filled) <= 2
