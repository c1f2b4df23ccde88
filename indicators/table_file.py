"""What a file of figures comes down to, whatever its form: the contract between reading and importing. Pure.

A blank source means "as in the row above" and is only a proposal; it ends where the chapter or the group
changes, because each begins with a source of its own. A broken row refuses the whole file.
"""

from dataclasses import dataclass
from decimal import Decimal

from haarlemveilig.gemeente.files import BadFile
from indicators.cells import Cell
from indicators.columns import Column
from indicators.periods import Period

LONGEST = {"chapter": 20, "theme": 200, "group": 120, "label": 200, "source": 120, "unit": 40, "note": 2000}
LONGEST_CELL = 200


@dataclass(frozen=True)
class Problem:
    """What is wrong and where, in Dutch. Rows count as in a spreadsheet: the heading is row 1."""

    row: int
    column: str
    text: str

    def __str__(self) -> str:
        return f"Rij {self.row}, kolom {self.column}: {self.text}"


class TableFileError(BadFile):
    """The file cannot be used; the message is the first problem, `problems` says all of them."""

    def __init__(self, *problems: Problem | str) -> None:
        super().__init__(str(problems[0]))
        self.problems = tuple(str(problem) for problem in problems)


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell. `status` and `reason` are there only where the file itself says why a cell is as it is.

    `note` is the text its footnote mark points to, and `measured` the period that note names. `row` is there
    only where a cell has a row of its own in the file, as in a list with one figure per row.
    """

    column: Column
    cell: Cell
    note: str = ""
    measured: Period | None = None
    status: str = ""
    reason: str = ""
    n: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    is_formula: bool = False
    row: int = 0


@dataclass(frozen=True, slots=True)
class TableLine:
    """One row. `source` is the printed source or, with `source_is_proposed`, that of the row above.

    Without a `theme` the row belongs to no printed table: figures only. `area_code` is a CBS code such as
    "WK039209", the name of an area where the file has no code, or "" for the area that the import is about.
    `unit` is "" where the cells themselves say it.
    `theme_code` is the theme that a new indicator gets, or "" to look for one by name.
    """

    row: int
    chapter: str
    theme: str
    group: str
    label: str
    printed_source: str
    source: str
    source_is_proposed: bool
    cells: tuple[TableCell, ...]
    area_code: str = ""
    breakdown: str = ""
    unit: str = ""
    note: str = ""
    theme_code: str = ""


@dataclass(frozen=True)
class FileRemark:
    """Something in the file that a person should look at, in Dutch; `column` is "" for the whole row."""

    row: int
    column: str
    text: str


@dataclass(frozen=True)
class TableFile:
    """A whole file: its columns in order, its rows, and what the reader was not sure about.

    With `is_survey` its figures are answers to questions, whatever its source is called.
    """

    columns: tuple[Column, ...]
    lines: tuple[TableLine, ...]
    remarks: tuple[FileRemark, ...] = ()
    is_synthetic: bool = False
    is_survey: bool = False
