"""The versions of a cell in a sentence. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indicators.periods import MONTHS


@dataclass(frozen=True)
class Version:
    """What stood in a cell from one day on, as printed."""

    printed: str
    since: dt.date


def history_sentence(versions: Sequence[Version]) -> str:
    """In order of time: "Eerst volgt, 12 op 15 mei 2026, 13 op 1 september 2026."; "" without any.

    Versions with the same text, such as one with another note, are told once.
    """
    if not versions:
        return ""
    first = versions[0]
    later = [one for last, one in pairwise(versions) if one.printed != last.printed]
    if not later:
        return f"Sinds {_day(first.since)}: {_said(first)}."
    return f"Eerst {_said(first)}, " + ", ".join(f"{_said(one)} op {_day(one.since)}" for one in later) + "."


def _said(version: Version) -> str:
    return version.printed or "leeg"


def _day(day: dt.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
