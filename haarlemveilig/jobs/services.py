import logging
import uuid
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from haarlemveilig.audit.services import record
from haarlemveilig.jobs.handlers import JobError, Outcome, handler_for
from haarlemveilig.jobs.models import Job

logger = logging.getLogger(__name__)
CRASHED = "Er ging iets mis. De beheerder kan de oorzaak in het logboek vinden. Probeer het nog een keer."
WORKER_GONE = "De taak werd afgebroken. Probeer het nog een keer."


@transaction.atomic
def enqueue(*, kind: str, title: str, params: dict[str, Any], requested_by: Any = None) -> Job:
    """Put a job in the queue. The caller nudges the worker: `nudge(tasks.run, str(job.pk))`."""
    job = Job.objects.create(kind=kind, title=title, params=params, requested_by=requested_by)
    record("jobs.job_requested", actor=requested_by, target=job, kind=kind)
    return job


def run(job_id: uuid.UUID) -> None:
    """Do a queued job. Harmless when it was already taken: only one claim can succeed."""
    claimed = (
        Job.objects.queued().filter(pk=job_id).update(status=Job.Status.RUNNING, started_at=timezone.now())
    )
    if claimed != 1:
        return
    job = Job.objects.get(pk=job_id)
    try:
        outcome = handler_for(job.kind)(job.params, lambda progress, message: _report(job, progress, message))
    except JobError as error:
        _fail(job, str(error))
    except Exception:
        logger.exception("job %s (%s) crashed", job.pk, job.kind)
        _fail(job, CRASHED)
    else:
        _finish(job, outcome)


def give_up_on_stuck() -> int:
    """Mark jobs whose worker died as failed; return how many."""
    return Job.objects.stuck(timezone.now()).update(
        status=Job.Status.FAILED, error=WORKER_GONE, finished_at=timezone.now()
    )


def _report(job: Job, progress: int, message: str) -> None:
    Job.objects.filter(pk=job.pk).update(progress=progress, message=message)


def _fail(job: Job, error: str) -> None:
    Job.objects.filter(pk=job.pk).update(status=Job.Status.FAILED, error=error, finished_at=timezone.now())


def _finish(job: Job, outcome: Outcome) -> None:
    if outcome.file_name:
        job.file.save(f"{job.pk}-{outcome.file_name}", ContentFile(outcome.content), save=False)
        job.file_name = outcome.file_name
    job.status, job.progress, job.result = Job.Status.DONE, 100, outcome.result
    job.finished_at = timezone.now()
    job.save(update_fields=["status", "progress", "result", "file", "file_name", "finished_at"])
