"""The columns of a table: measured years, a baseline, and targets. Pure; becomes JSON in IndicatorTable."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from indicators.periods import Period

Kind = Literal["observation", "baseline", "target"]


@dataclass(frozen=True)
class Column:
    """One column. `label` is the heading as printed, such as "2021", "Meting 2021" or "Streefwaarde 2027".

    A baseline is an observation that the table calls the starting point; it is stored like any other.
    """

    kind: Kind
    period: Period
    label: str

    @property
    def key(self) -> str:
        """Names the column within its table: "observation:2021", "target:2027"."""
        return f"{self.kind}:{self.period.code}"

    def to_json(self) -> dict[str, str]:
        return {"kind": self.kind, "period": self.period.code, "label": self.label}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Column":
        """The reverse of `to_json`; ValueError for a period that does not exist."""
        period = Period.from_code(str(data["period"]))
        if period is None:
            raise ValueError(data["period"])
        return cls(data["kind"], period, data["label"])


def year_column(year: int, kind: Kind = "observation") -> Column:
    """A column with a plain year as its heading."""
    return Column(kind, Period.of_year(year), str(year))


ORDER: dict[Kind, int] = {"baseline": 0, "observation": 1, "target": 2}


def merged(known: list[Column], more: list[Column]) -> list[Column]:
    """Both, each column once: baselines first, then what was measured, then targets, each in order of time."""
    unique = {column.key: column for column in [*known, *more]}
    return sorted(unique.values(), key=lambda column: (ORDER[column.kind], column.period))
