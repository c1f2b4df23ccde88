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
from indicators.import_report import Difference
from indicators.models import Observation, Status, Target
from indicators.periods import Period
from indicators.selectors.editing import has_figure
from indicators.services.bulk import insert

Key = tuple[int, Period]
Kept = TypeVar("Kept", Observation, Target)
Item = TypeVar("Item")
BATCH = 2000
UNKNOWN_AT_SOURCE = "Niet bekend volgens de bron."
STATUS_OF_KIND = {
    "number": Status.NORMAL,
    "range": Status.NORMAL,
    "composite": Status.COMPOSITE,
    "pending": Status.PENDING,
    "unknown": Status.UNKNOWN,
    "blank": Status.UNKNOWN,
    "text": Status.TEXT_ONLY,
}
REASON_OF_KIND = {
    "pending": "Dit cijfer komt nog.",
    "unknown": UNKNOWN_AT_SOURCE,
    "blank": "Dit vak is leeg in de bron.",
    "text": "In de bron staat hier tekst in plaats van een getal.",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell is to say from now on. From `value_high` to `interpreted` for targets only, behind that never."""

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
    # Who said so and when, where that is not whoever records the figure now.
    interpreted: tuple[int, dt.datetime] | None = None
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

    @classmethod
    def of_row(cls, row: "Observation | Target") -> "Figure":
        """A row as the figure it says, apart from how a person read it."""
        said: dict[str, Any] = (
            {"value_high": row.value_high}
            if isinstance(row, Target)
            else {"measured": row.measured, "n": row.n, "low": row.margin_low, "high": row.margin_high}
        )
        return cls(
            row.printed, row.status, row.value, row.comparator, parts=_parts(row), note=row.note, **said
        )

    def is_said_by(self, row: Observation | Target) -> bool:
        """Whether the row already says this; the wording of the reason does not count."""
        if isinstance(row, Target) and _is_read(row) and not _is_read(self):
            return row.printed == self.printed  # an import does not know how a person read it
        return _said(row) == (
            self.printed, self.status, self.value, self.comparator, self.parts, self.note,
            *(
                (self.value_high, self.criterion, self.interpretation)
                if isinstance(row, Target)
                else (self.measured, self.n, self.low, self.high)
            ),
        )  # fmt: skip

    def differs_from(self, row: Observation | Target | None) -> Difference:
        """How this differs from what stands there, if it does."""
        if row is None or not has_figure(row):
            return "first"
        stood = Figure.of_row(row)
        if self._meant != stood._meant:
            return "value"
        return "spelling" if self._beside == stood._beside else "beside"

    @property
    def _meant(self) -> tuple[object, ...]:
        """What it says apart from how that is written; 45 and 45% are not the same."""
        parts = tuple((Decimal(value), unit) for value, unit in self.parts)
        return self.value, self.value_high, self.comparator, parts, "%" in self.printed

    @property
    def _beside(self) -> tuple[object, ...]:
        return self.status, self.note, self.measured, self.n, self.low, self.high


def _is_read(target: "Target | Figure") -> bool:
    """Whether a person said how to read or judge it."""
    return bool(target.interpretation or target.criterion)


def _said(row: Observation | Target) -> tuple[object, ...]:
    both = (row.printed, row.status, row.value, row.comparator, _parts(row), row.note)
    if isinstance(row, Target):
        return (*both, row.value_high, row.criterion, row.interpretation)
    return (*both, row.measured, row.n, row.margin_low, row.margin_high)


def _parts(row: Observation | Target) -> tuple[tuple[str, str], ...]:
    return tuple((part["value"], part["unit"]) for part in row.parts or ())


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


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in a cell now."""

    pk: int
    printed: str
    vintage: dt.date


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure that says something else than `before` does; with `is_older` it changes nothing all the same."""

    key: Key
    figure: Figure
    before: Standing | None
    is_older: bool
    difference: Difference = "first"


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
    different = list(compare(model, figures.items(), origin.vintage))
    wanted = [one for one in different if not one.is_older]
    supersede(model, [one.before.pk for one in wanted if one.before], origin)
    add(model, ((one.key, one.figure) for one in wanted), origin)
    return Recorded(
        {one.key: one.before.printed if one.before else None for one in wanted},
        frozenset(one.key for one in different if one.is_older),
    )


def compare(model: type[Kept], figures: Iterable[tuple[Key, Figure]], vintage: dt.date) -> Iterator[Compared]:
    """The figures that say something else than what stands there. Each key once; reads a batch at a time."""
    for batch in batches(figures):
        current = _current(model, [key for key, _figure in batch])
        for key, figure in batch:
            row = current.get(key)
            if row is None:
                yield Compared(key, figure, None, is_older=False)
            elif not figure.is_said_by(row):
                before = Standing(row.pk, row.printed, row.vintage)
                is_older = row.vintage > vintage
                yield Compared(key, figure, before, is_older, figure.differs_from(row))


def supersede(model: type[Kept], ids: Iterable[int], origin: Origin) -> int:
    """Say of these rows that another takes their place; answers how many there were still to say it of."""
    return sum(
        model.objects.filter(pk__in=batch, is_current=True).update(
            is_current=False, superseded_at=origin.recorded_at
        )
        for batch in batches(ids)
    )


def add(model: type[Kept], figures: Iterable[tuple[Key, Figure]], origin: Origin) -> None:
    """Add a current row for each figure. What stood there must be superseded first: one current row per cell."""
    values = _target_values if issubclass(model, Target) else _observation_values
    insert(model, _columns(model), (values(key, figure, origin) for key, figure in figures))


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items in lists of a size that the database takes at once."""
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


CELL = (
    "series", "period_start", "period_end", "granularity", "value", "comparator", "parts", "status", "reason",
    "printed", "note", "provenance", "vintage", "change_reason", "is_current", "recorded_at", "recorded_by",
)  # fmt: skip
MEASURED = ("n", "margin_low", "margin_high", "measured_start", "measured_end")
AIMED = ("value_high", "criterion", "interpretation", "interpreted_by", "interpreted_at")


def _columns(model: type[Kept]) -> tuple[str, ...]:
    return CELL + (AIMED if issubclass(model, Target) else MEASURED)


def _cell_values(key: Key, figure: Figure, origin: Origin) -> tuple[Any, ...]:
    series_id, period = key
    return (
        series_id, period.start, period.end, period.granularity, figure.value, figure.comparator,
        [{"value": value, "unit": unit} for value, unit in figure.parts] or None,
        figure.status, figure.reason, figure.printed, figure.note,
        origin.provenance, origin.vintage, origin.change_reason, True, origin.recorded_at,
        getattr(origin.recorded_by, "pk", None),
    )  # fmt: skip


def _observation_values(key: Key, figure: Figure, origin: Origin) -> tuple[Any, ...]:
    measured = figure.measured
    period = (measured.start, measured.end) if measured else (None, None)
    return (*_cell_values(key, figure, origin), figure.n, figure.low, figure.high, *period)


def _target_values(key: Key, figure: Figure, origin: Origin) -> tuple[Any, ...]:
    by_whom: tuple[Any, ...] = ("", None, None)
    if figure.interpretation and figure.interpreted:
        by_whom = (figure.interpretation, *figure.interpreted)
    elif figure.interpretation and origin.recorded_by:
        by_whom = (figure.interpretation, origin.recorded_by.pk, origin.recorded_at)
    return (*_cell_values(key, figure, origin), figure.value_high, figure.criterion, *by_whom)
