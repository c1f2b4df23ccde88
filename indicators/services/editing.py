"""Saving what people type into the cells of a table: nobody's work is lost, nobody's overwritten unseen."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from haarlemveilig.audit.services import record
from indicators.cells import Cell, parse, parse_target
from indicators.columns import Column
from indicators.models import MISSING, IndicatorTable, Observation, Status, Target
from indicators.periods import Period
from indicators.selectors.editing import Stored, has_figure
from indicators.services.observations import (
    STATUS_OF_KIND,
    UNKNOWN_AT_SOURCE,
    Figure,
    Key,
    Origin,
    record_observations,
    record_targets,
)
from indicators.services.publishing import hold_figures

CellKey = tuple[bool, int, Period]
WITH_VALUE = (
    Status.NORMAL,
    Status.PROVISIONAL,
    Status.REVISED,
    Status.ESTIMATED,
    Status.BREAK,
    Status.LOW_RELIABILITY,
)
WITHOUT_VALUE = (
    Status.PENDING,
    Status.NOT_COLLECTED,
    Status.NOT_APPLICABLE,
    Status.SUPPRESSED,
    Status.UNKNOWN,
)
_CHOSEN = (Status.NOT_COLLECTED, Status.NOT_APPLICABLE, Status.SUPPRESSED)
# By what the new text says: the statuses that a person once chose and that still fit it.
STAYS: dict[str, tuple[Status, ...]] = {
    Status.NORMAL: WITH_VALUE,
    Status.UNKNOWN: _CHOSEN,
    Status.TEXT_ONLY: _CHOSEN,
}
REASONS = {
    Status.PENDING: "Dit cijfer komt nog.",
    Status.UNKNOWN: "Dit vak is leeg gelaten.",
    Status.TEXT_ONLY: "Hier staat tekst in plaats van een getal.",
}


@dataclass(frozen=True)
class Details:
    """What a person says of a cell beside its text. Without a `status` it follows from the text."""

    status: str = ""
    reason: str = ""
    note: str = ""
    measured: Period | None = None


@dataclass(frozen=True)
class CellEdit:
    """What somebody wants a cell to say. `seen` is what stood there when they opened the page.

    Without `details` these stay as they were. `reason` goes before the reason for the whole save.
    """

    series_id: int
    column: Column
    seen: Stored | None
    text: str
    details: Details | None = None
    reason: str = ""
    name: str = ""

    @property
    def key(self) -> CellKey:
        return self.column.kind == "target", self.series_id, self.column.period

    @property
    def is_revision(self) -> bool:
        """Whether a cell that had a figure gets another text."""
        return has_figure(self.seen) and self.seen is not None and self.text != self.seen.printed


@dataclass(frozen=True)
class Conflict:
    """A cell that somebody else changed after the page was opened; `now` is what they saved."""

    edit: CellEdit
    now: Stored


@dataclass(frozen=True)
class Saved:
    """How many cells say something new, and which edits wait for a choice."""

    changed: int
    conflicts: tuple[Conflict, ...] = ()


class NoReason(Exception):
    """Figures were changed and nobody said why; nothing was saved."""

    def __init__(self, edits: Sequence[CellEdit]) -> None:
        super().__init__(", ".join(edit.name for edit in edits))
        self.edits = tuple(edits)


class TypedFigure(Figure):
    """A figure as a person typed it: unlike in an import, the wording of its reason counts."""

    def is_said_by(self, row: Stored) -> bool:
        return super().is_said_by(row) and self.reason == row.reason


@transaction.atomic
def save_cells(*, table: IndicatorTable, edits: Sequence[CellEdit], reason: str, actor: Any) -> Saved:
    """Save the edits; those of a cell that changed since it was seen come back as conflicts, unsaved.

    An edit that says what stands there already changes nothing. Raises NoReason when a figure is replaced
    without a reason; then nothing is saved.
    """
    hold_figures()
    current = _standing(edits)
    wanted = [edit for edit in edits if not _is_said(edit, current.get(edit.key))]
    conflicts = tuple(
        Conflict(edit, now) for edit in wanted if (now := current.get(edit.key)) and now != edit.seen
    )
    held = {conflict.edit.key for conflict in conflicts}
    free = [edit for edit in wanted if edit.key not in held]
    unexplained = [edit for edit in free if edit.is_revision and not (edit.reason or reason)]
    if unexplained:
        raise NoReason(unexplained)
    for origin, group in _by_origin(table, free, reason, actor):
        _record(group, origin)
    if free:
        _log(table, free, actor)
    return Saved(len(free), conflicts)


def _standing(edits: Iterable[CellEdit]) -> dict[CellKey, Stored]:
    """What stands in these cells now."""
    return {
        (is_target, row.series_id, row.period): row
        for is_target, model in ((False, Observation), (True, Target))
        for row in _rows(model, [edit for edit in edits if edit.key[0] == is_target])
    }


def _rows(model: type[Observation] | type[Target], edits: Sequence[CellEdit]) -> Iterable[Stored]:
    if not edits:
        return ()
    return (
        model.objects.current()
        .of_series({edit.series_id for edit in edits})
        .filter(period_start__in={edit.column.period.start for edit in edits})
        .select_related("recorded_by")
    )


def _is_said(edit: CellEdit, now: Stored | None) -> bool:
    if edit.details is None:
        return edit.text == (now.printed if now else "")
    return now is not None and figure_of(edit).is_said_by(now)


def _by_origin(
    table: IndicatorTable, edits: Sequence[CellEdit], reason: str, actor: Any
) -> Iterable[tuple[Origin, list[CellEdit]]]:
    """The edits by the reason to be kept with them. A first figure needs none, so it takes only its own."""
    groups: defaultdict[str, list[CellEdit]] = defaultdict(list)
    for edit in edits:
        groups[edit.reason or (reason if edit.is_revision else "")].append(edit)
    origin = Origin(
        provenance=f"met de hand, in de tabel {table.name}"[:200],
        recorded_by=actor,
        # A person looks at what stands there: that never makes their figure the older one.
        vintage=max([timezone.localdate(), *_vintages(edits)]),
    )
    return [(replace(origin, change_reason=why), group) for why, group in groups.items()]


def _vintages(edits: Iterable[CellEdit]) -> Iterable[dt.date]:
    return (edit.seen.vintage for edit in edits if edit.seen)


def _record(edits: Sequence[CellEdit], origin: Origin) -> None:
    for is_target, write in ((False, record_observations), (True, record_targets)):
        mine = {edit.key[1:]: edit for edit in edits if edit.key[0] == is_target}
        figures: dict[Key, Figure] = {
            key: figure_of(edit, origin.change_reason) for key, edit in mine.items()
        }
        write(figures, origin)


def figure_of(edit: CellEdit, why: str = "") -> Figure:
    """What the cell is to say. Note and measured period stay unless somebody changed them.

    Margins go when the figure does: they were those of the other one.
    """
    cell = parse_target(edit.text) if edit.key[0] else parse(edit.text)
    details = edit.details or _kept(edit.seen)
    status = (edit.details.status if edit.details else "") or _status(cell, edit.seen)
    read = TypedFigure.of_cell(cell)
    return replace(
        read,
        status=status,
        reason=_reason(status, edit, why),
        note=details.note,
        **(_aim(edit) if edit.key[0] else _measurement(edit, read, details)),
    )


def _kept(seen: Stored | None) -> Details:
    if seen is None:
        return Details()
    return Details(
        seen.status, seen.reason, seen.note, seen.measured if isinstance(seen, Observation) else None
    )


def _status(cell: Cell, seen: Stored | None) -> str:
    """The status of a text when nobody chose one: that of before, where it still fits."""
    read = STATUS_OF_KIND[cell.kind]
    return seen.status if seen and seen.status in STAYS.get(read, ()) else read


def _reason(status: str, edit: CellEdit, why: str) -> str:
    """Why there is no figure: what they said, what stood there, or for an emptied cell why it was emptied."""
    if status not in MISSING:
        return ""
    if edit.details and edit.details.reason:
        return edit.details.reason
    if edit.seen and edit.seen.status == status and edit.details is None:
        return edit.seen.reason
    if edit.text and status == Status.UNKNOWN:
        return UNKNOWN_AT_SOURCE
    emptied = why if status == Status.UNKNOWN else ""
    return emptied[:200] or REASONS.get(Status(status), "")


def _measurement(edit: CellEdit, read: Figure, details: Details) -> dict[str, Any]:
    seen = edit.seen if isinstance(edit.seen, Observation) else None
    if seen is None:
        return {"measured": details.measured}
    same = read.value is not None and read.value == seen.value
    margins = (seen.margin_low, seen.margin_high) if same else (None, None)
    return {"measured": details.measured, "n": seen.n, "low": margins[0], "high": margins[1]}


def _aim(edit: CellEdit) -> dict[str, Any]:
    seen = edit.seen if isinstance(edit.seen, Target) else None
    if seen is None:
        return {}
    if seen.printed != edit.text or not seen.interpretation:
        return {"criterion": seen.criterion}
    # How a person read a target stays with the very same text, and with that person.
    return {
        "criterion": seen.criterion,
        "interpretation": seen.interpretation,
        "interpreted": (seen.interpreted_by_id, seen.interpreted_at),
    }


def _log(table: IndicatorTable, edits: Sequence[CellEdit], actor: Any) -> None:
    record(
        "indicators.cells_edited",
        actor=actor,
        target=table,
        cells=len(edits),
        revised=sum(edit.is_revision for edit in edits),
        series=sorted({edit.series_id for edit in edits}),
    )
