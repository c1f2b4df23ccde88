"""What may be asked of the API: every parameter, what it means, and how its text is read."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from indicators.periods import Period

MOST_PER_PAGE = 100
PER_PAGE = 20
_PERIOD = {"type": "string", "pattern": r"^\d{4}(-(Q[1-4]|\d{2}))?$", "example": "2021"}


class BadParameter(Exception):
    """Something was asked that cannot be answered; the message is a Dutch sentence that names it."""


@dataclass(frozen=True)
class Parameter:
    """One parameter of a query string. `read` raises BadParameter."""

    name: str
    meaning: str
    schema: Mapping[str, Any]
    read: Callable[[str], Any]


def _text(name: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not text or "\x00" in text:
            raise BadParameter(f"‘{name}’ is leeg. Geef een waarde, of laat ‘{name}’ weg.")
        return text

    return read


def _period(name: str) -> Callable[[str], Period]:
    def read(text: str) -> Period:
        period = Period.from_code(text)
        if period is None:
            raise BadParameter(f"‘{name}’ is geen periode. Schrijf 2021, 2021-Q2 of 2021-05.")
        return period

    return read


def _whole(name: str, highest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch("[0-9]{1,9}", text) or not 1 <= int(text) <= highest:
            raise BadParameter(f"‘{name}’ is een heel getal van 1 tot en met {highest}.")
        return int(text)

    return read


def day(text: str) -> dt.date:
    """A day as "2026-05-15"; raises BadParameter."""
    try:
        return (
            dt.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII) else _no_day()
        )
    except ValueError:
        return _no_day()


def _no_day() -> dt.date:
    raise BadParameter("‘opDatum’ is geen dag. Schrijf een dag zoals 2026-05-15.")


THEME = Parameter("thema", "Code van een thema.", {"type": "string"}, _text("thema"))
AREA = Parameter("gebied", "Code van een gebied, zoals GM0392.", {"type": "string"}, _text("gebied"))
INDICATOR = Parameter("indicator", "Slug van een indicator.", {"type": "string"}, _text("indicator"))
FROM = Parameter("periodeVanaf", "Alleen cijfers vanaf deze periode.", _PERIOD, _period("periodeVanaf"))
UNTIL = Parameter("periodeTot", "Alleen cijfers tot en met deze periode.", _PERIOD, _period("periodeTot"))
ON_DAY = Parameter(
    "opDatum",
    "Wat lezers aan het eind van deze dag zagen. Niet in de toekomst.",
    {"type": "string", "format": "date", "example": "2026-05-15"},
    day,
)
PAGE = Parameter(
    "page",
    "Welke pagina, vanaf 1.",
    {"type": "integer", "minimum": 1, "default": 1},
    _whole("page", 999_999),
)
PAGE_SIZE = Parameter(
    "pageSize",
    "Hoeveel per pagina.",
    {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": PER_PAGE},
    _whole("pageSize", MOST_PER_PAGE),
)


def read_parameters(known: tuple[Parameter, ...], given: Mapping[str, list[str]]) -> dict[str, Any]:
    """The values of what was given, by name. Raises BadParameter for what is unknown, double or wrong."""
    by_name = {parameter.name: parameter for parameter in known}
    for name, texts in given.items():
        if name not in by_name:
            allowed = ", ".join(by_name) or "geen"
            raise BadParameter(f"‘{name[:40]}’ kennen we hier niet. Wel: {allowed}.")
        if len(texts) > 1:
            raise BadParameter(f"‘{name}’ staat er meer dan één keer.")
    return {name: by_name[name].read(texts[0]) for name, texts in given.items()}
