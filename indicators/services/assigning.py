"""Which series each row of a file is about. Reads only: nothing is written here."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from haarlemveilig.gemeente.models import Area, AreaVersion, Theme
from indicators.columns import Column
from indicators.decisions import NOTHING_DECIDED, Decisions, RowDecision
from indicators.import_report import Remark
from indicators.models import Indicator, Series, Source
from indicators.names import bare_label, folded
from indicators.periods import Period
from indicators.services.namebook import NameBook
from indicators.table_file import TableCell, TableFile, TableLine

# Two labels are proposed as one series only if this many cells say the same, all of them.
LEAST_ALIKE = 2
LONGEST_BREAKDOWN = 330
_CBS_CODE = re.compile(r"[A-Z]{2}[0-9]+")
_SHARED = "Dit zijn dezelfde cijfers als ‘{0.label}’ op rij {0.row}. We lezen dit als dezelfde reeks."
_CONTRADICTS = (
    "‘{0.label}’ staat met andere cijfers op rij {0.row}. We bewaren beide: dit wordt een eigen reeks."
)
_OTHERWISE = "‘{0.label}’ staat met andere cijfers op rij {0.row}. We bewaren het eerste."
_OTHER_COLUMN = "{}, maar in kolom {} staat ‘{}’ voor dezelfde periode. We bewaren ‘{}’{}."
_IN_NOTE = ", met ‘{}’ in een noot"
_NOTE = "In kolom {} staat ‘{}’."
_TWICE = "{}e rij"
_UNKNOWN_AREA = "{} {} is niet bekend. Importeer eerst de wijken, of sla deze rij over."
_UNKNOWN_THEME = "het thema ‘{}’ bestaat niet."
_UNKNOWN_INDICATOR = "de indicator ‘{}’ bestaat niet. Kies een indicator die er al is."
Slot = tuple[bool, Period]


@dataclass(frozen=True, slots=True)
class Assigned:
    """A row with its series. `cells` are those to record: a period that was read before is left out.

    `area` is the area's name, where the file says one.
    """

    place: int
    line: TableLine
    area: str
    series: Series
    cells: tuple[TableCell, ...]
    decision: RowDecision
    is_new: bool
    remark: str = ""
    series_is_proposed: bool = False


@dataclass(frozen=True)
class Assignment:
    """All rows of a file; `elsewhere` counts rows about areas that are not ours or too small to be known."""

    rows: tuple[Assigned, ...]
    remarks: tuple[Remark, ...]
    errors: tuple[Remark, ...]
    skipped: int
    elsewhere: int


def assign(file: TableFile, book: NameBook, area: Area, decisions: Decisions) -> Assignment:
    """The series of each row. A series may stand in several rows: a placement is not a series."""
    assigner = _Assigner(file, book, area, decisions)
    rows = tuple(assigner.rows())
    return Assignment(
        rows, tuple(assigner.remarks), tuple(assigner.errors), assigner.skipped, assigner.elsewhere
    )


def slot(column: Column) -> Slot:
    """Where a column's cells are kept: two columns may mean the same, such as "2021" and "Meting 2021"."""
    return column.kind == "target", column.period


def place_name(table: str, group: str, breakdown: str = "") -> str:
    """The breakdown that keeps a contradicting row apart: where it stands."""
    return ", ".join(filter(None, (breakdown, table, group)))[:LONGEST_BREAKDOWN]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the file before it has a series."""

    place: int
    line: TableLine
    decision: RowDecision
    area: Area
    area_name: str
    source: Source

    def remark(self, column: str, text: str) -> Remark:
        return Remark(self.line.row, column, text, place=self.place)


class _Assigner:
    def __init__(self, file: TableFile, book: NameBook, area: Area, decisions: Decisions) -> None:
        self.file, self.book, self.area, self.decisions = file, book, area, decisions
        self.areas = _areas()
        self.remarks: list[Remark] = []
        self.errors: list[Remark] = []
        self.skipped = self.elsewhere = 0
        self._read: dict[tuple[str, str, int, str], list[Assigned]] = {}
        self._standing: dict[tuple[str, str, str, str, int, str], list[_Told]] = {}
        self._bare: dict[tuple[str, str, int, str], TableLine] = {}

    def rows(self) -> Iterator[Assigned]:
        for place, line in enumerate(self.file.lines, start=1):
            decision = self.decisions.get(place, NOTHING_DECIDED)
            if decision.choice == "skip":
                self.skipped += 1
                continue
            problems = [Remark(line.row, *problem, place=place) for problem in self._problems(line, decision)]
            area, name = (
                self.areas.get(folded(line.area_code), (None, "")) if line.area_code else (self.area, "")
            )
            if problems:
                self.errors += problems
            elif area is None:
                self.elsewhere += 1
            else:
                source = self.book.source(
                    line.source, is_synthetic=self.file.is_synthetic, is_survey=self.file.is_survey
                )
                row = _Row(place, line, decision, area, name, source)
                yield self._assigned(self._told_apart(row) if line.theme else row)

    def _problems(self, line: TableLine, decision: RowDecision) -> Iterator[tuple[str, str]]:
        if line.area_code and folded(line.area_code) not in self.areas and self._is_ours(line.area_code):
            yield (
                "gebied",
                _UNKNOWN_AREA.format("de wijk" if _is_code(line) else "het gebied", line.area_code),
            )
        if line.theme_code and not self.book.theme_with(line.theme_code):
            yield "thema", _UNKNOWN_THEME.format(line.theme_code)
        if decision.indicator and not self.book.indicator(decision.indicator):
            yield "indicator", _UNKNOWN_INDICATOR.format(decision.indicator)

    def _is_ours(self, code: str) -> bool:
        """Whether we should know this area; buurten may be unknown, and so may other municipalities."""
        return not _CBS_CODE.fullmatch(code) or code.startswith(self.area.code.replace("GM", "WK"))

    def _assigned(self, row: _Row) -> Assigned:
        indicator = self._indicator(row)
        assigned = self._with_series(row, indicator, tuple(self._cells(row)))
        key = (indicator.name, row.source.name, row.area.pk, assigned.series.breakdown)
        self._read.setdefault(key, []).append(assigned)
        return assigned

    def _indicator(self, row: _Row) -> Indicator:
        line, book = row.line, self.book
        twin = self._bare.setdefault(
            (bare_label(line.label), row.source.name, row.area.pk, line.breakdown), line
        )
        chosen = book.indicator(row.decision.indicator) if row.decision.indicator else None
        known = chosen or book.indicator(line.label)
        if known is None and twin is not line and not row.decision.own_series and _same_figures(line, twin):
            known = book.indicator(twin.label)
        if known is None:
            return book.new_indicator(line.label, unit=_unit(line), theme=self._theme(line))
        book.add_alias(known, line.label)
        return known

    def _theme(self, line: TableLine) -> Theme | None:
        named = self.book.theme(line.label, line.group, line.theme)
        return self.book.theme_with(line.theme_code) if line.theme_code else named

    def _told_apart(self, row: _Row) -> _Row:
        """A row that stands in its table already, with other figures, gets a breakdown of its own: "2e rij"."""
        line = row.line
        theme, group, label = map(folded, (line.theme, line.group, line.label))
        key = (theme, group, label, row.source.name, row.area.pk, line.breakdown)
        known = self._standing.setdefault(key, [])
        cells = [_kept(cells) for cells in _by_slot(line)]
        number = next((at for at, told in enumerate(known) if told.agrees(cells)), len(known))
        if number == len(known):
            known.append(_Told({slot(cell.column): cell.cell.printed for cell in cells}, line))
            if number:
                self.remarks.append(row.remark("", _CONTRADICTS.format(known[0].line)))
        if not number:
            return row
        breakdown = ", ".join(filter(None, (line.breakdown, _TWICE.format(number + 1))))
        return replace(row, line=replace(line, breakdown=breakdown))

    def _cells(self, row: _Row) -> Iterator[TableCell]:
        """The cells of a row, each period once."""
        for cells in _by_slot(row.line):
            yield self._one_of(row, cells) if len(cells) > 1 else cells[0]

    def _one_of(self, row: _Row, cells: Sequence[TableCell]) -> TableCell:
        """The cell to keep of one period; what another says is in its note."""
        kept = _kept(cells)
        stands, notes = kept.cell.printed, []
        for other in cells:
            printed, heading = other.cell.printed, other.column.label
            if printed == stands:
                continue
            in_note = _IN_NOTE.format(printed) if printed else ""
            here = f"Hier staat ‘{printed}’" if printed else "Dit vak is leeg"
            text = _OTHER_COLUMN.format(here, kept.column.label, stands, stands, in_note)
            self.remarks.append(row.remark(heading, text))
            notes += [_NOTE.format(heading, printed)] if printed else []
        return replace(kept, note=" ".join(filter(None, (kept.note, *notes)))) if notes else kept

    def _with_series(self, row: _Row, indicator: Indicator, cells: tuple[TableCell, ...]) -> Assigned:
        line, own = row.line, row.decision.own_series
        is_new = indicator.pk is None
        first = self._told(row, indicator, line.breakdown)
        # Where the file contradicts itself, or a person says so, both are kept.
        apart = place_name(line.theme, line.group, line.breakdown)
        # What once became a series of its own stays one.
        is_apart = own or self.book.has_series(indicator, row.source, row.area, apart)
        for breakdown in (apart,) if is_apart else dict.fromkeys((line.breakdown, apart)):
            told = self._told(row, indicator, breakdown)
            more = tuple(cell for cell in cells if slot(cell.column) not in told.texts)
            shares = len(more) < len(cells) and told.agrees(cells) and not own
            if not shares and len(more) < len(cells):
                continue
            series = self.book.series(indicator, row.source, row.area, breakdown)
            remark = _SHARED.format(told.line) if shares else ""
            if breakdown != line.breakdown and not is_apart:
                remark = _CONTRADICTS.format(first.line)
            return Assigned(
                row.place, line, row.area_name, series, more, row.decision, is_new, remark, shares
            )
        series = self.book.series(indicator, row.source, row.area, line.breakdown)
        more = tuple(cell for cell in cells if slot(cell.column) not in first.texts)
        return Assigned(
            row.place, line, row.area_name, series, more, row.decision, is_new, _OTHERWISE.format(first.line)
        )

    def _told(self, row: _Row, indicator: Indicator, breakdown: str) -> "_Told":
        earlier = self._read.get((indicator.name, row.source.name, row.area.pk, breakdown), [])
        texts = {slot(cell.column): cell.cell.printed for one in earlier for cell in one.cells}
        return _Told(texts, earlier[0].line if earlier else row.line)


@dataclass(frozen=True, slots=True)
class _Told:
    """What earlier rows of the file said of a series; `line` is the first of them."""

    texts: Mapping[Slot, str]
    line: TableLine

    def agrees(self, cells: Iterable[TableCell]) -> bool:
        return all(
            self.texts.get(slot(cell.column), cell.cell.printed) == cell.cell.printed for cell in cells
        )


def _by_slot(line: TableLine) -> Iterable[list[TableCell]]:
    told: dict[Slot, list[TableCell]] = {}
    for cell in line.cells:
        told.setdefault(slot(cell.column), []).append(cell)
    return told.values()


def _kept(cells: Sequence[TableCell]) -> TableCell:
    """What was measured goes before a baseline of that period, and anything before an empty cell."""
    return min(cells, key=lambda one: (one.cell.kind == "blank", one.column.kind == "baseline"))


def _areas() -> dict[str, tuple[Area, str]]:
    """All areas with their last name, by code and by name; a name that two have is that of the larger."""
    order = {level: number for number, level in enumerate(Area.Level)}
    versions = AreaVersion.objects.select_related("area").order_by("-year")
    by_code: dict[str, tuple[Area, str]] = {}
    by_name: dict[str, tuple[Area, str]] = {}
    for one in sorted(versions, key=lambda one: order[Area.Level(one.area.level)]):
        by_code.setdefault(folded(one.area.code), (one.area, one.name))
        by_name.setdefault(folded(one.name), (one.area, one.name))
    return by_name | by_code


def _is_code(line: TableLine) -> bool:
    return bool(_CBS_CODE.fullmatch(line.area_code))


def _same_figures(line: TableLine, other: TableLine) -> bool:
    figures = sum(cell.cell.value is not None for cell in line.cells)
    return _texts(line) == _texts(other) and figures >= LEAST_ALIKE


def _texts(line: TableLine) -> list[str]:
    return [cell.cell.printed for cell in line.cells]


def _unit(line: TableLine) -> str:
    return line.unit or next((cell.cell.unit for cell in line.cells if cell.cell.kind == "number"), "")


def theme_order(rows: Sequence[Assigned]) -> dict[str, list[Assigned]]:
    """The rows of each printed table, tables in the order in which they first appear."""
    tables: dict[str, list[Assigned]] = {}
    for row in rows:
        if row.line.theme:
            tables.setdefault(row.line.theme, []).append(row)
    return tables
