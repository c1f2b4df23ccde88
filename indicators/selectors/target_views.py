"""The targets of published series, with the verdict on each and its rule in words."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from indicators.aims import Aim, Outcome
from indicators.cells import parse
from indicators.display import CellView
from indicators.models import Direction, Indicator, Target
from indicators.periods import Period
from indicators.reading_views import TargetView
from indicators.selectors.published import PublishedSeries
from indicators.verdicts import judge

# Colour only where a person said what better means.
SETTLED = (Direction.HIGHER, Direction.LOWER, Direction.BAND)
TONES = {"met": "success", "partly": "warning", "not_met": "danger", "not_assessable": "neutral"}


@dataclass(frozen=True)
class Reading:
    """How a person said that a target is to be read or judged."""

    interpretation: str
    interpreted_on: dt.date | None
    criterion: str


Readings = Mapping[tuple[int, str], Reading]


def readings(found: Iterable[PublishedSeries], at: dt.datetime | None) -> Readings:
    """What persons said about the targets of these series, by series and period.

    One query, and none where every target says by itself how it is to be read.
    """
    open_ones = [one.series_id for one in found if any(map(_needs_a_person, one.targets))]
    if not open_ones:
        return {}
    known = Target.objects.published_at(at) if at else Target.objects.published()
    return {
        (row.series_id, row.period.code): Reading(
            row.interpretation, row.interpreted_at and row.interpreted_at.date(), row.criterion
        )
        for row in known.of_series(open_ones)
    }


def _needs_a_person(cell: CellView) -> bool:
    return not cell.comparator and cell.value_high is None


def target_views(series: PublishedSeries, indicator: Indicator, said: Readings) -> list[TargetView]:
    """The targets of one series in order of time, each judged by the figure of the same period."""
    outcomes = {cell.period: _outcome(cell, indicator.unit) for cell in series.cells}
    aims = [_aim(cell, said.get((series.series_id, cell.period))) for cell in series.targets]
    earlier = [None, *aims]
    return [
        _view(aim, outcomes.get(aim.period.code), previous, indicator.direction)
        for aim, previous in zip(aims, earlier, strict=False)
    ]


def _view(aim: Aim, outcome: Outcome | None, previous: Aim | None, direction: str) -> TargetView:
    verdict = judge(aim, outcome, previous=previous, direction=direction)
    return TargetView(
        label=aim.period.label,
        printed=aim.printed,
        word=verdict.word,
        tone=TONES[verdict.code] if direction in SETTLED else "neutral",
        rule=verdict.rule,
        remarks=verdict.remarks,
    )


def _aim(cell: CellView, reading: Reading | None) -> Aim:
    return Aim(
        period=_period(cell),
        printed=cell.printed,
        value=_decimal(cell.value),
        value_high=_decimal(cell.value_high),
        comparator=cell.comparator,
        parts=_parts(cell),
        status=cell.status,
        reason=cell.explanation,
        criterion=reading.criterion if reading else "",
        interpretation=reading.interpretation if reading else "",
        # Readers are told that somebody said so, not who.
        interpreted_by=_("de gemeente"),
        interpreted_on=reading.interpreted_on if reading else None,
    )


def _outcome(cell: CellView, unit: str) -> Outcome:
    return Outcome(
        period=_period(cell),
        printed=cell.printed,
        value=_decimal(cell.value),
        comparator=cell.comparator,
        parts=_parts(cell),
        status=cell.status,
        reason=cell.explanation,
        unit=unit,
        low=_decimal(cell.low),
        high=_decimal(cell.high),
    )


def _period(cell: CellView) -> Period:
    period = Period.from_code(cell.period)
    if period is None:
        raise ValueError(cell.period)
    return period


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _parts(cell: CellView) -> tuple[tuple[Decimal, str], ...]:
    found: Sequence[tuple[Decimal | None, str]] = [(one.value, one.unit) for one in parse(cell.printed).parts]
    return tuple((value, unit) for value, unit in found if value is not None) if cell.value is None else ()
