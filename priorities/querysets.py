from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from priorities.models import Weighing


class WeighingQuerySet(models.QuerySet["Weighing"]):
    def first_or_new(self, wijk_id: int, year: int) -> "Weighing":
        """The weighing of this wijk and year; made, still empty, if nobody began it."""
        return self.get_or_create(wijk_id=wijk_id, year=year)[0]

    def adopted(self) -> "WeighingQuerySet":
        return self.filter(status="adopted")

    def for_year(self, year: int) -> "WeighingQuerySet":
        return self.filter(year=year)

    def of_wijk(self, area_id: int) -> "WeighingQuerySet":
        return self.filter(wijk=area_id)
