import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from celery import shared_task
from django.db import connection, connections
from django.utils import timezone

from haarlemveilig.jobs.handlers import JobError, Outcome, Report, job_handler
from indicators.services import ImportChanged, imports
from indicators.services.surveys import purge_responses
from indicators.table_file import TableFileError

NO_REASON = "Schrijf eerst op waarom deze cijfers veranderen. Lees het bestand daarna opnieuw in."
CHANGED = "Iemand anders heeft intussen cijfers veranderd. Open het bestand en kijk de cijfers nog eens na."


@job_handler(imports.JOB)
def import_figures(params: dict[str, Any], report: Report) -> Outcome:
    """Take in a large file that somebody looked over."""
    try:
        with _beside_the_transaction(report) as tell:
            return Outcome(result=imports.run_queued(uuid.UUID(params["import"]), tell))
    except ImportChanged:
        raise JobError(CHANGED) from None
    except imports.NoReason:
        raise JobError(NO_REASON) from None
    except TableFileError as error:
        raise JobError(str(error)) from error


@shared_task
def purge_drafts() -> None:
    imports.purge_drafts(timezone.now())


@shared_task
def purge_door_answers() -> None:
    purge_responses(today=timezone.localdate())


@contextmanager
def _beside_the_transaction(report: Report) -> Iterator[Report]:
    """Progress that others see although the import is one transaction.

    On PostgreSQL it goes over the connection of another thread. SQLite has one writer at a time: there only
    what is told before the transaction begins is written.
    """
    if connection.vendor != "postgresql":
        yield lambda *said: None if connection.in_atomic_block else report(*said)
        return
    with ThreadPoolExecutor(max_workers=1) as other:
        try:
            yield lambda *said: other.submit(report, *said).result()
        finally:
            other.submit(connections.close_all).result()
