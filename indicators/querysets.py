import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import F, Max, Q

if TYPE_CHECKING:
    # Named in the strings below, which ruff does not read.
    from indicators.models import (  # noqa: F401
        DoorResponse,
        Indicator,
        Measurement,
        Observation,
        Series,
        Target,
    )


_Row = TypeVar("_Row", bound=models.Model)


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)


class SeriesQuerySet(models.QuerySet["Series"]):
    def of_area_and_city(self, area_id: int) -> Self:
        """The series of one area and, to compare with, those of the whole municipality."""
        return self.filter(Q(area_id=area_id) | Q(area__level="gemeente"))

    def about(self, theme_ids: Collection[int]) -> Self:
        return self.filter(indicator__theme_id__in=theme_ids)

    def published(self) -> Self:
        return self.filter(indicator__published_at__isnull=False)


class CellQuerySet(models.QuerySet[_Row]):
    def current(self) -> Self:
        return self.filter(is_current=True)

    def known_at(self, moment: dt.datetime | F) -> Self:
        """What stood in each cell at that moment."""
        return self.filter(recorded_at__lte=moment).filter(
            Q(superseded_at__isnull=True) | Q(superseded_at__gt=moment)
        )

    def published(self) -> Self:
        """What readers see: each cell as it stood when its indicator was last made public."""
        return self.known_at(F("series__indicator__published_at"))

    def published_at(self, moment: dt.datetime) -> Self:
        """What readers saw at that moment: each cell as of the publication that then was the last."""
        publications = "series__indicator__publications__published_at"
        since = "series__indicator__public_since"
        not_withdrawn = Q(**{f"{since}__isnull": True}) | Q(**{f"{publications}__gte": F(since)})
        last = Max(publications, filter=Q(**{f"{publications}__lte": moment}) & not_withdrawn)
        return self.annotate(seen_at=last).known_at(F("seen_at"))

    def of_series(self, series_ids: Collection[int]) -> Self:
        return self.filter(series_id__in=series_ids)


class ObservationQuerySet(CellQuerySet["Observation"]):
    pass


class TargetQuerySet(CellQuerySet["Target"]):
    pass


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    def open(self) -> Self:
        return self.filter(state="open")

    def assigned_to(self, user_id: int) -> Self:
        return self.filter(survey__volunteers=user_id)

    def to_purge(self, today: dt.date) -> Self:
        """Those whose answers have been kept long enough."""
        return self.filter(state="closed", purged_at__isnull=True, purge_on__lte=today)


class DoorResponseQuerySet(models.QuerySet["DoorResponse"]):
    def answered(self) -> Self:
        return self.filter(outcome="answered")
