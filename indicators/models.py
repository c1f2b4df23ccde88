import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from haarlemveilig.gemeente.models import Area, Theme
from indicators.querysets import ObservationQuerySet, SeriesQuerySet


class Source(models.Model):
    """Who counts or asks: police, municipality, survey. Tables know it by several names."""

    class Kind(models.TextChoices):
        REGISTRATION = "registration", "registratie"
        SURVEY = "survey", "enquête"
        RESEARCH = "research", "onderzoek"
        ADMINISTRATION = "administration", "administratie"

    name = models.CharField("naam", max_length=120, unique=True)
    kind = models.CharField("soort", max_length=15, choices=Kind.choices, default=Kind.REGISTRATION)
    is_synthetic = models.BooleanField("verzonnen", default=False)

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


class Indicator(models.Model):
    """Something we measure, apart from who measures it and where."""

    class Direction(models.TextChoices):
        HIGHER = "higher", "hoger is beter"
        LOWER = "lower", "lager is beter"
        NEUTRAL = "neutral", "niet goed of slecht"
        AMBIGUOUS = "ambiguous", "vraagt uitleg"

    name = models.CharField("naam", max_length=200, unique=True)
    definition = models.TextField("omschrijving", blank=True)
    unit = models.CharField("eenheid", max_length=40, blank=True)
    # Never inferred: more closures can be the aim. Until somebody decides it asks for an explanation.
    direction = models.CharField(
        "richting", max_length=10, choices=Direction.choices, default=Direction.AMBIGUOUS
    )
    theme = models.ForeignKey(
        Theme, models.SET_NULL, null=True, blank=True, related_name="indicators", verbose_name="thema"
    )
    owner = models.CharField("eigenaar", max_length=120, blank=True)

    class Meta:
        verbose_name = "indicator"
        verbose_name_plural = "indicatoren"
        ordering = ["name"]

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


class Series(models.Model):
    """One indicator from one source for one area. A breakdown keeps rows apart that contradict each other."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="series", verbose_name="indicator")
    source = models.ForeignKey(Source, models.PROTECT, related_name="series", verbose_name="bron")
    area = models.ForeignKey(Area, models.PROTECT, related_name="series", verbose_name="gebied")
    breakdown = models.CharField("uitsplitsing", max_length=330, blank=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = "reeks"
        verbose_name_plural = "reeksen"
        constraints = [
            models.UniqueConstraint(fields=["indicator", "source", "area", "breakdown"], name="series_once")
        ]

    def __str__(self) -> str:
        return f"reeks {self.pk}: indicator {self.indicator_id}, bron {self.source_id}, gebied {self.area_id}"


class Status(models.TextChoices):
    """Why a cell is as it is. The codes in MISSING have no value and must say why."""

    NORMAL = "normal", "gewoon"
    PROVISIONAL = "provisional", "voorlopig"
    TEXT_ONLY = "text_only", "alleen tekst"
    PENDING = "pending", "volgt nog"
    UNKNOWN = "unknown", "leeg in de bron"
    SUPPRESSED = "suppressed", "niet getoond"


MISSING = (Status.TEXT_ONLY, Status.PENDING, Status.UNKNOWN, Status.SUPPRESSED)


class Observation(models.Model):
    """One cell: value, status and printed text at once. Rows are added, never overwritten."""

    class Granularity(models.TextChoices):
        YEAR = "year", "jaar"

    series = models.ForeignKey(Series, models.CASCADE, related_name="observations", verbose_name="reeks")
    period_start = models.DateField("begin van de periode")
    period_end = models.DateField("eind van de periode")
    granularity = models.CharField(
        "periode", max_length=10, choices=Granularity.choices, default=Granularity.YEAR
    )
    value = models.DecimalField("waarde", max_digits=18, decimal_places=6, null=True, blank=True)
    comparator = models.CharField("vergelijking", max_length=3, blank=True)
    status = models.CharField("stand", max_length=20, choices=Status.choices, default=Status.NORMAL)
    reason = models.CharField("reden", max_length=200, blank=True)
    printed = models.CharField("zoals gedrukt", max_length=200, blank=True)
    note = models.TextField("noot", blank=True)
    provenance = models.CharField("herkomst", max_length=200)
    is_current = models.BooleanField("geldt nu", default=True)
    recorded_at = models.DateTimeField("vastgelegd", auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="door"
    )

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = "waarneming"
        verbose_name_plural = "waarnemingen"
        ordering = ["series", "period_start", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "period_start", "granularity"],
                condition=Q(is_current=True),
                name="observation_one_current_per_cell",
            ),
            models.CheckConstraint(
                condition=(Q(value__isnull=True) & Q(status__in=MISSING))
                | (Q(value__isnull=False) & ~Q(status__in=MISSING)),
                name="observation_value_exactly_when_not_missing",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=MISSING) | ~Q(reason=""), name="observation_missing_says_why"
            ),
            models.CheckConstraint(
                condition=Q(period_end__gte=models.F("period_start")), name="observation_period_runs_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series_id} {self.period_start:%Y}: {self.printed}"


class IndicatorTable(models.Model):
    """A table as a document prints it: columns of years, rows in groups."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    chapter = models.CharField("hoofdstuk", max_length=20, blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)
    name = models.CharField("naam", max_length=200, unique=True)
    theme = models.ForeignKey(
        Theme, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="thema"
    )
    years = models.JSONField("jaren", default=list)

    class Meta:
        verbose_name = "tabel"
        verbose_name_plural = "tabellen"
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class TableRow(models.Model):
    """The placement of a series in a table, with its own label and printed source.

    What the import derived is a proposal until a named person confirms it: the source of a blank source
    cell, and that this row is another placement of a series that already stood elsewhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey(IndicatorTable, models.CASCADE, related_name="rows", verbose_name="tabel")
    series = models.ForeignKey(Series, models.PROTECT, related_name="placements", verbose_name="reeks")
    order = models.PositiveSmallIntegerField("volgorde")
    group = models.CharField("groep", max_length=120, blank=True)
    label = models.CharField("naam in de tabel", max_length=200)
    printed_source = models.CharField("bron zoals gedrukt", max_length=120, blank=True)
    note = models.TextField("noot", blank=True)
    source_is_proposed = models.BooleanField("bron is een voorstel", default=False)
    series_is_proposed = models.BooleanField("reeks is een voorstel", default=False)

    class Meta:
        verbose_name = "tabelrij"
        verbose_name_plural = "tabelrijen"
        ordering = ["table", "order"]
        constraints = [models.UniqueConstraint(fields=["table", "order"], name="table_row_order_once")]

    def __str__(self) -> str:
        return self.label
