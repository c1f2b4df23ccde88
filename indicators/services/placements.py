"""Where series stand in a table. An import adds and changes rows; it never takes one away."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Max

from haarlemveilig.gemeente.models import Theme
from indicators.columns import Column, merged
from indicators.models import IndicatorTable, Series, TableRow
from indicators.names import folded
from indicators.table_file import TableLine

RowKey = tuple[str, str, int]
# What an import may change in a row that is already there.
UPDATED = ["order", "series", "label", "printed_source", "source_is_proposed", "series_is_proposed"]


@dataclass(frozen=True)
class Placed:
    """A row of the file with its series."""

    line: TableLine
    series: Series
    source_is_proposed: bool
    series_is_proposed: bool

    @property
    def key(self) -> RowKey:
        return folded(self.line.group), folded(self.line.label), self.series.source_id


def place_rows(
    name: str, rows: Sequence[Placed], *, columns: Sequence[Column], theme: Theme | None, confirmed: bool
) -> int:
    """Put the rows into the table of this name, in the order of the file; answers how many changed.

    Rows of the table that the file does not have stay, behind the last row of their group.
    """
    table, made = _table(name, rows[0].line.chapter, columns, theme)
    existing = {} if made else {_key(row): row for row in table.rows.select_related("series")}
    before = {key: _state(row) for key, row in existing.items()}
    in_file = [_row(table, one, existing.get(one.key), confirmed=confirmed) for one in rows]
    ordered = _with_others(
        in_file, [row for key, row in existing.items() if key not in {one.key for one in rows}]
    )
    for order, row in enumerate(ordered):
        row.order = order
    return _save(table, ordered, before)


def _table(
    name: str, chapter: str, columns: Sequence[Column], theme: Theme | None
) -> tuple[IndicatorTable, bool]:
    last = IndicatorTable.objects.aggregate(last=Max("order"))["last"]
    table, made = IndicatorTable.objects.get_or_create(
        name=name,
        defaults={
            "chapter": chapter,
            "column_data": [column.to_json() for column in columns],
            "theme": theme,
            "order": 0 if last is None else last + 1,
        },
    )
    if not made:
        table.chapter = chapter or table.chapter
        table.columns = merged(table.columns, list(columns))
        table.save(update_fields=["chapter", "column_data"])
    return table, made


def _key(row: TableRow) -> RowKey:
    return folded(row.group), folded(row.label), row.series.source_id


def _state(row: TableRow) -> tuple[object, ...]:
    return tuple(getattr(row, "series_id" if name == "series" else name) for name in UPDATED)


def _row(table: IndicatorTable, placed: Placed, row: TableRow | None, *, confirmed: bool) -> TableRow:
    line = placed.line
    if row is None:
        return TableRow(
            table=table,
            series=placed.series,
            group=line.group,
            label=line.label,
            printed_source=line.printed_source,
            source_is_proposed=placed.source_is_proposed,
            series_is_proposed=placed.series_is_proposed,
        )
    # What a person once confirmed stays confirmed as long as the file says the same.
    if confirmed or row.printed_source != line.printed_source:
        row.source_is_proposed = placed.source_is_proposed
    if confirmed or row.series_id != placed.series.pk:
        row.series_is_proposed = placed.series_is_proposed
    row.series, row.label, row.printed_source = placed.series, line.label, line.printed_source
    return row


def _with_others(in_file: Sequence[TableRow], others: Sequence[TableRow]) -> list[TableRow]:
    ordered = list(in_file)
    for row in others:
        places = [
            place for place, one in enumerate(ordered, start=1) if folded(one.group) == folded(row.group)
        ]
        ordered.insert(places[-1] if places else len(ordered), row)
    return ordered


def _save(
    table: IndicatorTable, ordered: Sequence[TableRow], before: dict[RowKey, tuple[object, ...]]
) -> int:
    new = [row for row in ordered if row._state.adding]
    changed = [row for row in ordered if not row._state.adding and before[_key(row)] != _state(row)]
    if changed:
        # Out of the way first: the database allows no two rows on one place, not even for a moment.
        table.rows.filter(pk__in=[row.pk for row in changed]).update(order=F("order") + _free(ordered))
        TableRow.objects.bulk_update(changed, UPDATED)
    TableRow.objects.bulk_create(new)
    return len(new) + len(changed)


def _free(ordered: Sequence[TableRow]) -> int:
    """An offset that lifts any order above all that are in use."""
    table = ordered[0].table_id
    last = TableRow.objects.filter(table=table).aggregate(last=Max("order"))["last"]
    return len(ordered) + (last or 0) + 1
