"""Reading exports of city monitors: a list with one figure per row, or rows per area with a column per year.

Every monitor has its own columns; a person says once what they are (`Layout.mapping`), or confirms our guess.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from indicators.cells import Cell, parse, parse_target
from indicators.columns import Column, merged
from indicators.failed_formulas import failed, is_failed
from indicators.reading.doubts import broken_letters, doubts, has_broken_letters, unit_doubts
from indicators.reading.export_header import export_header, heading_problems, merged_in_header
from indicators.reading.headings import IGNORE, Heading
from indicators.reading.layout import Layout
from indicators.reading.periods_in_words import period_of
from indicators.reading.sheet import Row, Sheet, filled_down
from indicators.table_file import (
    LONGEST,
    LONGEST_CELL,
    FileRemark,
    Problem,
    TableCell,
    TableFile,
    TableFileError,
    TableLine,
)
from indicators.tidy_words import MISSING, STATUSES

# Enough to see what is wrong with a file of a hundred thousand rows.
_MOST_PROBLEMS = 200
_AREA = re.compile(r"\b(?:GM[0-9]{4}|WK[0-9]{6}|BU[0-9]{8})\b")
# As CBS says it. An "x" and a "-" mean different things in different monitors: those stay text.
_UNKNOWN_AT_SOURCE = "."
_UNKNOWN_REASON = "Onbekend of geheim volgens de bron."
# In these a merged cell means: the same for all rows beside it.
_FILLED_DOWN = ("chapter", "theme", "group", "label", "source", "area", "breakdown", "period", "unit")
_STATUS_OF_WORD = {
    **{word: code for code, (word, _sdmx) in STATUSES.items()},
    **{code: code for code in STATUSES},
    "*": "provisional",
    "**": "provisional",
}


class _Key(NamedTuple):
    """What makes a row one series."""

    chapter: str
    theme: str
    group: str
    label: str
    source: str
    area: str
    breakdown: str
    unit: str


@dataclass
class _Series:
    row: int
    cells: dict[Column, TableCell] = field(default_factory=dict)


def read_export(sheet: Sheet, layout: Layout) -> TableFile:
    """The series in an export, each with its figures. Raises TableFileError with the problems."""
    found = export_header(sheet, layout)
    if not found:
        raise TableFileError("We vinden geen kop met kolommen in dit bestand.")
    header, headings = found
    problems = merged_in_header(sheet, header.number, headings)
    problems = problems or list(heading_problems(header.number, headings, layout))
    if problems:
        raise TableFileError(*problems)
    return _ExportReader(header, headings, sheet, layout).read()


class _ExportReader:
    def __init__(self, header: Row, headings: Sequence[Heading], sheet: Sheet, layout: Layout) -> None:
        self.header = header
        self.headings = headings
        self.sheet = sheet
        self.layout = layout
        self.roles = {one.role: place for place, one in enumerate(headings) if one.role}
        self.breakdowns = [place for place, one in enumerate(headings) if one.role == "breakdown"]
        self.figures = [(place, one.column) for place, one in enumerate(headings) if one.column]
        self.width = max(place for place, one in enumerate(headings) if one.text) + 1
        self.columns: dict[str, Column] = {}
        self.problems: list[Problem] = []
        self.remarks = [
            FileRemark(mark.row or header.number, self._name(mark.column), mark.text)
            for mark in sheet.remarks
        ]

    def read(self) -> TableFile:
        series = self._series()
        if self.problems:
            raise TableFileError(*self.problems)
        if not series:
            raise TableFileError("Het bestand heeft een kop, maar geen rijen.")
        lines = tuple(_line(key, one) for key, one in series.items())
        self.remarks += [remark for line in lines for remark in unit_doubts(line)]
        columns = merged([], [column for one in series.values() for column in one.cells])
        return TableFile(tuple(columns), lines, tuple(self.remarks))

    def _series(self) -> dict[_Key, _Series]:
        self.problems += [Problem(one.row, self._name(one.column), one.text) for one in self.sheet.problems]
        series: dict[_Key, _Series] = {}
        texts = [place for place, one in enumerate(self.headings) if one.role in _FILLED_DOWN]
        for row in filled_down(self.sheet.rows, self.sheet.merges, texts):
            if row.number <= self.header.number or list(row.texts) == list(self.header.texts):
                continue
            if len(self.problems) > _MOST_PROBLEMS:
                break
            wrong = self._wrong_width(row)
            faults = [wrong] if wrong else list(self._failed(row))
            self.problems += faults
            if not faults:
                self._take(row, series)
        return series

    def _wrong_width(self, row: Row) -> Problem | None:
        """A row that is too short, or that has a text where there is no column."""
        if len(row.texts) < self.width:
            text = f"de rij houdt hier op. De kop heeft {self.width} kolommen."
            return Problem(row.number, self._name(len(row.texts)), text)
        for place in row.filled:
            if place >= len(self.headings) or not self.headings[place].text:
                text = f"hier staat ‘{row.texts[place][:40]}’, maar deze kolom heeft geen kop."
                return Problem(row.number, str(place + 1), text)
        return None

    def _failed(self, row: Row) -> Iterator[Problem]:
        for place in row.filled:
            if is_failed(row.texts[place]) and self.headings[place].role != IGNORE:
                yield Problem(row.number, self._name(place), failed(row.texts[place]))

    def _take(self, row: Row, series: dict[_Key, _Series]) -> None:
        key = self._key(row)
        if key not in series:
            series[key] = _Series(row.number)
            self.problems += self._key_problems(row, key)
        one = series[key]
        for cell in self._cells(row):
            if cell.column in one.cells:
                other = one.cells[cell.column].row
                text = f"voor deze reeks en {cell.column.label} staat er ook een cijfer op rij {other}."
                self.problems.append(Problem(row.number, self._role_name("period"), text))
            one.cells[cell.column] = cell
            self.remarks += doubts(row.number, cell)

    def _key(self, row: Row) -> _Key:
        area = self._text(row, "area")
        code = _AREA.search(area)
        breakdown = ", ".join(row.texts[place] for place in self.breakdowns if row.texts[place])
        return _Key(
            chapter=self._text(row, "chapter") or self.layout.chapter,
            theme=self._text(row, "theme") or self.layout.table_name,
            group=self._text(row, "group"),
            label=self._text(row, "label"),
            source=self._text(row, "source") or self.layout.source,
            area=code[0] if code else area,
            breakdown=breakdown,
            unit=self._text(row, "unit"),
        )

    def _key_problems(self, row: Row, key: _Key) -> Iterator[Problem]:
        for role, text in key._asdict().items():
            longest = LONGEST.get(role, LONGEST_CELL)
            if not text and (role in ("label", "source") or (role == "area" and role in self.roles)):
                yield Problem(row.number, self._role_name(role), "dit vak is leeg.")
            if len(text) > longest:
                said = f"de tekst is te lang: hoogstens {longest} tekens."
                yield Problem(row.number, self._role_name(role), said)
            if has_broken_letters(text):
                yield Problem(row.number, self._role_name(role), broken_letters(text))

    def _cells(self, row: Row) -> Iterator[TableCell]:
        for place, column in self.figures:
            yield self._cell(row, place, column)
        if "value" in self.roles and "period" in self.roles:
            column_of_row = self._period_column(row)
            if column_of_row:
                yield self._cell(row, self.roles["value"], column_of_row)

    def _period_column(self, row: Row) -> Column | None:
        text = self._text(row, "period")
        if text in self.columns:
            return self.columns[text]
        period = period_of(text)
        if period is None:
            said = f"‘{text[:40]}’ is geen periode. Verwacht iets als 2023, 2e kwartaal 2023 of mei 2023."
            self.problems.append(Problem(row.number, self._role_name("period"), said))
            return None
        self.columns[text] = Column("observation", period, period.label)
        return self.columns[text]

    def _cell(self, row: Row, place: int, column: Column) -> TableCell:
        text = row.texts[place]
        if len(text) > LONGEST_CELL:
            said = f"de tekst is te lang: hoogstens {LONGEST_CELL} tekens."
            self.problems.append(Problem(row.number, self._name(place), said))
        cell = parse_target(text) if column.kind == "target" else parse(text)
        status, reason = self._status(row, cell)
        low, high = self._margins(row)
        return TableCell(
            column,
            cell,
            note=self._text(row, "note"),
            status=status,
            reason=reason,
            n=self._n(row),
            low=low,
            high=high,
            is_formula=(row.number, place) in self.sheet.formulas,
            row=row.number,
        )

    def _status(self, row: Row, cell: Cell) -> tuple[str, str]:
        """What the file says of this cell; a word that does not go with the figure is passed over."""
        if cell.printed == _UNKNOWN_AT_SOURCE:
            return "unknown", _UNKNOWN_REASON
        word = self._text(row, "status").casefold()
        status = _STATUS_OF_WORD.get(word, "")
        has_value = cell.kind in ("number", "range")
        if status and has_value == (status not in MISSING):
            return status, word if status in MISSING else ""
        if word and word != "definitief":
            said = f"‘{word}’ past niet bij ‘{cell.printed}’. We lezen alleen het cijfer."
            self.remarks.append(FileRemark(row.number, self._role_name("status"), said))
        return "", ""

    def _n(self, row: Row) -> int | None:
        number = self._number(row, "n")
        return int(number) if number is not None and number == int(number) else None

    def _margins(self, row: Row) -> tuple[Decimal | None, Decimal | None]:
        low, high = self._number(row, "low"), self._number(row, "high")
        if low is None or high is None:
            return None, None
        return min(low, high), max(low, high)

    def _number(self, row: Row, role: str) -> Decimal | None:
        text = self._text(row, role)
        number = parse(text).value if text else None
        if number is None and text not in ("", _UNKNOWN_AT_SOURCE, "x", "-"):
            said = f"‘{text[:40]}’ lezen we niet als getal. We slaan het over."
            self.remarks.append(FileRemark(row.number, self._role_name(role), said))
        return number

    def _text(self, row: Row, role: str) -> str:
        place = self.roles.get(role)
        return row.texts[place] if place is not None and place < len(row.texts) else ""

    def _role_name(self, role: str) -> str:
        place = self.roles.get(role)
        return self._name(place) if place is not None else role

    def _name(self, place: int | None) -> str:
        if place is None:
            return ""
        text = self.headings[place].text if place < len(self.headings) else ""
        return text or str(place + 1)


def _line(key: _Key, series: _Series) -> TableLine:
    return TableLine(
        row=series.row,
        chapter=key.chapter,
        theme=key.theme,
        group=key.group,
        label=key.label,
        printed_source=key.source,
        source=key.source,
        source_is_proposed=False,
        cells=tuple(sorted(series.cells.values(), key=lambda cell: (cell.column.kind, cell.column.period))),
        area_code=key.area,
        breakdown=key.breakdown,
        unit=key.unit,
    )
