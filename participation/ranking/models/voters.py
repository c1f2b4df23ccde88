import uuid

from django.conf import settings
from django.db import models

from haarlemveilig.gemeente.models import Area
from haarlemveilig.jobs.models import Job
from participation.ranking.models.rounds import Round


class CodeBatch(models.Model):
    """Codes that were made together, for one print run. The codes themselves leave once, as a file."""

    class Purpose(models.TextChoices):
        LETTER = "letter", "brieven"
        PAPER = "paper", "papieren formulieren"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="code_batches", verbose_name="ronde")
    name = models.CharField("naam", max_length=80)
    purpose = models.CharField("voor", max_length=6, choices=Purpose.choices, default=Purpose.LETTER)
    # How many codes per wijk code, or per reference of a letter: see services.codes.
    wanted = models.JSONField("wat er gemaakt moet worden")
    job = models.ForeignKey(
        Job, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="taak"
    )
    made_at = models.DateTimeField("gevraagd op", auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="gevraagd door"
    )
    # Zero until the worker has made them.
    count = models.PositiveIntegerField("aantal codes", default=0)
    exported_at = models.DateTimeField("opgehaald op", null=True, blank=True)
    exported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="opgehaald door"
    )

    class Meta:
        verbose_name = "reeks codes"
        verbose_name_plural = "reeksen codes"
        ordering = ["made_at"]

    def __str__(self) -> str:
        return self.name


class AccessCode(models.Model):
    """A code from a letter or on a paper form; only its keyed hash is kept."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="access_codes", verbose_name="ronde")
    batch = models.ForeignKey(
        CodeBatch, models.CASCADE, null=True, blank=True, related_name="codes", verbose_name="reeks"
    )
    # What the sender of the letters calls this letter, without personal data; for the sample by the griffie.
    reference = models.CharField("kenmerk", max_length=40, blank=True)
    code_hash = models.CharField("sleutelgetal", max_length=64, unique=True)
    wijk = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="wijk")
    expires_at = models.DateTimeField("geldig tot")

    class Meta:
        verbose_name = "deelnamecode"
        verbose_name_plural = "deelnamecodes"

    def __str__(self) -> str:
        return f"code voor {self.round_id}"


class Participation(models.Model):
    """That somebody took part; never what they chose, and not when."""

    class Channel(models.TextChoices):
        WEB = "web", "website"
        PAPER = "paper", "papier"
        TELEPHONE = "telephone", "telefoon"
        COUNTER = "counter", "balie"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="participations", verbose_name="ronde")
    wijk = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="wijk")
    way_in = models.CharField("manier", max_length=12, choices=Round.WayIn.choices)
    channel = models.CharField("kanaal", max_length=10, choices=Channel.choices, default=Channel.WEB)
    # One participation per code: its id follows from the code.
    access_code = models.ForeignKey(
        AccessCode, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="deelnamecode"
    )

    class Meta:
        verbose_name = "deelname"
        verbose_name_plural = "deelnames"

    def __str__(self) -> str:
        return str(self.pk)
