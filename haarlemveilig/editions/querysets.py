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

    def light(self) -> "EditionQuerySet":
        """Without the data and the page, which may be large: for lists, and for who keeps what they say."""
        return self.defer("view_model", "html")
