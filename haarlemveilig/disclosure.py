"""The one gate from counts of people to anything public: the fewer took part, the less is said."""

from enum import IntEnum


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


def public_turnout(participants: int) -> int:
    """Turnout while a round is open: rounded down to steps of 50, so that no single ballot shows."""
    return participants - participants % TURNOUT_STEP
