"""The sample of participations that dice draw for griffie or rekenkamer: do these people exist?"""

import hashlib
from typing import Any

from django.db import transaction

from haarlemveilig.audit.services import record
from participation.ranking.models import AuditedParticipation, Participation, Round, SampleAudit
from participation.ranking.sample import drawn_numbers
from participation.ranking.services.errors import RoundError


@transaction.atomic
def draw_sample(*, round_: Round, dice: str, size: int, actor: Any) -> SampleAudit:
    """Draw `size` participations with the digits of a public throw of dice.

    Participations are numbered from 1 in the order of their ids, the list of which the manifest fixes by its hash.
    RoundError before closing: the list can still grow.
    """
    if round_.status in (Round.Status.DRAFT, Round.Status.OPEN):
        raise RoundError("De steekproef komt na het sluiten: tot dan kunnen er deelnames bijkomen.")
    ids = list(Participation.objects.filter(round=round_).order_by("pk").values_list("pk", flat=True))
    if not ids:
        raise RoundError("Er zijn geen deelnames om te controleren.")
    audit = SampleAudit.objects.create(round=round_, dice=dice, size=min(size, len(ids)), drawn_by=actor)
    numbers = drawn_numbers(dice, population=len(ids), size=audit.size)
    AuditedParticipation.objects.bulk_create(
        AuditedParticipation(audit=audit, number=number, participation_id=ids[number - 1])
        for number in numbers
    )
    digest = hashlib.sha256(",".join(map(str, numbers)).encode()).hexdigest()
    record(
        "ranking.sample_drawn", actor=actor, target=round_, dice=dice, size=audit.size, numbers_sha256=digest
    )
    return audit


@transaction.atomic
def judge_participation(*, row: AuditedParticipation, outcome: str, note: str, actor: Any) -> None:
    """Keep what was found about one drawn participation."""
    row.outcome, row.note = outcome, note
    row.save(update_fields=["outcome", "note"])
    record("ranking.participation_audited", actor=actor, target=row, outcome=outcome)
