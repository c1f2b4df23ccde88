"""The result on paper."""

import io

import pikepdf
import pytest

import participation.ranking.tasks  # noqa: F401 - registers the handlers, as the worker does
from haarlemveilig.editions.services import PublishedFile
from haarlemveilig.jobs import services as jobs
from haarlemveilig.jobs.models import Job
from haarlemveilig.pdf import PdfError, render
from participation.ranking import result_document
from participation.ranking.selectors import PublishedRound, result_of_round
from participation.ranking.services import publishing
from tests.participation.ranking import result_samples as samples
from tests.pdf_policy import check

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(city: None) -> PublishedRound:
    """A wijk with a result, one with too few, their stadsdeel, and the city."""
    view = samples.result(
        samples.area(within="oost"),
        samples.area(samples.MEERWIJK, 12, within="oost"),
        samples.area("oost", 500),
        set_apart=(samples.set_apart(),),
    )
    samples.published(view, PublishedFile("results.csv", "text/csv", b"area,theme\n"))
    found = result_of_round("2025-1")
    assert found
    return found


def test_the_pdf_reads_like_its_page(published: PublishedRound) -> None:
    html = result_document.html(published)
    assert check(render(html), html) == []


def test_a_wijk_stands_below_its_stadsdeel_in_the_contents(published: PublishedRound) -> None:
    pdf = result_document.pdf(published)
    with pikepdf.open(io.BytesIO(pdf)) as file, file.open_outline() as outline:
        titles = [str(item.title) for item in outline.root]
        assert titles == ["Inhoud", "Haarlem", "Stadsdeel Oost", "Zo is er geteld"]
        assert [str(item.title) for item in outline.root[2].children] == ["Meerwijk", "Parkwijk"]
        assert list(file.attachments) == ["results.csv"]


def test_an_area_with_too_few_has_its_sentence_and_no_table(published: PublishedRound) -> None:
    html = result_document.html(published)
    meerwijk = html[html.index('id="WK039221"') : html.index('id="WK039209"')]
    assert "Te weinig bewoners van Meerwijk deden mee" in meerwijk
    assert "<table" not in meerwijk
    assert "%" not in meerwijk


def test_it_holds_the_number_that_checks_the_ballots_and_what_was_set_apart(
    published: PublishedRound,
) -> None:
    html = result_document.html(published)
    assert published.result.merkle_root in html
    assert "minder dan 10 stembiljetten" in html


def test_a_job_keeps_the_pdf_with_the_edition_once(published: PublishedRound, monkeypatch) -> None:
    monkeypatch.setattr(result_document, "pdf", lambda _published: b"%PDF")
    for _time in range(2):
        job = publishing.order_pdf(edition=published.edition)
        jobs.run(job.pk)
        job.refresh_from_db()
        assert job.error == ""
    kept = published.edition.files.get(media_type="application/pdf")
    assert (kept.name, kept.size) == ("uitslag-2025-1.pdf", 4)


def test_a_pdf_that_cannot_be_made_is_told_and_leaves_the_result_alone(
    published: PublishedRound, monkeypatch
) -> None:
    def fail(_published: PublishedRound) -> bytes:
        raise PdfError("Het maken van de pdf is mislukt.")

    monkeypatch.setattr(result_document, "pdf", fail)
    job = publishing.order_pdf(edition=published.edition)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.status, job.error) == (Job.Status.FAILED, "Het maken van de pdf is mislukt.")
    assert result_of_round("2025-1")


def test_a_job_for_a_result_that_is_gone_says_so(city: None) -> None:
    job = jobs.enqueue(
        kind=publishing.PDF_JOB, title="Pdf", params={"edition": "00000000-0000-4000-8000-000000000000"}
    )
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.error == "Deze uitslag bestaat niet."
