"""Stored cells as readers get them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from indicators.columns import Column
from indicators.display import CellView
from indicators.models import Observation, Status, Target
from indicators.periods import Period
from indicators.selectors.verdicts import verdict_view

Row = TypeVar("Row", Observation, Target)


class Figures:
    """The cells of several series, found at once: a query for what was measured and, if asked, one for targets."""

    def __init__(self, series_ids: Collection[int], columns: Iterable[Column]) -> None:
        wanted = list(columns)
        # Those of targets too: a target is judged by the figure of its year, which may have no column.
        starts = {column.period.start for column in wanted}
        self._measured = _by_series(
            Observation.objects.current().of_series(series_ids).filter(period_start__in=starts)
        )
        # All of them: a target is compared with the one before it, which may have no column either.
        self._targets = (
            _by_series(Target.objects.current().of_series(series_ids).select_related("interpreted_by"))
            if any(column.kind == "target" for column in wanted)
            else {}
        )

    def cells(
        self, series_id: int, columns: Sequence[Column], *, direction: str = "", unit: str = ""
    ) -> tuple[CellView, ...]:
        """One cell per column. `direction` and `unit` are those of the row, for the verdicts on its targets."""
        measured = self._measured.get(series_id, {})
        targets = self._targets.get(series_id, {})
        start = next((measured.get(column.period) for column in columns if column.kind == "baseline"), None)

        def cell(column: Column) -> CellView:
            if column.kind != "target":
                return cell_view(column, measured.get(column.period))
            target = targets.get(column.period)
            if target is None:
                return cell_view(column, None)
            verdict = verdict_view(
                target,
                measured.get(column.period),
                baseline=start,
                earlier=tuple(targets.values()),
                direction=direction,
                unit=unit,
            )
            return replace(cell_view(column, target), verdict=verdict)

        return tuple(map(cell, columns))


def _by_series(rows: Iterable[Row]) -> dict[int, dict[Period, Row]]:
    found: defaultdict[int, dict[Period, Row]] = defaultdict(dict)
    for row in rows:
        found[row.series_id][row.period] = row
    return found


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
        vintage=row.vintage.isoformat(),
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
