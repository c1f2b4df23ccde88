"""Tables as documents print them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from indicators.changes import Band, change_of
from indicators.columns import Column
from indicators.display import ColumnView, GroupView, RowView, TableView, points_of, trend_of
from indicators.models import MISSING, Indicator, IndicatorTable, TableRow
from indicators.selectors.cells import Figures


def table_view(table: IndicatorTable) -> TableView:
    """One table, exactly as printed. Three queries."""
    return table_views([table])[0]


def table_views(tables: Iterable[IndicatorTable]) -> list[TableView]:
    """Several tables in the given order. Three queries, however many tables."""
    wanted = list(tables)
    rows = list(
        TableRow.objects.filter(table__in=wanted)
        .select_related("series__indicator", "series__source")
        .order_by("order")
    )
    found = Figures([row.series_id for row in rows], [column for table in wanted for column in table.columns])
    return [_table(table, [row for row in rows if row.table_id == table.pk], found) for table in wanted]


def _table(table: IndicatorTable, rows: Sequence[TableRow], found: Figures) -> TableView:
    columns = table.columns
    return TableView(
        id=str(table.pk),
        chapter=table.chapter,
        caption=table.name,
        columns=tuple(ColumnView(column.kind, column.period.code, column.label) for column in columns),
        groups=tuple(
            GroupView(heading, tuple(_row(row, columns, found) for row in members))
            for heading, members in groupby(rows, lambda row: row.group)
        ),
    )


def _row(row: TableRow, columns: Sequence[Column], found: Figures) -> RowView:
    source, indicator = row.series.source, row.series.indicator
    direction = row.direction or indicator.direction
    cells = found.cells(row.series_id, columns, direction=direction, unit=indicator.unit)
    return RowView(
        id=str(row.pk),
        label=row.label,
        printed_source=row.printed_source,
        source=source.name,
        source_is_proposed=row.source_is_proposed,
        series_is_proposed=row.series_is_proposed,
        direction=direction,
        note=row.note,
        is_synthetic=source.is_synthetic,
        cells=cells,
        points=points_of(cells),
        trend=trend_of(row.label, source.name, cells),
        change=change_of(cells, direction, _band(indicator)),
    )


def _band(indicator: Indicator) -> Band | None:
    low, high = indicator.band_low, indicator.band_high
    return None if low is None or high is None else (float(low), float(high))


@dataclass(frozen=True)
class TableSummary:
    """One line in the list of tables. `missing` are cells without a figure, `proposed` rows to confirm."""

    id: str
    chapter: str
    name: str
    columns: tuple[ColumnView, ...]
    rows: int
    cells: int
    missing: int
    proposed: int


def table_summaries() -> list[TableSummary]:
    """All tables. Four queries, however many tables."""
    return [_summary(view) for view in table_views(IndicatorTable.objects.all())]


def _summary(view: TableView) -> TableSummary:
    return TableSummary(
        id=view.id,
        chapter=view.chapter,
        name=view.caption,
        columns=view.columns,
        rows=len(view.rows),
        cells=len(view.cells),
        missing=sum(cell.status in MISSING for cell in view.cells),
        proposed=len(view.proposals),
    )
