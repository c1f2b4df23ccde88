"""The indicators and sources as staff keep them."""

from dataclasses import dataclass

from django.db.models import Count, Q

from indicators.models import Indicator, Source
from indicators.selectors.publishing import gaps_of


@dataclass(frozen=True)
class IndicatorLine:
    """One line in the list of indicators. `gaps` say what is missing before readers may see it."""

    indicator: Indicator
    series: int
    gaps: tuple[str, ...]


def indicator_lines(search: str = "", *, only_incomplete: bool = False) -> list[IndicatorLine]:
    """The indicators whose name, other name, definition or owner has the words. One query."""
    found = Indicator.objects.select_related("theme").annotate(series_count=Count("series", distinct=True))
    for word in search.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(aliases__name__icontains=word)
            | Q(definition__icontains=word)
            | Q(owner__icontains=word)
        )
    lines = [IndicatorLine(one, one.series_count, gaps_of(one)) for one in found.distinct()]
    return [line for line in lines if line.gaps] if only_incomplete else lines


def sources_of(indicator: Indicator) -> list[Source]:
    """Who counts this indicator. One query."""
    return list(Source.objects.filter(series__indicator=indicator).distinct())


def indicators_of(source: Source) -> list[Indicator]:
    """What this source counts. One query."""
    return list(Indicator.objects.filter(series__source=source).distinct())
