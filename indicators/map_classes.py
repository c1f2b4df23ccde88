"""Five classes with round borders for the values on a map. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

CLASSES = 5
MIDDLE = 3
_ROUND = (1, 2, 5, 10)


@dataclass(frozen=True)
class MapClasses:
    """The borders between the classes, rising. None at all when every value is the same: nothing to tell apart."""

    borders: tuple[float, ...]

    def level(self, value: float) -> int:
        """The class of a value, 1 (least) to 5 (most). Without borders the middle one, and for zero the first."""
        if not self.borders:
            return MIDDLE if value else 1
        return 1 + sum(value >= border for border in self.borders)

    @property
    def ranges(self) -> list[tuple[int, float | None, float | None]]:
        """Per class its level, its lower border and the one above it; None at the open ends."""
        ends = [None, *self.borders, None]
        return [(level, ends[level - 1], ends[level]) for level in range(1, len(ends))]


def map_classes(values: Sequence[float], *, narrowest: float = 0) -> MapClasses:
    """Classes of equal, round width that hold all `values`; of counts the narrowest one is 1 wide."""
    low, high = min(values, default=0), max(values, default=0)
    if low == high:
        return MapClasses(())
    width = max(_round_width((high - low) / CLASSES), narrowest)
    start = floor(low / width) * width
    # Rounded, or 0.1 + 0.2 would put a value into the class below.
    return MapClasses(tuple(round(start + width * number, 6) for number in range(1, CLASSES)))


def _round_width(width: float) -> float:
    unit: float = 10.0 ** floor(log10(width))
    return next(unit * step for step in _ROUND if unit * step >= width - 1e-9)
