"""Finding the tables in a worksheet: headings, also over two rows, also repeated, with the rows below them."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from indicators.columns import ORDER, Column
from indicators.names import folded
from indicators.reading.headings import (
    PRINTED_NAMES,
    Heading,
    column_of,
    kind_of_words,
    one_line,
    printed_heading,
)
from indicators.reading.layout import Layout
from indicators.reading.notes import marked, named_source
from indicators.reading.sheet import Row, Sheet

# A table begins within so many rows; what stands above it is a title.
_FIRST_ROWS = 30
_CONTINUED = re.compile(r"\s*[(\[]?\bvervolg\b[)\]]?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Block:
    """One table: the row of its heading, what its columns are, a title above it, and its rows."""

    row: int
    headings: tuple[Heading, ...]
    title: str = ""
    rows: list[Row] = field(default_factory=list)

    def place(self, role: str) -> int | None:
        """Where the column with this role stands; None when there is none."""
        return next((place for place, one in enumerate(self.headings) if one.role == role), None)

    @property
    def figures(self) -> list[tuple[int, Column]]:
        """The columns with figures and where they stand: baselines, what was measured, targets."""
        found = [(place, one.column) for place, one in enumerate(self.headings) if one.column]
        return sorted(found, key=lambda one: (ORDER[one[1].kind], one[1].period))

    def name(self, place: int) -> str:
        """What to call a column in a message."""
        text = self.headings[place].text if place < len(self.headings) else ""
        return text or str(place + 1)


def without_continued(text: str) -> str:
    """A name without "(vervolg)", which a page break put behind it."""
    return _CONTINUED.sub("", text)


def find_blocks(sheet: Sheet, layout: Layout) -> list[Block]:
    """The tables of a worksheet, from top to bottom; empty when no row looks like a heading."""
    rows = sheet.rows
    labels = {name for name, said in layout.mapping.items() if said == "label"} | set(PRINTED_NAMES["label"])
    blocks: list[Block] = []
    at = 0
    while at < len(rows) and (blocks or at < _FIRST_ROWS):
        found = None
        if not blocks or _may_be_header(rows[at : at + 2], labels, blocks[-1]):
            found = _header(rows, at, layout.mapping, anywhere=not blocks or _repeats(rows[at], blocks[-1]))
        if not found:
            if blocks:
                blocks[-1].rows.append(rows[at])
            at += 1
            continue
        first, last, headings = found
        title = _title_within(blocks[-1]) if blocks else _title_above(rows[:first])
        _begin(blocks, Block(rows[first].number, headings, title))
        at = last + 1
    return blocks


def _may_be_header(rows: Sequence[Row], labels: Collection[str], block: Block) -> bool:
    """A quick look, because a file may have a hundred thousand rows: here or just below, the indicator is named."""
    return _repeats(rows[0], block) or any(
        text and (text in labels or text.casefold() in labels) for row in rows for text in row.texts
    )


def _repeats(row: Row, block: Block) -> bool:
    return [one_line(text) for text in row.texts] == [heading.text for heading in block.headings]


def _begin(blocks: list[Block], block: Block) -> None:
    """A heading that comes again after a page break goes on with the same table."""
    above = blocks[-1] if blocks else None
    if above and not block.title:
        block = replace(block, title=above.title)
    if above is None or above.headings != block.headings or _same(above.title) != _same(block.title):
        blocks.append(block)


def _same(title: str) -> str:
    return folded(without_continued(title))


def _title_above(rows: Sequence[Row]) -> str:
    """The last line above the first table that stands on its own."""
    lines = [row.texts[row.filled[0]] for row in rows if len(row.filled) == 1]
    return one_line(lines[-1]) if lines else ""


def _title_within(block: Block) -> str:
    """A line between two tables belongs to the second when an empty row keeps it apart from the first."""
    if block.place("theme") is not None or len(block.rows) < 2:
        return ""
    above, last = block.rows[-2:]
    text = last.texts[last.filled[0]]
    if len(last.filled) > 1 or last.number - above.number < 2 or _is_footer(text):
        return ""
    block.rows.pop()
    return one_line(text)


def _is_footer(text: str) -> bool:
    return bool(marked(0, text, in_use=(), is_last=True) or named_source(text))


def _header(
    rows: Sequence[Row], at: int, mapping: Mapping[str, str], *, anywhere: bool
) -> tuple[int, int, tuple[Heading, ...]] | None:
    """The heading that begins at this row: its first and last row, and what its columns are."""
    row = rows[at]
    below = rows[at + 1] if at + 1 < len(rows) and rows[at + 1].number == row.number + 1 else None
    if below is not None and _is_upper_half(row, below, mapping):
        headings = _joined(row, below, mapping)
        if _is_header(headings) or (anywhere and _has_label_unnamed(headings)):
            return at, at + 1, _with_label(headings)
    headings = tuple(printed_heading(text, mapping) for text in row.texts)
    if _is_header(headings) or (anywhere and _has_label_unnamed(headings)):
        return at, at, _with_label(headings)
    return None


def _is_header(headings: Sequence[Heading]) -> bool:
    """A heading names the indicator, and something else that we know."""
    roles = {one.role for one in headings}
    return "label" in roles and len([one for one in headings if one.is_known]) > 1


def _has_label_unnamed(headings: Sequence[Heading]) -> bool:
    """Some tables leave the heading above their indicators empty, or put their own name there."""
    figures = [place for place, one in enumerate(headings) if one.column]
    known = len([one for one in headings if one.is_known])
    if not figures or known < 2 or any(one.role == "label" for one in headings):
        return False
    return len(_unnamed(headings)) == 1


def _unnamed(headings: Sequence[Heading]) -> list[int]:
    first = min(place for place, one in enumerate(headings) if one.column)
    return [place for place in range(first) if not headings[place].is_known]


def _with_label(headings: tuple[Heading, ...]) -> tuple[Heading, ...]:
    if any(one.role == "label" for one in headings):
        return headings
    place = _unnamed(headings)[0]
    return (*headings[:place], replace(headings[place], role="label"), *headings[place + 1 :])


def _is_upper_half(upper: Row, lower: Row, mapping: Mapping[str, str]) -> bool:
    """Whether two rows are one heading: "Meting" above the years, or the years above "Meting"."""
    halves = list(_halves(upper, lower, mapping))
    both = [f"{above} {below}" for above, below in halves if above and below]
    if not any(column_of(text) for text in both):
        return False
    return all(
        column_of(f"{above} {below}") or printed_heading(below, mapping).is_known
        for above, below in halves
        if below
    )


def _joined(upper: Row, lower: Row, mapping: Mapping[str, str]) -> tuple[Heading, ...]:
    return tuple(
        printed_heading(f"{above} {below}", mapping) for above, below in _halves(upper, lower, mapping)
    )


def _halves(upper: Row, lower: Row, mapping: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The texts above each other. "Meting" may stand once above all its years; a title above the heading of
    another column is no half of it."""
    spanning = ""
    for place in range(max(len(upper.texts), len(lower.texts))):
        above = upper.texts[place] if place < len(upper.texts) else ""
        below = lower.texts[place] if place < len(lower.texts) else ""
        heading = printed_heading(below, mapping)
        if above:
            spanning = "" if heading.role or not (kind_of_words(above) or column_of(above)) else above
        is_whole = heading.column is not None and heading.column.kind != "observation"
        if heading.role or is_whole:
            above = ""
        yield (above or (spanning if below and not heading.role and not is_whole else "")), below
