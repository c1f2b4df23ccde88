"""What other apps and pages ask of the figures."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from haarlemveilig.gemeente.models import Area
from haarlemveilig.gemeente.selectors import municipality
from indicators.columns import Column, year_column
from indicators.display import (
    CellView,
    ColumnView,
    FigureView,
    GroupView,
    RowView,
    TableView,
    latest_of,
    points_of,
    trend_of,
)
from indicators.models import MISSING, IndicatorTable, Observation, Series, Status, TableRow, Target
from indicators.periods import Period

Found = Mapping[tuple[int, Period], Observation | Target]


def city() -> Area:
    """The area of the whole municipality. Raises NoMunicipality, or Area.DoesNotExist without a map."""
    return Area.objects.get(level=Area.Level.GEMEENTE, code=municipality().code)


# --- tables ---------------------------------------------------------------------------------------
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
    found = _Figures(
        [row.series_id for row in rows], [column for table in wanted for column in table.columns]
    )
    return [_table(table, [row for row in rows if row.table_id == table.pk], found) for table in wanted]


def _table(table: IndicatorTable, rows: Sequence[TableRow], found: "_Figures") -> TableView:
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


def _row(row: TableRow, columns: Sequence[Column], found: "_Figures") -> RowView:
    cells = found.cells(row.series_id, columns)
    source = row.series.source
    return RowView(
        id=str(row.pk),
        label=row.label,
        printed_source=row.printed_source,
        source=source.name,
        source_is_proposed=row.source_is_proposed,
        series_is_proposed=row.series_is_proposed,
        direction=row.direction or row.series.indicator.direction,
        note=row.note,
        is_synthetic=source.is_synthetic,
        cells=cells,
        points=points_of(cells),
        trend=trend_of(row.label, source.name, cells),
    )


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


# --- figures per theme ----------------------------------------------------------------------------
def figures_for(
    area_id: int, theme_ids: Collection[int], years: Collection[int]
) -> dict[int, list[FigureView]]:
    """Per theme the series of one area and of the whole municipality (`is_city`). Two queries.

    Every theme has an entry; it is empty where nothing is known. Give the city's own id to get the city only.
    """
    series = list(
        Series.objects.of_area_and_city(area_id)
        .about(theme_ids)
        .select_related("indicator", "source", "area")
        .order_by("indicator__name", "source__name", "pk")
    )
    columns = [year_column(year) for year in sorted(years)]
    found = _Figures([one.pk for one in series], columns)
    figures: dict[int, list[FigureView]] = {theme_id: [] for theme_id in theme_ids}
    for one in series:
        figures[one.indicator.theme_id or 0].append(_figure(one, columns, found))
    return figures


def _figure(series: Series, columns: Sequence[Column], found: "_Figures") -> FigureView:
    indicator, source, cells = series.indicator, series.source, found.cells(series.pk, columns)
    label = f"{indicator.name} ({series.breakdown})" if series.breakdown else indicator.name
    return FigureView(
        series_id=series.pk,
        area_id=series.area_id,
        is_city=series.area.level == Area.Level.GEMEENTE,
        label=label,
        source=source.name,
        unit=indicator.unit,
        direction=indicator.direction,
        is_synthetic=source.is_synthetic,
        cells=cells,
        latest=latest_of(cells),
        points=points_of(cells),
        trend=trend_of(label, source.name, cells),
    )


# --- cells ----------------------------------------------------------------------------------------
class _Figures:
    """The cells of several series, found at once: a query for what was measured and, if asked, one for targets."""

    def __init__(self, series_ids: Collection[int], columns: Iterable[Column]) -> None:
        starts: dict[bool, set[dt.date]] = {True: set(), False: set()}
        for column in columns:
            starts[column.kind == "target"].add(column.period.start)
        self._measured: Found = _by_cell(
            Observation.objects.current().of_series(series_ids).filter(period_start__in=starts[False])
        )
        self._targets: Found = (
            _by_cell(Target.objects.current().of_series(series_ids).filter(period_start__in=starts[True]))
            if starts[True]
            else {}
        )

    def cells(self, series_id: int, columns: Iterable[Column]) -> tuple[CellView, ...]:
        return tuple(self._cell(series_id, column) for column in columns)

    def _cell(self, series_id: int, column: Column) -> CellView:
        found = self._targets if column.kind == "target" else self._measured
        return cell_view(column, found.get((series_id, column.period)))


def _by_cell(rows: Iterable[Observation] | Iterable[Target]) -> Found:
    return {(row.series_id, row.period): row for row in rows}


def cell_view(column: Column, row: Observation | Target | None) -> CellView:
    """A stored cell as readers get it; without one it says that nothing was read in."""
    if row is None:
        text = f"Voor {column.label} is nog niets ingelezen."
        return CellView(column.label, "", Status.UNKNOWN, text, kind=column.kind, period=column.period.code)
    return CellView(
        label=column.label,
        printed=row.printed,
        status=row.status,
        explanation=row.reason or row.note,
        value=_float(row.value),
        kind=column.kind,
        period=column.period.code,
        comparator=row.comparator,
        **(_target_fields(row) if isinstance(row, Target) else _measured_fields(row)),
    )


def _target_fields(row: Target) -> dict[str, Any]:
    return {"value_high": _float(row.value_high)}


def _measured_fields(row: Observation) -> dict[str, Any]:
    return {
        "measured": row.measured.label if row.measured else "",
        "n": row.n,
        "low": _float(row.margin_low),
        "high": _float(row.margin_high),
    }


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
