from collections.abc import Mapping, Sequence
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from haarlemveilig.audit.services import record
from haarlemveilig.canonical import sha256_of
from haarlemveilig.gemeente.models import Theme
from haarlemveilig.gemeente.selectors import WijkName
from priorities.departures import Choice, Gap, departures, gaps
from priorities.evidence import Evidence, snapshot
from priorities.models import Departure, Priority, Weighing
from priorities.selectors import adopted_key, evidence_for


class WeighingError(Exception):
    """A weighing cannot be saved or adopted as asked; nothing was written."""


class ChangedMeanwhile(WeighingError):
    """Somebody else saved this weighing after it was opened here."""


class AlreadyAdopted(WeighingError):
    """The priorities are adopted and stay as they are."""


class Incomplete(WeighingError):
    """A reason or a priority is missing; `gaps` says which."""

    def __init__(self, found: tuple[Gap, ...]) -> None:
        super().__init__(", ".join(f"{gap.lack} {gap.theme or gap.rank}" for gap in found))
        self.gaps = found


@transaction.atomic
def save_weighing(
    *, weighing: Weighing, chosen: Sequence[Choice], explanations: Mapping[str, str], version: int, actor: Any
) -> None:
    """Save a draft as filled in, complete or not.

    `version` is the one its author saw: raises ChangedMeanwhile when somebody saved since, AlreadyAdopted
    when there is nothing left to change.
    """
    _claim(weighing, version, actor)
    _replace_decision(weighing, chosen, explanations)
    record("priorities.weighing_saved", actor=actor, target=weighing, version=weighing.version)


@transaction.atomic
def adopt(
    *,
    wijk: WijkName,
    weighing: Weighing,
    chosen: Sequence[Choice],
    explanations: Mapping[str, str],
    version: int,
    actor: Any,
) -> None:
    """Make the priorities final, with everything that lay on the table and its hash. There is no way back.

    Raises Incomplete while a priority or a departure has no reason; ChangedMeanwhile and AlreadyAdopted
    as save_weighing does.
    """
    evidence = evidence_for(wijk, weighing.year)
    missing = gaps(evidence.area, chosen, explanations)
    if missing:
        raise Incomplete(missing)
    kept = _explained(evidence, chosen, explanations)
    facts = snapshot(evidence, chosen, kept)
    _claim(
        weighing,
        version,
        actor,
        status=Weighing.Status.ADOPTED,
        result=evidence.round.edition if evidence.round else None,
        evidence=facts,
        evidence_sha256=sha256_of(facts),
        adopted_at=timezone.now(),
        adopted_by=actor,
    )
    _replace_decision(weighing, chosen, kept)
    record("priorities.weighing_adopted", actor=actor, target=weighing, sha256=weighing.evidence_sha256)
    transaction.on_commit(lambda: cache.delete(adopted_key(weighing.wijk_id)))


def _explained(
    evidence: Evidence, chosen: Sequence[Choice], explanations: Mapping[str, str]
) -> dict[str, str]:
    """The reasons that count: a draft may also hold one for a theme that was chosen after all."""
    chosen_themes = {choice.theme for choice in chosen}
    return {code: explanations[code] for code in departures(evidence.area, chosen_themes)}


def _claim(weighing: Weighing, version: int, actor: Any, **changes: Any) -> None:
    # One conditional update: of two people who saw the same version, only one gets through.
    waiting = Weighing.objects.filter(pk=weighing.pk, status=Weighing.Status.DRAFT, version=version)
    saved = {"version": F("version") + 1, "saved_at": timezone.now(), "saved_by": actor}
    claimed = waiting.update(**saved, **changes)
    weighing.refresh_from_db()
    if claimed != 1:
        raise AlreadyAdopted if weighing.is_adopted else ChangedMeanwhile


def _replace_decision(weighing: Weighing, chosen: Sequence[Choice], explanations: Mapping[str, str]) -> None:
    """Nothing points at the rows of a draft, so they are simply written anew: two numbers can swap."""
    themes = {theme.code: theme for theme in Theme.objects.all()}
    weighing.priorities.all().delete()
    weighing.departures.all().delete()
    Priority.objects.bulk_create(
        Priority(
            weighing=weighing, rank=choice.rank, theme=themes[choice.theme], reason={"nl": choice.reason}
        )
        for choice in chosen
    )
    Departure.objects.bulk_create(
        Departure(weighing=weighing, theme=themes[code], reason={"nl": reason})
        for code, reason in explanations.items()
        if reason.strip()
    )
