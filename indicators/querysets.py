import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    # Named in the strings below, which ruff does not read.
    from indicators.models import Observation, Series  # noqa: F401


class SeriesQuerySet(models.QuerySet["Series"]):
    def of_area_and_city(self, area_id: int) -> "SeriesQuerySet":
        """The series of one area and, to compare with, those of the whole municipality."""
        return self.filter(models.Q(area_id=area_id) | models.Q(area__level="gemeente"))

    def about(self, theme_ids: Collection[int]) -> "SeriesQuerySet":
        return self.filter(indicator__theme_id__in=theme_ids)


class ObservationQuerySet(models.QuerySet["Observation"]):
    def current(self) -> "ObservationQuerySet":
        return self.filter(is_current=True)

    def yearly(self) -> "ObservationQuerySet":
        return self.filter(granularity="year")

    def of_series(self, series_ids: Collection[int]) -> "ObservationQuerySet":
        return self.filter(series_id__in=series_ids)

    def in_years(self, years: Collection[int]) -> "ObservationQuerySet":
        """Those whose period begins in one of `years`."""
        return self.filter(period_start__in=[dt.date(year, 1, 1) for year in years])
