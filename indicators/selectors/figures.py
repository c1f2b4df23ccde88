"""Figures per theme, for pages that lay them side by side."""

from collections.abc import Collection, Sequence

from haarlemveilig.gemeente.models import Area
from haarlemveilig.gemeente.selectors import municipality
from indicators.columns import Column, year_column
from indicators.display import FigureView, latest_of, points_of, trend_of
from indicators.models import Series
from indicators.selectors.cells import Figures


def city() -> Area:
    """The area of the whole municipality. Raises NoMunicipality, or Area.DoesNotExist without a map."""
    return Area.objects.get(level=Area.Level.GEMEENTE, code=municipality().code)


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
    found = Figures([one.pk for one in series], columns)
    figures: dict[int, list[FigureView]] = {theme_id: [] for theme_id in theme_ids}
    for one in series:
        figures[one.indicator.theme_id or 0].append(_figure(one, columns, found))
    return figures


def _figure(series: Series, columns: Sequence[Column], found: Figures) -> FigureView:
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
