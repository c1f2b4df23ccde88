"""Paper forms as PDF: without a code for anybody who works here, with codes for who runs the round."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from rules.contrib.views import permission_required

from haarlemveilig.jobs.models import Job
from haarlemveilig.jobs.nudges import nudge
from haarlemveilig.jobs.tasks import run
from haarlemveilig.pdf import PdfError
from participation.ranking import paper_document
from participation.ranking.forms.channels import CodeFileForm
from participation.ranking.models import Round
from participation.ranking.services import RoundError, paper_forms


@require_safe
@permission_required("ranking.see_rounds", raise_exception=True)
def blank(request: HttpRequest, code: str) -> HttpResponse:
    """A form without a code, to show or to lay down somewhere; `?alle=1` gives one in each order."""
    round_ = get_object_or_404(Round, code=code)
    try:
        pdf = paper_document.blank_forms(round_, all_orders=bool(request.GET.get("alle")))
    except PdfError as error:
        messages.error(request, str(error))
        return redirect("ranking:round", code=code)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{paper_document.blank_name(round_)}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("ranking.run_rounds", raise_exception=True)
def order(request: HttpRequest, code: str) -> HttpResponse:
    """Make forms of the file with codes."""
    round_ = get_object_or_404(Round, code=code)
    form = CodeFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            content = form.cleaned_data["bestand"].read()
            job = paper_forms.order_forms(round_=round_, content=content, actor=request.user)
        except RoundError as error:
            form.add_error("bestand", str(error))
        else:
            nudge(run, str(job.pk))
            return redirect("ranking:paper_forms_job", code=code, job_id=job.pk)
    return render(request, "ranking/channels/forms.html", {"round": round_, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("ranking.run_rounds", raise_exception=True)
def ordered(request: HttpRequest, code: str, job_id: uuid.UUID) -> HttpResponse:
    """Follow the making; a POST fetches the forms, once."""
    round_ = get_object_or_404(Round, code=code)
    job = get_object_or_404(Job, pk=job_id, kind=paper_forms.JOB, params__round=code)
    if not request.user.has_perm("jobs.follow", job):
        raise Http404
    if request.method == "POST":
        return _fetch(request, round_, job)
    fragment = request.headers.get("X-Fragment") == "job"
    template = "_forms_job" if fragment else "forms_job"
    context = {"round": round_, "job": job, "are_ready": paper_forms.are_ready(job)}
    return render(request, f"ranking/channels/{template}.html", context)


def _fetch(request: HttpRequest, round_: Round, job: Job) -> HttpResponse:
    try:
        content = paper_forms.take_forms(round_=round_, job=job, actor=request.user)
    except RoundError as error:
        messages.error(request, str(error))
        return redirect("ranking:paper_forms", code=round_.code)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="formulieren-{round_.code}.zip"'
    return response
