"""The whole programme, resolved: what the web page, the PDF and the published edition are made of.

Frozen dataclasses of strings, numbers and tuples, so that `to_json` and `from_json` lose nothing. Texts still
hold their footnote marks; `notes` says which number each has.
"""

from collections.abc import Iterator
from dataclasses import MISSING, asdict, dataclass, fields, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

SCHEMA_VERSION = 1
AIMS = ("ambition", "objective")


@dataclass(frozen=True)
class Block:
    """A piece of rich text; `kind` is text, heading, ambition or objective."""

    id: str
    kind: str
    html: str


@dataclass(frozen=True)
class Actie:
    id: str
    text: str
    owner: str
    recurrence: str


@dataclass(frozen=True)
class Actielijn:
    id: str
    title: str
    acties: tuple[Actie, ...]


@dataclass(frozen=True)
class How:
    id: str
    text: str


@dataclass(frozen=True)
class WhatHow:
    id: str
    what: str
    how: tuple[How, ...]


@dataclass(frozen=True)
class Focuslocatie:
    id: str
    text: str


@dataclass(frozen=True)
class FocusTheme:
    """The focuslocaties of a stadsdeel under one handhavingsthema; without one, its name is ""."""

    code: str
    name: str
    focuslocaties: tuple[Focuslocatie, ...]


@dataclass(frozen=True)
class FocusArea:
    area_id: int
    name: str
    themes: tuple[FocusTheme, ...]

    @property
    def place_ids(self) -> set[str]:
        return {place.id for theme in self.themes for place in theme.focuslocaties}


@dataclass(frozen=True)
class Cell:
    """A cell as printed, and its figure; `explanation` says why where it is no plain figure."""

    column: str
    text: str
    value: float | None
    status: str
    explanation: str
    kind: str


@dataclass(frozen=True)
class TargetVerdict:
    """Whether a target was met: `word` is the answer, `note` the rule with what else a reader must know.

    `tone` is success, danger, warning or neutral; neutral where nobody said what better means.
    """

    column: str
    word: str
    tone: str
    note: str


@dataclass(frozen=True)
class Row:
    """`trend` says in words what the small line shows; `remark` belongs to the whole row.

    `source` is as printed: blank where it is that of the row above, which is then in `source_above`.
    """

    label: str
    source: str
    cells: tuple[Cell, ...]
    trend: str
    remark: str
    is_synthetic: bool
    # Editions from before there were verdicts have none.
    verdicts: tuple[TargetVerdict, ...] = ()
    # In editions from before this every source was filled in.
    source_above: str = ""

    @property
    def whole_source(self) -> str:
        """Who counted, also where the table leaves it blank."""
        return self.source or self.source_above

    @property
    def points(self) -> tuple[float | None, ...]:
        return tuple(cell.value for cell in self.cells if cell.kind != "target")


@dataclass(frozen=True)
class RowGroup:
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    id: str
    name: str
    columns: tuple[str, ...]
    groups: tuple[RowGroup, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for group in self.groups for row in group.rows)


@dataclass(frozen=True)
class SectionView:
    """`page` is the id of the section on whose page this one stands: its own, or one above it."""

    id: str
    parent: str
    page: str
    depth: int
    kind: str
    number: str
    title: str
    slug: str
    version: int
    blocks: tuple[Block, ...]
    lines: tuple[Actielijn, ...]
    what_hows: tuple[WhatHow, ...]
    focus: tuple[FocusArea, ...]
    tables: tuple[Table, ...]

    @property
    def printed_number(self) -> str:
        """A dot after the number of a whole chapter, none after that of a part."""
        return f"{self.number}." if self.number.isdigit() else self.number

    @property
    def heading(self) -> str:
        """The title with its number, as in "2. Actieprogramma" and "2.1 Jeugd"."""
        return f"{self.printed_number} {self.title}".strip()

    @property
    def has_ambition(self) -> bool:
        return any(block.kind == "ambition" for block in self.blocks)

    @property
    def has_objective(self) -> bool:
        return any(block.kind == "objective" for block in self.blocks)

    @property
    def actie_count(self) -> int:
        return sum(len(line.acties) for line in self.lines)

    @property
    def opening(self) -> tuple[Block, ...]:
        """The text before the aims, if the section starts with text."""
        return self._prose[:1] if self._prose and self._prose[0].kind == "text" else ()

    @property
    def aims(self) -> tuple[Block, ...]:
        """What is to be reached: it stands right after the opening, wherever it was written."""
        return tuple(block for block in self.blocks if block.kind in AIMS)

    @property
    def rest(self) -> tuple[Block, ...]:
        """The text after the aims."""
        return self._prose[len(self.opening) :]

    @property
    def _prose(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.kind not in AIMS)

    @property
    def has_own_page(self) -> bool:
        return self.page == self.id


@dataclass(frozen=True)
class Note:
    """`number` is 0 while no text calls the note."""

    key: str
    number: int
    html: str


@dataclass(frozen=True)
class Tile:
    """A wijk on the cover; rows count from the north, columns from the west, both from 1."""

    row: int
    column: int


@dataclass(frozen=True)
class ProgrammeView:
    year: int
    title: str
    subtitle: str
    municipality: str
    site_name: str
    period_name: str
    period_start: int
    period_end: int
    dated: str
    is_synthetic: bool
    cover: tuple[Tile, ...]
    sections: tuple[SectionView, ...]
    notes: tuple[Note, ...]

    @property
    def called_notes(self) -> tuple[Note, ...]:
        return tuple(sorted((note for note in self.notes if note.number), key=lambda note: note.number))


def texts_of(section: SectionView) -> Iterator[tuple[str, str]]:
    """Every text of a section with the id of the block it stands in, in the order in which the PDF reads."""
    yield section.id, section.title
    for block in (*section.opening, *section.aims, *section.rest):
        yield block.id, block.html
    yield from ((line.id, line.title) for line in section.lines)
    for line in section.lines:
        yield from ((actie.id, actie.text) for actie in line.acties)
    for row in section.what_hows:
        yield row.id, row.what
        yield from ((how.id, how.text) for how in row.how)
    for area in section.focus:
        for theme in area.themes:
            yield from ((place.id, place.text) for place in theme.focuslocaties)
    for table in section.tables:
        yield from ((table.id, text) for text in _texts_of_table(table))


def _texts_of_table(table: Table) -> Iterator[str]:
    for group in table.groups:
        yield group.label
        for row in group.rows:
            yield row.label
            yield row.source
            yield from (cell.text for cell in row.cells)


def to_json(programme: ProgrammeView) -> dict[str, Any]:
    """As an edition keeps it."""
    return asdict(programme)


def from_json(data: dict[str, Any]) -> ProgrammeView:
    """The reverse of `to_json`, also after a trip through JSON, where tuples have become lists."""
    loaded = _load(ProgrammeView, data)
    assert isinstance(loaded, ProgrammeView)  # noqa: S101 - tells mypy what the line above cannot
    return loaded


def _load(kind: Any, data: Any) -> Any:
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        known = [field.name for field in fields(kind) if field.name in data or field.default is MISSING]
        return kind(**{name: _load(hints[name], data[name]) for name in known})  # type: ignore[operator]
    if get_origin(kind) is tuple:
        member = get_args(kind)[0]
        return tuple(_load(member, item) for item in data)
    return data
