"""The one way from stored figures to anything public: pages, exports and API read only this."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from haarlemveilig.gemeente.models import Area, AreaVersion
from haarlemveilig.gemeente.selectors import municipality
from indicators.columns import Column, Kind
from indicators.display import CellView
from indicators.gate import Count, gated_survey, gated_words, hidden_areas, hide_count
from indicators.models import Observation, Series, Source, Target
from indicators.selectors.cells import cell_view

Cells = Mapping[int, tuple[CellView, ...]]


@dataclass(frozen=True)
class PublishedSeries:
    """One series as readers get it: every period in order of time, already passed through the gate."""

    series_id: int
    indicator_slug: str
    indicator_name: str
    source: str
    source_kind: str
    is_synthetic: bool
    area_id: int
    area_code: str
    area_name: str
    area_level: str
    area_slug: str
    breakdown: str
    cells: tuple[CellView, ...]
    targets: tuple[CellView, ...]


def published_series(
    *,
    slugs: Collection[str] | None = None,
    theme: str | None = None,
    area_ids: Collection[int] | None = None,
    series_ids: Collection[int] | None = None,
    at: dt.datetime | None = None,
) -> list[PublishedSeries]:
    """The published series of indicators, of a theme's code, of areas, or by id. Four queries.

    `at` answers what readers saw at that moment; an indicator that was withdrawn since stays out.
    In order of indicator, level of area, area and source.
    """
    found = list(_wanted(slugs, theme, area_ids, series_ids))
    places = _places({series.area_id for series in found})
    shown = _gated(found, _cells(Observation.objects.all(), found, "observation", at), places)
    targets = _cells(Target.objects.all(), found, "target", at)
    views = (
        _view(series, shown, targets, places) for series in found if _asked(series, area_ids, series_ids)
    )
    return [view for view in views if view.cells or view.targets]


LEVELS = {level: order for order, level in enumerate(Area.Level.values)}


def _wanted(
    slugs: Collection[str] | None,
    theme: str | None,
    area_ids: Collection[int] | None,
    series_ids: Collection[int] | None,
) -> list[Series]:
    series = Series.objects.published().select_related("indicator", "source", "area")
    if slugs is not None:
        series = series.filter(indicator__slug__in=slugs)
    if theme is not None:
        series = series.filter(indicator__theme__code=theme)
    # Whether a small count may be shown depends on all areas: of a sensitive indicator take them all.
    sensitive = Q(indicator__is_sensitive=True)
    if area_ids is not None:
        here = Series.objects.filter(area__in=area_ids).values("indicator")
        series = series.filter(Q(area__in=area_ids) | sensitive & Q(indicator__in=here))
    if series_ids is not None:
        asked = Series.objects.filter(pk__in=series_ids).values("indicator")
        series = series.filter(Q(pk__in=series_ids) | sensitive & Q(indicator__in=asked))
    return sorted(
        series,
        key=lambda one: (
            one.indicator.name, LEVELS[one.area.level], one.area.code, one.source.name, one.breakdown,
        ),
    )  # fmt: skip


def _asked(series: Series, area_ids: Collection[int] | None, series_ids: Collection[int] | None) -> bool:
    return (area_ids is None or series.area_id in area_ids) and (
        series_ids is None or series.pk in series_ids
    )


def _places(area_ids: Collection[int]) -> dict[int, AreaVersion]:
    versions = AreaVersion.objects.filter(year=municipality().area_year, area__in=area_ids)
    return {version.area_id: version for version in versions}


def _cells(rows: Any, series: Iterable[Series], kind: Kind, at: dt.datetime | None) -> Cells:
    known = rows.published_at(at) if at else rows.published()
    found: dict[int, list[CellView]] = defaultdict(list)
    for row in known.filter(series__in=[one.pk for one in series]).order_by("period_start", "granularity"):
        found[row.series_id].append(cell_view(Column(kind, row.period, row.period.label), row))
    return {series_id: tuple(cells) for series_id, cells in found.items()}


def _gated(series: Iterable[Series], cells: Cells, places: Mapping[int, AreaVersion]) -> Cells:
    shown = {one.pk: tuple(_one_gated(one, cell) for cell in cells.get(one.pk, ())) for one in series}
    for members in _side_by_side(series).values():
        _hide_small_counts(members, shown, places)
    return shown


def _one_gated(series: Series, cell: CellView) -> CellView:
    if series.source.kind == Source.Kind.SURVEY:
        return gated_survey(cell, is_city=series.area.level == Area.Level.GEMEENTE)
    if series.indicator.is_sensitive:
        return gated_words(cell, is_city=series.area.level == Area.Level.GEMEENTE)
    return cell


def _side_by_side(series: Iterable[Series]) -> dict[tuple[int, int, str], list[Series]]:
    """Sensitive registered series that differ only in their area."""
    groups: dict[tuple[int, int, str], list[Series]] = defaultdict(list)
    for one in series:
        if one.indicator.is_sensitive and one.source.kind != Source.Kind.SURVEY:
            groups[one.indicator_id, one.source_id, one.breakdown].append(one)
    return groups


def _hide_small_counts(
    members: list[Series], shown: dict[int, tuple[CellView, ...]], places: Mapping[int, AreaVersion]
) -> None:
    for period in {cell.period for one in members for cell in shown[one.pk]}:
        values = {one.area_id: _value(shown[one.pk], period) for one in members}
        hidden = hidden_areas([_count(one, values[one.area_id], places) for one in members])
        for one in members:
            if one.area_id in hidden:
                shown[one.pk] = tuple(
                    hide_count(cell) if cell.period == period else cell for cell in shown[one.pk]
                )


def _value(cells: Iterable[CellView], period: str) -> float | None:
    return next((cell.value for cell in cells if cell.period == period), None)


def _count(series: Series, value: float | None, places: Mapping[int, AreaVersion]) -> Count:
    """An area that this year's map does not know still lies below the city."""
    if series.area.level == Area.Level.GEMEENTE:
        return Count(series.area_id, None, series.area.level, value)
    place = places.get(series.area_id)
    return Count(series.area_id, (place and place.parent_id) or -1, series.area.level, value)


def _view(series: Series, cells: Cells, targets: Cells, places: Mapping[int, AreaVersion]) -> PublishedSeries:
    place = places.get(series.area_id)
    return PublishedSeries(
        series_id=series.pk,
        indicator_slug=series.indicator.slug,
        indicator_name=series.indicator.name,
        source=series.source.name,
        source_kind=series.source.kind,
        is_synthetic=series.source.is_synthetic,
        area_id=series.area_id,
        area_code=series.area.code,
        area_name=place.name if place else series.area.code,
        area_level=series.area.level,
        area_slug=series.area.slug,
        breakdown=series.breakdown,
        cells=cells.get(series.pk, ()),
        targets=targets.get(series.pk, ()),
    )
