from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from haarlemveilig.gemeente.models import Area
from indicators.models.names import Indicator, Source
from indicators.periods import Period
from indicators.querysets import ObservationQuerySet, SeriesQuerySet, TargetQuerySet


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
    """Why a cell is as it is. The codes in MISSING have no value and must say why; a composite has parts."""

    NORMAL = "normal", "gewoon"
    PROVISIONAL = "provisional", "voorlopig"
    REVISED = "revised", "herzien"
    ESTIMATED = "estimated", "geschat"
    BREAK = "break", "breuk in de reeks"
    LOW_RELIABILITY = "low_reliability", "weinig betrouwbaar"
    COMPOSITE = "composite", "meer getallen"
    TEXT_ONLY = "text_only", "alleen tekst"
    PENDING = "pending", "volgt nog"
    NOT_COLLECTED = "not_collected", "dit jaar niet gemeten"
    NOT_APPLICABLE = "not_applicable", "niet van toepassing"
    SUPPRESSED = "suppressed", "niet getoond of geheim"
    UNKNOWN = "unknown", "leeg in de bron"


MISSING = (
    Status.TEXT_ONLY,
    Status.PENDING,
    Status.NOT_COLLECTED,
    Status.NOT_APPLICABLE,
    Status.SUPPRESSED,
    Status.UNKNOWN,
)


class Granularity(models.TextChoices):
    YEAR = "year", "jaar"
    QUARTER = "quarter", "kwartaal"
    MONTH = "month", "maand"


def _value_when_not_missing() -> Q:
    return (
        Q(value__isnull=True, parts__isnull=True, status__in=MISSING)
        | Q(value__isnull=True, parts__isnull=False, status=Status.COMPOSITE)
        | (Q(value__isnull=False, parts__isnull=True) & ~Q(status__in=(*MISSING, Status.COMPOSITE)))
    )


class Cell(models.Model):
    """What an observation and a target have in common: one cell of a table, never overwritten.

    A revision sets `is_current` and `superseded_at` of the old row and adds a new one; the database refuses
    any other change. `vintage` is the date of the file or list the figure was taken from.
    """

    period_start = models.DateField("begin van de periode")
    period_end = models.DateField("eind van de periode")
    granularity = models.CharField(
        "periode", max_length=10, choices=Granularity.choices, default=Granularity.YEAR
    )
    value = models.DecimalField("waarde", max_digits=18, decimal_places=6, null=True, blank=True)
    comparator = models.CharField("vergelijking", max_length=3, blank=True)
    # The numbers of a composite: [{"value": "12", "unit": "keer overleg"}, ...].
    parts = models.JSONField("onderdelen", null=True, blank=True)
    status = models.CharField("stand", max_length=20, choices=Status.choices, default=Status.NORMAL)
    reason = models.CharField("reden", max_length=200, blank=True)
    printed = models.CharField("zoals gedrukt", max_length=200, blank=True)
    note = models.TextField("noot", blank=True)
    provenance = models.CharField("herkomst", max_length=200)
    vintage = models.DateField("peildatum van het bestand", default=timezone.localdate)
    change_reason = models.CharField("reden van de wijziging", max_length=300, blank=True)
    is_current = models.BooleanField("geldt nu", default=True)
    recorded_at = models.DateTimeField("vastgelegd", default=timezone.now)
    superseded_at = models.DateTimeField("vervangen", null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="door"
    )

    class Meta:
        abstract = True
        ordering = ["series", "period_start", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "period_start", "granularity"],
                condition=Q(is_current=True),
                name="%(class)s_one_current_per_cell",
            ),
            models.CheckConstraint(
                condition=_value_when_not_missing(), name="%(class)s_value_exactly_when_not_missing"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=MISSING) | ~Q(reason=""), name="%(class)s_missing_says_why"
            ),
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")), name="%(class)s_period_runs_forward"
            ),
            models.CheckConstraint(
                condition=Q(is_current=True, superseded_at__isnull=True)
                | Q(is_current=False, superseded_at__isnull=False),
                name="%(class)s_superseded_exactly_when_not_current",
            ),
        ]

    @property
    def period(self) -> Period:
        return Period(self.period_start, self.period_end, self.granularity)  # type: ignore[arg-type]


class Observation(Cell):
    """What was measured: value, status and printed text at once."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="observations", verbose_name="reeks")
    # When it was measured, if that is not the period of the column.
    measured_start = models.DateField("gemeten vanaf", null=True, blank=True)
    measured_end = models.DateField("gemeten tot en met", null=True, blank=True)
    n = models.PositiveIntegerField("aantal ondervraagden", null=True, blank=True)
    margin_low = models.DecimalField("marge van", max_digits=18, decimal_places=6, null=True, blank=True)
    margin_high = models.DecimalField("marge tot", max_digits=18, decimal_places=6, null=True, blank=True)

    objects = ObservationQuerySet.as_manager()

    class Meta(Cell.Meta):
        verbose_name = "waarneming"
        verbose_name_plural = "waarnemingen"
        constraints = [
            *Cell.Meta.constraints,
            models.CheckConstraint(
                condition=Q(measured_start__isnull=True, measured_end__isnull=True)
                | Q(
                    measured_start__isnull=False,
                    measured_end__isnull=False,
                    measured_end__gte=F("measured_start"),
                ),
                name="observation_measured_period_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(margin_low__isnull=True, margin_high__isnull=True)
                | Q(margin_low__isnull=False, margin_high__isnull=False, margin_high__gte=F("margin_low")),
                name="observation_margins_are_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series_id} {self.period.code}: {self.printed}"

    @property
    def measured(self) -> Period | None:
        """When it was measured, where that is not the period of its column."""
        if self.measured_start is None or self.measured_end is None:
            return None
        return Period.spanning(self.measured_start, self.measured_end)


class Target(Cell):
    """What a series is to reach. Without a comparator a named person says how to read it."""

    class Interpretation(models.TextChoices):
        AT_MOST = "at_most", "hoogstens"
        AT_LEAST = "at_least", "ten minste"
        EXACTLY = "exactly", "precies"

    series = models.ForeignKey(Series, models.CASCADE, related_name="targets", verbose_name="reeks")
    # The far end of a range; `value` is the near one.
    value_high = models.DecimalField("waarde tot", max_digits=18, decimal_places=6, null=True, blank=True)
    # How a target in words is judged, or why it cannot be: "niet meetbaar, want ...".
    criterion = models.TextField("criterium", blank=True)
    interpretation = models.CharField(
        "zo te lezen", max_length=10, choices=Interpretation.choices, blank=True
    )
    interpreted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="uitgelegd door",
    )  # fmt: skip
    interpreted_at = models.DateTimeField("uitgelegd op", null=True, blank=True)

    objects = TargetQuerySet.as_manager()

    class Meta(Cell.Meta):
        verbose_name = "streefwaarde"
        verbose_name_plural = "streefwaarden"
        constraints = [
            *Cell.Meta.constraints,
            models.CheckConstraint(
                condition=Q(value_high__isnull=True) | Q(value__isnull=False, value_high__gte=F("value")),
                name="target_range_runs_up",
            ),
            models.CheckConstraint(
                condition=Q(interpretation="", interpreted_by__isnull=True, interpreted_at__isnull=True)
                | (~Q(interpretation="") & Q(interpreted_by__isnull=False, interpreted_at__isnull=False)),
                name="target_interpretation_has_a_person_and_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series_id} {self.period.code}: {self.printed}"
