"""What the session remembers of a voter between finding the wijk and sending the ballot: never a choice."""

import secrets
import uuid
from dataclasses import dataclass

from django.http import HttpRequest

from participation.ranking.models import Round
from participation.ranking.services import Voter

KEY = "voter"


@dataclass(frozen=True)
class RememberedVoter:
    """A voter with the seed of their own order of themes, and whether this browser used its code."""

    voter: Voter
    seed: int
    has_sent: bool

    @property
    def may_read_back(self) -> bool:
        """Whether the earlier choice may be shown here. A letter lies about the house: whoever finds its code
        may vote anew, but not read what was chosen. Who came by postcode exists in this browser only."""
        return self.has_sent or self.voter.way_in == Round.WayIn.POSTCODE


def remember(request: HttpRequest, round_: Round, voter: Voter) -> None:
    """Keep who is about to vote. The seed stays, so that the order of themes does."""
    earlier = recall(request, round_)
    request.session[KEY] = {
        "round": round_.pk,
        "participation": str(voter.participation),
        "wijk_id": voter.wijk_id,
        "wijk_code": voter.wijk_code,
        "way_in": voter.way_in,
        "access_code_id": voter.access_code_id,
        "seed": earlier.seed if earlier else secrets.randbits(32),
        "has_sent": earlier is not None and earlier.voter == voter and earlier.has_sent,
    }


def recall(request: HttpRequest, round_: Round) -> RememberedVoter | None:
    """Who this browser votes as in this round; None when it has not found its wijk yet."""
    kept = request.session.get(KEY)
    if not kept or kept["round"] != round_.pk:
        return None
    voter = Voter(
        participation=uuid.UUID(kept["participation"]),
        wijk_id=kept["wijk_id"],
        wijk_code=kept["wijk_code"],
        way_in=kept["way_in"],
        access_code_id=kept["access_code_id"],
    )
    return RememberedVoter(voter=voter, seed=kept["seed"], has_sent=kept.get("has_sent", False))


def remember_sent(request: HttpRequest, remembered: RememberedVoter) -> None:
    """Keep that this browser sent a ballot, never which; writes only where it makes a difference."""
    if not remembered.may_read_back:
        request.session[KEY] = {**request.session[KEY], "has_sent": True}


def participation_for_postcode(request: HttpRequest, round_: Round) -> uuid.UUID:
    """A browser that only gave a postcode keeps one participation, so that it can change its ballot."""
    known = recall(request, round_)
    if known and known.voter.way_in == Round.WayIn.POSTCODE:
        return known.voter.participation
    return uuid.uuid4()


def forget(request: HttpRequest) -> None:
    """Let go of who voted here. A new session key: who used this device before may have noted the old one."""
    request.session.pop(KEY, None)
    request.session.cycle_key()
