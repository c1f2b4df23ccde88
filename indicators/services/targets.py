"""A named person says how a target is to be read."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from haarlemveilig.audit.services import record
from indicators.models import Status, Target
from indicators.services.observations import Figure, Origin, add, supersede
from indicators.services.publishing import hold_figures


class TargetChanged(Exception):
    """Somebody else changed this target meanwhile; nothing was written."""


@dataclass(frozen=True)
class Reading:
    """How to read a target: a Target.Interpretation, or a criterion that a person judges by.

    `value` is the number that stands in a text, "maximaal 6.500 meldingen".
    """

    interpretation: str = ""
    value: Decimal | None = None
    criterion: str = ""


@transaction.atomic
def interpret_target(*, target: Target, reading: Reading, actor: Any) -> None:
    """Add the target as this person reads it; what stood there stays in the history.

    Raises TargetChanged if `target` is no longer the one that counts.
    """
    hold_figures()
    # The vintage stays: the file says what it said, and a later one goes before it as it did.
    origin = Origin(
        target.provenance,
        actor,
        vintage=target.vintage,
        change_reason="Gezegd hoe deze streefwaarde gelezen wordt.",
    )
    if not supersede(Target, [target.pk], origin):
        raise TargetChanged
    add(Target, [((target.series_id, target.period), _as_read(target, reading))], origin)
    record(
        "indicators.target_interpreted",
        actor=actor,
        target=target.series,
        period=target.period.code,
        printed=target.printed,
        interpretation=reading.interpretation,
        criterion=bool(reading.criterion),
    )


def _as_read(target: Target, reading: Reading) -> Figure:
    parts = tuple((part["value"], part["unit"]) for part in target.parts or ())
    is_number = reading.value is not None
    return Figure(
        printed=target.printed,
        status=Status.NORMAL if is_number else target.status,
        value=reading.value if is_number else target.value,
        comparator=target.comparator,
        reason="" if is_number else target.reason,
        parts=parts,
        note=target.note,
        value_high=target.value_high,
        criterion=reading.criterion,
        interpretation=reading.interpretation,
    )
