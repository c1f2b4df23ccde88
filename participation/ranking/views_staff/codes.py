import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from rules.contrib.views import permission_required

from haarlemveilig.jobs import tasks as jobs
from haarlemveilig.jobs.models import Job
from haarlemveilig.jobs.nudges import nudge
from participation.ranking import services
from participation.ranking.forms.codes import CodeBatchForm
from participation.ranking.models import CodeBatch, Round
from participation.ranking.services import codes

can_run = permission_required("ranking.run_rounds", raise_exception=True)


def _batch(code: str, batch_id: uuid.UUID) -> CodeBatch:
    # What was wanted is a long list, and no page shows it.
    rows = CodeBatch.objects.select_related("round", "job", "made_by", "exported_by").defer("wanted")
    return get_object_or_404(rows, round__code=code, pk=batch_id)


@require_safe
@can_run
def code_batches(request: HttpRequest, code: str) -> HttpResponse:
    """The batches of codes of a round: never a code itself."""
    round_ = get_object_or_404(Round, code=code)
    batches = round_.code_batches.select_related("job", "exported_by").defer("wanted")
    return render(request, "ranking/codes/list.html", {"round": round_, "batches": batches})


@can_run
def new_code_batch(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for codes; a worker makes them."""
    round_ = get_object_or_404(Round, code=code)
    form = CodeBatchForm(request.POST or None, request.FILES or None, round_=round_)
    if form.is_valid():
        said = form.cleaned_data
        batch = CodeBatch(round=round_, name=said["name"], purpose=said["purpose"], wanted=said["wanted"])
        try:
            codes.order_codes(batch=batch, base_url=request.build_absolute_uri("/"), actor=request.user)
        except services.RoundError as error:
            form.add_error(None, str(error))
        else:
            nudge(jobs.run, str(batch.job_id))
            return redirect("ranking:code_batch", code=code, batch_id=batch.pk)
    return render(request, "ranking/codes/new.html", {"round": round_, "form": form})


@never_cache
@require_safe
@can_run
def code_batch(request: HttpRequest, code: str, batch_id: uuid.UUID) -> HttpResponse:
    """How far the worker is, and what one must know before and after fetching the file."""
    batch = _batch(code, batch_id)
    job = batch.job
    context = {
        "round": batch.round,
        "batch": batch,
        "job": job,
        "late": bool(job and Job.objects.lost(timezone.now()).filter(pk=job.pk).exists()),
        # Only who asked may follow the job by script; others look again.
        "may_follow": bool(job and request.user.has_perm("jobs.follow", job)),
        "file_waits": codes.export_path(batch).exists(),
        "last_day": batch.made_at + codes.EXPORT_LASTS,
    }
    return render(request, "ranking/codes/batch.html", context)


@never_cache
@require_POST
@can_run
def code_file(request: HttpRequest, code: str, batch_id: uuid.UUID) -> HttpResponse:
    """The file for the printer, once."""
    batch = _batch(code, batch_id)
    try:
        content = codes.take_export(batch=batch, actor=request.user)
    except services.RoundError as error:
        messages.error(request, str(error))
        return redirect("ranking:code_batch", code=code, batch_id=batch_id)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="codes-{batch.round.code}-{batch.pk}.csv"'
    return response
