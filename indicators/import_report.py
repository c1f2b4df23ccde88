"""What an import did or would do, for the log, the shell and the preview. Pure.

A `place` is the number of a line within its file, from 1: sheets of a workbook number their rows alike.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a person should confirm. `column` is "" when it is about the whole row.

    `is_source` marks the usual one: a blank source that is read as that of the row above. `place` is 0
    for a remark of the reader that fits no row.
    """

    row: int
    column: str
    text: str
    is_source: bool = False
    place: int = 0

    def __str__(self) -> str:
        return f"Rij {self.row}{f', kolom {self.column}' if self.column else ''}: {self.text}"


Difference = Literal["first", "value", "spelling", "beside"]


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that is new (`before` is None) or says something else than it did.

    `difference`: "first" where no figure stood, "value" for another one, "spelling" for the same one written
    otherwise, "beside" where only its note, status or margin differs.
    """

    row: int
    label: str
    column: str
    before: str | None
    after: str
    place: int = 0
    difference: Difference = "first"


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A cell that stays as it is: what stands there comes from a newer file. `vintage` is that file's date."""

    row: int
    column: str
    stands: str
    wanted: str
    vintage: str
    place: int


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """Where a row goes: which indicator, new or not, and whether it shares a series with an earlier row.

    `area` is the name of the area, or "" where the row does not say one.
    """

    place: int
    indicator: str
    area: str
    is_new: bool
    is_shared: bool


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or in a dry run would do. `placed` counts table rows that are new or different.

    `skipped` counts rows that stay out: of other municipalities, or because a person said so. With `errors`
    nothing can be imported until those rows are changed or skipped.
    """

    rows: int
    cells: int
    series: int = 0
    skipped: int = 0
    placed: int = 0
    remarks: tuple[Remark, ...] = ()
    changes: tuple[CellChange, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    errors: tuple[Remark, ...] = ()
    outcomes: tuple[RowOutcome, ...] = ()

    @property
    def newer(self) -> int:
        """How many cells are passed over because a newer vintage stands there."""
        return len(self.passed_over)

    @property
    def uncertain(self) -> int:
        """How many places ask for a person: rows and cells, each counted once."""
        return len({(remark.place, remark.row, remark.column) for remark in self.remarks})

    @property
    def source_proposals(self) -> int:
        """How many rows take their source from the row above."""
        return sum(remark.is_source for remark in self.remarks)

    @property
    def other_remarks(self) -> tuple[Remark, ...]:
        """What is uncertain besides blank sources."""
        return tuple(remark for remark in self.remarks if not remark.is_source)

    @property
    def revised(self) -> tuple[CellChange, ...]:
        """The changes to cells that were known before."""
        return tuple(change for change in self.changes if change.before is not None)

    @property
    def respelled(self) -> tuple[CellChange, ...]:
        """The revised cells that mean the same as before: 1024 becomes 1.024."""
        return tuple(change for change in self.revised if change.difference == "spelling")

    @property
    def altered(self) -> tuple[CellChange, ...]:
        """The revised cells but for those."""
        return tuple(change for change in self.revised if change.difference != "spelling")

    @property
    def corrected(self) -> int:
        """How many figures that stood there get another value: somebody has to say why."""
        return sum(change.difference == "value" for change in self.changes)

    @property
    def new_cells(self) -> int:
        return sum(change.before is None for change in self.changes)

    @property
    def unchanged(self) -> int:
        """How many cells already said the same."""
        return self.cells - len(self.changes) - self.newer

    @property
    def fingerprint(self) -> str:
        """The same for two runs that would do the same."""
        digest = hashlib.sha256()
        for text in self._facts():
            digest.update(text.encode() + b"\n")
        return digest.hexdigest()

    def _facts(self) -> Iterator[str]:
        yield repr((self.rows, self.cells, self.series, self.skipped, self.placed))
        for group in (self.remarks, self.changes, self.passed_over, self.errors, self.outcomes):
            yield from map(repr, group)
