"""Stored cells as readers get them."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from indicators.columns import Column
from indicators.display import CellView
from indicators.models import Observation, Status, Target
from indicators.periods import Period

Found = Mapping[tuple[int, Period], Observation | Target]


class Figures:
    """The cells of several series, found at once: a query for what was measured and, if asked, one for targets."""

    def __init__(self, series_ids: Collection[int], columns: Iterable[Column]) -> None:
        starts: dict[bool, set[dt.date]] = {True: set(), False: set()}
        for column in columns:
            starts[column.kind == "target"].add(column.period.start)
        self._measured: Found = _by_cell(
            Observation.objects.current().of_series(series_ids).filter(period_start__in=starts[False])
        )
        self._targets: Found = (
            _by_cell(Target.objects.current().of_series(series_ids).filter(period_start__in=starts[True]))
            if starts[True]
            else {}
        )

    def cells(self, series_id: int, columns: Iterable[Column]) -> tuple[CellView, ...]:
        return tuple(self._cell(series_id, column) for column in columns)

    def _cell(self, series_id: int, column: Column) -> CellView:
        found = self._targets if column.kind == "target" else self._measured
        return cell_view(column, found.get((series_id, column.period)))


def _by_cell(rows: Iterable[Observation] | Iterable[Target]) -> Found:
    return {(row.series_id, row.period): row for row in rows}


def cell_view(column: Column, row: Observation | Target | None) -> CellView:
    """A stored cell as readers get it; without one it says that nothing was read in."""
    if row is None:
        text = f"Voor {column.label} is nog niets ingelezen."
        return CellView(column.label, "", Status.UNKNOWN, text, kind=column.kind, period=column.period.code)
    return CellView(
        label=column.label,
        printed=row.printed,
        status=row.status,
        explanation=row.reason or row.note,
        value=_float(row.value),
        kind=column.kind,
        period=column.period.code,
        comparator=row.comparator,
        **(_target_fields(row) if isinstance(row, Target) else _measured_fields(row)),
    )


def _target_fields(row: Target) -> dict[str, Any]:
    return {"value_high": _float(row.value_high)}


def _measured_fields(row: Observation) -> dict[str, Any]:
    return {
        "measured": row.measured.label if row.measured else "",
        "n": row.n,
        "low": _float(row.margin_low),
        "high": _float(row.margin_high),
    }


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
