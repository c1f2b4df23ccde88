import datetime as dt
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    # Named in the strings below, which ruff does not read.
    from participation.wijkgesprekken.models import Wijkgesprek  # noqa: F401


class WijkgesprekQuerySet(models.QuerySet["Wijkgesprek"]):
    def upcoming(self, at: dt.datetime) -> "WijkgesprekQuerySet":
        return self.filter(starts_at__gt=at)

    def in_wijk(self, area_id: int) -> "WijkgesprekQuerySet":
        return self.filter(wijk_id=area_id)

    def going_on(self) -> "WijkgesprekQuerySet":
        return self.filter(status="planned")
