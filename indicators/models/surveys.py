import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from haarlemveilig.disclosure import Tier
from haarlemveilig.gemeente.models import Area
from indicators.models.figures import Granularity
from indicators.models.names import Indicator, Source
from indicators.periods import Period
from indicators.querysets import DoorResponseQuerySet, MeasurementQuerySet
from indicators.surveys import period_of

SCALE = ("helemaal oneens", "oneens", "niet eens en niet oneens", "eens", "helemaal eens")


class DoorSurvey(models.Model):
    """Questions that volunteers ask at the doors of a wijk, before and after a buurtaanpak."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField("titel", max_length=90, unique=True)
    introduction = models.TextField("om voor te lezen aan de deur", max_length=600, blank=True)
    wijk = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="wijk")
    buurten = models.ManyToManyField(Area, blank=True, related_name="+", verbose_name="buurten")
    # When the buurtaanpak itself begins and ends: a first measurement after that is a late one.
    starts_on = models.DateField("de aanpak begint op", null=True, blank=True)
    ends_on = models.DateField("de aanpak eindigt op", null=True, blank=True)
    granularity = models.CharField(
        "de uitslag telt voor een", max_length=10, choices=Granularity.choices, default=Granularity.YEAR
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="eigenaar"
    )
    volunteers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="door_surveys", verbose_name="vrijwilligers"
    )
    source = models.OneToOneField(
        Source, models.PROTECT, null=True, blank=True, related_name="door_survey", verbose_name="bron"
    )
    created_at = models.DateTimeField("gemaakt", default=timezone.now)

    class Meta:
        verbose_name = "deur-aan-deur-enquête"
        verbose_name_plural = "deur-aan-deur-enquêtes"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="door_survey_runs_forward",
            )
        ]

    def __str__(self) -> str:
        return self.title


class DoorQuestion(models.Model):
    """One question with fixed answers, numbered from 1. The same questions serve both measurements."""

    class Kind(models.TextChoices):
        YES_NO = "yes_no", "ja of nee"
        GRADE = "grade", "rapportcijfer van 1 tot en met 10"
        SCALE = "scale", "schaal van vijf"
        CHOICE = "choice", "één antwoord uit een lijst"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(DoorSurvey, models.CASCADE, related_name="questions", verbose_name="enquête")
    order = models.PositiveSmallIntegerField("volgorde")
    text = models.CharField("vraag", max_length=200)
    help = models.CharField("uitleg voor de vrijwilliger", max_length=200, blank=True)
    kind = models.CharField("soort antwoord", max_length=10, choices=Kind.choices, default=Kind.YES_NO)
    options = models.JSONField("antwoorden", default=list, blank=True)
    # The numbers of the answers that make up the share. A grade has none: its result is a mean.
    counted = models.JSONField("tellen mee voor het percentage", default=list, blank=True)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="door_questions", verbose_name="cijfer"
    )
    # The name of the indicator that is made when the survey opens, where none is chosen.
    indicator_name = models.CharField("naam van het nieuwe cijfer", max_length=200, blank=True)

    class Meta:
        verbose_name = "vraag aan de deur"
        verbose_name_plural = "vragen aan de deur"
        ordering = ["survey", "order"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "order"], name="door_question_order_once"),
            models.UniqueConstraint(
                fields=["survey", "indicator"],
                condition=Q(indicator__isnull=False),
                name="door_question_indicator_once",
            ),
            models.CheckConstraint(
                condition=Q(indicator__isnull=False) | ~Q(indicator_name=""),
                name="door_question_feeds_an_indicator",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["yes_no", "grade", "scale", "choice"]),
                name="door_question_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def answers(self) -> list[tuple[int, str]]:
        """The answers one can give, with their numbers."""
        if self.kind == self.Kind.GRADE:
            return [(grade, str(grade)) for grade in range(1, 11)]
        texts = ("ja", "nee") if self.kind == self.Kind.YES_NO else self.options or SCALE
        return list(enumerate(texts, start=1))

    @property
    def is_mean(self) -> bool:
        return self.kind == self.Kind.GRADE


class Measurement(models.Model):
    """One round along the doors: the 0-meting or the eindmeting. Closing is final."""

    class Kind(models.TextChoices):
        BASELINE = "baseline", "0-meting"
        FINAL = "final", "eindmeting"

    class State(models.TextChoices):
        DRAFT = "draft", "nog niet open"
        OPEN = "open", "open"
        CLOSED = "closed", "gesloten"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(
        DoorSurvey, models.CASCADE, related_name="measurements", verbose_name="enquête"
    )
    kind = models.CharField("meting", max_length=10, choices=Kind.choices)
    state = models.CharField("stand", max_length=10, choices=State.choices, default=State.DRAFT)
    opens_on = models.DateField("begint op", null=True, blank=True)
    closes_on = models.DateField("eindigt op", null=True, blank=True)
    closed_at = models.DateTimeField("gesloten op", null=True, blank=True)
    # Counted at closing; the answers themselves go on `purge_on`.
    rung = models.PositiveIntegerField("keren aangebeld", null=True, blank=True)
    answered = models.PositiveIntegerField("huishoudens die meededen", null=True, blank=True)
    is_late = models.BooleanField("gemeten na de start", default=False)
    purge_on = models.DateField("antwoorden wissen op", null=True, blank=True)
    purged_at = models.DateTimeField("antwoorden gewist", null=True, blank=True)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        verbose_name = "meting"
        verbose_name_plural = "metingen"
        ordering = ["survey", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "kind"], name="measurement_kind_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["baseline", "final"]), name="measurement_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(state__in=["open", "closed"], opens_on__isnull=False, closes_on__isnull=False),
                name="measurement_opens_with_its_days",
            ),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True)
                | Q(closes_on__isnull=True)
                | Q(closes_on__gte=F("opens_on")),
                name="measurement_runs_forward",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="closed",
                    closed_at__isnull=False,
                    purge_on__isnull=False,
                    rung__isnull=False,
                    answered__isnull=False,
                )
                | Q(
                    state__in=["draft", "open"],
                    closed_at__isnull=True,
                    purge_on__isnull=True,
                    rung__isnull=True,
                    answered__isnull=True,
                    purged_at__isnull=True,
                ),
                name="measurement_counts_exactly_when_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.survey_id}"

    def period_from(self, day: dt.date) -> Period:
        """The period of the series in which this measurement falls if it begins on `day`."""
        return period_of(day, self.survey.granularity)  # type: ignore[arg-type]


class DoorResponse(models.Model):
    """What one household answered, or that nobody did. No name, no address, no time, no free text."""

    class Outcome(models.TextChoices):
        ANSWERED = "answered", "deed mee"
        NOT_HOME = "not_home", "niet thuis"
        REFUSED = "refused", "wil niet"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    measurement = models.ForeignKey(
        Measurement, models.PROTECT, related_name="responses", verbose_name="meting"
    )
    buurt = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="buurt")
    outcome = models.CharField("uitkomst", max_length=10, choices=Outcome.choices)
    # The number of the answer per question: {"<question id>": 2}. A question without an answer is not in it.
    answers = models.JSONField("antwoorden", null=True, blank=True)
    given_on = models.DateField("dag", default=timezone.localdate)
    # Made with the form, so that a form that is sent twice is counted once.
    resend_key = models.UUIDField("kenmerk van het formulier", unique=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="vrijwilliger"
    )

    objects = DoorResponseQuerySet.as_manager()

    class Meta:
        verbose_name = "bezoek aan een deur"
        verbose_name_plural = "bezoeken aan deuren"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="answered", answers__isnull=False)
                | Q(outcome__in=["not_home", "refused"], answers__isnull=True),
                name="door_response_answers_exactly_when_answered",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class DoorResult(models.Model):
    """What remains of the answers to one question in one area, exact enough to compare two measurements.

    Only where it may be shown. `mean` is a share from 0 to 1, or the mean of the grades.
    """

    measurement = models.ForeignKey(
        Measurement, models.PROTECT, related_name="results", verbose_name="meting"
    )
    question = models.ForeignKey(DoorQuestion, models.PROTECT, related_name="results", verbose_name="vraag")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="gebied")
    n = models.PositiveIntegerField("aantal antwoorden")
    mean = models.FloatField("aandeel of gemiddelde")
    spread = models.FloatField("spreiding")

    class Meta:
        verbose_name = "uitslag aan de deur"
        verbose_name_plural = "uitslagen aan de deur"
        constraints = [
            models.UniqueConstraint(fields=["measurement", "question", "area"], name="door_result_once"),
            models.CheckConstraint(
                condition=Q(n__gte=int(Tier.INDICATIVE)), name="door_result_of_enough_answers"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.area_id}"
