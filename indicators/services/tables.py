"""Importing a file of figures: series, observations, targets, and where each row stands in a table."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format

from haarlemveilig.audit.services import record
from haarlemveilig.gemeente.models import Area
from indicators.decisions import Decisions, decided
from indicators.import_report import CellChange, Difference, ImportReport, PassedOver, Remark, RowOutcome
from indicators.models import Observation, Target
from indicators.services.assigning import Assigned, Assignment, assign, theme_order
from indicators.services.namebook import NameBook
from indicators.services.observations import (
    Figure,
    Kept,
    Key,
    Origin,
    Standing,
    add,
    compare,
    supersede,
)
from indicators.services.placements import Placed, Placement, plan_table, save_tables
from indicators.services.publishing import hold_figures
from indicators.table_file import TableCell, TableFile, TableFileError

Progress = Callable[[int, str], None]
EXACT = Decimal("0.000001")
_SOURCE = "De bron is leeg. We lezen: {0.source}, zoals in de rij erboven."
_TEXT = "‘{}’ lezen we niet als één getal. We bewaren de tekst."
_TARGET_TEXT = (
    "‘{}’ lezen we niet als één getal. We bewaren de tekst. Na het inlezen kunt u zeggen hoe we dit lezen."
)


class ImportChanged(Exception):
    """Since the preview somebody else changed these figures; nothing was imported."""


def import_table(
    file: TableFile,
    *,
    area: Area,
    provenance: str,
    recorded_by: Any = None,
    vintage: dt.date | None = None,
    recorded_at: dt.datetime | None = None,
    dry_run: bool = False,
    expected: str = "",
    decisions: Decisions | None = None,
    reason: str = "",
    progress: Progress = lambda _percentage, _sentence: None,
) -> ImportReport:
    """Take in the rows of a file: all of it, or nothing. Running it again changes nothing.

    With `recorded_by` a named person has seen what was uncertain and confirms it, except for rows that
    `decisions` leave for later; without, the rows stay marked as proposals. A dry run only reads, and
    answers the same report. `expected` is the fingerprint of an earlier dry run. `reason` is kept with every
    figure that stood there and gets another value.

    Raises ImportChanged when that no longer holds, and TableFileError when rows cannot be taken in (a dry
    run reports them as `errors`).
    """
    origin = Origin(
        provenance, recorded_by, vintage or timezone.localdate(), recorded_at or timezone.now(), reason
    )
    if dry_run:
        return _plan(file, area, origin, decisions or {}).report
    try:
        with transaction.atomic():
            # One import at a time, so that two of them never make the same indicator twice.
            hold_figures()
            progress(20, "De rijen worden vergeleken met wat er staat")
            plan = _plan(file, area, origin, decisions or {})
            if expected and plan.report.fingerprint != expected:
                raise ImportChanged
            if plan.report.errors:
                raise TableFileError(*map(str, plan.report.errors))
            _carry_out(plan, origin, progress)
    except IntegrityError as error:
        # Somebody filled in the same cell between our reading and our writing.
        if "one_current_per_cell" in str(error):
            raise ImportChanged from error
        raise
    return plan.report


@dataclass(frozen=True, slots=True)
class _Step:
    """One cell that is to change, and what stands there now."""

    row: Assigned
    cell: TableCell
    before: Standing | None
    difference: Difference = "first"

    @property
    def is_target(self) -> bool:
        return self.cell.column.kind == "target"

    @property
    def figure(self) -> tuple[Key, Figure]:
        return (self.row.series.pk, self.cell.column.period), figure_of(self.cell)


@dataclass(frozen=True)
class _Plan:
    """All that an import would do. Nothing is written yet: what is new has no id."""

    book: NameBook
    steps: Sequence[_Step]
    placements: Sequence[Placement]
    report: ImportReport


def _plan(file: TableFile, area: Area, origin: Origin, decisions: Decisions) -> _Plan:
    file, book = decided(file, decisions), NameBook()
    assignment = assign(file, book, area, decisions)
    steps, older = _steps(assignment.rows, origin)
    placements = _placements(book, assignment.rows, confirmed=origin.recorded_by is not None)
    return _Plan(book, steps, placements, _report(file, assignment, steps, older, placements))


def _carry_out(plan: _Plan, origin: Origin, progress: Progress) -> None:
    progress(40, "Namen en reeksen worden bewaard")
    plan.book.save()
    progress(50, "De cijfers worden bewaard")
    _write(Observation, [step for step in plan.steps if not step.is_target], origin)
    _write(Target, [step for step in plan.steps if step.is_target], origin)
    progress(90, "De tabellen worden bijgewerkt")
    save_tables(plan.placements)
    if plan.report.changes or plan.report.placed:
        _log(plan.report, origin)


def _write(model: type[Kept], steps: Sequence[_Step], origin: Origin) -> None:
    replaced = [step.before.pk for step in steps if step.before]
    if supersede(model, replaced, origin) != len(replaced):
        raise ImportChanged
    corrected = [step for step in steps if step.difference == "value"]
    add(model, (step.figure for step in corrected), origin)
    # Why figures change is said of those that did.
    others = (step.figure for step in steps if step.difference != "value")
    add(model, others, replace(origin, change_reason=""))


def figure_of(cell: TableCell) -> Figure:
    """What a cell of a file is to say; what the file says of its status goes before what its text says."""
    said = {"status": cell.status, "reason": cell.reason} if cell.status else {}
    return Figure.of_cell(
        cell.cell,
        note=cell.note,
        measured=cell.measured,
        n=cell.n,
        low=_exact(cell.low),
        high=_exact(cell.high),
        **said,
    )


def _exact(value: Decimal | None) -> Decimal | None:
    """As exactly as the database keeps it, or a second import would see a difference."""
    return None if value is None else value.quantize(EXACT)


# --- what changes ---------------------------------------------------------------------------------
def _steps(rows: Sequence[Assigned], origin: Origin) -> tuple[list[_Step], list[_Step]]:
    """The cells that are to change, in the order of the file, and those that stay: a newer file said them."""
    steps: dict[int, list[_Step]] = {row.place: [] for row in rows}
    older: list[_Step] = []
    for step, is_older in chain(_compared(rows, Observation, origin), _compared(rows, Target, origin)):
        (older if is_older else steps[step.row.place]).append(step)
    for row in rows:
        if row.series.pk is None:
            steps[row.place] += [_Step(row, cell, None) for cell in row.cells]
    return [step for mine in steps.values() for step in mine], older


def _compared(rows: Sequence[Assigned], model: type[Kept], origin: Origin) -> Iterator[tuple[_Step, bool]]:
    """The cells of known series that say something else than what stands there, and whether that is newer."""
    known = {
        (row.series.pk, cell.column.period): (row, cell)
        for row in rows
        for cell in row.cells
        if row.series.pk is not None and (cell.column.kind == "target") == issubclass(model, Target)
    }
    figures = ((key, figure_of(cell)) for key, (_row, cell) in known.items())
    for one in compare(model, figures, origin.vintage):
        yield _Step(*known[one.key], one.before, one.difference), one.is_older


def _placements(book: NameBook, rows: Sequence[Assigned], *, confirmed: bool) -> list[Placement]:
    placements: list[Placement] = []
    for name, members in theme_order(rows).items():
        placed = [_placed(one, confirmed=confirmed and one.decision.choice != "later") for one in members]
        placements.append(plan_table(name, placed, theme=book.theme(name), number=len(placements)))
    return placements


def _placed(one: Assigned, *, confirmed: bool) -> Placed:
    return Placed(
        line=one.line,
        series=one.series,
        source_is_proposed=one.line.source_is_proposed and not confirmed,
        series_is_proposed=one.series_is_proposed and not confirmed,
        is_confirmed=confirmed,
    )


# --- what is told of it ---------------------------------------------------------------------------
def _report(
    file: TableFile,
    assignment: Assignment,
    steps: Sequence[_Step],
    older: Sequence[_Step],
    placements: Sequence[Placement],
) -> ImportReport:
    rows = assignment.rows
    return ImportReport(
        rows=len(rows),
        cells=sum(len(one.line.cells) for one in rows),
        series=len({id(one.series) for one in rows}),
        skipped=assignment.skipped + assignment.elsewhere,
        placed=sum(one.changed for one in placements),
        remarks=_in_order(file, _remarks(file, assignment)),
        changes=tuple(_changes(steps)),
        passed_over=tuple(_passed_over(older)),
        errors=assignment.errors,
        outcomes=tuple(
            RowOutcome(one.place, one.series.indicator.name, one.area, one.is_new, one.series_is_proposed)
            for one in rows
        ),
    )


def _remarks(file: TableFile, assignment: Assignment) -> Iterator[Remark]:
    places = {cell.row or one.line.row: one.place for one in assignment.rows for cell in one.line.cells}
    said = {(remark.row, remark.column) for remark in file.remarks}
    left_out = {line.row for line in file.lines} - places.keys()
    for one in file.remarks:
        if one.row not in left_out:
            yield Remark(one.row, one.column, one.text, place=places.get(one.row, 0))
    yield from assignment.remarks
    for row in assignment.rows:
        for remark in _row_remarks(row):
            if not (remark.column and (remark.row, remark.column) in said):
                yield remark


def _in_order(file: TableFile, remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """By row, and within a row from left to right."""
    order = {column.label: number for number, column in enumerate(file.columns)}
    return tuple(sorted(remarks, key=lambda one: (one.place, order.get(one.column, -1))))


def _row_remarks(one: Assigned) -> Iterator[Remark]:
    if one.line.source_is_proposed:
        yield Remark(one.line.row, "", _SOURCE.format(one.line), is_source=True, place=one.place)
    if one.remark:
        yield Remark(one.line.row, "", one.remark, place=one.place)
    for cell in one.line.cells:
        if cell.cell.kind == "text" and not cell.status:
            text = _TARGET_TEXT if cell.column.kind == "target" else _TEXT
            yield Remark(one.line.row, cell.column.label, text.format(cell.cell.printed), place=one.place)


def _changes(steps: Iterable[_Step]) -> Iterator[CellChange]:
    for step in steps:
        line, before = step.row.line, step.before.printed if step.before else None
        yield CellChange(
            line.row, line.label, step.cell.column.label, before, step.cell.cell.printed, step.row.place,
            step.difference,
        )  # fmt: skip


def _passed_over(older: Iterable[_Step]) -> Iterator[PassedOver]:
    for step in older:
        if step.before:
            yield PassedOver(
                row=step.row.line.row,
                column=step.cell.column.label,
                stands=step.before.printed,
                wanted=step.cell.cell.printed,
                vintage=date_format(step.before.vintage, "j F Y"),
                place=step.row.place,
            )


def _log(report: ImportReport, origin: Origin) -> None:
    record(
        "indicators.table_imported",
        actor=origin.recorded_by,
        provenance=origin.provenance,
        vintage=origin.vintage.isoformat(),
        rows=report.rows,
        cells=report.cells,
        new=report.new_cells,
        revised=len(report.revised),
        uncertain=report.uncertain,
    )
