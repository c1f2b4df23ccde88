import pytest

import actionprogram.tasks  # noqa: F401 - registers the handlers, as the worker does
from actionprogram.models import Actie, Actieprogramma
from actionprogram.selectors import published
from haarlemveilig.jobs import services
from haarlemveilig.jobs.models import Job
from tests import factories

pytestmark = pytest.mark.django_db


def _done(kind: str, year: int) -> Job:
    person = factories.user("beleidsmedewerker")
    job = services.enqueue(
        kind=kind, title="Test", params={"year": year, "user": person.pk}, requested_by=person
    )
    services.run(job.pk)
    job.refresh_from_db()
    return job


def test_the_job_leaves_a_pdf_behind(programme: Actieprogramma) -> None:
    job = _done("programme_pdf", 2023)
    assert job.error == ""
    assert job.file_name == "actieprogramma-2023.pdf"
    with job.file.open() as file:
        assert file.read().startswith(b"%PDF")


def test_publishing_makes_the_pdf_and_the_edition_in_one_go(programme: Actieprogramma) -> None:
    job = _done("programme_publish", 2023)
    found = published(2023)
    assert job.error == ""
    assert job.result == {"edition": 1}
    assert found is not None
    assert found.pdf is not None
    with found.pdf.file.open() as file:
        assert file.read().startswith(b"%PDF")
    assert found.edition.published_by == job.requested_by


def test_a_fault_that_came_in_meanwhile_stops_the_publication(programme: Actieprogramma) -> None:
    Actie.objects.filter(text__nl="Overleg").update(owner="")
    job = _done("programme_publish", 2023)
    assert "Los eerst de fouten op" in job.error
    assert published(2023) is None


def test_a_year_without_programme_fails_with_a_sentence() -> None:
    assert _done("programme_pdf", 1999).error == "Er is geen actieprogramma voor 1999."
