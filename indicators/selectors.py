"""What other apps and pages ask of the figures."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from haarlemveilig.gemeente.models import Area
from haarlemveilig.gemeente.selectors import municipality
from indicators.display import (
    CellView,
    FigureView,
    GroupView,
    RowView,
    TableView,
    latest_of,
    points_of,
    trend_of,
)
from indicators.models import MISSING, IndicatorTable, Observation, Series, Status, TableRow

Found = Mapping[tuple[int, int], Observation]


def city() -> Area:
    """The area of the whole municipality. Raises NoMunicipality, or Area.DoesNotExist without a map."""
    return Area.objects.get(level=Area.Level.GEMEENTE, code=municipality().code)


# --- tables ---------------------------------------------------------------------------------------
def table_view(table: IndicatorTable) -> TableView:
    """One table, exactly as printed. Two queries."""
    return table_views([table])[0]


def table_views(tables: Iterable[IndicatorTable]) -> list[TableView]:
    """Several tables in the given order. Two queries, however many tables."""
    wanted = list(tables)
    rows = list(
        TableRow.objects.filter(table__in=wanted)
        .select_related("series__indicator", "series__source")
        .order_by("order")
    )
    found = _current([row.series_id for row in rows], [year for table in wanted for year in table.years])
    return [_table(table, [row for row in rows if row.table_id == table.pk], found) for table in wanted]


def _table(table: IndicatorTable, rows: Sequence[TableRow], found: Found) -> TableView:
    return TableView(
        id=str(table.pk),
        chapter=table.chapter,
        caption=table.name,
        years=tuple(table.years),
        groups=tuple(
            GroupView(heading, tuple(_row(row, table.years, found) for row in members))
            for heading, members in groupby(rows, lambda row: row.group)
        ),
    )


def _row(row: TableRow, years: Sequence[int], found: Found) -> RowView:
    cells = _cells(row.series_id, years, found)
    source = row.series.source
    return RowView(
        id=str(row.pk),
        label=row.label,
        printed_source=row.printed_source,
        source=source.name,
        source_is_proposed=row.source_is_proposed,
        series_is_proposed=row.series_is_proposed,
        direction=row.series.indicator.direction,
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
    years: tuple[int, ...]
    rows: int
    cells: int
    missing: int
    proposed: int


def table_summaries() -> list[TableSummary]:
    """All tables. Three queries, however many tables."""
    return [_summary(view) for view in table_views(IndicatorTable.objects.all())]


def _summary(view: TableView) -> TableSummary:
    return TableSummary(
        id=view.id,
        chapter=view.chapter,
        name=view.caption,
        years=view.years,
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
    found = _current([one.pk for one in series], years)
    figures: dict[int, list[FigureView]] = {theme_id: [] for theme_id in theme_ids}
    for one in series:
        figures[one.indicator.theme_id or 0].append(_figure(one, sorted(years), found))
    return figures


def _figure(series: Series, years: Sequence[int], found: Found) -> FigureView:
    indicator, source, cells = series.indicator, series.source, _cells(series.pk, years, found)
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
def _current(series_ids: Collection[int], years: Collection[int]) -> Found:
    observations = Observation.objects.current().yearly().of_series(series_ids).in_years(set(years))
    return {(one.series_id, one.period_start.year): one for one in observations}


def _cells(series_id: int, years: Iterable[int], found: Found) -> tuple[CellView, ...]:
    return tuple(_cell(year, found.get((series_id, year))) for year in years)


def _cell(year: int, observation: Observation | None) -> CellView:
    if observation is None:
        return CellView(year, "", Status.UNKNOWN, f"Voor {year} is nog niets ingelezen.")
    return CellView(
        year=year,
        printed=observation.printed,
        status=observation.status,
        explanation=observation.reason or observation.note,
        value=None if observation.value is None else float(observation.value),
    )
