"""A worksheet as a grid of printed texts: what CSV, XLSX and ODS have in common."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from indicators.table_file import TableFileError

MAX_ROWS = 200_000
MAX_COLUMNS = 500
# A list of a hundred thousand figures has about half of this.
MAX_CELLS = 2_000_000


class Row(NamedTuple):
    """One row that is not empty. `number` counts from 1, as a spreadsheet does."""

    number: int
    texts: Sequence[str]

    @property
    def filled(self) -> list[int]:
        """Where something stands."""
        return [index for index, text in enumerate(self.texts) if text]


class Merge(NamedTuple):
    """A merged cell: rows count from 1, columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def name(self) -> str:
        """As a spreadsheet says it: "A1:B1"."""
        return f"{_letters(self.left)}{self.top}:{_letters(self.right)}{self.bottom}"


def _letters(column: int) -> str:
    """A column, counted from 0, as a spreadsheet calls it: A to Z, then AA."""
    more, last = divmod(column, 26)
    return (_letters(more - 1) if more else "") + chr(ord("A") + last)


class Mark(NamedTuple):
    """Something to say about a place in the grid; `column` is None for the whole row, `row` 0 for all rows."""

    row: int
    column: int | None
    text: str


def filled_down(
    rows: Iterable[Row], merges: Iterable[Merge], places: Collection[int | None]
) -> Iterator[Row]:
    """The rows with the text of a cell merged over rows in each of them, in these columns."""
    columns = [place for place in places if place is not None]
    begins = {(merge.top, merge.left): merge.bottom for merge in merges if merge.left in columns}
    above: dict[int, tuple[str, int]] = {}
    for row in rows:
        texts = list(row.texts)
        for place in columns if begins else ():
            text, bottom = above.get(place, ("", 0))
            if (row.number, place) in begins:
                above[place] = texts[place], begins[row.number, place]
            elif row.number <= bottom:
                texts[place] = text
        yield Row(row.number, texts)


@dataclass(frozen=True)
class Sheet:
    """One worksheet: its rows, and what was found in the file besides texts.

    In a CSV file a row may be shorter than the others; in a workbook all are equally wide. `has_others` says
    that the workbook has more sheets with a table.
    """

    name: str
    rows: Sequence[Row]
    merges: tuple[Merge, ...] = ()
    formulas: frozenset[tuple[int, int]] = frozenset()
    remarks: tuple[Mark, ...] = ()
    problems: tuple[Mark, ...] = ()
    is_hidden: bool = False
    has_others: bool = False


@dataclass
class SheetBuilder:
    """Collects a worksheet of a workbook row by row; refuses one that is too large."""

    name: str
    is_hidden: bool = False
    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    remarks: list[Mark] = field(default_factory=list)
    problems: list[Mark] = field(default_factory=list)
    count: int = 0

    def put(self, row: int, column: int, text: str) -> None:
        """Place a text; one that is blank leaves the cell empty."""
        if not text.strip():
            return
        self.count += 1
        if row > MAX_ROWS or column >= MAX_COLUMNS or self.count > MAX_CELLS:
            raise TableFileError(_TOO_LARGE)
        self.cells.setdefault(row, {})[column] = text.strip()

    def formula(self, row: int, column: int, *, has_result: bool) -> None:
        """Say that a formula stands here: we read what it came to, and refuse it without an outcome."""
        self.formulas.add((row, column))
        if has_result:
            self.remarks.append(Mark(row, column, _FORMULA))
        else:
            self.problems.append(Mark(row, column, _NO_RESULT))

    def hide(self, row: int, column: int | None) -> None:
        """Say that a row, or with row 0 a column, is hidden in the workbook."""
        self.remarks.append(Mark(row, column, _HIDDEN_ROW if column is None else _HIDDEN_COLUMN))

    def done(self) -> Sheet:
        """The worksheet; remarks about hidden places where nothing stands fall away."""
        used = {column for texts in self.cells.values() for column in texts}
        width = max(used, default=-1) + 1
        rows = [
            Row(number, [texts.get(column, "") for column in range(width)])
            for number, texts in sorted(self.cells.items())
        ]
        remarks = [
            mark
            for mark in self.remarks
            if (mark.row in self.cells or mark.row == 0) and (mark.column is None or mark.column in used)
        ]
        return Sheet(
            self.name,
            rows,
            tuple(self.merges),
            frozenset(self.formulas),
            tuple(remarks),
            tuple(self.problems),
            self.is_hidden,
        )


_TOO_LARGE = (
    f"Een werkblad is te groot: hoogstens {MAX_ROWS} rijen, {MAX_COLUMNS} kolommen "
    f"en {MAX_CELLS} gevulde vakken."
)
_FORMULA = "hier staat een formule; we lezen de laatst berekende uitkomst."
_NO_RESULT = (
    "hier staat een formule zonder uitkomst. Open het bestand in Excel of LibreOffice, sla het op en kies het "
    "opnieuw."
)
_HIDDEN_ROW = "deze rij is verborgen in het werkblad. We lezen hem mee."
_HIDDEN_COLUMN = "deze kolom is verborgen in het werkblad. We lezen hem mee."
