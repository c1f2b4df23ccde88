import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from haarlemveilig.editions.models import Edition
from haarlemveilig.gemeente.models import Area, Theme
from haarlemveilig.localized import LocalizedTextField
from priorities.querysets import WeighingQuerySet


class PolicyPeriod(models.Model):
    """The years for which the council set its safety policy."""

    name = models.CharField("naam", max_length=200)
    start_year = models.PositiveSmallIntegerField("eerste jaar", unique=True)
    end_year = models.PositiveSmallIntegerField("laatste jaar")

    class Meta:
        verbose_name = "beleidsperiode"
        verbose_name_plural = "beleidsperiodes"
        ordering = ["start_year"]
        constraints = [
            models.CheckConstraint(condition=Q(end_year__gte=F("start_year")), name="period_runs_forward")
        ]

    def __str__(self) -> str:
        return self.name


class Weighing(models.Model):
    """What was laid side by side for one wijk and year, and where the decision stands."""

    class Status(models.TextChoices):
        DRAFT = "draft", "concept"
        ADOPTED = "adopted", "vastgesteld"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wijk = models.ForeignKey(Area, models.PROTECT, related_name="weighings", verbose_name="wijk")
    year = models.PositiveSmallIntegerField("voor het jaar")
    status = models.CharField("stand", max_length=10, choices=Status.choices, default=Status.DRAFT)
    result = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="uitslag van de ronde"
    )
    # Raised by every save: who saves an older version is shown what changed meanwhile.
    version = models.PositiveIntegerField("versie", default=0)
    saved_at = models.DateTimeField("bewaard op", null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bewaard door",
    )
    # The evidence as it was when the priorities were adopted, with its hash.
    evidence = models.JSONField("wat er lag", default=dict, blank=True)
    evidence_sha256 = models.CharField("controlegetal", max_length=64, blank=True)
    adopted_at = models.DateTimeField("vastgesteld op", null=True, blank=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vastgesteld door",
    )

    objects = WeighingQuerySet.as_manager()

    class Meta:
        verbose_name = "afweging"
        verbose_name_plural = "afwegingen"
        ordering = ["-year", "wijk__code"]
        constraints = [
            models.UniqueConstraint(fields=["wijk", "year"], name="weighing_once_per_wijk_and_year"),
            models.CheckConstraint(
                condition=~Q(status="adopted") | (~Q(evidence_sha256="") & Q(adopted_at__isnull=False)),
                name="weighing_adopted_keeps_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wijk_id} {self.year}"

    @property
    def is_adopted(self) -> bool:
        return self.status == self.Status.ADOPTED


class Priority(models.Model):
    """A theme on the wijk's top 3, with the reason that residents read."""

    weighing = models.ForeignKey(Weighing, models.CASCADE, related_name="priorities", verbose_name="afweging")
    rank = models.PositiveSmallIntegerField("nummer")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="priorities", verbose_name="thema")
    reason = LocalizedTextField("reden")

    class Meta:
        verbose_name = "prioriteit"
        verbose_name_plural = "prioriteiten"
        ordering = ["weighing", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["weighing", "rank"], name="priority_rank_once"),
            models.UniqueConstraint(fields=["weighing", "theme"], name="priority_theme_once"),
            models.CheckConstraint(condition=Q(rank__gte=1, rank__lte=3), name="priority_rank_1_to_3"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.theme_id}"


class Departure(models.Model):
    """Why a theme from residents' top 3 is not among the priorities. Public."""

    weighing = models.ForeignKey(Weighing, models.CASCADE, related_name="departures", verbose_name="afweging")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="departures", verbose_name="thema")
    reason = LocalizedTextField("reden")

    class Meta:
        verbose_name = "afwijking"
        verbose_name_plural = "afwijkingen"
        ordering = ["weighing", "theme"]
        constraints = [models.UniqueConstraint(fields=["weighing", "theme"], name="departure_once")]

    def __str__(self) -> str:
        return str(self.theme_id)
