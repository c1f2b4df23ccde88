"""What the session keeps between mailing a code and its coming back: no address, and of the code a keyed hash."""

import datetime as dt
import uuid
from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest

KEY = "awaited_code"


@dataclass(frozen=True)
class AwaitedCode:
    """A code that is on its way by mail, and who comes in with it."""

    round_id: int
    participation: uuid.UUID
    wijk_id: int
    wijk_code: str
    code_hash: str
    # The row in the outbox: the only place that knows the address.
    mail_id: int
    until: dt.datetime
    tries: int = 0


def expect(request: HttpRequest, awaited: AwaitedCode) -> None:
    """Keep a code that was just sent, in place of an earlier one."""
    kept: dict[str, Any] = asdict(awaited)
    kept |= {"participation": str(awaited.participation), "until": awaited.until.isoformat()}
    request.session[KEY] = kept


def awaited_code(request: HttpRequest) -> AwaitedCode | None:
    """The code that this browser waits for, also when its time is over; None when there is none."""
    kept = request.session.get(KEY)
    if kept is None:
        return None
    participation, until = uuid.UUID(kept["participation"]), dt.datetime.fromisoformat(kept["until"])
    return AwaitedCode(**{**kept, "participation": participation, "until": until})


def count_try(request: HttpRequest) -> None:
    """Remember that somebody tried a code."""
    kept = request.session[KEY]
    request.session[KEY] = {**kept, "tries": kept["tries"] + 1}


def forget(request: HttpRequest) -> None:
    """Wait no longer."""
    request.session.pop(KEY, None)
