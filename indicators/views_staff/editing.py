"""Editing the figures of a table: all of it at once, or one cell."""

import json
import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from rules.contrib.views import permission_required

from indicators.forms.cells import CellForm, DetailsForm, details_of
from indicators.forms.editing import CELLS_AT_ONCE, EditForm, PasteForm, with_block
from indicators.hints import text_remark
from indicators.models import IndicatorTable, TableRow
from indicators.pasting import Filled, fill, read_block
from indicators.selectors.editing import Grid, GridCell, edit_grid, table_rows
from indicators.services.editing import NoReason, Saved, save_cells

can_edit = permission_required("indicators.edit", raise_exception=True)
# A page asks about what somebody just typed or pasted, never about more.
REMARKS_AT_ONCE = 1000


@never_cache
@permission_required("indicators.read", raise_exception=True)
def edit(request: HttpRequest, table_id: uuid.UUID) -> HttpResponse:
    """A table with a field for each cell. Who may only read it is led to the table itself."""
    if not request.user.has_perm("indicators.edit"):
        return _only_read(request, table_id)
    table = get_object_or_404(IndicatorTable, pk=table_id)
    page = _rows_of(table, request.GET.get("page"))
    grid = edit_grid(table, list(page))
    if request.method != "POST":
        return _page(request, page, EditForm(grid=grid))
    if request.POST.get("do") == "paste":
        return _paste(request, page, grid)
    form = EditForm(request.POST, grid=grid)
    if not form.is_valid():
        return _page(request, page, form)
    return _save(request, page, form)


def _only_read(request: HttpRequest, table_id: uuid.UUID) -> HttpResponse:
    if request.method == "POST":
        raise PermissionDenied
    messages.info(request, _("U kunt deze tabel lezen, maar niet veranderen."))
    return redirect("indicators:table", table_id)


def _rows_of(table: IndicatorTable, number: str | None) -> Page[TableRow]:
    rows_at_once = max(1, CELLS_AT_ONCE // max(1, len(table.column_data)))
    return Paginator(table_rows(table), rows_at_once).get_page(number)


def _save(request: HttpRequest, page: Page[TableRow], form: EditForm) -> HttpResponse:
    table, reason = form.grid.table, form.cleaned_data["reason"]
    try:
        saved = save_cells(table=table, edits=form.cleaned_data["edits"], reason=reason, actor=request.user)
    except NoReason as error:
        form.ask_why(error.edits)
        return _page(request, page, form)
    _say_what_was_saved(request, saved, form)
    if not saved.conflicts:
        return redirect(request.get_full_path())
    fresh = EditForm(grid=edit_grid(table, list(page)), conflicts=saved.conflicts, reason=reason)
    return _page(request, page, fresh, status=409)


def _say_what_was_saved(request: HttpRequest, saved: Saved, form: EditForm) -> None:
    if form.gone:
        texts = ", ".join(form.gone)
        messages.warning(
            request,
            _("Iemand haalde intussen een rij uit de tabel. Daar typte u: %(texts)s") % {"texts": texts},
        )
    if saved.changed:
        said = ngettext("%(count)s vak bewaard.", "%(count)s vakken bewaard.", saved.changed)
        messages.success(request, said % {"count": saved.changed})
    elif not saved.conflicts:
        messages.info(request, _("Er was niets veranderd."))


def _paste(request: HttpRequest, page: Page[TableRow], grid: Grid) -> HttpResponse:
    """The page again with the block in its cells; nothing is stored."""
    asked = PasteForm(request.POST, grid=grid)
    if not asked.is_valid():
        return _page(request, page, EditForm(request.POST, grid=grid), paste=asked)
    filled = fill(
        read_block(asked.cleaned_data["block"]),
        start=asked.start, headed=grid.headed, columns=len(grid.columns),
    )  # fmt: skip
    form = EditForm(with_block(request.POST, grid, filled), grid=grid)
    return _page(request, page, form, filled=filled)


def _page(
    request: HttpRequest,
    page: Page[TableRow],
    form: EditForm,
    *,
    paste: PasteForm | None = None,
    filled: Filled | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "table": form.grid.table,
        "page": page,
        "form": form,
        "paste": paste or PasteForm(grid=form.grid),
        "panel": DetailsForm(auto_id="paneel-%s"),
        "filled": filled,
        "has_errors": bool(form.problems or (paste and paste.errors)),
    }
    return render(request, "indicators/edit.html", context, status=status)


@require_POST
@can_edit
def edit_remarks(request: HttpRequest, table_id: uuid.UUID) -> JsonResponse:
    """What to say of each of these texts: {"texts": [["6.7", false], ...]}, true for a target."""
    try:
        asked = [(str(text), bool(is_target)) for text, is_target in json.loads(request.body)["texts"]]
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"remarks": []}, status=400)
    remarks = [text_remark(text, is_target=is_target) for text, is_target in asked[:REMARKS_AT_ONCE]]
    return JsonResponse({"remarks": remarks})


@never_cache
@can_edit
def edit_cell(request: HttpRequest, table_id: uuid.UUID, row_id: uuid.UUID, column: str) -> HttpResponse:
    """One cell with all that can be said of it, for whoever works without the script of the table."""
    row = get_object_or_404(table_row(), pk=row_id, table=table_id)
    cells = edit_grid(row.table, [row]).cells
    cell = next((cell for cell in cells if cell.column.key == column), None)
    if cell is None:
        raise Http404
    initial = {"text": cell.printed, "seen": cell.saved_id, **details_of(cell.saved)}
    form = CellForm(request.POST or None, cell=cell, initial=initial)
    if form.is_valid():
        return _save_cell(request, row, cells, form)
    return _cell_page(request, row, cells, form)


def table_row() -> Any:
    return TableRow.objects.select_related("table", "series__indicator", "series__source", "series__area")


def _save_cell(
    request: HttpRequest, row: TableRow, cells: tuple[GridCell, ...], form: CellForm
) -> HttpResponse:
    edit = form.edit
    try:
        saved = save_cells(table=row.table, edits=[edit], reason="", actor=request.user)
    except NoReason:
        form.add_error("why", _("Schrijf op waarom dit cijfer verandert."))
        return _cell_page(request, row, cells, form)
    if saved.conflicts:
        conflict = saved.conflicts[0]
        data = request.POST.copy()
        data["seen"] = str(conflict.now.pk)
        again = CellForm(data, cell=form.cell)
        return _cell_page(request, row, cells, again, conflict=conflict, status=409)
    messages.success(request, _("Bewaard."))
    return redirect(request.path)


def _cell_page(
    request: HttpRequest,
    row: TableRow,
    cells: tuple[GridCell, ...],
    form: CellForm,
    *,
    conflict: Any = None,
    status: int = 200,
) -> HttpResponse:
    context = {"row": row, "cells": cells, "cell": form.cell, "form": form, "conflict": conflict}
    return render(request, "indicators/edit_cell.html", context, status=status)
