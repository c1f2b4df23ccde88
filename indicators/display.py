"""Tables and figures as every reader gets them: page, PDF and open data show these same cells.

All of it becomes JSON with `dataclasses.asdict`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase

NOTHING_YET = "geen cijfers"


@dataclass(frozen=True)
class ColumnView:
    """A heading: "2021", "Meting 2021" or "Streefwaarde 2027". `period` is its code, `kind` a columns.Kind."""

    kind: str
    period: str
    label: str


@dataclass(frozen=True)
class VerdictView:
    """Whether a target was met: `code` is a verdicts.Code, `word` and `rule` are what people read.

    `public_rule` is the rule without the name of the officer who said how the target is to be read. `tone` is
    success, danger, warning or neutral; it is neutral unless a person said what better means.
    """

    code: str
    word: str
    rule: str
    public_rule: str
    remarks: tuple[str, ...]
    tone: str
    target_id: int
    waits_for_a_person: bool
    is_by_a_person: bool

    @property
    def public_note(self) -> str:
        """The rule with its remarks, as readers get it below a table."""
        return " ".join((self.public_rule, *self.remarks))


@dataclass(frozen=True)
class CellView:
    """A cell as printed. One without a plain figure says why in `explanation`.

    `label` and `period` are those of its column. `measured` says when it was measured, where that differs.
    `vintage` is the day of the file it comes from: "2023-04-12". A target has a `verdict`.
    """

    label: str
    printed: str
    status: str
    explanation: str = ""
    value: float | None = None
    kind: str = "observation"
    period: str = ""
    value_high: float | None = None
    comparator: str = ""
    measured: str = ""
    n: int | None = None
    low: float | None = None
    high: float | None = None
    verdict: VerdictView | None = None
    vintage: str = ""


@dataclass(frozen=True)
class ChangeView:
    """From the first figure to the last: `arrow` is up, down or "". `word` judges only if a person said how."""

    arrow: str
    word: str
    tone: str


@dataclass(frozen=True)
class RowView:
    """A row of a table. `printed_source` may be blank; `source` is who counted all the same."""

    id: str
    label: str
    printed_source: str
    source: str
    source_is_proposed: bool
    series_is_proposed: bool
    direction: str
    note: str
    is_synthetic: bool
    cells: tuple[CellView, ...]
    points: tuple[float | None, ...]
    trend: str
    change: ChangeView | None = None

    @property
    def judged(self) -> tuple[CellView, ...]:
        """The targets with a verdict."""
        return tuple(cell for cell in self.cells if cell.verdict)


@dataclass(frozen=True)
class GroupView:
    """Rows that stand together; without a heading where the table has no groups."""

    heading: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True)
class Explanation:
    """A note below a table. Its mark is a letter: a number in an empty cell would pass for a figure."""

    mark: str
    text: str


@dataclass(frozen=True)
class TableView:
    """A whole table, ready to print."""

    id: str
    chapter: str
    caption: str
    columns: tuple[ColumnView, ...]
    groups: tuple[GroupView, ...]

    @property
    def rows(self) -> tuple[RowView, ...]:
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def cells(self) -> tuple[CellView, ...]:
        return tuple(cell for row in self.rows for cell in row.cells)

    @property
    def judged(self) -> tuple[RowView, ...]:
        """The rows with a target that was judged, or that says why it was not."""
        return tuple(row for row in self.rows if row.judged)

    @property
    def proposals(self) -> tuple[RowView, ...]:
        """The rows that a person has still to confirm."""
        return tuple(row for row in self.rows if row.source_is_proposed or row.series_is_proposed)

    @property
    def explanations(self) -> tuple[Explanation, ...]:
        """Each explanation once, in reading order: the notes below the table."""
        texts = dict.fromkeys(cell.explanation for cell in self.cells if cell.explanation)
        return tuple(Explanation(mark, text) for mark, text in zip(ascii_lowercase, texts, strict=False))


@dataclass(frozen=True)
class FigureView:
    """One series for a page that lays figures side by side; `latest` is the last year with a figure."""

    series_id: int
    area_id: int
    is_city: bool
    label: str
    source: str
    unit: str
    direction: str
    is_synthetic: bool
    cells: tuple[CellView, ...]
    latest: CellView | None
    points: tuple[float | None, ...]
    trend: str


def points_of(cells: Sequence[CellView]) -> tuple[float | None, ...]:
    """What was measured, for a small line; None where there is no figure, so that the line breaks there."""
    return tuple(cell.value for cell in cells if cell.kind != "target")


def latest_of(cells: Sequence[CellView]) -> CellView | None:
    """The last cell with a measured figure."""
    return next((cell for cell in reversed(_known(cells))), None)


def trend_of(label: str, source: str, cells: Sequence[CellView]) -> str:
    """A series in a sentence: "Burenruzie, Politie: van 282 in 2019 naar 403 in 2022"."""
    known = _known(cells)
    if not known:
        return f"{label}, {source}: {NOTHING_YET}"
    first, last = known[0], known[-1]
    if first is last:
        return f"{label}, {source}: {last.printed} in {last.label}"
    return f"{label}, {source}: van {first.printed} in {first.label} naar {last.printed} in {last.label}"


def _known(cells: Sequence[CellView]) -> list[CellView]:
    return [cell for cell in cells if cell.value is not None and cell.kind != "target"]
