import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from rules.contrib.views import permission_required

from haarlemveilig.jobs import tasks as jobs
from haarlemveilig.jobs.models import Job
from haarlemveilig.jobs.nudges import nudge
from indicators.decisions import decisions_from_json
from indicators.forms.import_row import RowForm, indicator_names
from indicators.forms.imports import (
    LayoutForm,
    ReasonForm,
    Upload,
    UploadForm,
    first_problems,
    source_names,
)
from indicators.import_preview import Preview
from indicators.models import FigureImport
from indicators.reading import guessed_mapping, sheet_names
from indicators.services import ImportChanged, imports
from indicators.table_file import TableFileError

State = FigureImport.State
ROWS_PER_PAGE = 100
JUDGED_AT_ONCE = 10
can_import = permission_required("indicators.import", raise_exception=True)


def _own(request: HttpRequest, import_id: uuid.UUID) -> FigureImport:
    """The file, which only the one who chose it may see."""
    found = FigureImport.objects.select_related("created_by")
    return get_object_or_404(found, pk=import_id, created_by=request.user.pk)


@never_cache
@can_import
def import_upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; one that can be read is kept, and shown with what its import would do."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        upload: Upload = form.cleaned_data["upload"]
        draft = imports.start_import(
            name=upload.name,
            content=upload.content,
            layout=upload.layout,
            vintage=form.cleaned_data["vintage"],
            created_by=request.user,
        )
        return redirect(
            "indicators:import_layout" if upload.needs_mapping else "indicators:import_preview", draft.pk
        )
    drafts = FigureImport.objects.filter(created_by=request.user.pk, state=State.DRAFT)[:10]
    context = {"form": form, "drafts": drafts, "sources": source_names()}
    return render(request, "indicators/import.html", context)


@never_cache
@can_import
def import_layout(request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
    """Say how the file is to be read: which sheet, and what each column is."""
    draft = _own(request, import_id)
    if draft.state != State.DRAFT:
        return redirect("indicators:import_result", draft.pk)
    content, layout = imports.content_of(draft), imports.layout_of(draft)
    form = LayoutForm(
        request.POST or None,
        layout=layout,
        sheets=sheet_names(content, draft.name),
        guesses=guessed_mapping(content, draft.name, layout),
    )
    if form.is_valid():
        try:
            imports.change_layout(draft, form.cleaned_data["layout"])
        except TableFileError as error:
            form.add_error(None, first_problems(error))
        else:
            again = imports.lacks_mapping(draft)
            return redirect(f"indicators:import_{'layout' if again else 'preview'}", draft.pk)
    context = {"form": form, "draft": draft, "sources": source_names()}
    return render(request, "indicators/import_layout.html", context)


@never_cache
@can_import
def import_preview(request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
    """What the file would do: what is new, what changes, what asks for a person."""
    return _preview(request, _own(request, import_id), ReasonForm())


def _preview(request: HttpRequest, draft: FigureImport, form: ReasonForm) -> HttpResponse:
    """The preview, with what somebody wrote about why figures change."""
    if draft.state != State.DRAFT:
        return redirect("indicators:import_result", draft.pk)
    try:
        rehearsed = imports.rehearse(draft)
    except TableFileError as error:
        messages.error(request, str(error))
        return redirect("indicators:import_layout", draft.pk)
    preview = Preview.of(rehearsed.file, rehearsed.report, decisions_from_json(draft.decisions))
    context = _preview_context(request, draft, rehearsed, preview)
    return render(request, "indicators/preview.html", {**context, "form": form})


def _preview_context(
    request: HttpRequest, draft: FigureImport, rehearsed: imports.Draft, preview: Preview
) -> dict[str, Any]:
    attention, judged = preview.attention, preview.to_judge
    only = request.GET.get("toon") == "aandacht"
    page = Paginator(attention if only else preview.places, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    return {
        "draft": draft,
        "report": rehearsed.report,
        "is_large": rehearsed.is_large,
        "page": page,
        "only_attention": only,
        "all_rows": len(preview.places),
        "attention": len(attention),
        "general": preview.general[:JUDGED_AT_ONCE],
        "judged": judged[:JUDGED_AT_ONCE],
        "judged_more": max(0, len(judged) - JUDGED_AT_ONCE),
        "revised": rehearsed.report.altered[:JUDGED_AT_ONCE],
        "revised_more": max(0, len(rehearsed.report.altered) - JUDGED_AT_ONCE),
        "tables": preview.tables(list(page.object_list)),
    }


@never_cache
@can_import
def import_row(request: HttpRequest, import_id: uuid.UUID, place: int) -> HttpResponse:
    """Accept, skip or change one row."""
    draft = _own(request, import_id)
    if draft.state != State.DRAFT:
        return redirect("indicators:import_result", draft.pk)
    rehearsed = imports.rehearse(draft)
    if not 1 <= place <= len(rehearsed.file.lines):
        raise Http404
    preview = Preview.of(rehearsed.file, rehearsed.report, decisions_from_json(draft.decisions))
    line, decision = rehearsed.file.lines[place - 1], preview.decision(place)
    form = RowForm(request.POST or None, line=line, decision=decision, may_share=preview.may_share(place))
    if form.is_valid():
        imports.decide(draft, place, form.cleaned_data["decision"])
        messages.success(request, _("Rij %(row)s is bewaard.") % {"row": line.row})
        return redirect(_after_row(request, draft, place, preview.attention))
    context = {
        "form": form,
        "draft": draft,
        "table": preview.tables([place])[0],
        "sources": source_names(),
        "indicators": indicator_names(),
    }
    return render(request, "indicators/import_row.html", context)


def _after_row(request: HttpRequest, draft: FigureImport, place: int, attention: Sequence[int]) -> str:
    """Back to the same page of the preview, or on to the next row that asks for a person."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    following = next((one for one in attention if one > place), None)
    if "next" in request.POST and following:
        return reverse("indicators:import_row", args=[draft.pk, following]) + query
    return reverse("indicators:import_preview", args=[draft.pk]) + query + f"#rij-{place}"


@require_POST
@can_import
def import_skip(request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
    """Skip every row that cannot be taken in."""
    draft = _own(request, import_id)
    try:
        count = imports.skip_unreadable(draft)
    except (imports.AlreadyTaken, TableFileError):
        return redirect("indicators:import_preview", draft.pk)
    said = ngettext("%(count)s rij is overgeslagen.", "%(count)s rijen zijn overgeslagen.", count)
    messages.success(request, said % {"count": count})
    return redirect("indicators:import_preview", draft.pk)


@never_cache
@can_import
def import_confirm(request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
    """Take in what was previewed; if the figures changed meanwhile or a reason lacks, preview again."""
    draft, form = _own(request, import_id), ReasonForm(request.POST)
    if request.method != "POST":
        # The links of a preview that was shown at this address.
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(reverse("indicators:import_preview", args=[draft.pk]) + query)
    # The preview asks for a reason only if there is something to give it for.
    if "reason" in request.POST and not form.is_valid():
        return _preview(request, draft, form)
    try:
        _take_in(request, draft, form.cleaned_data["reason"] if form.is_valid() else "")
    except imports.AlreadyTaken:
        messages.info(request, _("Dit bestand was al ingelezen of weggegooid."))
    except imports.NoReason:
        return _preview(request, draft, form)
    except ImportChanged:
        messages.warning(
            request,
            _("Iemand anders heeft intussen cijfers veranderd. Kijk de cijfers hieronder nog eens na."),
        )
        return _preview(request, draft, form if form.is_valid() else ReasonForm())
    except TableFileError as error:
        messages.error(request, str(error))
        return redirect("indicators:import_preview", draft.pk)
    return redirect("indicators:import_result", draft.pk)


def _take_in(request: HttpRequest, draft: FigureImport, reason: str) -> None:
    expected = request.POST.get("expected", "") or "-"
    if request.POST.get("queue") == "yes":
        nudge(jobs.run, str(imports.queue_import(draft, expected=expected, reason=reason).pk))
    else:
        imports.apply_import(draft, expected=expected, reason=reason)


@require_POST
@can_import
def import_discard(request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
    try:
        imports.discard(_own(request, import_id))
    except imports.AlreadyTaken:
        messages.info(request, _("Dit bestand was al ingelezen of weggegooid."))
    else:
        messages.success(request, _("Het bestand is weggegooid. Er is niets veranderd."))
    return redirect("indicators:import")


@never_cache
@can_import
def import_result(request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
    """What an import changed, or how far the worker is."""
    draft = _own(request, import_id)
    if draft.state == State.DRAFT:
        return redirect("indicators:import_preview", draft.pk)
    job = Job.objects.filter(pk=draft.outcome.get("job")).first() if draft.state == State.APPLYING else None
    if job and job.status == Job.Status.FAILED:
        imports.reopen(draft)
        messages.error(request, _("Het inlezen is niet gelukt. %(why)s") % {"why": job.error})
        return redirect("indicators:import_preview", draft.pk)
    return render(request, "indicators/import_result.html", {"draft": draft, "job": job})
