import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class FigureImport(models.Model):
    """A file on its way in: what was chosen, how to read it, and what the officer decided per row."""

    class State(models.TextChoices):
        DRAFT = "draft", "na te kijken"
        APPLYING = "applying", "wordt ingelezen"
        APPLIED = "applied", "ingelezen"
        DISCARDED = "discarded", "weggegooid"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("bestand", max_length=200)
    file = models.FileField("inhoud", upload_to="indicators/imports/")
    state = models.CharField("stand", max_length=10, choices=State.choices, default=State.DRAFT)
    # How to read it: which sheet, which columns mean what, the table's name, the source.
    layout = models.JSONField("opzet", default=dict, blank=True)
    # Per row of the file what the officer changed: {"12": {"skip": true}, "14": {"source": "Politie"}}.
    decisions = models.JSONField("besluiten per rij", default=dict, blank=True)
    vintage = models.DateField("peildatum", default=timezone.localdate)
    fingerprint = models.CharField("vingerafdruk van de voorvertoning", max_length=64, blank=True)
    outcome = models.JSONField("uitkomst", default=dict, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="door"
    )
    created_at = models.DateTimeField("gekozen op", default=timezone.now)
    applied_at = models.DateTimeField("ingelezen op", null=True, blank=True)

    class Meta:
        verbose_name = "inlezing"
        verbose_name_plural = "inlezingen"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name
