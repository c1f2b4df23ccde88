"""Paper forms: two people type each over, and where they differ a person looks at the paper again."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.core.signing import Signer
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from haarlemveilig.audit.services import record
from participation.ranking import round_keys
from participation.ranking.ballots import ranking_from, ranking_text
from participation.ranking.models import PaperEntry, Participation, Round
from participation.ranking.selectors import takes_part
from participation.ranking.services.casting import Choice, Voter, cast, hold_open
from participation.ranking.services.codes import voter_with_code
from participation.ranking.services.errors import CodeExpired, CodeRefused, RoundClosed, RoundError

SHOWN = Signer(salt="ranking.paper.difference")


class SamePerson(RoundError):
    """The first and the second entry are by the same person."""


class AlreadySent(RoundError):
    """Who has this code sent a ballot before; the form would take its place."""


@dataclass(frozen=True)
class Difference:
    """What the first person typed where the second typed something else; nothing counts yet.

    Who was shown it, and looked at the paper again, hands back `token`: nobody else has it, and it tells nothing.
    """

    ranking: tuple[str, ...]
    cell: str
    token: str


@dataclass(frozen=True)
class Entered:
    """What became of an entry: `is_counted` after the second, equal one."""

    is_counted: bool
    difference: Difference | None = None


def voter_of_form(*, round_: Round, code: str) -> Voter:
    """Who filled in the form with this code. CodeRefused, in words for whoever has the paper before them.

    A form that came in on time may be typed over when the time of the round, and of its codes, is over.
    """
    on_time = min(timezone.now(), round_.closes_at - dt.timedelta(seconds=1))
    try:
        voter = voter_with_code(round_=round_, code=code, at=on_time)
    except CodeExpired:
        raise CodeRefused("Deze code was al niet meer geldig. Leg dit formulier apart.") from None
    except CodeRefused:
        raise CodeRefused(
            "Deze code hoort niet bij deze ronde. Vergelijk hem teken voor teken met het formulier."
        ) from None
    if not takes_part(round_, voter.wijk_id):
        raise CodeRefused("Deze ronde is niet voor de wijk van dit formulier. Leg het apart.")
    return replace(voter, channel=Participation.Channel.PAPER)


def earlier_channel(*, round_: Round, voter: Voter) -> str:
    """Through which channel this voter sent a ballot before; "" for none. Never which ballot."""
    found = Participation.objects.filter(pk=voter.participation, round=round_).values_list(
        "channel", flat=True
    )
    return found.first() or ""


def _key(round_: Round, voter: Voter) -> str:
    """Unlike that of the ballot, and gone with the round key too."""
    try:
        return round_keys.tied(round_.code, voter.participation.bytes + b"paper")
    except round_keys.KeyGone:
        raise RoundClosed("Deze ronde is gesloten. Deze invoer is niet bewaard.") from None


def refuse_own(*, round_: Round, voter: Voter, actor: Any) -> None:
    """SamePerson where `actor` typed the first entry of this form; asked before somebody types in vain."""
    if PaperEntry.objects.filter(pk=_key(round_, voter), entered_by=actor).exists():
        raise SamePerson("U voerde dit formulier zelf al in. Een collega doet de tweede invoer.")


@transaction.atomic
def enter_paper(
    *,
    round_: Round,
    voter: Voter,
    choice: Choice,
    pile: str,
    actor: Any,
    may_replace: bool = False,
    looked_again: str = "",
) -> Entered:
    """Take one entry of a paper form.

    The first is kept. The second must be by somebody else (SamePerson): if it is the same it counts, else it is
    a `Difference`, and the second person, who has the paper, says what it really says. `looked_again` is the
    token of the difference that they were shown; with another one, or none, it is shown (again).
    AlreadySent when a ballot would be replaced and nobody said that it may. RoundClosed when the round does
    not take paper any more.
    """
    _hold_open(round_, voter)
    kept, is_first = PaperEntry.objects.get_or_create(
        pk=_key(round_, voter), defaults=_first(round_, voter, choice, pile, actor)
    )
    if not may_replace and earlier_channel(round_=round_, voter=voter):
        raise AlreadySent(
            "Met deze code is al een keuze verstuurd. Kies of het formulier ervoor in de plaats komt."
        )
    if is_first:
        record("ranking.paper_entered", actor=actor, target=round_)
        return Entered(is_counted=False)
    return _enter_again(round_, voter, choice, kept, actor, looked_again)


def _hold_open(round_: Round, voter: Voter) -> None:
    """The lock of casting, also for a first entry: closing must not miss a form that waits."""
    try:
        hold_open(round_, voter)
    except RoundClosed:
        raise RoundClosed(
            "Deze ronde neemt geen formulieren meer aan. Deze invoer is niet bewaard."
        ) from None


def _first(round_: Round, voter: Voter, choice: Choice, pile: str, actor: Any) -> dict[str, Any]:
    return {
        "round": round_,
        "wijk_id": voter.wijk_id,
        "ranking": ranking_text(choice.ranking),
        "cell": choice.cell,
        "pile": pile,
        "entered_by": actor,
    }


def _enter_again(
    round_: Round, voter: Voter, choice: Choice, kept: PaperEntry, actor: Any, looked_again: str
) -> Entered:
    if kept.entered_by_id == actor.pk:
        raise SamePerson("U voerde dit formulier zelf al in. Een collega doet de tweede invoer.")
    is_same = (kept.ranking, kept.cell) == (ranking_text(choice.ranking), choice.cell)
    token = _token(kept, actor)
    if not is_same and not constant_time_compare(looked_again, token):
        return Entered(is_counted=False, difference=Difference(ranking_from(kept.ranking), kept.cell, token))
    # Of two second entries at the same moment one finds the first entry gone.
    if not PaperEntry.objects.filter(pk=kept.pk).delete()[0]:
        raise RoundError("Een collega voerde dit formulier net ook in. Het telt al mee.")
    cast(round_=round_, voter=voter, choice=choice)
    record("ranking.paper_counted", actor=actor, target=round_, differed=not is_same)
    return Entered(is_counted=True)


def _token(kept: PaperEntry, actor: Any) -> str:
    """A signature only: what it signs would join the form's code with the entry."""
    return SHOWN.signature(f"{kept.pk}|{kept.ranking}|{kept.cell}|{actor.pk}")


@transaction.atomic
def leave_out_paper(*, round_: Round, voter: Voter, actor: Any) -> None:
    """Let the ballot stand that was sent before: the form does not count, and a first entry of it goes."""
    PaperEntry.objects.filter(pk=_key(round_, voter)).delete()
    record("ranking.paper_left_out", actor=actor, target=round_)


@transaction.atomic
def drop_waiting_paper(*, round_: Round, expected: int, reason: str, actor: Any) -> int:
    """Let forms that nobody typed a second time lapse, so that the round can close; answers how many.

    RoundError when the round is not open, or when there are not just as many as `expected`: somebody is at work.
    """
    dropped, _per_model = PaperEntry.objects.filter(round=round_, round__status=Round.Status.OPEN).delete()
    if dropped != expected or not dropped:
        raise RoundError("Het aantal wachtende formulieren is intussen veranderd. Kijk nog een keer.")
    record("ranking.paper_dropped", actor=actor, target=round_, count=dropped, reason=reason)
    return dropped
