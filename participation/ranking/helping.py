"""What the browser of a colleague remembers while it helps somebody take part: never whom, never a choice."""

import datetime as dt
import math
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from participation.ranking.models import Participation
from participation.ranking.services.assisting import AssistedSession

KEY = "helping"
LATE = "De tijd om te helpen was voorbij. "
SENT = "De keuze is geteld. U kunt de volgende persoon helpen."
NOTHING = "Er is niets verstuurd. U helpt nu niemand meer."


@dataclass(frozen=True)
class Helped:
    """The help that this browser gives, or gave until its time was over."""

    session: AssistedSession
    has_sent: bool
    now: dt.datetime

    @property
    def channel(self) -> str:
        return self.session.channel

    @property
    def channel_name(self) -> str:
        return str(Participation.Channel(self.session.channel).label)

    @property
    def is_over(self) -> bool:
        return self.now >= self.session.until

    @property
    def minutes_left(self) -> int:
        """Rounded up: the last minute is one minute."""
        return max(0, math.ceil((self.session.until - self.now).total_seconds() / 60))

    @property
    def how_it_ended(self) -> str:
        """For the colleague, once it ended."""
        late = LATE if self.is_over and not self.has_sent else ""
        return late + (SENT if self.has_sent else NOTHING)


def remember_helping(request: HttpRequest, session: AssistedSession) -> None:
    """From here on the ballot pages of this browser are for one other person."""
    request.session[KEY] = {
        "round": session.round_code,
        "channel": session.channel,
        "until": session.until.isoformat(),
        "has_sent": False,
    }


def helping(request: HttpRequest) -> Helped | None:
    """The help of this browser, also when its time is over. Without a session it asks the database nothing."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not hasattr(request, "session"):
        return None
    kept = request.session.get(KEY)
    if not kept:
        return None
    session = AssistedSession(kept["round"], kept["channel"], dt.datetime.fromisoformat(kept["until"]))
    return Helped(session=session, has_sent=kept["has_sent"], now=timezone.now())


def now_helped(request: HttpRequest) -> Helped | None:
    """The help that goes on at this moment."""
    helped = helping(request)
    return None if helped is None or helped.is_over else helped


def is_over(request: HttpRequest) -> bool:
    """Whether this browser helped somebody and its time is up: then nothing is cast any more."""
    helped = helping(request)
    return helped is not None and helped.is_over


def note_sent(request: HttpRequest) -> None:
    """Keep that a ballot was sent, never which."""
    request.session[KEY] = {**request.session[KEY], "has_sent": True}


def forget_helping(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
