from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from haarlemveilig.gemeente.models import Theme
from indicators.querysets import IndicatorQuerySet


class Source(models.Model):
    """Who counts or asks: police, municipality, survey. Tables know it by several names."""

    class Kind(models.TextChoices):
        REGISTRATION = "registration", "registratie"
        SURVEY = "survey", "enquête"
        RESEARCH = "research", "onderzoek"
        ADMINISTRATION = "administration", "administratie"

    name = models.CharField("naam", max_length=120, unique=True)
    kind = models.CharField("soort", max_length=15, choices=Kind.choices, default=Kind.REGISTRATION)
    method = models.TextField("hoe er geteld of gevraagd wordt", blank=True)
    frequency = models.CharField("hoe vaak", max_length=80, blank=True)
    licence = models.CharField("licentie", max_length=120, blank=True)
    url = models.URLField("webadres", blank=True)
    next_release = models.DateField("volgende cijfers", null=True, blank=True)
    is_synthetic = models.BooleanField("verzonnen", default=False)
    # How the columns of this source's exports are to be read: remembered from the last import.
    mapping = models.JSONField("kolommen van een export", default=dict, blank=True)

    class Meta:
        verbose_name = "bron"
        verbose_name_plural = "bronnen"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SourceAlias(models.Model):
    """Another name of a source, as printed in tables."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="aliases", verbose_name="bron")
    name = models.CharField("andere naam", max_length=120, unique=True)

    class Meta:
        verbose_name = "andere naam van een bron"
        verbose_name_plural = "andere namen van bronnen"

    def __str__(self) -> str:
        return self.name


class Direction(models.TextChoices):
    """What better means. Never inferred: more closures can be the aim."""

    HIGHER = "higher", "hoger is beter"
    LOWER = "lower", "lager is beter"
    BAND = "band", "binnen een bandbreedte"
    NEUTRAL = "neutral", "niet goed of slecht"
    AMBIGUOUS = "ambiguous", "vraagt uitleg"


class Indicator(models.Model):
    """Something we measure, apart from who measures it and where.

    An import publishes nothing: readers see what was known at `published_at`, and nothing while it is empty.
    """

    Direction = Direction

    name = models.CharField("naam", max_length=200, unique=True)
    slug = models.SlugField("naam in adressen", max_length=80, unique=True)
    definition = models.TextField("omschrijving in gewone taal", blank=True)
    question = models.TextField("vraag in de enquête", blank=True)
    numerator = models.TextField("teller", blank=True)
    denominator = models.TextField("noemer", blank=True)
    unit = models.CharField("eenheid", max_length=40, blank=True)
    scale = models.CharField("schaal", max_length=80, blank=True)
    decimals = models.PositiveSmallIntegerField("cijfers achter de komma", null=True, blank=True)
    direction = models.CharField(
        "richting", max_length=10, choices=Direction.choices, default=Direction.AMBIGUOUS
    )
    direction_note = models.TextField("uitleg bij de richting", blank=True)
    band_low = models.DecimalField("bandbreedte van", max_digits=18, decimal_places=6, null=True, blank=True)
    band_high = models.DecimalField("bandbreedte tot", max_digits=18, decimal_places=6, null=True, blank=True)
    theme = models.ForeignKey(
        Theme, models.SET_NULL, null=True, blank=True, related_name="indicators", verbose_name="thema"
    )
    owner = models.CharField("eigenaar", max_length=120, blank=True)
    # Below the whole municipality, counts under five of such an indicator are not shown one by one.
    is_sensitive = models.BooleanField("gevoelig bij kleine aantallen", default=False)
    published_at = models.DateTimeField("openbaar tot en met", null=True, blank=True, editable=False)
    # Readers look back no further than this: what was withdrawn does not come back with a later publication.
    public_since = models.DateTimeField("openbaar sinds", null=True, blank=True, editable=False)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "indicator"
        verbose_name_plural = "indicatoren"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(direction=Direction.BAND, band_low__isnull=False, band_high__isnull=False)
                | ~Q(direction=Direction.BAND),
                name="indicator_band_has_ends",
            ),
            models.CheckConstraint(
                condition=Q(band_low__isnull=True)
                | Q(band_high__isnull=True)
                | Q(band_high__gte=F("band_low")),
                name="indicator_band_runs_up",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class IndicatorAlias(models.Model):
    """Another label under which tables print an indicator."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="aliases", verbose_name="indicator")
    name = models.CharField("andere naam", max_length=200, unique=True)

    class Meta:
        verbose_name = "andere naam van een indicator"
        verbose_name_plural = "andere namen van indicatoren"

    def __str__(self) -> str:
        return self.name


class Publication(models.Model):
    """A moment at which somebody made an indicator public: readers see what was known then."""

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="publications", verbose_name="indicator"
    )
    published_at = models.DateTimeField("openbaar gemaakt", default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="door"
    )

    class Meta:
        verbose_name = "openbaarmaking"
        verbose_name_plural = "openbaarmakingen"
        ordering = ["-published_at"]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.published_at:%Y-%m-%d %H:%M}"
