"""Every version of one cell: what stood there, who put it there, when and why."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from indicators.models import Observation, Series, TableRow, Target
from indicators.periods import Period
from indicators.selectors.editing import Stored
from indicators.versions import Version, history_sentence


@dataclass(frozen=True)
class CellHistory:
    """The versions of a cell, the oldest first; `known` is the one that stood there on the day asked for."""

    is_target: bool
    versions: tuple[Stored, ...]
    known: Stored | None
    sentence: str


def cell_histories(series: Series, period: Period, day: dt.date | None = None) -> list[CellHistory]:
    """What was measured and what was aimed for, each if there is anything. Two queries."""
    both = (
        (False, Observation.objects.of_series([series.pk])),
        (True, Target.objects.of_series([series.pk])),
    )
    found = [(is_target, _versions(rows, period)) for is_target, rows in both]
    return [_history(is_target, versions, day) for is_target, versions in found if versions]


def end_of(day: dt.date) -> dt.datetime:
    """The moment at which the day is over, in the municipality."""
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))


def placements(series: Series) -> list[TableRow]:
    """Where the series stands."""
    return list(series.placements.select_related("table").order_by("table__order", "order"))


def _versions(rows: QuerySet[Any], period: Period) -> tuple[Stored, ...]:
    of_cell = rows.filter(period_start=period.start, granularity=period.granularity)
    return tuple(of_cell.select_related("recorded_by").order_by("recorded_at", "pk"))


def _history(is_target: bool, versions: tuple[Stored, ...], day: dt.date | None) -> CellHistory:
    moment = end_of(day) if day else timezone.now()
    known = [row for row in versions if row.recorded_at < moment]
    printed = [Version(row.printed, timezone.localdate(row.recorded_at)) for row in known]
    return CellHistory(is_target, versions, known[-1] if known else None, history_sentence(printed))
