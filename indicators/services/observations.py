"""Adding observations: never overwriting, and only where something changed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from indicators.cells import Cell
from indicators.models import Observation, Status

Key = tuple[int, int]
BATCH = 2000
STATUS_OF_KIND = {
    "number": Status.NORMAL,
    "pending": Status.PENDING,
    "blank": Status.UNKNOWN,
    "composite": Status.TEXT_ONLY,
    "text": Status.TEXT_ONLY,
}
REASON_OF_KIND = {
    "pending": "Dit cijfer komt nog.",
    "blank": "Dit vak is leeg in de bron.",
    "composite": "In de bron staan hier meer getallen bij elkaar.",
    "text": "In de bron staat hier tekst in plaats van een getal.",
}


@dataclass(frozen=True)
class Figure:
    """What a cell is to say from now on."""

    printed: str
    status: str
    value: Decimal | None = None
    comparator: str = ""
    reason: str = ""

    @classmethod
    def of_cell(cls, cell: Cell) -> "Figure":
        """A parsed cell as it is stored. The parts of a composite are kept as text."""
        reason = REASON_OF_KIND.get(cell.kind, "")
        return cls(cell.printed, STATUS_OF_KIND[cell.kind], cell.value, cell.comparator, reason)

    def is_said_by(self, observation: Observation) -> bool:
        """Whether the observation already says this; the wording of the reason does not count."""
        said = (observation.printed, observation.status, observation.value, observation.comparator)
        return said == (self.printed, self.status, self.value, self.comparator)


def record_figures(
    figures: Mapping[Key, Figure], *, provenance: str, recorded_by: Any = None
) -> dict[Key, str | None]:
    """Add an observation for each (series id, year) that says something new; call it in a transaction.

    Answers what changed: the text that stood there before, or None for a new cell.
    """
    current = _current(figures)
    changed = {
        key: figure
        for key, figure in figures.items()
        if not (key in current and figure.is_said_by(current[key]))
    }
    # Demote first: the database allows only one current observation per cell.
    replaced = [current[key].pk for key in changed if key in current]
    Observation.objects.filter(pk__in=replaced).update(is_current=False)
    Observation.objects.bulk_create(
        [_observation(key, figure, provenance, recorded_by) for key, figure in changed.items()],
        batch_size=BATCH,
    )
    return {key: current[key].printed if key in current else None for key in changed}


def _current(figures: Mapping[Key, Figure]) -> dict[Key, Observation]:
    series_ids, years = {key[0] for key in figures}, {key[1] for key in figures}
    found = Observation.objects.current().yearly().of_series(series_ids).in_years(years)
    return {(one.series_id, one.period_start.year): one for one in found}


def _observation(key: Key, figure: Figure, provenance: str, recorded_by: Any) -> Observation:
    series_id, year = key
    return Observation(
        series_id=series_id,
        period_start=dt.date(year, 1, 1),
        period_end=dt.date(year, 12, 31),
        value=figure.value,
        comparator=figure.comparator,
        status=figure.status,
        reason=figure.reason,
        printed=figure.printed,
        provenance=provenance,
        recorded_by=recorded_by,
    )
