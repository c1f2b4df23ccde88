"""What an import did or would do, for the log, the shell and the preview. Pure."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import groupby

from haarlemveilig.canonical import sha256_of
from indicators.columns import Column
from indicators.table_file import TableFile, TableLine


@dataclass(frozen=True)
class Remark:
    """Something a person should confirm. `column` is "" when it is about the whole row.

    `is_source` marks the usual one: a blank source that is read as that of the row above.
    """

    row: int
    column: str
    text: str
    is_source: bool = False


@dataclass(frozen=True)
class CellChange:
    """A cell that is new (`before` is None) or says something else than it did."""

    row: int
    label: str
    column: str
    before: str | None
    after: str


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or in a dry run would do. `placed` counts table rows that are new or different.

    `newer` counts cells passed over because a newer vintage stands there.
    """

    rows: int
    cells: int
    series: int = 0
    skipped: int = 0
    placed: int = 0
    newer: int = 0
    remarks: tuple[Remark, ...] = ()
    changes: tuple[CellChange, ...] = ()

    @property
    def uncertain(self) -> int:
        """How many places ask for a person: rows and cells, each counted once."""
        return len({(remark.row, remark.column) for remark in self.remarks})

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
    def new_cells(self) -> int:
        return len(self.changes) - len(self.revised)

    @property
    def fingerprint(self) -> str:
        """The same for two runs that would do the same."""
        return sha256_of(asdict(self))


# --- the preview ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class PreviewCell:
    """A cell as it will print. `before` is what a revised cell says now; `is_text` has no value."""

    printed: str
    is_new: bool
    is_text: bool
    before: str | None = None


@dataclass(frozen=True)
class PreviewRow:
    """A row of the file; `heading` is there on the first row of a group."""

    row: int
    heading: str
    label: str
    source: str
    source_is_proposed: bool
    cells: tuple[PreviewCell, ...]


@dataclass(frozen=True)
class PreviewTable:
    """The rows of one table in the file."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[PreviewRow, ...]


def preview(file: TableFile, report: ImportReport) -> list[PreviewTable]:
    """The file as tables, each cell with what will become of it."""
    changes = {(change.row, change.column): change for change in report.changes}
    return [
        PreviewTable(name, file.columns, tuple(_preview_rows(list(lines), changes)))
        for name, lines in groupby(file.lines, lambda line: line.theme)
    ]


def _preview_rows(lines: list[TableLine], changes: dict[tuple[int, str], CellChange]) -> Iterator[PreviewRow]:
    heading = ""
    for line in lines:
        yield PreviewRow(
            row=line.row,
            heading=line.group if line.group != heading else "",
            label=line.label,
            source=line.source,
            source_is_proposed=line.source_is_proposed,
            cells=tuple(_preview_cells(line, changes)),
        )
        heading = line.group


def _preview_cells(line: TableLine, changes: dict[tuple[int, str], CellChange]) -> Iterator[PreviewCell]:
    for one in line.cells:
        change = changes.get((line.row, one.column.label))
        yield PreviewCell(
            printed=one.cell.printed,
            is_new=change is not None and change.before is None,
            is_text=one.cell.kind == "text",
            before=change.before if change else None,
        )
