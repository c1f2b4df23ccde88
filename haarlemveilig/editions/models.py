import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from haarlemveilig.editions.querysets import EditionQuerySet


class Edition(models.Model):
    """Something as it was published: never changed afterwards. Corrections show beside it."""

    class Kind(models.TextChoices):
        ROUND_RESULT = "round_result", "uitslag van een ronde"
        PROGRAMME = "programme", "actieprogramma"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("soort", max_length=20, choices=Kind.choices)
    subject = models.CharField("onderwerp", max_length=60)
    number = models.PositiveSmallIntegerField("nummer")
    schema_version = models.PositiveSmallIntegerField("versie van de gegevens", default=1)
    title = models.CharField("titel", max_length=200)
    view_model = models.JSONField("gegevens")
    html = models.TextField("bladzijde", blank=True)
    sha256 = models.CharField("controlegetal", max_length=64)
    published_at = models.DateTimeField("gepubliceerd", default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="door"
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "editie"
        verbose_name_plural = "edities"
        ordering = ["kind", "subject", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "number"], name="edition_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.title}, editie {self.number}"


class EditionFile(models.Model):
    """A file that belongs to an edition: its PDF, its tables."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="files", verbose_name="editie")
    name = models.CharField("naam", max_length=200)
    media_type = models.CharField("soort", max_length=100)
    file = models.FileField("bestand", upload_to="editions/%Y/")
    size = models.PositiveIntegerField("grootte in bytes")
    sha256 = models.CharField("controlegetal", max_length=64)

    class Meta:
        verbose_name = "bestand bij een editie"
        verbose_name_plural = "bestanden bij edities"
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="edition_file_name_once")]

    def __str__(self) -> str:
        return self.name
