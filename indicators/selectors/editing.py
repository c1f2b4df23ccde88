"""A table as somebody edits it: each cell with the stored row that stands in it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from indicators.columns import Column
from indicators.models import IndicatorTable, Observation, TableRow, Target
from indicators.periods import Period

Stored = Observation | Target
Cells = Mapping[tuple[int, Period], Stored]


@dataclass(frozen=True)
class GridCell:
    """One cell. `key` names it in forms, `place` is its (row, column) on the page; `saved` is what stands there."""

    key: str
    place: tuple[int, int]
    label: str
    series_id: int
    column: Column
    saved: Stored | None

    @property
    def id(self) -> tuple[bool, int, Period]:
        """The cell whatever row it stands in: whether it is a target, of which series, about when."""
        return self.is_target, self.series_id, self.column.period

    @property
    def is_target(self) -> bool:
        return self.column.kind == "target"

    @property
    def saved_id(self) -> int | None:
        return self.saved.pk if self.saved else None

    @property
    def printed(self) -> str:
        return self.saved.printed if self.saved else ""

    @property
    def has_figure(self) -> bool:
        return has_figure(self.saved)


@dataclass(frozen=True)
class GridRow:
    """A row of the table; `heading` is there on the first row of a group that has a name."""

    row: TableRow
    heading: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class Grid:
    """The rows that stand on one page."""

    table: IndicatorTable
    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]

    @property
    def cells(self) -> tuple[GridCell, ...]:
        return tuple(cell for row in self.rows for cell in row.cells)

    @property
    def headed(self) -> tuple[bool, ...]:
        """Of each row whether the heading of a group stands above it."""
        return tuple(bool(row.heading) for row in self.rows)


def has_figure(saved: Stored | None) -> bool:
    """Whether another text in this cell would be a revision."""
    return saved is not None and (saved.value is not None or bool(saved.parts))


def table_rows(table: IndicatorTable) -> list[TableRow]:
    """The rows of a table in order, with what they show."""
    return list(
        table.rows.select_related("series__indicator", "series__source", "series__area").order_by("order")
    )


def edit_grid(table: IndicatorTable, rows: Sequence[TableRow]) -> Grid:
    """These rows of the table with their current cells. Two queries, one without targets."""
    columns = tuple(table.columns)
    measured, aims = _current(rows, columns)
    headings = _headings(rows)
    return Grid(
        table,
        columns,
        tuple(
            GridRow(
                row,
                headings[number],
                tuple(
                    _cell(row, number, place, column, measured, aims) for place, column in enumerate(columns)
                ),
            )
            for number, row in enumerate(rows)
        ),
    )


def cell_key(row: TableRow, column: Column) -> str:
    return f"{row.pk}:{column.key}"


def _cell(row: TableRow, number: int, place: int, column: Column, measured: Cells, aims: Cells) -> GridCell:
    found = aims if column.kind == "target" else measured
    return GridCell(
        key=cell_key(row, column),
        place=(number, place),
        label=f"{row.label}, {row.series.source.name}, {column.label}",
        series_id=row.series_id,
        column=column,
        saved=found.get((row.series_id, column.period)),
    )


def _headings(rows: Sequence[TableRow]) -> list[str]:
    groups = [row.group for row in rows]
    before = [None, *groups]
    return [group if group != last else "" for group, last in zip(groups, before, strict=False)]


def _current(rows: Sequence[TableRow], columns: Sequence[Column]) -> tuple[Cells, Cells]:
    series = [row.series_id for row in rows]
    starts = {
        is_target: {column.period.start for column in columns if (column.kind == "target") == is_target}
        for is_target in (True, False)
    }
    measured = Observation.objects.current().of_series(series).filter(period_start__in=starts[False])
    aims = Target.objects.current().of_series(series).filter(period_start__in=starts[True])
    return _by_cell(measured), _by_cell(aims) if starts[True] else {}


def _by_cell(rows: Iterable[Stored]) -> Cells:
    return {(row.series_id, row.period): row for row in rows}


def seen_cells(cells: Iterable[GridCell], ids: Mapping[str, int | None]) -> dict[str, Stored | None]:
    """What somebody was shown in each cell: the stored row of that id, if it is of that cell.

    `ids` are by key of the cell. What stands there now is not asked for again.
    """
    wanted = [cell for cell in cells if ids.get(cell.key) not in (None, cell.saved_id)]
    older = {
        is_target: _by_id(is_target, [ids[cell.key] for cell in wanted if cell.is_target == is_target])
        for is_target in (True, False)
    }
    return {cell.key: _seen(cell, ids.get(cell.key), older[cell.is_target]) for cell in cells}


def _by_id(is_target: bool, ids: Collection[int | None]) -> dict[int, Stored]:
    if not ids:
        return {}
    return Target.objects.in_bulk(ids) if is_target else Observation.objects.in_bulk(ids)  # type: ignore[return-value]


def _seen(cell: GridCell, wanted: int | None, older: Mapping[int, Stored]) -> Stored | None:
    if wanted is None:
        return None
    row = cell.saved if wanted == cell.saved_id else older.get(wanted)
    belongs = row is not None and (row.series_id, row.period) == (cell.series_id, cell.column.period)
    return row if belongs else None
