from typing import Any

from actionprogram import document, services
from actionprogram.errors import ProgrammeError
from actionprogram.models import Actieprogramma
from actionprogram.selectors import programme_view
from haarlemveilig.accounts.models import User
from haarlemveilig.jobs.handlers import JobError, Outcome, Report, job_handler
from haarlemveilig.pdf import PdfError


@job_handler("programme_pdf")
def make_pdf(params: dict[str, Any], report: Report) -> Outcome:
    """Make the PDF of the draft of one year."""
    _programme, name, pdf = _render(params, report)
    return Outcome(result={"bytes": len(pdf)}, content=pdf, file_name=name)


@job_handler("programme_publish")
def publish(params: dict[str, Any], report: Report) -> Outcome:
    """Make the PDF of one year and publish it together with the text."""
    programme, name, pdf = _render(params, report)
    report(90, "De editie wordt vastgelegd")
    published_by = User.objects.filter(pk=params["user"]).first()
    try:
        edition = services.publish_programme(programme=programme, pdf=pdf, published_by=published_by)
    except ProgrammeError as error:
        raise JobError(str(error)) from error
    return Outcome(result={"edition": edition.number}, content=pdf, file_name=name)


def _render(params: dict[str, Any], report: Report) -> tuple[Actieprogramma, str, bytes]:
    try:
        programme = Actieprogramma.objects.select_related("period").get(year=params["year"])
    except Actieprogramma.DoesNotExist:
        raise JobError(f"Er is geen actieprogramma voor {params['year']}.") from None
    report(10, "De teksten en cijfers worden verzameld")
    view = programme_view(programme)
    report(25, "De bladzijden worden opgemaakt")
    try:
        return programme, document.file_name(view), document.pdf(view)
    except PdfError as error:
        raise JobError(str(error)) from error
