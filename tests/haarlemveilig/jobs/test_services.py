import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from haarlemveilig.audit.models import AuditEntry
from haarlemveilig.jobs import handlers, services
from haarlemveilig.jobs.handlers import JobError, Outcome, Report, job_handler
from haarlemveilig.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media_and_handlers(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(handlers, "_handlers", {})
    return


def _queued(kind: str = "sum", **params: Any) -> Job:
    return services.enqueue(kind=kind, title="Optellen", params=params)


def _run(job: Job) -> Job:
    services.run(job.pk)
    job.refresh_from_db()
    return job


def test_a_job_does_its_work_and_keeps_the_outcome() -> None:
    @job_handler("sum")
    def add(params: dict[str, Any], report: Report) -> Outcome:
        return Outcome(result={"sum": params["a"] + params["b"]})

    job = _run(_queued(a=1, b=2))
    assert (job.status, job.progress, job.result) == (Job.Status.DONE, 100, {"sum": 3})
    assert job.finished_at is not None


def test_a_job_can_leave_a_file() -> None:
    @job_handler("file")
    def make(params: dict[str, Any], report: Report) -> Outcome:
        return Outcome(result={}, content=b"inhoud", file_name="lijst.csv")

    job = _run(_queued("file"))
    assert job.file_name == "lijst.csv"
    with job.file.open() as file:
        assert file.read() == b"inhoud"


def test_progress_is_there_for_whoever_looks() -> None:
    seen: list[tuple[int, str]] = []

    @job_handler("slow")
    def work(params: dict[str, Any], report: Report) -> Outcome:
        report(40, "Bijna op de helft")
        job = Job.objects.get()
        seen.append((job.progress, job.message))
        return Outcome(result={})

    _run(_queued("slow"))
    assert seen == [(40, "Bijna op de helft")]


def test_a_job_that_two_workers_hear_of_runs_once() -> None:
    runs: list[int] = []

    @job_handler("once")
    def work(params: dict[str, Any], report: Report) -> Outcome:
        runs.append(1)
        return Outcome(result={})

    job = _queued("once")
    services.run(job.pk)
    services.run(job.pk)
    assert len(runs) == 1


def test_an_expected_fault_keeps_its_sentence() -> None:
    @job_handler("fault")
    def work(params: dict[str, Any], report: Report) -> Outcome:
        raise JobError("Dit bestand is leeg.")

    job = _run(_queued("fault"))
    assert (job.status, job.error) == (Job.Status.FAILED, "Dit bestand is leeg.")


def test_a_crash_is_logged_and_shows_nothing_of_its_cause(caplog: pytest.LogCaptureFixture) -> None:
    @job_handler("crash")
    def work(params: dict[str, Any], report: Report) -> Outcome:
        raise ValueError("geheim")

    job = _run(_queued("crash"))
    assert job.status == Job.Status.FAILED
    assert "geheim" not in job.error
    assert "geheim" in caplog.text


def test_a_kind_that_nobody_does_fails_with_a_sentence() -> None:
    assert _run(_queued("onbekend")).error == "Deze soort taak bestaat niet: onbekend."


def test_a_job_whose_worker_is_gone_is_given_up() -> None:
    job = _queued()
    begun = timezone.now() - dt.timedelta(hours=1)
    Job.objects.filter(pk=job.pk).update(status=Job.Status.RUNNING, started_at=begun)
    assert services.give_up_on_stuck() == 1
    job.refresh_from_db()
    assert job.status == Job.Status.FAILED


def test_asking_for_a_job_leaves_a_line_in_the_log() -> None:
    _queued()
    assert AuditEntry.objects.filter(action="jobs.job_requested").count() == 1
