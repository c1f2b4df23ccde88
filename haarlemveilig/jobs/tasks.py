import uuid

from celery import shared_task
from django.utils import timezone

from haarlemveilig.jobs import services
from haarlemveilig.jobs.models import Job


@shared_task
def run(job_id: str) -> None:
    services.run(uuid.UUID(job_id))


@shared_task
def repeat_lost() -> None:
    services.give_up_on_stuck()
    for job_id in Job.objects.lost(timezone.now()).values_list("pk", flat=True):
        run.delay(str(job_id))
