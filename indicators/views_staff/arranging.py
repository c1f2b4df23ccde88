"""The rows and columns of a table: adding, moving, taking out, confirming what an import proposed."""

import uuid
from typing import Any, Literal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from rules.contrib.views import permission_required

from haarlemveilig.gemeente.models import Area
from indicators.forms.arranging import ColumnForm, RowForm
from indicators.models import Indicator, IndicatorTable, Source, TableRow
from indicators.selectors.editing import table_rows
from indicators.services.arranging import (
    CannotArrange,
    add_column,
    add_row,
    confirm_proposal,
    move_row,
    remove_row,
)

can_edit = permission_required("indicators.edit", raise_exception=True)
STEPS: dict[str, Literal[-1, 1]] = {"up": -1, "down": 1}


@never_cache
@can_edit
def arrange(request: HttpRequest, table_id: uuid.UUID) -> HttpResponse:
    table = get_object_or_404(IndicatorTable, pk=table_id)
    do = request.POST.get("do")
    column = ColumnForm(request.POST if do == "column" else None, prefix="kolom")
    row = RowForm(request.POST if do == "row" else None, prefix="rij")
    try:
        if column.is_valid():
            add_column(table=table, column=column.column, actor=request.user)
            return _done(request, table, _("De kolom staat in de tabel."))
        if row.is_valid():
            return _add_row(request, table, row)
    except CannotArrange as error:
        (column if do == "column" else row).add_error(None, str(error))
    return _page(request, table, column, row)


def _add_row(request: HttpRequest, table: IndicatorTable, form: RowForm) -> HttpResponse:
    said = form.cleaned_data | {"area": get_object_or_404(Area, pk=form.cleaned_data["area"])}
    row = add_row(table=table, actor=request.user, **said)
    return _done(request, table, _("‘%(label)s’ staat in de tabel.") % {"label": row.label})


def _page(request: HttpRequest, table: IndicatorTable, column: ColumnForm, row: RowForm) -> HttpResponse:
    rows = table_rows(table)
    context = {
        "table": table,
        "rows": _with_edges(rows, request.GET.get("naar", "")),
        "column_form": column,
        "row_form": row,
        "has_errors": bool(column.errors or row.errors),
        "groups": dict.fromkeys(one.group for one in rows if one.group),
        "indicators": Indicator.objects.values_list("name", flat=True),
        "sources": Source.objects.values_list("name", flat=True),
    }
    return render(request, "indicators/edit_rows.html", context)


def _with_edges(rows: list[TableRow], goal: str) -> list[dict[str, Any]]:
    """Each row with whether it begins or ends its group: there it can go no further.

    `goal` names the button that was pressed, such as "up-…"; it gets the focus again, or the other one if it is gone.
    """
    groups = [None, *(row.group for row in rows), None]
    edged = []
    for row, before, after in zip(rows, groups, groups[2:], strict=False):
        is_first, is_last = before != row.group, after != row.group
        pressed, _dash, key = goal.partition("-")
        focus = {"up": "down" if is_first else "up", "down": "up" if is_last else "down"}.get(pressed, "")
        focus = focus if key == str(row.pk) else ""
        edged.append({"row": row, "is_first": is_first, "is_last": is_last, "focus": focus})
    return edged


@require_POST
@can_edit
def row_act(request: HttpRequest, table_id: uuid.UUID, row_id: uuid.UUID) -> HttpResponse:
    """A button beside a row: up, down, or confirm what was proposed."""
    row = get_object_or_404(TableRow.objects.select_related("table"), pk=row_id, table=table_id)
    do = request.POST.get("do", "")
    if do in STEPS:
        move_row(row=row, step=STEPS[do], actor=request.user)
        return redirect(f"{_here(row.table)}?naar={do}-{row.pk}")
    if do == "source":
        confirm_proposal(row=row, proposal="source", actor=request.user)
    if do == "series":
        confirm_proposal(row=row, proposal="series", actor=request.user)
    return _done(request, row.table, _("Bevestigd: ‘%(label)s’.") % {"label": row.label})


@can_edit
def row_remove(request: HttpRequest, table_id: uuid.UUID, row_id: uuid.UUID) -> HttpResponse:
    """Ask first; the figures of the row stay."""
    row = get_object_or_404(
        TableRow.objects.select_related("table", "series__source"), pk=row_id, table=table_id
    )
    if request.method != "POST":
        return render(request, "indicators/edit_remove.html", {"row": row})
    remove_row(row=row, actor=request.user)
    return _done(request, row.table, _("‘%(label)s’ is uit de tabel gehaald.") % {"label": row.label})


def _done(request: HttpRequest, table: IndicatorTable, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(_here(table))


def _here(table: IndicatorTable) -> str:
    return reverse("indicators:arrange", args=[table.pk])
