"""Helping somebody take part, on the telephone or at the counter: who helped and when, never whom."""

import datetime as dt
import uuid
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from haarlemveilig.audit.services import record
from haarlemveilig.gemeente.models import Area
from participation.ranking.models import Participation, Round
from participation.ranking.selectors import takes_part
from participation.ranking.services.casting import Voter
from participation.ranking.services.codes import voter_with_code
from participation.ranking.services.errors import CodeRefused, RoundError

LASTS = dt.timedelta(minutes=30)
CHANNELS = (Participation.Channel.TELEPHONE, Participation.Channel.COUNTER)
WAYS_IN = (Round.WayIn.LETTER_CODE, Round.WayIn.POSTCODE)


@dataclass(frozen=True)
class AssistedSession:
    """That one colleague helps one person in a round, by telephone or at the counter, until a moment."""

    round_code: str
    channel: str
    until: dt.datetime


def ways_to_help(round_: Round) -> list[str]:
    """By what a colleague can find somebody's wijk in this round; none where only signing in counts."""
    return [way for way in WAYS_IN if way in round_.ways_in]


def start_assisting(
    *, round_: Round, channel: str, actor: Any, now: dt.datetime | None = None
) -> AssistedSession:
    """Begin to help one person. RoundError when the round takes no ballots now."""
    now = now or timezone.now()
    if not Round.objects.accepting(now).filter(pk=round_.pk).exists():
        raise RoundError("Deze ronde is niet open. U kunt nu niemand helpen met meedoen.")
    record("ranking.assisting_started", actor=actor, target=round_, channel=channel)
    return AssistedSession(round_code=round_.code, channel=channel, until=now + LASTS)


def end_assisting(
    *, session: AssistedSession, has_sent: bool, actor: Any, now: dt.datetime | None = None
) -> None:
    """Put on the log that the help ended, in time or not, and whether a ballot was sent."""
    is_late = (now or timezone.now()) >= session.until
    record(
        "ranking.assisting_ended",
        actor=actor,
        target=Round.objects.filter(code=session.round_code).first(),
        channel=session.channel,
        outcome="sent" if has_sent else "nothing",
        ended="by_itself" if is_late else "by_hand",
    )


def voter_by_code(*, round_: Round, code: str, channel: str) -> Voter:
    """Who is helped, by the code from a letter. CodeRefused in words for the colleague who typed it."""
    try:
        voter = voter_with_code(round_=round_, code=code)
    except CodeRefused:
        raise CodeRefused(
            "Deze code klopt niet, of is niet meer geldig. Laat hem nog een keer voorlezen."
        ) from None
    if not takes_part(round_, voter.wijk_id):
        raise CodeRefused("Deze ronde is niet voor de wijk van deze code.")
    return replace(voter, channel=channel)


def voter_by_wijk(*, round_: Round, wijk: Area, channel: str) -> Voter:
    """Who is helped, when only the wijk is known: a participation of its own each time. RoundError elsewhere."""
    if not takes_part(round_, wijk.pk):
        raise RoundError("Deze ronde is niet voor de wijk van deze postcode.")
    return Voter(
        participation=uuid.uuid4(),
        wijk_id=wijk.pk,
        wijk_code=wijk.code,
        way_in=Round.WayIn.POSTCODE,
        channel=channel,
    )
