from django.db import models

from haarlemveilig.mail.querysets import OutboxMailQuerySet


class OutboxMail(models.Model):
    """A mail is a row before it is sent. Staff see recipient, kind and status; never a secret body."""

    class Status(models.TextChoices):
        QUEUED = "queued", "wacht"
        SENDING = "sending", "wordt verstuurd"
        SENT = "sent", "verstuurd"
        FAILED = "failed", "niet gelukt"

    kind = models.CharField("soort", max_length=60)
    recipient = models.EmailField("aan")
    is_secret = models.BooleanField("geheim", default=False)
    subject = models.CharField("onderwerp", max_length=200)
    body_text = models.TextField("tekst", blank=True)
    body_html = models.TextField("opgemaakte tekst", blank=True)
    attachments = models.JSONField("bijlagen", default=list, blank=True)
    status = models.CharField("stand", max_length=10, choices=Status.choices, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    error = models.CharField("fout", max_length=300, blank=True)
    not_before = models.DateTimeField("volgende poging", null=True, blank=True)
    claimed_at = models.DateTimeField("opgepakt", null=True, blank=True)
    created_at = models.DateTimeField("gemaakt", auto_now_add=True)
    sent_at = models.DateTimeField("verstuurd", null=True, blank=True)

    objects = OutboxMailQuerySet.as_manager()

    class Meta:
        verbose_name = "uitgaande mail"
        verbose_name_plural = "uitgaande mails"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind} aan {self.recipient}"
