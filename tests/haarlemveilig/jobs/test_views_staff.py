import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from haarlemveilig.accounts.models import User
from haarlemveilig.jobs.models import Job
from tests import factories

SignIn = Callable[..., Client]


@pytest.fixture
def person(city: None, settings: Any, tmp_path: Path) -> User:
    settings.MEDIA_ROOT = tmp_path
    return factories.user("redacteur")


@pytest.fixture
def job(person: User) -> Job:
    return Job.objects.create(kind="pdf", title="PDF van het programma", requested_by=person)


def _page(sign_in: SignIn, job: Job, **changes: Any) -> str:
    Job.objects.filter(pk=job.pk).update(**changes)
    return sign_in(job.requested_by).get(f"/werk/taken/{job.pk}/").content.decode()


def test_who_asked_for_a_job_follows_it_without_script(sign_in: SignIn, job: Job) -> None:
    html = _page(sign_in, job, status="running", progress=40, message="De bladzijden worden opgemaakt")
    assert "De bladzijden worden opgemaakt" in html
    assert 'value="40"' in html
    assert 'role="status"' in html
    assert "Kijk of het klaar is" in html


def test_a_job_that_waits_long_says_so(sign_in: SignIn, job: Job) -> None:
    assert "De taak begint zo." in _page(sign_in, job)
    html = _page(sign_in, job, created_at=timezone.now() - dt.timedelta(minutes=2))
    assert "De taak wacht al even." in html


def test_the_script_gets_only_the_fragment(sign_in: SignIn, job: Job) -> None:
    html = (
        sign_in(job.requested_by)
        .get(f"/werk/taken/{job.pk}/", headers={"X-Fragment": "job"})
        .content.decode()
    )
    assert html.lstrip().startswith('<div id="taak"')
    assert "<html" not in html


def test_a_job_that_is_done_offers_its_file(sign_in: SignIn, job: Job) -> None:
    job.file.save("x.pdf", ContentFile(b"%PDF"))
    html = _page(sign_in, job, status="done", progress=100, file_name="programma.pdf")
    assert f"/werk/taken/{job.pk}/bestand/" in html
    assert "Open programma.pdf" in html
    assert "Kijk of het klaar is" not in html
    assert "job.js" not in html


def test_a_job_that_failed_says_why(sign_in: SignIn, job: Job) -> None:
    assert "Het document is te groot." in _page(
        sign_in, job, status="failed", error="Het document is te groot."
    )


def test_the_file_is_served_under_its_own_name(sign_in: SignIn, job: Job) -> None:
    job.file.save("x.pdf", ContentFile(b"%PDF"))
    Job.objects.filter(pk=job.pk).update(file_name="programma.pdf")
    response = sign_in(job.requested_by).get(f"/werk/taken/{job.pk}/bestand/")
    assert b"".join(response.streaming_content) == b"%PDF"  # type: ignore[attr-defined]
    assert 'filename="programma.pdf"' in response.headers["Content-Disposition"]


@pytest.mark.parametrize("page", ["", "bestand/"])
def test_somebody_elses_job_does_not_exist(sign_in: SignIn, job: Job, page: str) -> None:
    assert sign_in("beleidsmedewerker").get(f"/werk/taken/{job.pk}/{page}").status_code == 404


def test_a_job_without_file_has_none_to_give(sign_in: SignIn, job: Job) -> None:
    assert sign_in(job.requested_by).get(f"/werk/taken/{job.pk}/bestand/").status_code == 404


@pytest.mark.parametrize("page", ["", "{job}/"])
def test_whoever_has_not_signed_in_is_sent_away(client: Client, job: Job, page: str) -> None:
    assert client.get(f"/werk/taken/{page.format(job=job.pk)}").status_code == 302


def test_the_list_shows_only_ones_own_jobs(sign_in: SignIn, job: Job) -> None:
    assert "PDF van het programma" in sign_in(job.requested_by).get("/werk/taken/").content.decode()
    assert "U hebt nog geen taken" in sign_in("communicatie").get("/werk/taken/").content.decode()
