"""Where series stand in a table. An import adds and changes rows; it never takes one away."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, Max

from haarlemveilig.gemeente.models import Theme
from indicators.columns import Column, merged
from indicators.models import IndicatorTable, Series, TableRow
from indicators.names import folded
from indicators.services.assigning import place_name
from indicators.table_file import TableLine

RowKey = tuple[str, str, str, int, str]
# What an import may change in a row that is already there.
UPDATED = [
    "order", "series", "label", "printed_source", "note", "source_is_proposed", "series_is_proposed"
]  # fmt: skip
PART = 2000


@dataclass(frozen=True)
class Placed:
    """A row of the file with its series. With `is_confirmed` a person stands for what was proposed."""

    line: TableLine
    series: Series
    source_is_proposed: bool
    series_is_proposed: bool
    is_confirmed: bool


@dataclass(frozen=True)
class Placement:
    """A table as it will be: its rows in order, and which of them are new or different."""

    table: IndicatorTable
    table_is_new: bool
    new: Sequence[TableRow]
    different: Sequence[TableRow]

    @property
    def changed(self) -> int:
        return len(self.new) + len(self.different)


def plan_table(name: str, rows: Sequence[Placed], *, theme: Theme | None, number: int) -> Placement:
    """The table of this name with these rows, in the order of the file. Reads only.

    Rows of the table that the file does not have stay, behind the last row of their group. `number` counts
    the tables of the file, so that several new ones stand in its order.
    """
    table = IndicatorTable.objects.filter(name=name).first()
    is_new = table is None
    table = table or _new_table(name, theme, number)
    table.chapter = rows[0].line.chapter or table.chapter
    table.columns = merged(table.columns, _columns(rows))
    standing = [] if is_new else list(_rows_of(table))
    existing = dict(zip(_counted(_key(row, name) for row in standing), standing, strict=True))
    before = {row.pk: _state(row) for row in standing}
    keys = _counted(map(_placed_key, rows))
    in_file = [_row(table, one, existing.get(key)) for key, one in zip(keys, rows, strict=True)]
    others = [existing[key] for key in existing.keys() - set(keys)]
    ordered = _with_others(in_file, sorted(others, key=lambda row: row.order))
    for order, row in enumerate(ordered):
        row.order = order
    return Placement(
        table,
        is_new,
        new=[row for row in ordered if row._state.adding],
        different=[row for row in ordered if not row._state.adding and before[row.pk] != _state(row)],
    )


def save_tables(placements: Sequence[Placement]) -> None:
    """Write what was planned; the series must have been saved."""
    for one in placements:
        if one.table_is_new:
            one.table.save(force_insert=True)
        else:
            one.table.save(update_fields=["chapter", "column_data"])
            _make_room(one)
        TableRow.objects.bulk_update(one.different, UPDATED, batch_size=PART)
        TableRow.objects.bulk_create(one.new, batch_size=PART)


def _make_room(placement: Placement) -> None:
    # Out of the way first: the database allows no two rows on one place, not even for a moment.
    rows = TableRow.objects.filter(table=placement.table)
    last = rows.aggregate(last=Max("order"))["last"] or 0
    offset = last + placement.changed + 1
    ids = [row.pk for row in placement.different]
    rows.filter(pk__in=ids).update(order=F("order") + offset)


def _new_table(name: str, theme: Theme | None, number: int) -> IndicatorTable:
    last = IndicatorTable.objects.aggregate(last=Max("order"))["last"]
    return IndicatorTable(name=name, theme=theme, order=number if last is None else last + 1 + number)


def _columns(rows: Sequence[Placed]) -> list[Column]:
    columns = {cell.column.key: cell.column for one in rows for cell in one.line.cells}
    return list(columns.values())


def _rows_of(table: IndicatorTable) -> Iterable[TableRow]:
    return TableRow.objects.filter(table=table).select_related("series__source").order_by("order")


def _counted(keys: Iterable[RowKey]) -> list[tuple[RowKey, int]]:
    """Each key with how often it came before: a table may print the same row twice."""
    seen: Counter[RowKey] = Counter()
    counted = []
    for key in keys:
        counted.append((key, seen[key]))
        seen[key] += 1
    return counted


def _placed_key(placed: Placed) -> RowKey:
    line, series = placed.line, placed.series
    return (
        folded(line.group), folded(line.label), series.source.name, series.area_id, line.breakdown
    )  # fmt: skip


def _key(row: TableRow, table_name: str) -> RowKey:
    series = row.series
    # A row that once contradicted another is the same row when it no longer does.
    is_apart = series.breakdown.endswith(place_name(table_name, row.group))
    breakdown = series.breakdown.removesuffix(place_name(table_name, row.group)).removesuffix(", ")
    return (
        folded(row.group), folded(row.label), series.source.name, series.area_id,
        breakdown if is_apart else series.breakdown,
    )  # fmt: skip


def _state(row: TableRow) -> tuple[object, ...]:
    return tuple(getattr(row, "series_id" if name == "series" else name) for name in UPDATED)


def _row(table: IndicatorTable, placed: Placed, row: TableRow | None) -> TableRow:
    line = placed.line
    if row is None:
        return TableRow(
            table=table,
            series=placed.series,
            group=line.group,
            label=line.label,
            printed_source=line.printed_source,
            note=line.note,
            source_is_proposed=placed.source_is_proposed,
            series_is_proposed=placed.series_is_proposed,
        )
    # What a person once confirmed stays confirmed as long as the file says the same.
    if placed.is_confirmed or row.printed_source != line.printed_source:
        row.source_is_proposed = placed.source_is_proposed
    if placed.is_confirmed or row.series_id != placed.series.pk:
        row.series_is_proposed = placed.series_is_proposed
    row.series, row.label, row.printed_source = placed.series, line.label, line.printed_source
    row.note = line.note or row.note
    return row


def _with_others(in_file: Sequence[TableRow], others: Sequence[TableRow]) -> list[TableRow]:
    """The rows of the file, and behind the last of each group those of the table that it does not have."""
    behind: dict[str, list[TableRow]] = {}
    for row in others:
        behind.setdefault(folded(row.group), []).append(row)
    last = {folded(row.group): place for place, row in enumerate(in_file)}
    ordered: list[TableRow] = []
    for place, row in enumerate(in_file):
        ordered.append(row)
        group = folded(row.group)
        if last[group] == place:
            ordered += behind.pop(group, [])
    return ordered + [row for rows in behind.values() for row in rows]
