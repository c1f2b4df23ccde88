import uuid

from celery import shared_task
from django.utils import timezone

from haarlemveilig.jobs.handlers import JobError, Outcome, Report, job_handler
from haarlemveilig.pdf import PdfError
from participation.ranking.services import RoundError, codes, paper_forms


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


@shared_task
def purge_code_files() -> None:
    codes.purge_exports(timezone.now())
    paper_forms.purge_forms(timezone.now())
