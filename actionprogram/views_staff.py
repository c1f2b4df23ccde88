"""The desk of a programme and the editor of its sections."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from actionprogram import draft, services
from actionprogram.contents import contents, page
from actionprogram.errors import ProgrammeError, SectionChangedError
from actionprogram.faults import Fault, blocking, faults
from actionprogram.forms import SectionForm, posted
from actionprogram.models import Actieprogramma, Section
from actionprogram.rich_text import WebWriter
from actionprogram.selectors import enforcement_themes, programme_view, published
from actionprogram.services.editing import ROWS
from actionprogram.view_model import ProgrammeView, SectionView
from haarlemveilig.gemeente.selectors import stadsdelen
from haarlemveilig.jobs import tasks as jobs
from haarlemveilig.jobs.nudges import nudge
from haarlemveilig.jobs.services import enqueue

can_read = permission_required("actionprogram.read_draft", raise_exception=True)
can_edit = permission_required("actionprogram.edit", raise_exception=True)
can_publish = permission_required("actionprogram.publish", raise_exception=True)


def _programme(year: int) -> Actieprogramma:
    return get_object_or_404(Actieprogramma.objects.select_related("period"), year=year)


def _draft_context(view: ProgrammeView) -> dict[str, Any]:
    """What every page about a draft shows: the contents with the number of faults per section."""
    found = faults(view)
    count = {section.id: sum(fault.section == section.id for fault in found) for section in view.sections}
    return {"programme": view, "contents": contents(view), "faults": found, "fault_count": count}


@never_cache
@can_read
def edit_list(request: HttpRequest) -> HttpResponse:
    programmes = Actieprogramma.objects.select_related("period")
    return render(request, "actionprogram/edit_list.html", {"programmes": programmes})


@never_cache
@can_read
def desk(request: HttpRequest, year: int) -> HttpResponse:
    view = programme_view(_programme(year))
    context = _draft_context(view) | {"published": published(year), "blocked": blocking(view)}
    return render(request, "actionprogram/desk.html", context)


@never_cache
@can_read
def preview(request: HttpRequest, year: int, section_id: uuid.UUID) -> HttpResponse:
    """A page of the draft as readers will see it."""
    view = programme_view(_programme(year))
    section = _section_in(view, section_id)
    on_page = next(one for one in view.sections if one.id == section.page)
    context = _draft_context(view) | {"page": page(view, on_page.slug), "writer": WebWriter(view.notes)}
    return render(request, "actionprogram/preview.html", context)


def _section_in(view: ProgrammeView, section_id: uuid.UUID) -> SectionView:
    for section in view.sections:
        if section.id == str(section_id):
            return section
    raise Http404


# --- the editor -----------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Order:
    """What a button asks beside saving: the value "act:kind:target"."""

    act: str
    kind: str
    target: str


def _order(data: QueryDict) -> _Order | None:
    act, _colon, rest = data.get("do", "").partition(":")
    kind, _colon, target = rest.partition(":")
    return _Order(act, kind, target) if act in ("add", "remove", "up", "down") and kind in ROWS else None


@never_cache
@can_edit
def edit_section(request: HttpRequest, year: int, section_id: uuid.UUID) -> HttpResponse:
    programme = _programme(year)
    view = programme_view(programme)
    section = _section_in(view, section_id)
    if request.method != "POST":
        form = SectionForm(section, enforcement_themes(), focus=request.GET.get("naar", ""))
        return _editor(request, view, section, form)
    form = SectionForm(section, enforcement_themes(), request.POST)
    if not form.is_valid():
        return _editor(request, view, section, form)
    return _save(request, programme, section, form)


def _save(
    request: HttpRequest, programme: Actieprogramma, section: SectionView, form: SectionForm
) -> HttpResponse:
    texts, order = posted(request.POST), _order(request.POST)
    row = Section(pk=section.id, programme=programme)
    try:
        with transaction.atomic():
            services.save_section(
                section=row, version=form.cleaned_data["version"], seen=texts.seen, typed=texts.typed,
                saved_by=request.user,
            )  # fmt: skip
            goal = _change_rows(request, row, order)
    except SectionChangedError as error:
        return _show_differences(request, programme, section, error)
    except ProgrammeError as error:
        messages.error(request, str(error))
        return _editor(request, programme_view(programme), section, form)
    return _after_saving(request, programme, section, order, goal)


def _change_rows(request: HttpRequest, row: Section, order: _Order | None) -> str:
    if order is None:
        return ""
    return services.change_rows(
        section=row, act=order.act, kind=order.kind, target=order.target, changed_by=request.user
    )


def _after_saving(
    request: HttpRequest, programme: Actieprogramma, section: SectionView, order: _Order | None, goal: str
) -> HttpResponse:
    here = reverse("actionprogram:edit_section", args=[programme.year, section.id])
    if order is not None:
        _say_what_went(request, order)
        return redirect(f"{here}?{_way_back(order, section, goal)}")
    messages.success(request, "Bewaard.")
    if request.POST.get("do") == "next":
        return redirect("actionprogram:edit_section", programme.year, _next(programme, section))
    return redirect(here)


def _say_what_went(request: HttpRequest, order: _Order) -> None:
    """A row goes at one press of a button; its text can still be copied from the message."""
    typed = posted(request.POST).typed
    texts = [typed.get(f"{kind}:{order.target}", "") for kind in draft.PROSE]
    if order.act == "remove" and any(texts):
        went = " ".join(filter(None, texts))
        messages.info(request, f"Weggehaald: “{went}” Toch nodig? Voeg een regel toe en plak de tekst erin.")


def _way_back(order: _Order, section: SectionView, goal: str) -> str:
    """Where the page opens after a button: at the new row, at the same button, or where a row was.

    The first two get the focus, which a browser gives only when the address has no fragment.
    """
    if order.act == "remove":
        return f"naar={goal}#{goal if goal != section.id else f'rijen-{order.kind}'}"
    return f"naar={order.act}-{goal}" if order.act in ("up", "down") else f"naar={goal}"


def _next(programme: Actieprogramma, section: SectionView) -> str:
    ids = [one.id for one in programme_view(programme).sections]
    return ids[(ids.index(section.id) + 1) % len(ids)]


def _show_differences(
    request: HttpRequest, programme: Actieprogramma, section: SectionView, error: SectionChangedError
) -> HttpResponse:
    """The page again: the newest texts, the person's own changes on top of them, and the list of both."""
    view = programme_view(programme)
    newest = _section_in(view, uuid.UUID(section.id))
    texts = posted(request.POST)
    current = draft.texts(newest)
    data = {f"initial-{name}": text for name, text in current.items()}
    data |= draft.merged(current, draft.changed(texts.seen, texts.typed)) | {"version": str(error.version)}
    form = SectionForm(newest, enforcement_themes(), data)
    return _editor(request, view, newest, form, differences=error.differences, status=409)


def _editor(
    request: HttpRequest,
    view: ProgrammeView,
    section: SectionView,
    form: SectionForm,
    differences: tuple[draft.Difference, ...] = (),
    status: int = 200,
) -> HttpResponse:
    context = _draft_context(view) | {
        "section": section,
        "form": form,
        "areas": [(area, form.places(area)) for area in section.focus],
        "other_areas": _areas_without(section),
        "section_faults": [fault for fault in faults(view) if fault.section == section.id],
        "open_rows": _open_rows(section, faults(view), request.GET.get("naar", "")),
        "differences": differences,
        "writer": WebWriter(view.notes),
    }
    return render(request, "actionprogram/edit_section.html", context, status=status)


def _areas_without(section: SectionView) -> list[tuple[int, str]]:
    """The stadsdelen that have no focuslocatie in this section yet."""
    present = {area.area_id for area in section.focus}
    return [(version.area_id, version.name) for version in stadsdelen() if version.area_id not in present]


def _open_rows(section: SectionView, found: tuple[Fault, ...], goal: str) -> set[str]:
    """The rows that unfold by themselves: those with a fault, and the one somebody is sent to.

    A row that was moved (`goal` is then "up-" or "down-" and its id) unfolds what it stands in, not itself.
    """
    wanted = {fault.anchor for fault in found} | {goal}
    moved = goal.removeprefix("up-").removeprefix("down-")
    families = [(line.id, {actie.id for actie in line.acties}) for line in section.lines]
    families += [(row.id, {how.id for how in row.how}) for row in section.what_hows]
    families += [(f"area-{area.area_id}", area.place_ids) for area in section.focus]
    return {head for head, members in families if head in wanted or members & (wanted | {moved})}


# --- long work --------------------------------------------------------------------------------------
@require_POST
@can_read
def make_pdf(request: HttpRequest, year: int) -> HttpResponse:
    programme = _programme(year)
    return _start(request, "programme_pdf", f"PDF van het actieprogramma {programme.year}", programme)


@require_POST
@can_publish
def publish(request: HttpRequest, year: int) -> HttpResponse:
    programme = _programme(year)
    if blocking(programme_view(programme)):
        messages.error(request, "Het programma kan nog niet naar buiten. Los eerst de fouten op.")
        return redirect("actionprogram:desk", year)
    return _start(request, "programme_publish", f"Actieprogramma {programme.year} publiceren", programme)


def _start(request: HttpRequest, kind: str, title: str, programme: Actieprogramma) -> HttpResponse:
    params = {"year": programme.year, "user": request.user.pk}
    with transaction.atomic():
        job = enqueue(kind=kind, title=title, params=params, requested_by=request.user)
        nudge(jobs.run, str(job.pk))
    return redirect("jobs:detail", job.pk)
