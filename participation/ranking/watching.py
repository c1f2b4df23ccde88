"""Under which circumstances a ballot arrives: the trap, the time stamp of its page, the counts of its address."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.core import signing
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from haarlemveilig.throttle import address_today, times
from participation.ranking import round_keys
from participation.ranking.abuse import WINDOW_SECONDS, Circumstances, flags_at_casting
from participation.ranking.ballots import ranking_text

# A field that people do not see: who fills it in is a program.
TRAP = "website"
STAMP = "sinds"
_SIGNER_SALT = "ranking.ballot.since"


def _read(stamp: str) -> tuple[float, str] | None:
    """When the page with this stamp was first shown, and to whom; None for a stamp that is missing or not ours."""
    try:
        moment, whose = signing.Signer(salt=_SIGNER_SALT).unsign(stamp).split("/")
        return float(moment), whose
    except (signing.BadSignature, ValueError):
        return None


def whose(participation: uuid.UUID) -> str:
    """A name for a voter that fits in a page and tells nothing. It only has to differ from another's."""
    return salted_hmac("ranking.ballot.whose", participation.bytes).hexdigest()[:6]


def stamp(earlier: str, now: dt.datetime, whose: str = "") -> str:
    """The stamp for a ballot's page: the earlier one stays when the page comes back with errors."""
    known = _read(earlier)
    if known and known[1] in ("", whose):
        return earlier
    return signing.Signer(salt=_SIGNER_SALT).sign(f"{now.timestamp():.0f}/{whose}")


def is_of_another(stamp: str, whose: str) -> bool:
    """Whether a page was made for somebody else than who sends it: with two tabs open, say, or two letters."""
    known = _read(stamp)
    return known is not None and known[1] not in ("", whose)


def flags_of(
    request: HttpRequest, round_code: str, ranking: Sequence[str], now: dt.datetime
) -> frozenset[str]:
    """Count this ballot and say what is striking about it; only for ballots that a browser sends."""
    address, read = address_today(request), _read(request.POST.get(STAMP, ""))
    how = Circumstances(
        trap=request.POST.get(TRAP, ""),
        seconds=None if read is None else now.timestamp() - read[0],
        from_address=times(f"ballots:{address}", seconds=WINDOW_SECONDS),
        alike_from_address=_alike(round_code, address, ranking),
    )
    return flags_at_casting(how)


def _alike(round_code: str, address: str, ranking: Sequence[str]) -> int:
    """How many ballots with this ranking came from this address. The cache must not tell who chose what: the
    counter has a name that nobody can make without the round key."""
    try:
        name = round_keys.tied(round_code, f"{address}:{ranking_text(ranking)}".encode())
    except round_keys.KeyGone:  # The round closes at this very moment: casting will say so.
        return 0
    return times(f"alike:{name}", seconds=WINDOW_SECONDS)
