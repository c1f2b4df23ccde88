"""A file as an officer looks it over: what each cell becomes, what changes, what asks for a person. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Literal, Protocol, TypeVar

from indicators.cells import Cell, print_number
from indicators.columns import Column
from indicators.decisions import NOTHING_DECIDED, Decisions, RowDecision, decided_line
from indicators.import_report import CellChange, ImportReport, PassedOver, Remark, RowOutcome
from indicators.table_file import TableCell, TableFile, TableLine

Fate = Literal["same", "new", "revised", "respelled", "newer", "out"]
WORDS = {"<": "minder dan", ">": "meer dan", "≤": "hoogstens", "≥": "ten minste", "ca.": "ongeveer"}
OF_KIND = {"pending": "volgt nog", "unknown": "niet bekend", "blank": "leeg", "text": "tekst, geen getal"}


@dataclass(frozen=True)
class PreviewCell:
    """A cell as it will print. `meaning` says how it is read where the text alone does not say it.

    `before` is what a revised cell says now; for `newer` it is what stays. "out": the row is skipped.
    """

    printed: str
    meaning: str
    fate: Fate
    before: str = ""
    stays_because: str = ""


@dataclass(frozen=True)
class PreviewRow:
    """A row of the file; `heading` is there on the first row of a group. A cell it lacks is None."""

    place: int
    row: int
    heading: str
    label: str
    area: str
    indicator: str
    is_new: bool
    source: str
    source_is_proposed: bool
    cells: tuple[PreviewCell | None, ...]
    remarks: tuple[str, ...]
    errors: tuple[str, ...]
    decision: RowDecision


@dataclass(frozen=True)
class PreviewTable:
    """The rows of one table in the file; without a name they belong to no printed table."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[PreviewRow, ...]


class Placed(Protocol):
    @property
    def place(self) -> int: ...


Fact = TypeVar("Fact", bound=Placed)


@dataclass(frozen=True)
class Preview:
    """A file with what would become of it; every mapping is by the place of the row."""

    file: TableFile
    decisions: Decisions
    changes: Mapping[int, Mapping[str, CellChange]]
    newer: Mapping[int, Mapping[str, PassedOver]]
    remarks: Mapping[int, Sequence[Remark]]
    errors: Mapping[int, Sequence[Remark]]
    outcomes: Mapping[int, RowOutcome]

    @classmethod
    def of(cls, file: TableFile, report: ImportReport, decisions: Decisions) -> "Preview":
        return cls(
            file,
            decisions,
            {place: {one.column: one for one in all_} for place, all_ in _by_place(report.changes).items()},
            {
                place: {one.column: one for one in all_}
                for place, all_ in _by_place(report.passed_over).items()
            },
            _by_place(report.remarks),
            _by_place(report.errors),
            {one.place: one for one in report.outcomes},
        )

    @property
    def places(self) -> list[int]:
        """All rows but those about places that are not ours."""
        known = self.outcomes.keys() | self.errors.keys() | self.decisions.keys()
        return sorted(known)

    @property
    def attention(self) -> list[int]:
        """Rows with something to look at that nobody has looked at."""
        asking = self.remarks.keys() | self.newer.keys() | self.errors.keys() | set(self._revised())
        return [place for place in self.places if place in asking and not self._is_settled(place)]

    @property
    def to_judge(self) -> list[tuple[int, int, str, str]]:
        """Each thing that asks for a judgement, blank sources left out: place, row, label and sentence."""
        return [
            (place, self.file.lines[place - 1].row, self.file.lines[place - 1].label, text)
            for place in self.attention
            for text in self._sentences(place)
        ]

    @property
    def general(self) -> list[str]:
        """What the reader says of the file as a whole, or of places that are no row of a table."""
        return [str(remark) if remark.row else remark.text for remark in self.remarks.get(0, ())]

    def _revised(self) -> Iterator[int]:
        for place, changes in self.changes.items():
            if any(one.before is not None and one.difference != "spelling" for one in changes.values()):
                yield place

    def _is_settled(self, place: int) -> bool:
        return place not in self.errors and self.decision(place).choice != ""

    def decision(self, place: int) -> RowDecision:
        return self.decisions.get(place, NOTHING_DECIDED)

    def may_share(self, place: int) -> bool:
        """Whether it is a question which series the row belongs to."""
        outcome = self.outcomes.get(place)
        return self.decision(place).own_series or bool(outcome and outcome.is_shared)

    def _sentences(self, place: int) -> Iterator[str]:
        for remark in (*self.errors.get(place, ()), *self.remarks.get(place, ())):
            if not remark.is_source:
                yield f"{remark.column}: {remark.text}" if remark.column else remark.text
        for one in self.newer.get(place, {}).values():
            yield (
                f"{one.column}: hier staat al ‘{one.stands}’ uit een nieuwer bestand, van {one.vintage}. "
                f"‘{one.wanted}’ lezen we niet in."
            )

    def tables(self, places: Collection[int]) -> list[PreviewTable]:
        """The rows at these places, table by table."""
        lines = [(place, self._line(place)) for place in sorted(places)]
        return [
            self._table(name, list(members)) for name, members in groupby(lines, lambda one: one[1].theme)
        ]

    def _line(self, place: int) -> TableLine:
        return decided_line(self.file.lines[place - 1], self.decision(place))

    def _table(self, name: str, lines: Sequence[tuple[int, TableLine]]) -> PreviewTable:
        present = {cell.column.key for _place, line in lines for cell in line.cells}
        columns = tuple(column for column in self.file.columns if column.key in present)
        return PreviewTable(name, columns, tuple(self._rows(lines, columns)))

    def _rows(
        self, lines: Sequence[tuple[int, TableLine]], columns: Sequence[Column]
    ) -> Iterator[PreviewRow]:
        heading = ""
        for place, line in lines:
            outcome = self.outcomes.get(place)
            yield PreviewRow(
                place=place,
                row=line.row,
                heading=line.group if line.group != heading else "",
                label=line.label,
                area=outcome.area if outcome else line.area_code,
                indicator=outcome.indicator if outcome and outcome.indicator != line.label else "",
                is_new=bool(outcome and outcome.is_new),
                source=line.source,
                source_is_proposed=line.source_is_proposed,
                cells=tuple(self._cells(place, line, columns)),
                remarks=tuple(self._sentences(place)) if place not in self.errors else (),
                errors=tuple(one.text for one in self.errors.get(place, ())),
                decision=self.decision(place),
            )
            heading = line.group

    def _cells(self, place: int, line: TableLine, columns: Sequence[Column]) -> Iterator[PreviewCell | None]:
        found = {cell.column.key: cell for cell in line.cells}
        for column in columns:
            cell = found.get(column.key)
            yield self._cell(place, cell) if cell else None

    def _cell(self, place: int, cell: TableCell) -> PreviewCell:
        heading, printed, says = cell.column.label, cell.cell.printed, meaning(cell)
        change = self.changes.get(place, {}).get(heading)
        newer = self.newer.get(place, {}).get(heading)
        if place not in self.outcomes:
            return PreviewCell(printed, says, "out")
        if newer:
            return PreviewCell(printed, says, "newer", newer.stands, newer.vintage)
        if change is None:
            return PreviewCell(printed, says, "same")
        fate: Fate = "respelled" if change.difference == "spelling" else "revised"
        return PreviewCell(printed, says, "new" if change.before is None else fate, change.before or "")


def meaning(cell: TableCell) -> str:
    """How a cell is read, in words; "" where the printed text says it all."""
    read = cell.reason or OF_KIND.get(cell.cell.kind) or _numbers(cell.cell)
    more = [f"gemeten: {cell.measured.label}" if cell.measured else "", f"n = {cell.n}" if cell.n else ""]
    if cell.low is not None and cell.high is not None:
        more.append(f"marge {_dutch(cell.low)} – {_dutch(cell.high)}")
    return "; ".join(filter(None, (read, *more)))


def _numbers(cell: Cell) -> str:
    if cell.kind == "range":
        near, far = cell.parts
        return f"van {_number(near)} tot {_number(far)}"
    if cell.kind == "composite":
        return f"{len(cell.parts)} getallen: " + " en ".join(_number(part) for part in cell.parts)
    words = WORDS.get(cell.comparator, "")
    note = "met een noot" if cell.note_mark else ""
    return ", ".join(filter(None, (f"{words} {_number(cell)}" if words else "", note)))


def _number(cell: Cell) -> str:
    return _dutch(cell.value, cell.decimals) if cell.value is not None else cell.printed


def _dutch(value: Decimal, decimals: int | None = None) -> str:
    exponent = int(value.normalize().as_tuple().exponent)
    return print_number(value, max(0, -exponent) if decimals is None else decimals)


def _by_place(facts: Iterable[Fact]) -> dict[int, list[Fact]]:
    places: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        places[fact.place].append(fact)
    return dict(places)
