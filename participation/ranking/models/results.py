from django.conf import settings
from django.db import models
from django.db.models import F, Q

from haarlemveilig.gemeente.models import Area
from participation.ranking.models.rounds import Round
from participation.ranking.models.voters import Participation


class Quarantine(models.Model):
    """Flagged ballots of one wijk, and what two people decided about them between closing and counting."""

    class Flag(models.TextChoices):
        BURST = "burst", "veel vanaf één adres in korte tijd"
        SAME = "same", "steeds dezelfde keuze vanaf één adres"
        FAST = "fast", "sneller ingevuld dan iemand kan lezen"
        TRAP = "trap", "een vak ingevuld dat mensen niet zien"

    round = models.ForeignKey(Round, models.CASCADE, related_name="quarantines", verbose_name="ronde")
    flag = models.CharField("opvallend", max_length=5, choices=Flag.choices)
    wijk = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="wijk")
    ballots = models.PositiveIntegerField("stembiljetten")
    # None until somebody proposed what to do; it holds once another person confirmed it.
    sets_apart = models.BooleanField("telt niet mee", null=True)
    reason = models.CharField("reden", max_length=300, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="voorgesteld door"
    )
    proposed_at = models.DateTimeField("voorgesteld op", null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="bevestigd door"
    )
    confirmed_at = models.DateTimeField("bevestigd op", null=True)

    class Meta:
        verbose_name = "opvallende stembiljetten"
        verbose_name_plural = "opvallende stembiljetten"
        ordering = ["flag", "wijk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "flag", "wijk"], name="quarantine_once"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | Q(sets_apart__isnull=False, proposed_by__isnull=False) & ~Q(confirmed_by=F("proposed_by")),
                name="quarantine_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.flag} {self.wijk_id}"


class AreaResult(models.Model):
    """The count of one area in one round, as the tally gave it. Not public: the disclosure gate comes after."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="results", verbose_name="ronde")
    area = models.ForeignKey(Area, models.PROTECT, related_name="round_results", verbose_name="gebied")
    participants = models.PositiveIntegerField("deelnemers")
    tally = models.JSONField("telling")
    # The same with the ballots that were set apart; empty where there are none.
    tally_with_all = models.JSONField("telling met alle stembiljetten", default=dict)

    class Meta:
        verbose_name = "uitslag van een gebied"
        verbose_name_plural = "uitslagen per gebied"
        constraints = [models.UniqueConstraint(fields=["round", "area"], name="area_result_once")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.area_id}"


class SampleAudit(models.Model):
    """A sample of participations that dice drew, so that the griffie can see whether these people exist."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="sample_audits", verbose_name="ronde")
    dice = models.CharField("worp", max_length=100)
    size = models.PositiveSmallIntegerField("hoeveel")
    drawn_at = models.DateTimeField("getrokken op", auto_now_add=True)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="getrokken door"
    )

    class Meta:
        verbose_name = "steekproef"
        verbose_name_plural = "steekproeven"
        ordering = ["drawn_at"]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.size}"


class AuditedParticipation(models.Model):
    """One drawn participation and what was found about it. It is never joined to a ballot."""

    class Outcome(models.TextChoices):
        OPEN = "open", "nog te doen"
        CONFIRMED = "confirmed", "bestaat en deed mee"
        NOT_CONFIRMED = "not_confirmed", "bestaat niet of deed niet mee"
        UNKNOWN = "unknown", "niet na te gaan"

    audit = models.ForeignKey(SampleAudit, models.CASCADE, related_name="rows", verbose_name="steekproef")
    number = models.PositiveIntegerField("nummer")
    participation = models.ForeignKey(
        Participation, models.PROTECT, related_name="+", verbose_name="deelname"
    )
    outcome = models.CharField("uitkomst", max_length=13, choices=Outcome.choices, default=Outcome.OPEN)
    note = models.CharField("opmerking", max_length=300, blank=True)

    class Meta:
        verbose_name = "gecontroleerde deelname"
        verbose_name_plural = "gecontroleerde deelnames"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["audit", "number"], name="audited_once")]

    def __str__(self) -> str:
        return f"{self.audit_id}: {self.number}"
