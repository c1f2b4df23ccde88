import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from haarlemveilig.jobs.querysets import JobQuerySet


class Job(models.Model):
    """Long work as a row: the browser follows it, a crash is visible, a second run does no harm."""

    class Status(models.TextChoices):
        QUEUED = "queued", "wacht"
        RUNNING = "running", "bezig"
        DONE = "done", "klaar"
        FAILED = "failed", "mislukt"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("soort", max_length=60)
    title = models.CharField("titel", max_length=200)
    params = models.JSONField("gegevens", default=dict)
    status = models.CharField("stand", max_length=10, choices=Status.choices, default=Status.QUEUED)
    progress = models.PositiveSmallIntegerField("voortgang", default=0)
    message = models.CharField("wat er nu gebeurt", max_length=200, blank=True)
    error = models.TextField("fout", blank=True)
    result = models.JSONField("uitkomst", default=dict, blank=True)
    file = models.FileField("bestand", upload_to="jobs/%Y/%m/", blank=True)
    file_name = models.CharField("naam bij downloaden", max_length=200, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="gevraagd door",
        related_name="+",
    )
    created_at = models.DateTimeField("gevraagd", auto_now_add=True)
    started_at = models.DateTimeField("begonnen", null=True, blank=True)
    finished_at = models.DateTimeField("klaar", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "taak"
        verbose_name_plural = "taken"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="job_progress_is_a_percentage"),
            models.CheckConstraint(condition=~Q(status="failed") | ~Q(error=""), name="job_failed_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_status_display()})"

    @property
    def is_finished(self) -> bool:
        return self.status in (self.Status.DONE, self.Status.FAILED)
