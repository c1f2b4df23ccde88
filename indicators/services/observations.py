"""Adding observations and targets: never overwriting, and only where something changed."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from indicators.cells import Cell
from indicators.models import Observation, Status, Target
from indicators.periods import Period

Key = tuple[int, Period]
Kept = TypeVar("Kept", Observation, Target)
BATCH = 2000
STATUS_OF_KIND = {
    "number": Status.NORMAL,
    "range": Status.NORMAL,
    "composite": Status.COMPOSITE,
    "pending": Status.PENDING,
    "blank": Status.UNKNOWN,
    "text": Status.TEXT_ONLY,
}
REASON_OF_KIND = {
    "pending": "Dit cijfer komt nog.",
    "blank": "Dit vak is leeg in de bron.",
    "text": "In de bron staat hier tekst in plaats van een getal.",
}


@dataclass(frozen=True)
class Figure:
    """What a cell is to say from now on. `value_high` and `criterion` are for targets, the last five not."""

    printed: str
    status: str
    value: Decimal | None = None
    comparator: str = ""
    reason: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    note: str = ""
    value_high: Decimal | None = None
    criterion: str = ""
    interpretation: str = ""
    measured: Period | None = None
    n: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None

    @classmethod
    def of_cell(cls, cell: Cell, **more: Any) -> "Figure":
        """A parsed cell as it is stored; `more` are further fields, such as its note."""
        parts = tuple((str(part.value), part.unit) for part in cell.parts) if cell.kind == "composite" else ()
        near, far = cell.parts if cell.kind == "range" else (cell, None)
        fields = {
            "status": STATUS_OF_KIND[cell.kind],
            "value": near.value,
            "value_high": far.value if far else None,
            "comparator": cell.comparator,
            "reason": REASON_OF_KIND.get(cell.kind, ""),
            "parts": parts,
        }
        return cls(printed=cell.printed, **(fields | more))

    def is_said_by(self, row: Observation | Target) -> bool:
        """Whether the row already says this; the wording of the reason does not count."""
        if isinstance(row, Target) and row.interpretation and not self.interpretation:
            return row.printed == self.printed  # an import does not know how a person read it
        return _said(row) == (
            self.printed, self.status, self.value, self.comparator, self.parts, self.note,
            *(
                (self.value_high, self.criterion, self.interpretation)
                if isinstance(row, Target)
                else (self.measured, self.n, self.low, self.high)
            ),
        )  # fmt: skip


def _said(row: Observation | Target) -> tuple[object, ...]:
    parts = tuple((part["value"], part["unit"]) for part in row.parts or ())
    both = (row.printed, row.status, row.value, row.comparator, parts, row.note)
    if isinstance(row, Target):
        return (*both, row.value_high, row.criterion, row.interpretation)
    return (*both, row.measured, row.n, row.margin_low, row.margin_high)


@dataclass(frozen=True)
class Origin:
    """Where figures come from, and who takes them in, when and why."""

    provenance: str
    recorded_by: Any = None
    vintage: dt.date = field(default_factory=timezone.localdate)
    recorded_at: dt.datetime = field(default_factory=timezone.now)
    change_reason: str = ""


@dataclass(frozen=True)
class Recorded:
    """What became of the figures: the text that stood there before (None: a new cell), and what was passed
    over because a newer vintage stands there."""

    changed: Mapping[Key, str | None]
    newer: frozenset[Key]


def record_observations(figures: Mapping[Key, Figure], origin: Origin) -> Recorded:
    """Add an observation for each (series id, period) that says something new.

    A figure of an older vintage than the one that stands there changes nothing. All of it, or nothing.
    """
    return _record(Observation, figures, origin)


def record_targets(figures: Mapping[Key, Figure], origin: Origin) -> Recorded:
    """The same for targets. An interpretation that a person gave stays while the printed text is the same."""
    return _record(Target, figures, origin)


@transaction.atomic
def _record(model: type[Kept], figures: Mapping[Key, Figure], origin: Origin) -> Recorded:
    changed: dict[Key, str | None] = {}
    newer: set[Key] = set()
    for batch in _batches(figures.items()):
        current = _current(model, [key for key, _figure in batch])
        wanted = [
            (key, figure, current.get(key))
            for key, figure in batch
            if not (key in current and figure.is_said_by(current[key]))
        ]
        older = {key for key, _figure, row in wanted if row and row.vintage > origin.vintage}
        newer |= older
        _replace(model, [one for one in wanted if one[0] not in older], origin)
        changed |= {key: row.printed if row else None for key, _figure, row in wanted if key not in older}
    return Recorded(changed, frozenset(newer))


def _replace(model: type[Kept], rows: list[tuple[Key, Figure, Kept | None]], origin: Origin) -> None:
    # Demote first: the database allows only one current row per cell.
    replaced = [row.pk for _key, _figure, row in rows if row]
    model.objects.filter(pk__in=replaced).update(is_current=False, superseded_at=origin.recorded_at)
    model.objects.bulk_create([_row(model, key, figure, origin) for key, figure, _before in rows])


def _batches(items: Iterable[tuple[Key, Figure]]) -> Iterator[list[tuple[Key, Figure]]]:
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def _current(model: type[Kept], keys: list[Key]) -> dict[Key, Kept]:
    wanted = set(keys)
    found = model.objects.filter(
        is_current=True,
        series_id__in={series_id for series_id, _period in keys},
        period_start__in={period.start for _series_id, period in keys},
    )
    rows = {(row.series_id, row.period): row for row in found}
    return {key: row for key, row in rows.items() if key in wanted}


def _row(model: type[Kept], key: Key, figure: Figure, origin: Origin) -> Kept:
    series_id, period = key
    row = model(
        series_id=series_id,
        period_start=period.start,
        period_end=period.end,
        granularity=period.granularity,
        value=figure.value,
        comparator=figure.comparator,
        parts=[{"value": value, "unit": unit} for value, unit in figure.parts] or None,
        status=figure.status,
        reason=figure.reason,
        printed=figure.printed,
        note=figure.note,
        provenance=origin.provenance,
        vintage=origin.vintage,
        change_reason=origin.change_reason,
        recorded_at=origin.recorded_at,
        recorded_by=origin.recorded_by,
    )
    if isinstance(row, Target):
        row.value_high, row.criterion = figure.value_high, figure.criterion
        _interpret(row, figure, origin)
    else:
        row.n, row.margin_low, row.margin_high = figure.n, figure.low, figure.high
        if figure.measured:
            row.measured_start, row.measured_end = figure.measured.start, figure.measured.end
    return row


def _interpret(row: Target, figure: Figure, origin: Origin) -> None:
    if figure.interpretation and origin.recorded_by:
        row.interpretation = figure.interpretation
        row.interpreted_by, row.interpreted_at = origin.recorded_by, origin.recorded_at
