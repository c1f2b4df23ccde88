"""What is striking about a ballot at the moment it is cast. Pure: the limits, and what they say.

A flag never blocks anybody and is never shown to the voter: after closing, two people judge whether flagged ballots
count. The limits spare households and libraries, where many people share one address.
"""

from dataclasses import dataclass

# The codes of Quarantine.Flag.
TRAP, FAST, BURST, SAME = "trap", "fast", "burst", "same"
FASTEST_SECONDS = 5
WINDOW_SECONDS = 600
MOST_FROM_ONE_ADDRESS = 30
MOST_ALIKE_FROM_ONE_ADDRESS = 8


@dataclass(frozen=True)
class Circumstances:
    """How a ballot arrived; `seconds` since its page was first shown is None where nobody can know."""

    trap: str = ""
    seconds: float | None = None
    from_address: int = 1
    alike_from_address: int = 1


def flags_at_casting(how: Circumstances) -> frozenset[str]:
    """The flags of a ballot that arrived like this; the counts are those of the last ten minutes."""
    striking = {
        TRAP: bool(how.trap),
        FAST: how.seconds is not None and how.seconds < FASTEST_SECONDS,
        BURST: how.from_address > MOST_FROM_ONE_ADDRESS,
        SAME: how.alike_from_address > MOST_ALIKE_FROM_ONE_ADDRESS,
    }
    return frozenset(flag for flag, is_so in striking.items() if is_so)
