"""Where values and periods stand on their axes."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

STEPS = (1, 2, 5, 10)
WORDS = ((9, " mld"), (6, " mln"))
POINT_AND_COMMA = str.maketrans(",.", ".,")


@dataclass(frozen=True)
class Axis:
    """From `low` to `high`, a mark every `factor` times 10 to the power `exponent`."""

    low: float
    high: float
    factor: int = 1
    exponent: int = 0

    @property
    def ticks(self) -> tuple[float, ...]:
        first, last = (round(end / self._step) for end in (self.low, self.high))
        return tuple(_times(count * self.factor, self.exponent) for count in range(first, last + 1))

    @property
    def is_cut(self) -> bool:
        """Whether zero is left out."""
        return self.low > 0

    @property
    def _step(self) -> float:
        return _times(self.factor, self.exponent)

    def part(self, value: float) -> float:
        """How far `value` is along the axis, from 0 to 1."""
        return min(max((value - self.low) / (self.high - self.low), 0), 1)

    def printed(self, tick: float, unit: str = "") -> str:
        """A mark in Dutch: "1.200", "0,5", "60%" and "1,2 mln"."""
        sign = "%" if unit == "%" else ""
        if not tick:
            return f"0{sign}"
        power, word = next((found for found in WORDS if self._reach >= 10 ** found[0]), (0, ""))
        decimals = max(power - self.exponent, 0)
        return f"{tick / 10**power:,.{decimals}f}{word}".translate(POINT_AND_COMMA) + sign

    @property
    def _reach(self) -> float:
        return max(abs(self.low), abs(self.high))


def axis_for(values: Iterable[float], *, from_data: bool = False, count: int = 6) -> Axis:
    """An axis of about `count` steps that fits `values` and zero.

    With `from_data` zero may be left out, and is when it would cost more than half of the height. The step
    is a whole number when all values are.
    """
    known = tuple(values)
    low, high = min(known, default=0), max(known, default=0)
    if from_data and low > high / 2:
        # A line of equal values needs some height too.
        return _axis(low if low < high else low * 0.9, high, count, _whole(known))
    return _axis(min(low, 0), max(high, 0), count, _whole(known))


def _axis(low: float, high: float, count: int, whole: bool) -> Axis:
    raw = (high - low) / count or 1
    exponent = math.floor(math.log10(raw))
    factor = next(step for step in STEPS if step * 10.0**exponent >= raw * (1 - 1e-9))
    if factor == 10:
        factor, exponent = 1, exponent + 1
    if whole and exponent < 0:
        factor, exponent = 1, 0
    step = _times(factor, exponent)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    last = max(last, first + 1)
    return Axis(_times(first * factor, exponent), _times(last * factor, exponent), factor, exponent)


def _whole(values: Iterable[float]) -> bool:
    return all(value == int(value) for value in values)


def _times(count: int, exponent: int) -> float:
    # Dividing keeps 3 tenths at 0.3; multiplying by 0.1 would not.
    return count * 10.0**exponent if exponent >= 0 else count / 10.0**-exponent


def steps_between(labels: Sequence[str]) -> tuple[float, ...]:
    """Where periods stand, from 0 to 1: years at their distance in time, anything else at equal steps."""
    if len(labels) < 2:
        return (0.5,) * len(labels)
    years = [int(label) for label in labels] if all(map(_is_year, labels)) else []
    if not years or any(later <= earlier for earlier, later in pairwise(years)):
        years = list(range(len(labels)))
    return tuple((year - years[0]) / (years[-1] - years[0]) for year in years)


def with_periods(labels: Sequence[str], periods: Iterable[str]) -> tuple[str, ...]:
    """`labels` with the periods that are not among them: years in their place, others at the end."""
    joined = tuple(dict.fromkeys((*labels, *filter(None, periods))))
    return tuple(sorted(joined)) if all(map(_is_year, joined)) else joined


def _is_year(label: str) -> bool:
    return len(label) == 4 and label.isdecimal()
