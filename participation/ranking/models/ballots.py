from django.conf import settings
from django.db import models
from django.db.models import Q

from haarlemveilig.gemeente.models import Area
from participation.ranking.models.rounds import Round


class ChoiceFields(models.Model):
    """What somebody chose in a wijk, and their group if they gave it. No time, no sequence, no person."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="+", verbose_name="ronde")
    wijk = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="wijk")
    # Theme codes in order, joined by ">"; empty is "geen voorkeur".
    ranking = models.CharField("volgorde", max_length=500, blank=True)
    # Age band and gender as one code, "35-64/v"; "" where not both were given.
    cell = models.CharField("groep", max_length=10, blank=True)

    class Meta:
        abstract = True


class BallotFields(ChoiceFields):
    nonce = models.CharField("toevalsgetal", max_length=32)
    leaf = models.CharField("bewijs", max_length=64)
    # Why somebody may have to look, such as "burst,fast"; judged after closing.
    flags = models.CharField("opvallend", max_length=40, blank=True)

    class Meta:
        abstract = True


class OpenBallot(BallotFields):
    """A ballot while its round is open, found only with the round key."""

    id = models.CharField(primary_key=True, max_length=64, editable=False)

    class Meta:
        verbose_name = "open stembiljet"
        verbose_name_plural = "open stembiljetten"

    def __str__(self) -> str:
        return self.id[:8]


class Ballot(BallotFields):
    """A ballot after closing, laid down again in the order of its proof, so that no row order tells who."""

    # Two people judged that it should not count; it stays, and the result with it is published too.
    is_set_apart = models.BooleanField("telt niet mee", default=False)

    class Meta:
        verbose_name = "stembiljet"
        verbose_name_plural = "stembiljetten"
        ordering = ["leaf"]
        constraints = [models.UniqueConstraint(fields=["round", "leaf"], name="ballot_leaf_once")]
        indexes = [models.Index(fields=["round", "wijk"], name="ballot_round_wijk")]

    def __str__(self) -> str:
        return self.leaf[:8]


class PaperEntry(ChoiceFields):
    """A paper form that one person typed over; it counts when a second person typed the same.

    Found by its code only with the round key, like a ballot.
    """

    id = models.CharField(primary_key=True, max_length=64, editable=False)
    pile = models.CharField("stapel", max_length=40, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="ingevoerd door"
    )

    class Meta:
        verbose_name = "papieren formulier"
        verbose_name_plural = "papieren formulieren"

    def __str__(self) -> str:
        return self.id[:8]


class RemarkFields(models.Model):
    """What somebody wrote beside their ballot. Never tied to a person or a ballot."""

    class Kind(models.TextChoices):
        SUGGESTION = "suggestion", "eigen onderwerp"
        MOTIVATION = "motivation", "waarom dit belangrijk is"
        OWN_PART = "own_part", "wat wilt u zelf doen"

    round = models.ForeignKey(Round, models.CASCADE, related_name="+", verbose_name="ronde")
    wijk = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="wijk")
    kind = models.CharField("soort", max_length=10, choices=Kind.choices)
    text = models.TextField("tekst")

    class Meta:
        abstract = True


class OpenRemark(RemarkFields):
    """A remark while its round is open: found only with the round key, read by nobody."""

    id = models.CharField(primary_key=True, max_length=64, editable=False)

    class Meta:
        verbose_name = "open toelichting"
        verbose_name_plural = "open toelichtingen"

    def __str__(self) -> str:
        return self.id[:8]


class Remark(RemarkFields):
    """A remark after closing, laid down in an order that tells nothing; shown only as a moderator wrote it."""

    class State(models.TextChoices):
        NEW = "new", "nog niet bekeken"
        SHOWN = "shown", "getoond"
        HIDDEN = "hidden", "niet getoond"

    state = models.CharField("stand", max_length=6, choices=State.choices, default=State.NEW)
    # Without names and addresses; this and nothing else is ever public.
    public_text = models.TextField("openbare tekst", blank=True)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="bekeken door"
    )
    moderated_at = models.DateTimeField("bekeken op", null=True)

    class Meta:
        verbose_name = "toelichting"
        verbose_name_plural = "toelichtingen"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="shown", public_text__gt="") | ~Q(state="shown") & Q(public_text=""),
                name="remark_shown_as_moderated",
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.kind}"
