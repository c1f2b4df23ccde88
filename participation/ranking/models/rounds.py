from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from haarlemveilig.gemeente.models import Area, Theme
from haarlemveilig.localized import LocalizedTextField
from participation.ranking.querysets import RoundQuerySet


class Round(models.Model):
    """One time that residents rank safety themes for their wijk."""

    class Status(models.TextChoices):
        DRAFT = "draft", "concept"
        OPEN = "open", "open"
        CLOSED = "closed", "gesloten"
        COUNTED = "counted", "geteld"
        PUBLISHED = "published", "gepubliceerd"

    class WayIn(models.TextChoices):
        """Strongest first: in this order they are offered."""

        LETTER_CODE = "letter_code", "code uit de brief"
        OPENID = "openid", "inloggen (OpenID Connect)"
        EMAIL_CODE = "email_code", "code per e-mail"
        POSTCODE = "postcode", "alleen postcode"

    class Kind(models.TextChoices):
        RESIDENTS = "residents", "bewoners"
        ENTREPRENEURS = "entrepreneurs", "ondernemers"

    code = models.SlugField("code", max_length=20, unique=True)
    for_year = models.PositiveSmallIntegerField("voor het jaar")
    kind = models.CharField("voor wie", max_length=13, choices=Kind.choices, default=Kind.RESIDENTS)
    title = LocalizedTextField("titel")
    intro = LocalizedTextField("inleiding", blank=True)
    thanks = LocalizedTextField("tekst na het versturen", blank=True)
    status = models.CharField("stand", max_length=10, choices=Status.choices, default=Status.DRAFT)
    k = models.PositiveSmallIntegerField(
        "hoogste aantal keuzes", default=3, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    themes = models.ManyToManyField(Theme, related_name="rounds", verbose_name="thema's")
    # None chosen means all of them.
    wijken = models.ManyToManyField(Area, blank=True, related_name="+", verbose_name="wijken")
    ways_in = models.JSONField("manieren om mee te doen", default=list)
    asks_group = models.BooleanField("vraagt leeftijd en geslacht", default=False)
    asks_remarks = models.BooleanField("vraagt om een toelichting", default=False)
    opens_at = models.DateTimeField("open vanaf")
    closes_at = models.DateTimeField("open tot")
    publish_on = models.DateField("uitslag op")
    is_synthetic = models.BooleanField("verzonnen stemmen", default=False)
    # Over the rows that are published, from the moment of closing: no ballot can change after it unseen.
    merkle_root = models.CharField("controlegetal van de stembiljetten", max_length=64, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "ronde"
        verbose_name_plural = "rondes"
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="round_closes_after_opening"
            )
        ]

    def __str__(self) -> str:
        return str(self.title)


class MovedEnd(models.Model):
    """That the end of an open round was moved, with the reason that everybody reads."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="moved_ends", verbose_name="ronde")
    before = models.DateTimeField("was open tot")
    after = models.DateTimeField("is open tot")
    reason = models.CharField("reden", max_length=300)
    moved_at = models.DateTimeField("verplaatst op", auto_now_add=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="door"
    )

    class Meta:
        verbose_name = "verplaatst einde"
        verbose_name_plural = "verplaatste einden"
        ordering = ["moved_at"]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.after}"
