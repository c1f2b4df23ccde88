"""The arithmetic of door-to-door surveys: states, periods, shares, means and their margins. Pure.

All margins are 95% margins for households drawn by chance. Nothing is corrected for how many households
live in a buurt, so the margins are on the wide side.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import sqrt
from typing import Literal

from haarlemveilig.disclosure import Tier, tier
from indicators.periods import Granularity, Period

ARROWS: dict[tuple[str, str], str] = {
    ("draft", "open"): "de vragen, de buurten en de dagen staan vast; vrijwilligers kunnen langs de deuren",
    ("open", "closed"): "de tijd is om; sluiten is definitief, en pas dan is er een uitslag",
}
# How long the answers of a closed measurement are kept, to be able to check the count.
KEEP_DAYS = 180
# While a measurement is open staff see counts in these steps: no single door shows.
STEP = 10
LOWEST_GRADE, HIGHEST_GRADE = 1, 10
# The 97.5% point of the normal distribution.
Z = 1.959963984540054

Verdict = Literal["higher", "lower", "unclear"]


def may_go(state: str, to: str) -> bool:
    """Whether a measurement in `state` may go to `to`. There is no way back, by design."""
    return (state, to) in ARROWS


def period_of(day: dt.date, granularity: Granularity) -> Period:
    """The year, quarter or month in which `day` lies."""
    if granularity == "quarter":
        return Period.of_quarter(day.year, (day.month + 2) // 3)
    return Period.of_month(day.year, day.month) if granularity == "month" else Period.of_year(day.year)


def in_steps(count: int) -> int:
    """A count that may be seen while people are still answering: rounded down."""
    return count - count % STEP


@dataclass(frozen=True)
class Estimate:
    """What `n` answers say: a share (0 to 1) or a mean, between `low` and `high` with 95% confidence.

    `spread` is the standard deviation of the answers.
    """

    n: int
    value: float
    low: float
    high: float
    spread: float


def share_of(counted: int, n: int) -> Estimate:
    """The share `counted` of `n` with the score interval of Wilson (1927, JASA 22, pp. 209-212).

    Unlike the plain ±1.96·√(p(1-p)/n) it stays between 0 and 1 and never says that a share is certain.
    ValueError unless 0 ≤ counted ≤ n and n > 0.
    """
    if not 0 <= counted <= n or n == 0:
        raise ValueError(f"{counted} of {n}")
    share, square = counted / n, Z * Z
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = Z * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    # Rounding may put an end a hair on the wrong side of a share of 0 or 1.
    low, high = min(max(centre - half, 0.0), share), max(min(centre + half, 1.0), share)
    return Estimate(n, share, low, high, sqrt(share * (1 - share)))


def mean_of(answers: Iterable[int]) -> Estimate:
    """The mean of two answers or more with the interval of Student (1908, Biometrika 6, pp. 1-25)."""
    values = list(answers)
    n = len(values)
    if n < 2:
        raise ValueError(f"{n} answers")
    mean = sum(values) / n
    return mean_from(n, mean, sqrt(sum((value - mean) ** 2 for value in values) / (n - 1)))


def mean_from(n: int, mean: float, spread: float) -> Estimate:
    """The same from what is kept of the answers: their number, mean and standard deviation."""
    half = t_point(n - 1) * spread / sqrt(n)
    return Estimate(n, mean, mean - half, mean + half, spread)


def t_point(freedom: int) -> float:
    """The 97.5% point of the t-distribution, right to 0.001 from 6 degrees of freedom.

    The expansion of Fisher and Cornish: Abramowitz and Stegun (1964), formula 26.7.5.
    """
    z = Z
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * freedom**4)
    )


@dataclass(frozen=True)
class Difference:
    """How much `after` differs from `before`, between `low` and `high` with 95% confidence."""

    change: float
    low: float
    high: float

    @property
    def verdict(self) -> Verdict:
        """A difference counts only if the margin of the difference lies on one side of zero."""
        if self.low > 0:
            return "higher"
        return "lower" if self.high < 0 else "unclear"


def difference(before: Estimate, after: Estimate) -> Difference:
    """The difference of two estimates from different people, with a margin made of both margins.

    For shares this is the hybrid score interval of Newcombe (1998, Statistics in Medicine 17, pp. 873-890,
    method 10); for means the same step, as Zou and Donner (2008, Statistics in Medicine 27, pp. 1693-1702).
    """
    change = after.value - before.value
    down = sqrt((after.value - after.low) ** 2 + (before.high - before.value) ** 2)
    up = sqrt((after.high - after.value) ** 2 + (before.value - before.low) ** 2)
    return Difference(change, change - down, change + up)


def shown(counts: Mapping[int, int]) -> frozenset[int]:
    """The areas whose figure may be shown, from the number of answers in each part of one whole.

    Under 30 answers there is no figure. Where the parts without one have fewer than ten answers together,
    these could be worked out from the whole; the smallest other part is then left out too.
    """
    enough = {area for area, n in counts.items() if tier(n) >= Tier.INDICATIVE}
    rest = sum(n for area, n in counts.items() if area not in enough)
    if enough and 0 < rest < Tier.COUNT_ONLY:
        enough.remove(min(enough, key=lambda area: (counts[area], area)))
    return frozenset(enough)


def rounded(value: float, decimals: int) -> Decimal:
    """A number as it is stored and printed: halves go up."""
    return Decimal(f"{value:.9f}").quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
