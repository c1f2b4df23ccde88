from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from haarlemveilig.editions.models import Edition


class EditionQuerySet(models.QuerySet["Edition"]):
    def of(self, kind: str, subject: str) -> "EditionQuerySet":
        return self.filter(kind=kind, subject=subject)

    def latest_of(self, kind: str, subject: str) -> "Edition | None":
        """The newest edition of one subject, or None while nothing was published."""
        return self.of(kind, subject).order_by("-number").first()
