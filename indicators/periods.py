"""Periods that figures are about: years, quarters, months. Pure."""

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass
from typing import Literal

Granularity = Literal["year", "quarter", "month"]
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_CBS = re.compile(r"((?:19|20)[0-9]{2})(JJ|KW|MM)([0-9]{2})")
_ISO = re.compile(r"((?:19|20)[0-9]{2})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?")


@dataclass(frozen=True, order=True)
class Period:
    """A year, quarter or month. `end` is its last day."""

    start: dt.date
    end: dt.date
    granularity: Granularity = "year"

    @classmethod
    def of_year(cls, year: int) -> "Period":
        return cls(dt.date(year, 1, 1), dt.date(year, 12, 31), "year")

    @classmethod
    def of_quarter(cls, year: int, quarter: int) -> "Period":
        """Quarters count from 1 to 4."""
        month = 3 * quarter
        return cls(dt.date(year, month - 2, 1), _last_day(year, month), "quarter")

    @classmethod
    def of_month(cls, year: int, month: int) -> "Period":
        """Months count from 1 to 12."""
        return cls(dt.date(year, month, 1), _last_day(year, month), "month")

    @classmethod
    def spanning(cls, start: dt.date, end: dt.date) -> "Period":
        """The period from `start` to `end`; its granularity follows from its length."""
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        return cls(start, end, "year" if months >= 12 else "quarter" if months >= 3 else "month")

    @classmethod
    def from_code(cls, code: str) -> "Period | None":
        """`2021`, `2021-Q2` or `2021-05`, or CBS: `2021JJ00`, `2021KW02`, `2021MM05`. None for anything else."""
        iso = _ISO.fullmatch(code)
        if iso:
            return cls._of(int(iso[1]), int(iso[2] or 0), int(iso[3] or 0))
        cbs = _CBS.fullmatch(code)
        if not cbs:
            return None
        number = int(cbs[3])
        if cbs[2] == "JJ" and number == 0:
            return cls.of_year(int(cbs[1]))
        if cbs[2] == "KW" and 1 <= number <= 4:
            return cls.of_quarter(int(cbs[1]), number)
        if cbs[2] == "MM" and 1 <= number <= 12:
            return cls.of_month(int(cbs[1]), number)
        return None

    @classmethod
    def _of(cls, year: int, quarter: int, month: int) -> "Period":
        if quarter:
            return cls.of_quarter(year, quarter)
        return cls.of_month(year, month) if month else cls.of_year(year)

    @property
    def year(self) -> int:
        return self.start.year

    @property
    def code(self) -> str:
        """As open data writes it: `2021`, `2021-Q2`, `2021-05`. `from_code` reads it again."""
        if self.granularity == "quarter":
            return f"{self.year}-Q{(self.start.month + 2) // 3}"
        return f"{self.year}-{self.start.month:02}" if self.granularity == "month" else str(self.year)

    @property
    def label(self) -> str:
        """As people read it: "2021", "2e kwartaal 2021", "mei 2021"."""
        if self.granularity == "quarter":
            return f"{(self.start.month + 2) // 3}e kwartaal {self.year}"
        return (
            f"{MONTHS[self.start.month - 1]} {self.year}" if self.granularity == "month" else str(self.year)
        )


def _last_day(year: int, month: int) -> dt.date:
    return dt.date(year, month, monthrange(year, month)[1])
