import datetime as dt
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    # Named in the strings below, which ruff does not read.
    from participation.ranking.models import Round  # noqa: F401


class RoundQuerySet(models.QuerySet["Round"]):
    def accepting(self, at: dt.datetime) -> "RoundQuerySet":
        """Rounds in which a ballot counts at this moment."""
        return self.filter(status="open", opens_at__lte=at, closes_at__gt=at)

    def over(self, at: dt.datetime) -> "RoundQuerySet":
        """Rounds whose time has passed, closed by a colleague or not yet."""
        return self.exclude(status="draft").exclude(status="open", closes_at__gt=at)

    def published(self) -> "RoundQuerySet":
        return self.filter(status="published")

    def of_residents(self) -> "RoundQuerySet":
        return self.filter(kind="residents")

    def newest_first(self) -> "RoundQuerySet":
        return self.order_by("-opens_at")
