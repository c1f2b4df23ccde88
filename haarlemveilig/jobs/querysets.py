import datetime as dt
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    # Named in the strings below, which ruff does not read.
    from haarlemveilig.jobs.models import Job  # noqa: F401


class JobQuerySet(models.QuerySet["Job"]):
    def queued(self) -> "JobQuerySet":
        return self.filter(status="queued")

    def lost(self, at: dt.datetime) -> "JobQuerySet":
        """Queued for over a minute: the nudge to the worker did not arrive."""
        return self.queued().filter(created_at__lt=at - dt.timedelta(minutes=1))

    def stuck(self, at: dt.datetime) -> "JobQuerySet":
        """Running for over half an hour: longer than any job may take, so its worker is gone."""
        return self.filter(status="running", started_at__lt=at - dt.timedelta(minutes=30))
