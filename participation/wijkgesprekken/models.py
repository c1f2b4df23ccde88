import uuid

from django.db import models
from django.db.models import F, Q

from haarlemveilig.contacts.models import Contact
from haarlemveilig.gemeente.models import Area
from haarlemveilig.localized import LocalizedTextField
from participation.wijkgesprekken.querysets import WijkgesprekQuerySet


class Wijkgesprek(models.Model):
    """A meeting of residents and professionals in one wijk, of any kind."""

    class Kind(models.TextChoices):
        WIJKGESPREK = "wijkgesprek", "wijkgesprek"
        WIJKWANDELING = "wijkwandeling", "wijkwandeling"
        SPREEKUUR = "spreekuur", "spreekuur"

    class Status(models.TextChoices):
        PLANNED = "planned", "gaat door"
        CANCELLED = "cancelled", "gaat niet door"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("soort", max_length=15, choices=Kind.choices, default=Kind.WIJKGESPREK)
    status = models.CharField("stand", max_length=10, choices=Status.choices, default=Status.PLANNED)
    title = LocalizedTextField("titel")
    description = LocalizedTextField("uitleg", blank=True)
    wijk = models.ForeignKey(Area, models.PROTECT, related_name="wijkgesprekken", verbose_name="wijk")
    starts_at = models.DateTimeField("begint")
    ends_at = models.DateTimeField("eindigt")
    place = models.CharField("plek", max_length=200)
    accessibility = LocalizedTextField("toegankelijkheid", blank=True)
    capacity = models.PositiveSmallIntegerField("plaatsen")
    # Counted here so that one conditional UPDATE can give seats away; SQLite has no row locks.
    seats_taken = models.PositiveSmallIntegerField("bezette plaatsen", default=0)

    objects = WijkgesprekQuerySet.as_manager()

    class Meta:
        verbose_name = "wijkgesprek"
        verbose_name_plural = "wijkgesprekken"
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seats_taken__lte=F("capacity")), name="wijkgesprek_never_overbooked"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="wijkgesprek_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def seats_left(self) -> int:
        return self.capacity - self.seats_taken


class Signup(models.Model):
    """One person's sign-up for a wijkgesprek, for themselves and those who come along."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wijkgesprek = models.ForeignKey(
        Wijkgesprek, models.CASCADE, related_name="signups", verbose_name="wijkgesprek"
    )
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="signups", verbose_name="wie")
    party_size = models.PositiveSmallIntegerField("aantal mensen", default=1)
    needs = models.CharField("wat we moeten weten", max_length=300, blank=True)
    created_at = models.DateTimeField("aangemeld", auto_now_add=True)
    cancelled_at = models.DateTimeField("afgemeld", null=True, blank=True)

    class Meta:
        verbose_name = "aanmelding"
        verbose_name_plural = "aanmeldingen"
        constraints = [
            models.UniqueConstraint(
                fields=["wijkgesprek", "contact"], condition=Q(cancelled_at__isnull=True), name="signup_once"
            ),
            models.CheckConstraint(
                condition=Q(party_size__gte=1, party_size__lte=6), name="signup_party_of_1_to_6"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
