import uuid

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
        LETTER_CODE = "letter_code", "code uit de brief"
        POSTCODE = "postcode", "postcode"

    code = models.SlugField("code", max_length=20, unique=True)
    for_year = models.PositiveSmallIntegerField("voor het jaar")
    title = LocalizedTextField("titel")
    intro = LocalizedTextField("inleiding", blank=True)
    status = models.CharField("stand", max_length=10, choices=Status.choices, default=Status.DRAFT)
    k = models.PositiveSmallIntegerField(
        "hoogste aantal keuzes", default=3, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    themes = models.ManyToManyField(Theme, related_name="rounds", verbose_name="thema's")
    ways_in = models.JSONField("manieren om mee te doen", default=list)
    opens_at = models.DateTimeField("open vanaf")
    closes_at = models.DateTimeField("open tot")
    publish_on = models.DateField("uitslag op")
    is_synthetic = models.BooleanField("verzonnen stemmen", default=False)

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


class AccessCode(models.Model):
    """A code from a letter; only its keyed hash is kept."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="access_codes", verbose_name="ronde")
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

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="participations", verbose_name="ronde")
    wijk = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="wijk")
    way_in = models.CharField("manier", max_length=12, choices=Round.WayIn.choices)
    channel = models.CharField("kanaal", max_length=10, choices=Channel.choices, default=Channel.WEB)
    access_code = models.OneToOneField(
        AccessCode,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participation",
        verbose_name="deelnamecode",
    )

    class Meta:
        verbose_name = "deelname"
        verbose_name_plural = "deelnames"

    def __str__(self) -> str:
        return str(self.pk)


class BallotFields(models.Model):
    """What a ballot says: an order of themes in a wijk. No time, no sequence, no person."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="+", verbose_name="ronde")
    wijk = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="wijk")
    # Theme codes in order, joined by ">"; empty is "geen voorkeur".
    ranking = models.CharField("volgorde", max_length=500, blank=True)
    cell = models.CharField("groep", max_length=10, blank=True)
    nonce = models.CharField("toevalsgetal", max_length=32)
    leaf = models.CharField("bewijs", max_length=64)

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

    class Meta:
        verbose_name = "stembiljet"
        verbose_name_plural = "stembiljetten"
        ordering = ["leaf"]
        constraints = [models.UniqueConstraint(fields=["round", "leaf"], name="ballot_leaf_once")]
        indexes = [models.Index(fields=["round", "wijk"], name="ballot_round_wijk")]

    def __str__(self) -> str:
        return self.leaf[:8]


class AreaResult(models.Model):
    """The count of one area in one round, as the tally gave it. Not public: the disclosure gate comes after."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="results", verbose_name="ronde")
    area = models.ForeignKey(Area, models.PROTECT, related_name="round_results", verbose_name="gebied")
    participants = models.PositiveIntegerField("deelnemers")
    tally = models.JSONField("telling")

    class Meta:
        verbose_name = "uitslag van een gebied"
        verbose_name_plural = "uitslagen per gebied"
        constraints = [models.UniqueConstraint(fields=["round", "area"], name="area_result_once")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.area_id}"
