"""Figures as files hold them: what readers may see, and for colleagues a whole table with current values."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Max
from django.utils.formats import date_format
from django.utils.timezone import localtime

from haarlemveilig.gemeente.models import AreaVersion
from haarlemveilig.gemeente.selectors import municipality
from indicators.cells import parse
from indicators.columns import Column, merged
from indicators.display import CellView
from indicators.exports import Definition, Document, Heading, SourceNote, TidyCell, TidyRow
from indicators.models import (
    MISSING,
    Indicator,
    IndicatorTable,
    Observation,
    Publication,
    Source,
    Status,
    TableRow,
    Target,
)
from indicators.periods import Period
from indicators.selectors.published import PublishedSeries, published_series
from indicators.tidy_words import period_code

# What a table without any figure counts as: files never say when they were made.
LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


# --- for readers ----------------------------------------------------------------------------------
def indicator_document(slug: str, url: str, at: dt.datetime | None = None) -> Document | None:
    """All published series of one indicator, as they are or as readers saw them `at`; None without any."""
    series = published_series(slugs=[slug], at=at)
    if not series:
        return None
    indicator = Indicator.objects.get(slug=slug)
    origins = _origins([one.series_id for one in series], at)
    rows = tuple(_series_row(one, indicator, origins) for one in series)
    columns = merged([], [cell.column for row in rows for cell in row.cells])
    return _document(indicator.name, url, columns, rows, [indicator], _published([indicator], at), at)


def public_table_document(table: IndicatorTable, url: str, at: dt.datetime | None = None) -> Document | None:
    """A table as readers may have it; None unless every row of it is public."""
    placed = _placed(table)
    if not placed or any(row.series.indicator.published_at is None for row in placed):
        return None
    ids = {row.series_id for row in placed}
    series = {one.series_id: one for one in published_series(series_ids=ids, at=at)}
    origins = _origins(ids, at)
    cells = {
        (one.series_id, _key(cell)): _public_cell(one.series_id, cell, origins)
        for one in series.values()
        for cell in (*one.cells, *one.targets)
    }
    indicators = [row.series.indicator for row in placed]
    return _table_document(table, placed, cells, url, _published(indicators, at), at)


@dataclass(frozen=True)
class _Origin:
    """What the pages leave out of a cell: where it comes from, never what it says."""

    vintage: dt.date
    recorded_at: dt.datetime
    measured: str


_CellKey = tuple[int, str]
_Origins = Mapping[_CellKey, _Origin]


def _origins(series_ids: Collection[int], at: dt.datetime | None) -> _Origins:
    found: dict[_CellKey, _Origin] = {}
    for rows in (Observation.objects.all(), Target.objects.all()):
        known = rows.published_at(at) if at else rows.published()
        for row in known.filter(series__in=series_ids):
            kind = "target" if isinstance(row, Target) else "observation"
            found[row.series_id, f"{kind}:{row.period.code}"] = _Origin(
                row.vintage, row.recorded_at, _measured(row)
            )
    return found


def _measured(row: Observation | Target) -> str:
    measured = row.measured if isinstance(row, Observation) else None
    return period_code(measured) if measured else ""


def _key(cell: CellView) -> str:
    return f"{'target' if cell.kind == 'target' else 'observation'}:{cell.period}"


def _series_row(series: PublishedSeries, indicator: Indicator, origins: _Origins) -> TidyRow:
    return TidyRow(
        label=series.indicator_name,
        indicator=series.indicator_name,
        series_id=series.series_id,
        source=series.source,
        area=series.area_name,
        area_code=series.area_code,
        breakdown=series.breakdown,
        unit=indicator.unit,
        is_synthetic=series.is_synthetic,
        cells=tuple(
            _public_cell(series.series_id, cell, origins) for cell in (*series.cells, *series.targets)
        ),
    )


def _public_cell(series_id: int, cell: CellView, origins: _Origins) -> TidyCell:
    period = Period.from_code(cell.period)
    if period is None:
        raise ValueError(cell.period)
    label = f"Streefwaarde {cell.label}" if cell.kind == "target" else cell.label
    is_missing = cell.status in MISSING
    origin = origins[series_id, _key(cell)]
    return TidyCell(
        column=Column("target" if cell.kind == "target" else "observation", period, label),
        printed=cell.printed,
        status=cell.status,
        value=_decimal(cell.value),
        value_high=_decimal(cell.value_high),
        comparator=cell.comparator,
        parts=_parsed_parts(cell),
        reason=cell.explanation if is_missing else "",
        note="" if is_missing else cell.explanation,
        measured=origin.measured if cell.measured else "",
        n=cell.n,
        low=_decimal(cell.low),
        high=_decimal(cell.high),
        vintage=origin.vintage,
        recorded_at=origin.recorded_at,
    )


def _parsed_parts(cell: CellView) -> tuple[tuple[Decimal, str], ...]:
    """Of what may be shown: a hidden cell has no printed text, and so no parts."""
    parts = parse(cell.printed).parts if cell.status == Status.COMPOSITE else ()
    return tuple((part.value, part.unit) for part in parts if part.value is not None)


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(repr(value))


def _published(indicators: Sequence[Indicator], at: dt.datetime | None) -> dt.datetime:
    """When readers last got something new."""
    publications = Publication.objects.filter(indicator__in=indicators)
    seen = publications.filter(published_at__lte=at) if at else publications
    return seen.aggregate(last=Max("published_at"))["last"] or LONG_AGO


# --- for colleagues -------------------------------------------------------------------------------
def staff_table_document(table: IndicatorTable, url: str) -> Document:
    """A whole table with its current values, published or not."""
    placed = _placed(table)
    ids = {row.series_id for row in placed}
    cells: dict[_CellKey, TidyCell] = {}
    for observation in Observation.objects.current().filter(series__in=ids):
        cells[observation.series_id, f"observation:{observation.period.code}"] = _measured_cell(observation)
    for target in Target.objects.current().filter(series__in=ids):
        cells[target.series_id, f"target:{target.period.code}"] = _target_cell(target)
    moments = [cell.recorded_at for cell in cells.values() if cell.recorded_at]
    return _table_document(table, placed, cells, url, max(moments, default=LONG_AGO), None)


def _measured_cell(row: Observation) -> TidyCell:
    return TidyCell(
        column=Column("observation", row.period, row.period.label),
        printed=row.printed,
        status=row.status,
        value=row.value,
        comparator=row.comparator,
        parts=_stored_parts(row),
        reason=row.reason,
        note=row.note,
        measured=_measured(row),
        n=row.n,
        low=row.margin_low,
        high=row.margin_high,
        vintage=row.vintage,
        recorded_at=row.recorded_at,
    )


def _target_cell(row: Target) -> TidyCell:
    return TidyCell(
        column=Column("target", row.period, row.period.label),
        printed=row.printed,
        status=row.status,
        value=row.value,
        value_high=row.value_high,
        comparator=row.comparator,
        parts=_stored_parts(row),
        reason=row.reason,
        note=row.note,
        vintage=row.vintage,
        recorded_at=row.recorded_at,
    )


def _stored_parts(row: Observation | Target) -> tuple[tuple[Decimal, str], ...]:
    return tuple((Decimal(part["value"]), part["unit"]) for part in row.parts or ())


# --- tables ---------------------------------------------------------------------------------------
def _placed(table: IndicatorTable) -> list[TableRow]:
    return list(
        table.rows.select_related("series__indicator", "series__source", "series__area").order_by("order")
    )


def _table_document(
    table: IndicatorTable,
    placed: Sequence[TableRow],
    cells: Mapping[_CellKey, TidyCell],
    url: str,
    modified: dt.datetime,
    at: dt.datetime | None,
) -> Document:
    names = _area_names({row.series.area_id for row in placed})
    columns = table.columns
    rows = tuple(
        _table_row(table, row, order, names, [_placed_cell(row, column, cells) for column in columns])
        for order, row in enumerate(placed, start=1)
    )
    indicators = {row.series.indicator_id: row.series.indicator for row in placed}
    return _document(table.name, url, columns, rows, indicators.values(), modified, at)


def _placed_cell(row: TableRow, column: Column, cells: Mapping[_CellKey, TidyCell]) -> TidyCell:
    kind = "target" if column.kind == "target" else "observation"
    found = cells.get((row.series_id, f"{kind}:{column.period.code}"))
    return replace(found, column=column) if found else TidyCell(column)


def _table_row(
    table: IndicatorTable, row: TableRow, order: int, names: Mapping[int, str], cells: Iterable[TidyCell]
) -> TidyRow:
    series = row.series
    return TidyRow(
        table=table.name,
        chapter=table.chapter,
        order=order,
        group=row.group,
        label=row.label,
        printed_source=row.printed_source,
        note=row.note,
        indicator=series.indicator.name,
        series_id=series.pk,
        source=series.source.name,
        is_synthetic=series.source.is_synthetic,
        area=names.get(series.area_id, series.area.code),
        area_code=series.area.code,
        breakdown=series.breakdown,
        unit=series.indicator.unit,
        cells=tuple(cells),
    )


def _area_names(area_ids: Collection[int]) -> dict[int, str]:
    versions = AreaVersion.objects.filter(year=municipality().area_year, area__in=area_ids)
    return dict(versions.values_list("area_id", "name"))


def _document(
    title: str,
    url: str,
    columns: Iterable[Column],
    rows: tuple[TidyRow, ...],
    indicators: Iterable[Indicator],
    modified: dt.datetime,
    at: dt.datetime | None,
) -> Document:
    names = {row.source for row in rows}
    return Document(
        title=title,
        url=url,
        publisher=f"Gemeente {municipality().name}",
        modified=modified,
        headings=tuple(Heading(column.key, column.label) for column in columns),
        rows=rows,
        definitions=tuple(Definition(one.name, one.definition, one.unit) for one in indicators),
        sources=tuple(
            SourceNote(one.name, one.get_kind_display(), one.method, one.licence, one.url)
            for one in Source.objects.filter(name__in=names)
        ),
        as_of=date_format(localtime(at), "j F Y") if at else "",
    )
