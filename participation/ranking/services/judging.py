"""Flagged ballots: one person proposes, another confirms, before anything is counted."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from haarlemveilig.audit.services import record
from participation.ranking.models import Quarantine, Round
from participation.ranking.services.errors import RoundError

NOT_NOW = "Over opvallende stembiljetten beslist u na het sluiten en voor het tellen."


def _hold_closed(round_: Round) -> None:
    """Nobody counts while we decide; raises RoundError when the round is not between closing and counting."""
    held = Round.objects.select_for_update().filter(pk=round_.pk, status=Round.Status.CLOSED).first()
    if held is None:
        raise RoundError(NOT_NOW)


@transaction.atomic
def propose(*, round_: Round, rows: Collection[int], sets_apart: bool, reason: str, actor: Any) -> int:
    """Propose what to do with these rows; answers how many. An earlier confirmation of them falls away."""
    _hold_closed(round_)
    changed = Quarantine.objects.filter(round=round_, pk__in=rows).update(
        sets_apart=sets_apart,
        reason=reason,
        proposed_by=actor,
        proposed_at=timezone.now(),
        confirmed_by=None,
        confirmed_at=None,
    )
    record(
        "ranking.quarantine_proposed", actor=actor, target=round_, rows=sorted(rows), sets_apart=sets_apart
    )
    return changed


@transaction.atomic
def confirm(*, round_: Round, rows: Collection[int], actor: Any) -> int:
    """Confirm what somebody else proposed; answers how many. RoundError for a proposal of one's own."""
    _hold_closed(round_)
    found = Quarantine.objects.filter(round=round_, pk__in=rows, sets_apart__isnull=False)
    if found.filter(proposed_by=actor).exists():
        raise RoundError("U stelde dit zelf voor. Een collega moet het bevestigen.")
    changed = found.update(confirmed_by=actor, confirmed_at=timezone.now())
    record("ranking.quarantine_confirmed", actor=actor, target=round_, rows=sorted(rows))
    return changed
