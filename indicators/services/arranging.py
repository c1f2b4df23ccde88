"""What a table shows and in which order: its rows, its columns, and what an import proposed about them."""

from typing import Any, Literal

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from haarlemveilig.audit.services import record
from haarlemveilig.gemeente.models import Area
from indicators.columns import Column, merged
from indicators.models import IndicatorTable, TableRow
from indicators.names import folded
from indicators.services.namebook import NameBook

Proposal = Literal["source", "series"]


class CannotArrange(Exception):
    """The table stays as it is; the message says why, in words for whoever asked."""


@transaction.atomic
def add_column(*, table: IndicatorTable, column: Column, actor: Any) -> None:
    """Give the table a column; raises CannotArrange when it has one of that kind and period."""
    table = _claimed(table)
    if column.key in {one.key for one in table.columns}:
        raise CannotArrange(_("Deze kolom staat al in de tabel."))
    table.columns = merged(table.columns, [column])
    table.save(update_fields=["column_data"])
    record("indicators.column_added", actor=actor, target=table, column=column.key, label=column.label)


@transaction.atomic
def add_row(
    *, table: IndicatorTable, indicator: str, source: str, area: Area, label: str, group: str, actor: Any
) -> TableRow:
    """Put a series at the end of a group; indicator, source and series are made where they are new.

    Raises CannotArrange when the series stands in this table already.
    """
    table = _claimed(table)
    book = NameBook()
    counted_by = book.source(source)
    measured = book.indicator(indicator) or book.new_indicator(indicator)
    series = book.series(measured, counted_by, area)
    book.save()
    rows = list(table.rows.order_by("order"))
    twin = next((row for row in rows if row.series_id == series.pk), None)
    if twin:
        raise CannotArrange(_("Deze reeks staat al in de tabel, als ‘%(label)s’.") % {"label": twin.label})
    row = TableRow(
        table=table, series=series, label=label or indicator, group=_known_group(rows, group),
        printed_source=source,
    )  # fmt: skip
    places = [place for place, one in enumerate(rows, start=1) if one.group == row.group]
    rows.insert(places[-1] if places else len(rows), row)
    _number(table, rows)
    record("indicators.row_added", actor=actor, target=table, row=str(row.pk), series=series.pk)
    return row


@transaction.atomic
def move_row(*, row: TableRow, step: Literal[-1, 1], actor: Any) -> None:
    """One place up or down within its group; at the edge of the group nothing happens."""
    table = _claimed(row.table)
    rows = list(table.rows.order_by("order"))
    place = next((place for place, one in enumerate(rows) if one.pk == row.pk), None)
    if place is None or not 0 <= place + step < len(rows) or rows[place + step].group != rows[place].group:
        return
    rows[place], rows[place + step] = rows[place + step], rows[place]
    _number(table, rows)
    record("indicators.row_moved", actor=actor, target=table, row=str(row.pk), step=step)


@transaction.atomic
def remove_row(*, row: TableRow, actor: Any) -> None:
    """Take a row out of its table. The series and all its figures stay."""
    record(
        "indicators.row_removed",
        actor=actor, target=row.table, row=str(row.pk), series=row.series_id, label=row.label,
    )  # fmt: skip
    row.delete()


@transaction.atomic
def confirm_proposal(*, row: TableRow, proposal: Proposal, actor: Any) -> None:
    """What an import derived about this row is so, says a named person."""
    field = f"{proposal}_is_proposed"
    if TableRow.objects.filter(pk=row.pk, **{field: True}).update(**{field: False}):
        record(
            "indicators.proposal_confirmed",
            actor=actor, target=row.table, row=str(row.pk), proposal=proposal,
        )  # fmt: skip


def _claimed(table: IndicatorTable) -> IndicatorTable:
    """The table as it is now; nobody else arranges it before we are done."""
    return IndicatorTable.objects.select_for_update().get(pk=table.pk)


def _known_group(rows: list[TableRow], group: str) -> str:
    """The group as the table already writes it."""
    return next((row.group for row in rows if folded(row.group) == folded(group)), group.strip())


def _number(table: IndicatorTable, rows: list[TableRow]) -> None:
    """Store the rows in this order. Out of the way first: no two rows stand on one place, not for a moment."""
    last = table.rows.aggregate(last=Max("order"))["last"] or 0
    table.rows.update(order=F("order") + last + len(rows) + 1)
    for order, row in enumerate(rows):
        row.order = order
    TableRow.objects.bulk_update([row for row in rows if not row._state.adding], ["order"])
    TableRow.objects.bulk_create([row for row in rows if row._state.adding])
