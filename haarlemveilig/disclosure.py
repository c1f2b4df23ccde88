"""The one gate from counts of people to anything public: the fewer took part, the less is said."""

from collections.abc import Hashable, Mapping
from enum import IntEnum
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


class Tier(IntEnum):
    """How much a result with this many participants may say."""

    NOTHING = 0
    COUNT_ONLY = 10
    INDICATIVE = 30
    RANKED = 100
    REGULAR = 300


TURNOUT_STEP = 50


def tier(participants: int) -> Tier:
    """The highest tier that `participants` people reach."""
    return max(step for step in Tier if participants >= step)


def public_count(participants: int) -> int | None:
    """The count itself, or None where fewer than ten people would be shown."""
    return participants if tier(participants) >= Tier.COUNT_ONLY else None


def public_counts(counts: Mapping[Key, int]) -> dict[Key, int | None]:
    """Counts that add up to a known whole; None for a count below ten, and for the next smallest where else the
    hidden ones together would follow from the whole."""
    smallest_first = sorted((count, position) for position, count in enumerate(counts.values()))
    hidden: set[int] = set()
    total = 0
    for count, position in smallest_first:
        if count < Tier.COUNT_ONLY or 0 < total < Tier.COUNT_ONLY:
            hidden.add(position)
            total += count
    return {key: None if i in hidden else count for i, (key, count) in enumerate(counts.items())}


def public_turnout(participants: int) -> int:
    """Turnout while a round is open: rounded down to steps of 50, so that no single ballot shows."""
    return participants - participants % TURNOUT_STEP
