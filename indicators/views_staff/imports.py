from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from rules.contrib.views import permission_required

from indicators.forms.imports import ConfirmForm, TableUpload, UploadForm, seal
from indicators.import_report import ImportReport, preview
from indicators.selectors import city
from indicators.services import ImportChanged, import_table


@permission_required("indicators.import", raise_exception=True)
def import_upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; a file that can be read is answered with what its import would do."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        try:
            return _preview(request, form.cleaned_data["file"])
        except ValidationError as error:
            form.add_error("file", error)
    return render(request, "indicators/import.html", {"form": form})


@require_POST
@permission_required("indicators.import", raise_exception=True)
def import_confirm(request: HttpRequest) -> HttpResponse:
    """Import what was previewed; if the figures changed meanwhile, preview again."""
    form = ConfirmForm(request.POST, user=request.user)
    if not form.is_valid():
        return render(request, "indicators/import.html", {"form": UploadForm(), "refused": form})
    upload: TableUpload = form.cleaned_data["upload"]
    try:
        report = _import(request, upload, expected=form.cleaned_data["expected"])
    except ImportChanged:
        messages.warning(
            request,
            _("Iemand anders heeft intussen cijfers ingelezen. Kijk de cijfers hieronder nog eens na."),
        )
        return _preview(request, upload)
    messages.success(request, _outcome(report))
    return redirect("indicators:list")


def _preview(request: HttpRequest, upload: TableUpload) -> HttpResponse:
    report = _import(request, upload, dry_run=True)
    sealed = seal(upload, expected=report.fingerprint, user=request.user)
    context = {
        "form": ConfirmForm(initial={"sealed": sealed}, user=request.user),
        "name": upload.name,
        "report": report,
        "tables": preview(upload.table, report),
    }
    return render(request, "indicators/preview.html", context)


def _import(
    request: HttpRequest, upload: TableUpload, *, dry_run: bool = False, expected: str = ""
) -> ImportReport:
    return import_table(
        upload.table,
        area=city(),
        provenance=upload.name,
        recorded_by=request.user,
        dry_run=dry_run,
        expected=expected,
    )


def _outcome(report: ImportReport) -> str:
    count = len(report.changes)
    if not count:
        return _("Ingelezen. Alle cijfers stonden er al.")
    return ngettext(
        "Ingelezen: %(count)s cijfer is nieuw of anders.",
        "Ingelezen: %(count)s cijfers zijn nieuw of anders.",
        count,
    ) % {"count": count}
