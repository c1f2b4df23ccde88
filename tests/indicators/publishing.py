"""Small indicators with figures, made public: what tests of pages and selectors read."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.utils import timezone

from indicators.cells import parse, parse_target
from indicators.models import Indicator, Publication, Series, Source
from indicators.periods import Period
from indicators.services.observations import Figure, Origin, record_observations, record_targets
from tests import factories


def make_series(name: str, source: str = "Politie", area: str = "haarlem", **fields: object) -> Series:
    """A series of an indicator; `fields` are those of an indicator that is new."""
    slug = str(fields.pop("slug", name.casefold().replace(" ", "-").strip("%-")))
    kind = fields.pop("kind", Source.Kind.REGISTRATION)
    is_synthetic = fields.pop("is_synthetic", False)
    indicator, _made = Indicator.objects.get_or_create(name=name, defaults={"slug": slug} | fields)
    counted, _made = Source.objects.get_or_create(
        name=source, defaults={"kind": kind, "is_synthetic": is_synthetic}
    )
    return Series.objects.create(indicator=indicator, source=counted, area=factories.area(area))


def record(
    series: Series, figures: Mapping[int, str], when: dt.datetime | None = None, why: str = ""
) -> None:
    """Record the figures of years as they would be printed."""
    record_observations(
        {(series.pk, Period.of_year(year)): Figure.of_cell(parse(text)) for year, text in figures.items()},
        Origin("toets", recorded_at=when or timezone.now(), change_reason=why),
    )


def record_answers(series: Series, year: int, percent: int, n: int) -> None:
    """Record a share from a survey, with its margin."""
    figure = Figure.of_cell(parse(f"{percent}%"), n=n, low=Decimal(percent - 3), high=Decimal(percent + 3))
    record_observations({(series.pk, Period.of_year(year)): figure}, Origin("toets"))


def aim(series: Series, targets: Mapping[int, str]) -> None:
    record_targets(
        {
            (series.pk, Period.of_year(year)): Figure.of_cell(parse_target(text))
            for year, text in targets.items()
        },
        Origin("toets"),
    )


def publish(*of: Series, when: dt.datetime | None = None) -> None:
    """Make the indicators of these series public, as they are known now."""
    moment = when or timezone.now()
    for indicator in {series.indicator for series in of}:
        Publication.objects.create(indicator=indicator, published_at=moment)
        Indicator.objects.filter(pk=indicator.pk).update(published_at=moment)


def published(name: str, figures: Mapping[int, str], **fields: object) -> Series:
    """A series with figures that readers see."""
    series = make_series(name, **fields)  # type: ignore[arg-type]
    record(series, figures)
    publish(series)
    return series
