"""Importing a printed table: series, observations, and where each row stands."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils import timezone

from haarlemveilig.audit.services import record
from haarlemveilig.gemeente.models import Area
from indicators.import_report import CellChange, ImportReport, Remark
from indicators.models import Indicator, Series, Source
from indicators.names import bare_label
from indicators.services.namebook import NameBook
from indicators.services.observations import (
    Figure,
    Key,
    Origin,
    Recorded,
    record_observations,
    record_targets,
)
from indicators.services.placements import Placed, place_rows
from indicators.table_file import TableCell, TableFile, TableLine

# Two labels are proposed as one series only if this many cells say the same, all of them.
LEAST_ALIKE = 2


class ImportChanged(Exception):
    """Since the preview somebody else changed these figures; nothing was imported."""


@transaction.atomic
def import_table(
    file: TableFile,
    *,
    area: Area,
    provenance: str,
    recorded_by: Any = None,
    vintage: dt.date | None = None,
    dry_run: bool = False,
    expected: str = "",
) -> ImportReport:
    """Take in the tables of a file: all of it, or nothing. Running it again changes nothing.

    With `recorded_by` a named person has seen what was uncertain and confirms it; without, the rows stay
    marked as proposals. A dry run answers the same report and leaves nothing behind. `expected` is the
    fingerprint of an earlier dry run: raises ImportChanged when that no longer holds.
    """
    # One import at a time per area, so that two of them never make the same indicator twice.
    Area.objects.select_for_update().get(pk=area.pk)
    book = NameBook()
    assigned = list(_Assigner(book, area).assign(file.lines))
    origin = Origin(provenance, recorded_by, vintage or timezone.localdate())
    measured = record_observations(_figures(assigned, targets=False), origin)
    aims = record_targets(_figures(assigned, targets=True), origin)
    placed = _place(book, file, assigned, confirmed=recorded_by is not None)
    report = _report(file, assigned, (measured, aims), placed)
    if expected and report.fingerprint != expected:
        raise ImportChanged
    if dry_run:
        transaction.set_rollback(True)
    elif report.changes or report.placed:
        _log(report, provenance, recorded_by)
    return report


@dataclass(frozen=True)
class _Assigned:
    line: TableLine
    series: Series
    remark: str = ""
    series_is_proposed: bool = False


class _Assigner:
    """Finds the series of each row. A series may stand in several rows: a placement is not a series."""

    def __init__(self, book: NameBook, area: Area) -> None:
        self.book = book
        self.area = area
        self._first: dict[tuple[int, int], TableLine] = {}
        self._bare: dict[tuple[str, int], TableLine] = {}

    def assign(self, lines: Iterable[TableLine]) -> Iterator[_Assigned]:
        for line in lines:
            source = self.book.source(line.source)
            indicator = self._indicator(line, source)
            yield self._assigned(line, indicator, source)

    def _indicator(self, line: TableLine, source: Source) -> Indicator:
        twin = self._bare.setdefault((bare_label(line.label), source.pk), line)
        known = self.book.indicator(line.label)
        if known:
            return known
        alike = self.book.indicator(twin.label) if twin is not line and _same_figures(line, twin) else None
        if alike:
            self.book.add_alias(alike, line.label)
            return alike
        theme = self.book.theme(line.label, line.group, line.theme)
        return self.book.new_indicator(line.label, unit=_unit(line), theme=theme)

    def _assigned(self, line: TableLine, indicator: Indicator, source: Source) -> _Assigned:
        first = self._first.setdefault((indicator.pk, source.pk), line)
        series = self.book.series(indicator, source, self.area)
        if first is line:
            return _Assigned(line, series)
        if _texts(line) == _texts(first):
            return _Assigned(line, series, _SHARED.format(first), series_is_proposed=True)
        # The file contradicts itself: both are kept, and a person is told.
        place = ", ".join(filter(None, (line.theme, line.group)))
        own = self.book.series(indicator, source, self.area, place)
        return _Assigned(line, own, _CONTRADICTS.format(first))


_SOURCE = "De bron is leeg. We lezen: {0.source}, zoals in de rij erboven."
_SHARED = "Dit zijn dezelfde cijfers als ‘{0.label}’ op rij {0.row}. We lezen dit als dezelfde reeks."
_CONTRADICTS = (
    "‘{0.label}’ staat met andere cijfers op rij {0.row}. We bewaren beide: dit wordt een eigen reeks."
)
_TEXT = "‘{}’ lezen we niet als één getal. We bewaren de tekst."


def _texts(line: TableLine) -> list[str]:
    return [cell.cell.printed for cell in line.cells]


def _same_figures(line: TableLine, other: TableLine) -> bool:
    figures = sum(cell.cell.value is not None for cell in line.cells)
    return _texts(line) == _texts(other) and figures >= LEAST_ALIKE


def _unit(line: TableLine) -> str:
    return next((cell.cell.unit for cell in line.cells if cell.cell.kind == "number"), "")


def _figures(assigned: Sequence[_Assigned], *, targets: bool) -> dict[Key, Figure]:
    return {
        (one.series.pk, cell.column.period): figure_of(cell)
        for one in assigned
        for cell in one.line.cells
        if (cell.column.kind == "target") == targets
    }


def figure_of(cell: TableCell) -> Figure:
    """What a cell of a file is to say; what the file says of its status goes before what its text says."""
    said = {"status": cell.status, "reason": cell.reason} if cell.status else {}
    return Figure.of_cell(
        cell.cell, note=cell.note, measured=cell.measured, n=cell.n, low=cell.low, high=cell.high, **said
    )


def _place(book: NameBook, file: TableFile, assigned: Sequence[_Assigned], *, confirmed: bool) -> int:
    count = 0
    for name, members in groupby(sorted(assigned, key=_theme_order(assigned)), lambda one: one.line.theme):
        rows = [
            Placed(
                line=one.line,
                series=one.series,
                source_is_proposed=one.line.source_is_proposed and not confirmed,
                series_is_proposed=one.series_is_proposed and not confirmed,
            )
            for one in members
        ]
        count += place_rows(name, rows, columns=file.columns, theme=book.theme(name), confirmed=confirmed)
    return count


def _theme_order(assigned: Sequence[_Assigned]) -> Any:
    """Sorts rows of one table together, tables in the order in which they first appear."""
    order = {theme: place for place, theme in enumerate(dict.fromkeys(one.line.theme for one in assigned))}
    return lambda one: order[one.line.theme]


def _report(
    file: TableFile, assigned: Sequence[_Assigned], recorded: tuple[Recorded, Recorded], placed: int
) -> ImportReport:
    return ImportReport(
        rows=len(file.lines),
        cells=sum(len(line.cells) for line in file.lines),
        series=len({one.series.pk for one in assigned}),
        placed=placed,
        newer=sum(len(one.newer) for one in recorded),
        remarks=(
            *(Remark(one.row, one.column, one.text) for one in file.remarks),
            *(remark for one in assigned for remark in _remarks(one)),
        ),
        changes=tuple(change for one in assigned for change in _changes(one, recorded)),
    )


def _remarks(one: _Assigned) -> Iterator[Remark]:
    if one.line.source_is_proposed:
        yield Remark(one.line.row, "", _SOURCE.format(one.line), is_source=True)
    if one.remark:
        yield Remark(one.line.row, "", one.remark)
    for cell in one.line.cells:
        if cell.cell.kind == "text":
            yield Remark(one.line.row, cell.column.label, _TEXT.format(cell.cell.printed))


def _changes(one: _Assigned, recorded: tuple[Recorded, Recorded]) -> Iterator[CellChange]:
    measured, aims = recorded
    for cell in one.line.cells:
        key = (one.series.pk, cell.column.period)
        changed = (aims if cell.column.kind == "target" else measured).changed
        if key in changed:
            yield CellChange(one.line.row, one.line.label, cell.column.label, changed[key], cell.cell.printed)


def _log(report: ImportReport, provenance: str, recorded_by: Any) -> None:
    record(
        "indicators.table_imported",
        actor=recorded_by,
        provenance=provenance,
        rows=report.rows,
        cells=report.cells,
        new=report.new_cells,
        revised=len(report.revised),
        uncertain=report.uncertain,
    )
