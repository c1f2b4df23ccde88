import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from haarlemveilig.mail.models import OutboxMail  # noqa: F401 (ruff does not see the name in the base class)


class OutboxMailQuerySet(models.QuerySet["OutboxMail"]):
    def due(self, at: dt.datetime) -> "OutboxMailQuerySet":
        """Queued, and not waiting for a next attempt at this moment."""
        return self.filter(Q(not_before__isnull=True) | Q(not_before__lte=at), status="queued")

    def stuck(self, since: dt.datetime) -> "OutboxMailQuerySet":
        """Claimed by a worker before `since`, and still not sent."""
        return self.filter(status="sending", claimed_at__lte=since)
