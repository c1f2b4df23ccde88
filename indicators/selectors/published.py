"""The one way from stored figures to anything public: pages, exports and API read only this."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from haarlemveilig.gemeente.models import Area, AreaVersion
from haarlemveilig.gemeente.selectors import municipality
from indicators.columns import Column, Kind
from indicators.display import CellView
from indicators.gate import (
    Count,
    gated_sensitive,
    gated_survey,
    hidden_in_all,
    hide_count,
    holds_figures,
    may_be_small,
)
from indicators.models import Observation, Series, Source, Target
from indicators.periods import Period
from indicators.selectors.cells import cell_view
from indicators.selectors.verdicts import verdict_view
from indicators.trends import measure_of


@dataclass(frozen=True)
class PublishedSeries:
    """One series as readers get it: every period in order of time, already passed through the gate.

    Each target has its verdict, unless its cell holds none.
    """

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
    measured = _rows(Observation.objects.all(), found, at)
    aimed = _rows(Target.objects.select_related("interpreted_by"), found, at)
    shown = _gated(found, measured, places, at)
    views = (
        _view(one, shown[one.pk], _targets(one, aimed[one.pk], measured[one.pk], shown[one.pk]), places)
        for one in found
        if _asked(one, area_ids, series_ids)
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
    # Whether a small count below the city may be shown depends on all areas: of a sensitive indicator take all.
    sensitive = Q(indicator__is_sensitive=True)
    if area_ids is not None:
        here = Series.objects.filter(area__in=area_ids).exclude(area__level=Area.Level.GEMEENTE)
        series = series.filter(Q(area__in=area_ids) | sensitive & Q(indicator__in=here.values("indicator")))
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


def _rows(rows: Any, series: Iterable[Series], at: dt.datetime | None) -> dict[int, list[Any]]:
    known = rows.published_at(at) if at else rows.published()
    found: dict[int, list[Any]] = defaultdict(list)
    for row in known.filter(series__in=[one.pk for one in series]).order_by("period_start", "granularity"):
        found[row.series_id].append(row)
    return found


def _cell(kind: Kind, row: Observation | Target) -> CellView:
    return cell_view(Column(kind, row.period, row.period.label), row)


# --- the gate -------------------------------------------------------------------------------------
def _gated(
    series: Iterable[Series],
    measured: Mapping[int, Sequence[Observation]],
    places: Mapping[int, AreaVersion],
    at: dt.datetime | None,
) -> dict[int, tuple[CellView, ...]]:
    """Per series a cell for each of its rows, as far as readers may see it."""
    shown = {
        one.pk: tuple(_one_gated(one, _cell("observation", row), at) for row in measured.get(one.pk, ()))
        for one in series
    }
    for members in _side_by_side(series).values():
        _hide_small_counts(members, shown, places)
    return shown


def _one_gated(series: Series, cell: CellView, at: dt.datetime | None) -> CellView:
    indicator, is_city = series.indicator, series.area.level == Area.Level.GEMEENTE
    # A margin gives a survey away, whatever its source is called.
    if series.source.kind == Source.Kind.SURVEY or cell.n is not None or cell.low is not None:
        cell = gated_survey(cell, is_city=is_city)
    if is_city or not _is_counted_small(series):
        return cell
    return gated_sensitive(
        cell,
        is_count=measure_of(indicator.name, indicator.unit, [cell]) == "count",
        is_earlier=bool(at and indicator.published_at and at < indicator.published_at),
    )


def _is_counted_small(series: Series) -> bool:
    """Whether small counts of this series must be hidden; of surveys the number of answers decides."""
    return series.indicator.is_sensitive and series.source.kind != Source.Kind.SURVEY


def _side_by_side(series: Iterable[Series]) -> dict[int, list[Series]]:
    """The series per indicator in which small counts must be hidden."""
    groups: dict[int, list[Series]] = defaultdict(list)
    for one in series:
        if _is_counted_small(one):
            groups[one.indicator_id].append(one)
    return groups


def _hide_small_counts(
    members: list[Series], shown: dict[int, tuple[CellView, ...]], places: Mapping[int, AreaVersion]
) -> None:
    # What is left below the city are years: no two of these periods overlap.
    by_period: dict[str, dict[tuple[int, str], list[Count]]] = defaultdict(lambda: defaultdict(list))
    for one in members:
        for cell in shown[one.pk]:
            by_period[cell.period][one.source_id, one.breakdown].append(_count(one, cell, places))
    hidden = {period: hidden_in_all([*tables.values()]) for period, tables in by_period.items()}
    for one in members:
        shown[one.pk] = tuple(
            hide_count(cell) if one.area_id in hidden[cell.period] else cell for cell in shown[one.pk]
        )


def _count(series: Series, cell: CellView, places: Mapping[int, AreaVersion]) -> Count:
    """An area that this year's map does not know still lies below the city."""
    if series.area.level == Area.Level.GEMEENTE:
        return Count(series.area_id, None, series.area.level, cell.value)
    place = places.get(series.area_id)
    parent = (place and place.parent_id) or -1
    return Count(series.area_id, parent, series.area.level, cell.value, may_be_small(cell))


# --- targets --------------------------------------------------------------------------------------
def _targets(
    series: Series, aimed: Sequence[Target], measured: Sequence[Observation], shown: Sequence[CellView]
) -> tuple[CellView, ...]:
    """The targets with their verdicts: judged by what readers see, and in the name of the municipality."""
    if not aimed:
        return ()
    seen = {row.period: _as_seen(row, cell) for row, cell in zip(measured, shown, strict=True)}
    return tuple(_judged(series, target, aimed, seen) for target in aimed)


def _as_seen(row: Observation, cell: CellView) -> Observation:
    """The row as far as the gate lets it through; never saved."""
    seen = copy(row)
    seen.status, seen.reason = cell.status, cell.explanation
    if not holds_figures(cell):
        seen.printed, seen.value, seen.parts = cell.printed, None, None
        seen.margin_low = seen.margin_high = None
    return seen


def _judged(
    series: Series, target: Target, aimed: Sequence[Target], seen: Mapping[Period, Observation]
) -> CellView:
    indicator = series.indicator
    verdict = verdict_view(
        target,
        seen.get(target.period),
        earlier=aimed,
        direction=indicator.direction,
        unit=indicator.unit,
    )
    return replace(_cell("target", target), verdict=verdict and replace(verdict, rule=verdict.public_rule))


def _view(
    series: Series,
    cells: tuple[CellView, ...],
    targets: tuple[CellView, ...],
    places: Mapping[int, AreaVersion],
) -> PublishedSeries:
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
        cells=cells,
        targets=targets,
    )
