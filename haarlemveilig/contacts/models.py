import uuid

from django.db import models
from django.db.models.functions import Lower


class Contact(models.Model):
    """Somebody without an account who left an e-mail address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("naam", max_length=120, blank=True)
    email = models.EmailField("e-mail")
    language = models.CharField("taal", max_length=2, default="nl")
    created_at = models.DateTimeField("gemaakt", auto_now_add=True)

    class Meta:
        verbose_name = "contact"
        verbose_name_plural = "contacten"
        constraints = [models.UniqueConstraint(Lower("email"), name="contact_email_once")]

    def __str__(self) -> str:
        return str(self.pk)


class Consent(models.Model):
    """What a contact agreed to, and since when; withdrawn consent stays as proof."""

    class Purpose(models.TextChoices):
        MEETING = "meeting", "berichten over een wijkgesprek"
        FOLLOW = "follow", "berichten over wat er met de inbreng gebeurt"

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="consents", verbose_name="contact")
    purpose = models.CharField("doel", max_length=10, choices=Purpose.choices)
    given_at = models.DateTimeField("gegeven", auto_now_add=True)
    withdrawn_at = models.DateTimeField("ingetrokken", null=True, blank=True)

    class Meta:
        verbose_name = "toestemming"
        verbose_name_plural = "toestemmingen"
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "purpose"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="consent_once_while_given",
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.purpose}"
