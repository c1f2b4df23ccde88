"""Stored targets with the verdict on each."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils import timezone

from indicators.aims import Aim, Outcome
from indicators.display import VerdictView
from indicators.models import Direction, Observation, Status, Target
from indicators.verdicts import Code, judge

# Colour only where a person said what better means.
SETTLED = (Direction.HIGHER, Direction.LOWER, Direction.BAND)
TONE_OF_CODE: dict[Code, str] = {
    "met": "success",
    "not_met": "danger",
    "partly": "warning",
    "not_assessable": "neutral",
}
# A blank cell of a table is no target: there is nothing to judge.
NO_TARGET = (Status.UNKNOWN, Status.NOT_APPLICABLE, Status.NOT_COLLECTED)
# In what is published nobody is named who works here.
THE_MUNICIPALITY = "de gemeente"


def verdict_view(
    target: Target,
    measured: Observation | None,
    *,
    baseline: Observation | None = None,
    earlier: Sequence[Target] = (),
    direction: str = "",
    unit: str = "",
) -> VerdictView | None:
    """The verdict on one target, or None where the cell holds no target.

    `earlier` are targets of the same series; the last one before this target counts. No queries, if the
    targets came with `interpreted_by`.
    """
    if target.status in NO_TARGET:
        return None
    aim = aim_of(target)
    facts: dict[str, Any] = {
        "outcome": outcome_of(measured, unit) if measured else None,
        "baseline": outcome_of(baseline, unit) if baseline else None,
        "previous": _previous(target, earlier),
        "direction": direction,
    }
    verdict = judge(aim, **facts)
    anonymous = replace(aim, interpreted_by=THE_MUNICIPALITY)
    return VerdictView(
        code=verdict.code,
        word=verdict.word,
        rule=verdict.rule,
        public_rule=judge(anonymous, **facts).rule if aim.interpretation else verdict.rule,
        remarks=verdict.remarks,
        tone=TONE_OF_CODE[verdict.code] if direction in SETTLED else "neutral",
        target_id=target.pk,
        waits_for_a_person=aim.waits_for_a_person,
        is_by_a_person=bool(aim.interpretation or aim.criterion),
    )


def aim_of(target: Target) -> Aim:
    """A stored target as a verdict reads it."""
    when = target.interpreted_at
    return Aim(
        period=target.period,
        printed=target.printed,
        value=target.value,
        value_high=target.value_high,
        comparator=target.comparator,
        parts=_parts(target),
        status=target.status,
        reason=target.reason,
        criterion=target.criterion,
        interpretation=target.interpretation,
        interpreted_by=str(target.interpreted_by or ""),
        interpreted_on=timezone.localtime(when).date() if when else None,
    )


def outcome_of(row: Observation, unit: str = "") -> Outcome:
    """A stored observation as a verdict reads it."""
    return Outcome(
        period=row.period,
        printed=row.printed,
        value=row.value,
        comparator=row.comparator,
        parts=_parts(row),
        status=row.status,
        reason=row.reason,
        unit=unit,
        low=row.margin_low,
        high=row.margin_high,
        measured=row.measured,
    )


def _parts(row: Target | Observation) -> tuple[tuple[Decimal, str], ...]:
    return tuple((Decimal(part["value"]), part["unit"]) for part in row.parts or ())


def _previous(target: Target, targets: Sequence[Target]) -> Aim | None:
    before = [
        one
        for one in targets
        if one.granularity == target.granularity
        and one.period_start < target.period_start
        and one.status not in NO_TARGET
    ]
    return aim_of(max(before, key=lambda one: one.period_start)) if before else None
