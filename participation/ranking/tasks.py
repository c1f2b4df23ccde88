import uuid

from celery import shared_task
from django.utils import timezone

from haarlemveilig.jobs.handlers import JobError, Outcome, Report, job_handler
from haarlemveilig.pdf import PdfError
from participation.ranking.selectors import result_of_edition
from participation.ranking.services import RoundError, closing, codes, paper_forms, publishing


@job_handler(codes.JOB)
def make_codes(params: dict[str, str], report: Report) -> Outcome:
    """Make the codes of a batch, and the file for the printer."""
    try:
        count = codes.make_batch(uuid.UUID(params["batch"]), base_url=params["base_url"], progress=report)
    except RoundError as error:
        raise JobError(str(error)) from error
    return Outcome(result={"count": count})


@job_handler(paper_forms.JOB)
def make_paper_forms(params: dict[str, str], report: Report) -> Outcome:
    """Make forms of a file with codes. They are fetched by a page of their own: a job's file stays."""
    try:
        count = paper_forms.make_forms(
            round_code=params["round"], file_id=uuid.UUID(params["file"]), progress=report
        )
    except (PdfError, RoundError) as error:
        raise JobError(str(error)) from error
    return Outcome(result={"count": count})


@job_handler(publishing.PDF_JOB)
def make_result_pdf(params: dict[str, str], report: Report) -> Outcome:
    """Make the PDF of a published result; it is kept with the edition."""
    published = result_of_edition(uuid.UUID(params["edition"]))
    if published is None:
        raise JobError("Deze uitslag bestaat niet.")
    report(20, "De bladzijden worden opgemaakt")
    try:
        file = publishing.keep_pdf(published=published)
    except PdfError as error:
        raise JobError(str(error)) from error
    return Outcome(result={"bytes": file.size})


@shared_task
def finish_closing() -> None:
    closing.finish_closing()


@shared_task
def purge_code_files() -> None:
    codes.purge_exports(timezone.now())
    paper_forms.purge_forms(timezone.now())
