"""What the public API and the catalogue give: published figures only, and only what passed the gate."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, Max, Min, OuterRef, QuerySet, Subquery

from haarlemveilig.gemeente.models import Area, AreaVersion, Theme
from haarlemveilig.gemeente.selectors import municipality
from indicators.api import resources
from indicators.display import CellView
from indicators.models import Indicator, Observation, Publication, Series, Source, Target
from indicators.periods import Period
from indicators.selectors.published import PublishedSeries, published_series
from indicators.tidy_words import STATUSES

# Beyond this a database does not look for a number, but stumbles over it.
LARGEST_ID = 2**63 - 1
Files = Callable[[str], dict[str, str]]


@dataclass(frozen=True)
class Slice:
    """Part of a list: the resources asked for, and how many there are in all."""

    items: tuple[Any, ...]
    total: int


@dataclass(frozen=True)
class Filters:
    """What is asked of indicators and series; None asks for everything. `until` is a last period, included."""

    theme: str | None = None
    area: str | None = None
    indicator: str | None = None
    since: Period | None = None
    until: Period | None = None
    at: dt.datetime | None = None


# --- indicators -----------------------------------------------------------------------------------
def indicators(filters: Filters, start: int, stop: int, files: Files) -> Slice:
    """The public indicators from `start` up to `stop`; `files` gives the addresses of one. Two queries."""
    found = _public_indicators(filters)
    return Slice(tuple(_indicator(one, files) for one in found[start:stop]), found.count())


def indicator(slug: str, at: dt.datetime | None, files: Files) -> resources.Indicator | None:
    """One public indicator, or None. One query."""
    found = _public_indicators(Filters(at=at)).filter(slug=slug).first()
    return _indicator(found, files) if found else None


def _public_indicators(filters: Filters) -> Any:
    found = (
        Indicator.objects.published()
        .filter(Exists(_readable(filters.at).filter(indicator=OuterRef("pk"))))
        .annotate(public_at=_seen_at("pk", "published_at", filters.at))
        .select_related("theme")
        .order_by("name")
    )
    return found.filter(theme__code=filters.theme) if filters.theme is not None else found


def _seen_at(indicator: str, published_at: str, at: dt.datetime | None) -> Any:
    """The publication that decides what readers see, now or at a moment."""
    if at is None:
        return F(published_at)
    then = Publication.objects.filter(indicator=OuterRef(indicator), published_at__lte=at)
    return Subquery(then.order_by("-published_at").values("published_at")[:1])


def _readable(at: dt.datetime | None) -> QuerySet[Series]:
    """The series with anything to show: a cell that was known when its indicator was made public."""
    seen = Series.objects.published().annotate(seen_at=_seen_at("indicator", "indicator__published_at", at))
    known = {"series": OuterRef("pk"), "recorded_at__lte": OuterRef("seen_at")}
    return seen.filter(Exists(Observation.objects.filter(**known)) | Exists(Target.objects.filter(**known)))


def _indicator(one: Any, files: Files) -> resources.Indicator:
    return resources.Indicator(
        slug=one.slug,
        name=one.name,
        definition=one.definition,
        question=one.question,
        numerator=one.numerator,
        denominator=one.denominator,
        unit=one.unit,
        direction=one.get_direction_display(),
        direction_note=one.direction_note,
        theme=one.theme.code if one.theme else None,
        published_at=one.public_at,
        files=files(one.slug),
    )


# --- series ---------------------------------------------------------------------------------------
def series(filters: Filters, start: int, stop: int) -> Slice:
    """The public series from `start` up to `stop`, with their cells. Five queries."""
    found = _readable(filters.at)
    wanted = {
        "indicator__theme__code": filters.theme,
        "area__code": filters.area,
        "indicator__slug": filters.indicator,
    }
    found = found.filter(**{name: value for name, value in wanted.items() if value is not None})
    ids = list(found.order_by("indicator__name", "pk").values_list("pk", flat=True))
    asked = ids[start:stop]
    views = {one.series_id: one for one in published_series(series_ids=asked, at=filters.at)}
    return Slice(tuple(_series(views[pk], filters) for pk in asked if pk in views), len(ids))


def one_series(series_id: int, filters: Filters) -> resources.Series | None:
    """One public series, or None."""
    views = published_series(series_ids=[series_id], at=filters.at) if series_id <= LARGEST_ID else []
    return _series(views[0], filters) if views else None


def _series(view: PublishedSeries, filters: Filters) -> resources.Series:
    return resources.Series(
        id=view.series_id,
        indicator=view.indicator_slug,
        indicator_name=view.indicator_name,
        source=view.source,
        is_synthetic=view.is_synthetic,
        area=resources.AreaRef(view.area_code, view.area_name, view.area_level),
        breakdown=view.breakdown,
        observations=tuple(_observation(cell) for cell in view.cells if _is_within(cell, filters)),
        targets=tuple(_target(cell) for cell in view.targets if _is_within(cell, filters)),
    )


def _is_within(cell: CellView, filters: Filters) -> bool:
    period = Period.from_code(cell.period)
    if period is None:
        return False
    begins_early = filters.since is not None and period.start < filters.since.start
    ends_late = filters.until is not None and period.end > filters.until.end
    return not (begins_early or ends_late)


def _observation(cell: CellView) -> resources.Observation:
    word, sdmx = STATUSES[cell.status]
    return resources.Observation(
        period=cell.period,
        measured=cell.measured,
        value=cell.value,
        comparator=cell.comparator,
        status=word,
        status_sdmx=sdmx,
        printed=cell.printed,
        explanation=cell.explanation,
        n=cell.n,
        low=cell.low,
        high=cell.high,
        vintage=dt.date.fromisoformat(cell.vintage),
    )


def _target(cell: CellView) -> resources.Target:
    word, sdmx = STATUSES[cell.status]
    return resources.Target(
        period=cell.period,
        value=cell.value,
        value_high=cell.value_high,
        comparator=cell.comparator,
        status=word,
        status_sdmx=sdmx,
        printed=cell.printed,
        explanation=cell.explanation,
        vintage=dt.date.fromisoformat(cell.vintage),
    )


# --- names ----------------------------------------------------------------------------------------
def sources(start: int, stop: int) -> Slice:
    """Those with public figures."""
    found = Source.objects.filter(Exists(_readable(None).filter(source=OuterRef("pk")))).order_by("name")
    return Slice(tuple(_source(one) for one in found[start:stop]), found.count())


def _source(one: Source) -> resources.Source:
    return resources.Source(
        id=one.pk,
        name=one.name,
        kind=one.get_kind_display(),
        method=one.method,
        frequency=one.frequency,
        licence=one.licence,
        url=one.url,
        next_release=one.next_release,
        is_synthetic=one.is_synthetic,
    )


def areas(start: int, stop: int) -> Slice:
    """The areas of the current map, whole municipality included."""
    found = AreaVersion.objects.in_year(municipality().area_year).order_by("area__level", "area__code")
    return Slice(tuple(_area(one) for one in found[start:stop]), found.count())


def _area(version: AreaVersion) -> resources.Area:
    parent: Area | None = version.parent
    return resources.Area(
        version.area.code, version.name, version.area.level, parent.code if parent else None
    )


def themes(start: int, stop: int) -> Slice:
    """All themes of the municipality."""
    found = Theme.objects.all()
    return Slice(
        tuple(resources.Theme(one.code, one.name.in_language("nl")) for one in found[start:stop]),
        found.count(),
    )


# --- the catalogue --------------------------------------------------------------------------------
@dataclass(frozen=True)
class Dataset:
    """One public indicator as the catalogue has it. `years` are those of its first and last cell."""

    slug: str
    name: str
    definition: str
    theme: str
    modified: dt.datetime
    years: tuple[int, int] | None
    sources: tuple[str, ...]
    is_synthetic: bool


def datasets() -> list[Dataset]:
    """Every public indicator. Three queries."""
    found: Sequence[Any] = _public_indicators(Filters())
    spans = _spans()
    named: dict[int, dict[str, bool]] = {}
    for indicator_id, name, invented in (
        _readable(None)
        .order_by("source__name")
        .values_list("indicator_id", "source__name", "source__is_synthetic")
    ):
        named.setdefault(indicator_id, {})[name] = invented
    return [_dataset(one, spans, named.get(one.pk, {})) for one in found]


def _spans() -> Mapping[int, tuple[int, int]]:
    """Per indicator the years of its first and last public observation."""
    rows = (
        Observation.objects.published()
        .order_by()
        .values("series__indicator")
        .annotate(first=Min("period_start"), last=Max("period_end"))
        .values_list("series__indicator", "first", "last")
    )
    return {pk: (first.year, last.year) for pk, first, last in rows}


def _dataset(one: Any, spans: Mapping[int, tuple[int, int]], named: Mapping[str, bool]) -> Dataset:
    return Dataset(
        slug=one.slug,
        name=one.name,
        definition=one.definition,
        theme=one.theme.name.in_language("nl") if one.theme else "",
        modified=one.public_at,
        years=spans.get(one.pk),
        sources=tuple(named),
        is_synthetic=any(named.values()),
    )
