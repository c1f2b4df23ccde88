"""What a target asks and a figure says, as stretches of the number line. Pure."""

from dataclasses import dataclass
from decimal import Decimal

LOWEST, HIGHEST = Decimal("-Infinity"), Decimal("Infinity")
# How a number may be read. "ca." is not among them: somebody has to say how far off it may be.
READING_OF_COMPARATOR = {"<": "below", ">": "above", "≤": "at_most", "≥": "at_least", "=": "exactly"}
WORDS = {
    "below": "minder dan",
    "above": "meer dan",
    "at_most": "hoogstens",
    "at_least": "ten minste",
    "exactly": "precies",
}


@dataclass(frozen=True)
class Stretch:
    """The numbers from `low` to `high`; an open end does not belong to it."""

    low: Decimal = LOWEST
    high: Decimal = HIGHEST
    low_is_open: bool = False
    high_is_open: bool = False

    def lies_within(self, other: "Stretch") -> bool:
        return self._begins_in(other) and self._ends_in(other)

    def lies_above(self, other: "Stretch") -> bool:
        """Whether every number of this one is higher than every number of the other."""
        apart = self.low_is_open or other.high_is_open
        return self.low > other.high or (self.low == other.high and apart)

    def lies_below(self, other: "Stretch") -> bool:
        return other.lies_above(self)

    def _begins_in(self, other: "Stretch") -> bool:
        fits = self.low_is_open or not other.low_is_open
        return self.low > other.low or (self.low == other.low and fits)

    def _ends_in(self, other: "Stretch") -> bool:
        fits = self.high_is_open or not other.high_is_open
        return self.high < other.high or (self.high == other.high and fits)


def stretch_of(reading: str, value: Decimal) -> Stretch:
    """The numbers that are `reading` `value`, such as at_most 180. KeyError for an unknown reading."""
    return {
        "below": Stretch(high=value, high_is_open=True),
        "above": Stretch(low=value, low_is_open=True),
        "at_most": Stretch(high=value),
        "at_least": Stretch(low=value),
        "exactly": Stretch(value, value),
    }[reading]
