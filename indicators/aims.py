"""What a target asks for and what was measured, as far as a verdict needs it. Pure."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from indicators.cells import parse_target
from indicators.limits import READING_OF_COMPARATOR, Stretch, stretch_of
from indicators.periods import Period

# What better means may say how a target is probably meant; enough for a remark, never for a verdict.
READING_OF_DIRECTION = {"lower": "at_most", "higher": "at_least"}
Parts = tuple[tuple[Decimal, str], ...]


@dataclass(frozen=True)
class Aim:
    """A target. `value_high` is the far end of a range, `parts` are the numbers of a composite.

    `interpretation` is at_most, at_least or exactly, and says how a person reads a target without comparator.
    """

    period: Period
    printed: str
    value: Decimal | None = None
    value_high: Decimal | None = None
    comparator: str = ""
    parts: Parts = ()
    status: str = "normal"
    reason: str = ""
    criterion: str = ""
    interpretation: str = ""
    interpreted_by: str = ""
    interpreted_on: dt.date | None = None

    @property
    def has_number(self) -> bool:
        return self.value is not None or bool(self.parts)

    @property
    def reading(self) -> str:
        """How its number is to be read; "" as long as nobody said so."""
        return READING_OF_COMPARATOR.get(self.comparator, self.interpretation)

    @property
    def waits_for_a_person(self) -> bool:
        """Whether somebody has still to say how it is to be read."""
        if self.criterion or self.value_high is not None:
            return False
        return not self.reading if self.has_number else self.status == "text_only"

    @property
    def is_percentage(self) -> bool | None:
        """None where the number is a person's reading of a text."""
        cell = parse_target(self.printed)
        return None if cell.kind == "text" else cell.unit == "%"


@dataclass(frozen=True)
class Outcome:
    """What was measured; `unit` is that of the indicator, `low` and `high` are the margin of a survey."""

    period: Period
    printed: str
    value: Decimal | None = None
    comparator: str = ""
    parts: Parts = ()
    status: str = "normal"
    reason: str = ""
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    measured: Period | None = None

    @property
    def has_number(self) -> bool:
        return self.value is not None or bool(self.parts)

    @property
    def is_percentage(self) -> bool | None:
        """None where only the indicator says so: then 22 and 22% are the same."""
        if "%" in self.printed:
            return True
        return None if self.unit == "%" else False

    @property
    def is_of_another_year(self) -> bool:
        return self.measured is not None and (
            self.measured.start.year != self.period.start.year
            or self.measured.end.year != self.period.end.year
        )

    @property
    def margin(self) -> Stretch | None:
        return Stretch(self.low, self.high) if self.low is not None and self.high is not None else None


def parts_of(said: Aim | Outcome) -> dict[str, Decimal]:
    """Numbers by their unit words; a single number has none."""
    if said.value is not None:
        return {"": said.value}
    return {" ".join(unit.split()).casefold(): value for value, unit in said.parts}


def wanted(aim: Aim, direction: str = "") -> dict[str, Stretch]:
    """The numbers that reach the aim, by unit words; none while nobody knows how it is to be read."""
    if aim.value is not None and aim.value_high is not None:
        return {"": Stretch(aim.value, aim.value_high)}
    reading = aim.reading or READING_OF_DIRECTION.get(direction, "")
    return {unit: stretch_of(reading, value) for unit, value in parts_of(aim).items()} if reading else {}


def found(outcome: Outcome) -> dict[str, Stretch]:
    """What the figure may be, by unit words: a margin or a comparator leaves room."""
    if outcome.margin:
        return {"": outcome.margin}
    reading = READING_OF_COMPARATOR.get(outcome.comparator, "exactly")
    return {unit: stretch_of(reading, value) for unit, value in parts_of(outcome).items()}
