"""Paper forms: two people type each over, and where they differ a person looks at the paper again."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from haarlemveilig.audit.services import record
from participation.ranking import round_keys
from participation.ranking.ballots import ranking_from, ranking_text
from participation.ranking.models import PaperEntry, Participation, Round
from participation.ranking.services.casting import Choice, Voter, cast
from participation.ranking.services.errors import RoundError


class SamePerson(RoundError):
    """The first and the second entry are by the same person."""


@dataclass(frozen=True)
class Difference:
    """What the first person typed where the second typed something else; nothing counts yet."""

    ranking: tuple[str, ...]
    cell: str


@dataclass(frozen=True)
class Entered:
    """What became of an entry: `is_counted` after the second, equal one."""

    is_counted: bool
    difference: Difference | None = None


def _key(round_: Round, voter: Voter) -> str:
    """Unlike that of the ballot, and gone with the round key too."""
    return round_keys.tied(round_.code, voter.participation.bytes + b"paper")


@transaction.atomic
def enter_paper(
    *, round_: Round, voter: Voter, choice: Choice, pile: str, actor: Any, looked_again: bool = False
) -> Entered:
    """Take one entry of a paper form.

    The first is kept. The second must be by somebody else (SamePerson): if it is the same it counts, else it is
    a `Difference`, and the second person, who has the paper, says with `looked_again` what it really says.
    RoundClosed when the round does not take paper any more.
    """
    first = PaperEntry.objects.select_for_update().filter(pk=_key(round_, voter)).first()
    if first is None:
        _keep(round_, voter, choice, pile, actor)
        return Entered(is_counted=False)
    if first.entered_by_id == actor.pk:
        raise SamePerson(_("U voerde dit formulier zelf al in. Een collega doet de tweede invoer."))
    is_same = (first.ranking, first.cell) == (ranking_text(choice.ranking), choice.cell)
    if not is_same and not looked_again:
        return Entered(is_counted=False, difference=Difference(ranking_from(first.ranking), first.cell))
    cast(round_=round_, voter=voter, choice=choice)
    first.delete()
    record("ranking.paper_counted", actor=actor, target=round_, differed=not is_same)
    return Entered(is_counted=True)


def _keep(round_: Round, voter: Voter, choice: Choice, pile: str, actor: Any) -> None:
    if round_.status != Round.Status.OPEN:
        raise RoundError(_("Deze ronde neemt geen formulieren meer aan."))
    PaperEntry.objects.create(
        id=_key(round_, voter),
        round=round_,
        wijk_id=voter.wijk_id,
        ranking=ranking_text(choice.ranking),
        cell=choice.cell,
        pile=pile,
        entered_by=actor,
    )
    record("ranking.paper_entered", actor=actor, target=round_)


@transaction.atomic
def drop_waiting_paper(*, round_: Round, reason: str, actor: Any) -> int:
    """Let forms that nobody typed a second time lapse, so that the round can close; answers how many."""
    dropped, _per_model = PaperEntry.objects.filter(round=round_).delete()
    record("ranking.paper_dropped", actor=actor, target=round_, count=dropped, reason=reason)
    return dropped


PAPER = Participation.Channel.PAPER
