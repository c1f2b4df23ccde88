"""What the session remembers of a voter between finding the wijk and sending the ballot: never a choice."""

import datetime as dt
import hmac
import secrets
import uuid
from dataclasses import dataclass, replace

from django.http import HttpRequest

from haarlemveilig.accounts import residents
from participation.ranking import awaited_codes, helping, selectors
from participation.ranking.models import Participation, Round
from participation.ranking.services import Voter, assisting, code_key
from participation.ranking.watching import whose

# One voter per round, and the round that this browser is at: several may be open at once.
KEY = "voter:"
ROUND = "voter_round"


@dataclass(frozen=True)
class RememberedVoter:
    """A voter with the seed of their own order of themes, and whether this browser used its code."""

    voter: Voter
    seed: int
    has_sent: bool
    is_helped: bool = False

    @property
    def may_read_back(self) -> bool:
        """Whether the earlier choice may be shown here. A letter lies about the house: whoever finds its code
        may vote anew, but not read what was chosen. Who came by postcode exists in this browser only."""
        return self.has_sent or self.is_fleeting

    @property
    def whose(self) -> str:
        """The name of this voter in the stamp of a ballot's page, and of the draft that a browser keeps."""
        return whose(self.voter.participation)

    @property
    def is_fleeting(self) -> bool:
        """Whether this voter is gone with the session: nothing but this browser knows who gave only a postcode."""
        return self.voter.way_in == Round.WayIn.POSTCODE


def remember(request: HttpRequest, round_: Round, voter: Voter) -> None:
    """Keep who is about to vote. The seed stays, so that the order of themes does.

    Help is for one ballot: whoever comes after it was sent is not helped, until a colleague begins anew.
    """
    if _comes_after_the_helped(request, round_, voter):
        end_help(request)
    earlier = recall(request, round_)
    if helped := helping.now_helped(request):
        voter = replace(voter, channel=helped.channel)
    awaited_codes.forget(request)
    request.session[ROUND] = round_.pk
    request.session[f"{KEY}{round_.pk}"] = {
        "participation": str(voter.participation),
        "wijk_id": voter.wijk_id,
        "wijk_code": voter.wijk_code,
        "way_in": voter.way_in,
        "access_code_id": voter.access_code_id,
        "channel": voter.channel,
        "seed": earlier.seed if earlier else secrets.randbits(32),
        "has_sent": earlier is not None and earlier.voter == voter and earlier.has_sent,
    }


def _comes_after_the_helped(request: HttpRequest, round_: Round, voter: Voter) -> bool:
    helped = helping.now_helped(request)
    if helped is None or not helped.has_sent:
        return False
    at_hand = recall(request, round_) if request.session.get(ROUND) == round_.pk else None
    return at_hand is None or at_hand.voter.participation != voter.participation


def round_at_hand(request: HttpRequest, at: dt.datetime) -> Round | None:
    """The open round that this browser is at; without one that it chose, the newest. None when it is closed."""
    chosen = request.session.get(ROUND)
    if chosen is None:
        return selectors.open_round(at)
    return Round.objects.accepting(at).filter(pk=chosen).first()


def recall(request: HttpRequest, round_: Round) -> RememberedVoter | None:
    """Who this browser votes as in this round; None when it has not found its wijk yet, or has no time left
    to help somebody."""
    kept = request.session.get(f"{KEY}{round_.pk}")
    if not kept or helping.is_over(request):
        return None
    voter = Voter(
        participation=uuid.UUID(kept["participation"]),
        wijk_id=kept["wijk_id"],
        wijk_code=kept["wijk_code"],
        way_in=kept["way_in"],
        access_code_id=kept["access_code_id"],
        channel=kept.get("channel", Participation.Channel.WEB),
    )
    return RememberedVoter(
        voter=voter,
        seed=kept["seed"],
        has_sent=kept.get("has_sent", False),
        is_helped=helping.now_helped(request) is not None,
    )


def remember_sent(request: HttpRequest, remembered: RememberedVoter) -> None:
    """Keep that this browser sent a ballot, never which; writes only where it makes a difference."""
    if remembered.is_helped:
        helping.note_sent(request)
    if not remembered.may_read_back:
        key = f"{KEY}{request.session[ROUND]}"
        request.session[key] = {**request.session[key], "has_sent": True}


def participation_for_postcode(request: HttpRequest, round_: Round) -> uuid.UUID:
    """A browser that only gave a postcode keeps one participation, so that it can change its ballot."""
    known = recall(request, round_)
    if known and known.voter.way_in == Round.WayIn.POSTCODE:
        return known.voter.participation
    return uuid.uuid4()


def participation_for_identity(kind: str, round_: Round, identity: str) -> uuid.UUID:
    """One participation per identity and round, so that a second ballot replaces the first.

    Under the installation's key: nobody else can tell whose it is, and the identity itself is stored nowhere.
    """
    named = f"{kind}:{round_.code}:{identity}".encode()
    return uuid.UUID(bytes=hmac.digest(code_key(), named, "sha256")[:16])


def forget(request: HttpRequest) -> None:
    """Let go of who voted here. A new session key: who used this device before may have noted the old one."""
    forget_helped(request)
    request.session.cycle_key()


def forget_helped(request: HttpRequest) -> None:
    """Let go of who was helped. The session stays that of the colleague."""
    for key in [key for key in request.session.keys() if key.startswith(KEY)]:  # noqa: SIM118  no mapping
        del request.session[key]
    request.session.pop(ROUND, None)
    awaited_codes.forget(request)
    residents.forget(request)


def end_help(request: HttpRequest) -> helping.Helped | None:
    """Let go of whom this browser helps, and of who voted in it; the log tells how that ended. None for no help."""
    helped = helping.helping(request)
    forget_helped(request)
    helping.forget_helping(request)
    if helped:
        assisting.end_assisting(session=helped.session, has_sent=helped.has_sent, actor=request.user)
    return helped
