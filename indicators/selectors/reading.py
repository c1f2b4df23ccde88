"""What residents read about one indicator."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from haarlemveilig.gemeente.models import Area
from haarlemveilig.gemeente.selectors import WijkName, municipality, wijken
from indicators.models import Indicator, Series, Source
from indicators.reading_views import IndicatorPage, SeriesView, SourceView
from indicators.selectors.area_tables import area_tables
from indicators.selectors.published import PublishedSeries, published_series
from indicators.selectors.revisions import revisions
from indicators.selectors.series_views import in_unit, series_view
from indicators.trends import Measure, measure_of
from indicators.words import direction_text


def indicator_page(
    slug: str, *, wijk: WijkName | None = None, on: dt.date | None = None
) -> IndicatorPage | None:
    """The page of a published indicator: the whole municipality, or one wijk where that has figures.

    `on` is the day to look back to: what readers saw at its end. None for an indicator that is not public.
    Six queries.
    """
    counted = _one_series_per_source(slug)
    if not counted:
        return None
    indicator, at = counted[0].indicator, end_of_day(on) if on else None
    found = [in_unit(one, indicator.unit) for one in published_series(slugs=[slug], at=at)]
    own = _of_area(found, wijk.area_id) if wijk else []
    shown = own or [one for one in found if one.area_level == Area.Level.GEMEENTE]
    measure = _measure(indicator, found)
    return IndicatorPage(
        slug=slug,
        name=indicator.name,
        title=f"{indicator.name}, {wijk.name}" if wijk and own else indicator.name,
        definition=indicator.definition,
        direction=direction_text(
            indicator.direction, indicator.direction_note, indicator.band_low, indicator.band_high
        ),
        facts=tuple(_facts(indicator)),
        theme_code=indicator.theme.code if indicator.theme else "",
        theme=str(indicator.theme or ""),
        place=wijk.name if wijk and own else municipality().name,
        wijk=wijk.slug if wijk and own else "",
        is_count=measure == "count",
        published_at=indicator.published_at,
        sources=tuple(_source(one.source) for one in counted),
        series=tuple(_series_views(indicator, shown, found, at)),
        areas=tuple(area_tables(found, wijken(), measure, wijk.area_id if wijk else None, on)),
    )


def end_of_day(day: dt.date) -> dt.datetime:
    """The last moment of a day on the municipality's clock."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.max))


def _one_series_per_source(slug: str) -> list[Series]:
    first_ones = (
        Series.objects.filter(indicator__slug=slug).values("source").annotate(first=Min("pk")).values("first")
    )
    return list(
        Series.objects.published()
        .filter(pk__in=first_ones)
        .select_related("indicator__theme", "source")
        .order_by("source__name")
    )


def _of_area(found: Iterable[PublishedSeries], area_id: int) -> list[PublishedSeries]:
    return [one for one in found if one.area_id == area_id]


def _measure(indicator: Indicator, found: Iterable[PublishedSeries]) -> Measure:
    return measure_of(indicator.name, indicator.unit, [cell for one in found for cell in one.cells])


def _series_views(
    indicator: Indicator,
    shown: Sequence[PublishedSeries],
    found: Collection[PublishedSeries],
    at: dt.datetime | None,
) -> Iterable[SeriesView]:
    histories = revisions(shown, is_sensitive=indicator.is_sensitive, unit=indicator.unit, at=at)
    for one in shown:
        yield series_view(
            one,
            indicator,
            city=city_of(one, found),
            revisions=histories.get(one.series_id, []),
        )


def city_of(series: PublishedSeries, found: Iterable[PublishedSeries]) -> PublishedSeries | None:
    """The same series of the whole municipality; None if there is none, or if it is that one itself."""
    wanted = (series.indicator_slug, series.source, series.breakdown, Area.Level.GEMEENTE)
    same = (
        one
        for one in found
        if (one.indicator_slug, one.source, one.breakdown, one.area_level) == wanted
        and one.series_id != series.series_id
    )
    return next(same, None)


def _source(source: Source) -> SourceView:
    return SourceView(
        name=source.name,
        kind=source.get_kind_display(),
        method=source.method,
        frequency=source.frequency,
        licence=source.licence,
        url=source.url,
        next_release=source.next_release,
        is_synthetic=source.is_synthetic,
    )


def _facts(indicator: Indicator) -> Iterable[tuple[str, str]]:
    """What else is to be known of the number: only what somebody wrote down."""
    told = (
        (_("Vraag in de enquête"), indicator.question),
        (_("Wat we tellen"), indicator.numerator),
        (_("Waarvan dat een deel is"), indicator.denominator),
        (_("Schaal"), indicator.scale),
        (_("Wie erover gaat"), indicator.owner),
    )
    return [(term, text) for term, text in told if text]
