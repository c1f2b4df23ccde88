"""What a reader has to know beside a verdict: a weaker target, a year without one, a figure that may change. Pure."""

from collections.abc import Iterator

from indicators.aims import Aim, Outcome, wanted
from indicators.periods import Period

OF_STATUS = {
    "provisional": "Het cijfer is voorlopig. Het oordeel kan nog veranderen.",
    "estimated": "Het cijfer is geschat.",
    "low_reliability": "Het cijfer is weinig betrouwbaar.",
    "break": "In dit jaar is de manier van meten veranderd.",
}


def remarks_on(
    aim: Aim,
    outcome: Outcome | None,
    *,
    baseline: Outcome | None = None,
    previous: Aim | None = None,
    direction: str = "",
    is_readable: bool = True,
) -> tuple[str, ...]:
    """One sentence each. `is_readable` says that the target itself is no reason to give no verdict."""
    return (
        *_on_earlier_target(aim, previous, direction),
        *_on_baseline(baseline),
        *_on_figure(aim, outcome, is_readable=is_readable),
    )


def _on_earlier_target(aim: Aim, previous: Aim | None, direction: str) -> Iterator[str]:
    if previous is None:
        return
    if _is_weaker(aim, previous, direction):
        before = f"{previous.period.label} ({previous.printed})"
        yield f"Deze streefwaarde is minder streng dan die van {before}."
    without = _years_between(previous.period, aim.period)
    if without:
        yield f"Voor {without} is er geen streefwaarde."


def _is_weaker(aim: Aim, previous: Aim, direction: str) -> bool:
    """Whether more numbers reach the aim than reached the one before it, for any part they share."""
    if aim.is_percentage != previous.is_percentage:
        return False
    now, before = wanted(aim, direction), wanted(previous, direction)
    shared = now.keys() & before.keys()
    return any(before[unit].lies_within(now[unit]) and before[unit] != now[unit] for unit in shared)


def _years_between(earlier: Period, later: Period) -> str:
    years = range(earlier.year + 1, later.year)
    if not years or {earlier.granularity, later.granularity} != {"year"}:
        return ""
    if len(years) > 2:
        return f"{years[0]} tot en met {years[-1]}"
    return " en ".join(str(year) for year in years)


def _on_baseline(baseline: Outcome | None) -> Iterator[str]:
    if baseline and baseline.is_of_another_year and baseline.measured:
        yield f"De nulmeting van {baseline.period.label} is gemeten in {baseline.measured.label}."


def _on_figure(aim: Aim, outcome: Outcome | None, *, is_readable: bool) -> Iterator[str]:
    if outcome is None or outcome.status == "pending":
        if not is_readable and aim.status != "pending":
            yield f"Het cijfer van {aim.period.label} is er ook nog niet."
        return
    if outcome.is_of_another_year and outcome.measured:
        yield f"Het cijfer van {outcome.period.label} is gemeten in {outcome.measured.label}."
    if outcome.status in OF_STATUS:
        yield OF_STATUS[outcome.status]
