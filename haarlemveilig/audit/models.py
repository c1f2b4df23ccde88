from django.conf import settings
from django.db import models


class AuditEntry(models.Model):
    """One line of the log: who did what to which object, and when. Never changed, never removed."""

    at = models.DateTimeField("tijdstip", auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="wie", related_name="+"
    )
    action = models.CharField("handeling", max_length=80)
    target_type = models.CharField("soort object", max_length=80, blank=True)
    target_id = models.CharField("object", max_length=80, blank=True)
    details = models.JSONField("bijzonderheden", default=dict, blank=True)

    class Meta:
        verbose_name = "logregel"
        verbose_name_plural = "logregels"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["target_type", "target_id"], name="audit_target")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.target_type} {self.target_id}".strip()
