"""Which function does which kind of job. Apps register theirs in their `tasks` module."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Report = Callable[[int, str], None]


@dataclass(frozen=True)
class Outcome:
    """What a finished job leaves behind: facts for the page, and possibly one file to download."""

    result: dict[str, Any]
    content: bytes = b""
    file_name: str = ""


Handler = Callable[[dict[str, Any], Report], Outcome]
_handlers: dict[str, Handler] = {}


class JobError(Exception):
    """The job cannot be done; the message is shown to the person who asked for it."""


def job_handler(kind: str) -> Callable[[Handler], Handler]:
    """Register the function that does jobs of `kind`; it gets the params and `report(percentage, sentence)`."""

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return register


def handler_for(kind: str) -> Handler:
    """The registered function; JobError when nothing does this kind of job."""
    try:
        return _handlers[kind]
    except KeyError:
        raise JobError(f"Deze soort taak bestaat niet: {kind}.") from None
