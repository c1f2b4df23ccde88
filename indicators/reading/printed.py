"""Reading tables as documents print them: group rows, blank sources, notes, targets beside measured years."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from indicators.cells import Cell, parse, parse_target
from indicators.columns import Column, merged
from indicators.failed_formulas import failed, is_failed
from indicators.names import folded
from indicators.periods import Period
from indicators.reading.blocks import Block, find_blocks
from indicators.reading.doubts import (
    broken_letters,
    doubts,
    has_broken_letters,
    note_doubts,
    row_note_doubts,
    thousands_doubts,
    unit_doubts,
)
from indicators.reading.headings import IGNORE, PRINTED_NAMES, SEVERAL_YEARS
from indicators.reading.layout import Layout
from indicators.reading.measured import measured_period
from indicators.reading.merged import merged_headings
from indicators.reading.notes import Note, mark_of, note_for, own_notes, same_mark
from indicators.reading.rows import SortedRows, sort_rows
from indicators.reading.sheet import Mark, Row, Sheet
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

_CHAPTER = re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,2})+)\.?\s+(\S.*)")
# Names that programs give to a worksheet, which say nothing about the table.
_NAMELESS = re.compile(r"(?:sheet|blad|werkblad) ?[0-9]*", re.IGNORECASE)
_UNKNOWN_COLUMN = (
    "deze kolom kennen we niet. Haal hem weg, of noem hem hoofdstuk, thema, groep, indicator, bron, een jaar "
    "of bijvoorbeeld Streefwaarde 2027."
)
_NO_SOURCE = "hier moet een bron staan, want dit is de eerste rij van een hoofdstuk of groep."
_NOT_READ = "‘{}’ staat alleen op deze rij, zonder cijfers. We lezen hem niet in."
_SEPARATED = " Staat er een komma in een getal? Sla het bestand dan op met een puntkomma tussen de kolommen."
_LAST_YEAR = "deze streefwaarde is voor meer jaren. We lezen hem als streefwaarde voor {}."
_IGNORED = "deze kolom lezen we niet in."
_LABEL_UNNAMED = "boven deze kolom staat niet ‘indicator’. We lezen hem zo wel."


def read_printed(sheet: Sheet, layout: Layout, file_title: str) -> TableFile:
    """The tables of a worksheet. Raises TableFileError with all problems, headings first."""
    blocks = find_blocks(sheet, layout)
    problems = [problem for block in blocks for problem in _heading_problems(block, sheet)]
    if problems:
        raise TableFileError(*problems)
    lines: list[TableLine] = []
    remarks = [
        FileRemark(mark.row or blocks[0].row, _name(mark, blocks), mark.text) for mark in sheet.remarks
    ]
    problems = [Problem(mark.row, _name(mark, blocks), mark.text) for mark in sheet.problems]
    for block in blocks:
        reader = _BlockReader(block, sheet, layout, _title(block, sheet, layout, file_title))
        problems += reader.problems()
        lines += reader.lines if not problems else []
        remarks += reader.remarks()
    if problems:
        raise TableFileError(*sorted(problems, key=lambda problem: problem.row))
    if not lines:
        raise TableFileError("Het bestand heeft een kop, maar geen rijen.")
    columns = merged([], [column for block in blocks for _place, column in block.figures])
    return TableFile(tuple(columns), tuple(lines), tuple(remarks))


def _name(mark: Mark, blocks: Sequence[Block]) -> str:
    """The heading of the column that a mark is about."""
    if mark.column is None:
        return ""
    above = [block for block in blocks if block.row <= max(mark.row, blocks[0].row)]
    return above[-1].name(mark.column)


def _title(block: Block, sheet: Sheet, layout: Layout, file_title: str) -> tuple[str, str]:
    """The chapter and the name of a table that has no column for them."""
    place = block.place("label")
    heading = block.headings[place].text if place is not None else ""
    own = "" if folded(heading) in PRINTED_NAMES["label"] else heading
    sheet_name = "" if _NAMELESS.fullmatch(sheet.name) else sheet.name
    title = layout.table_name or block.title or own or sheet_name or file_title
    numbered = _CHAPTER.fullmatch(title) if not layout.table_name else None
    chapter, name = (numbered[1], numbered[2]) if numbered else ("", title)
    return layout.chapter or chapter, name[: LONGEST["theme"]]


def _heading_problems(block: Block, sheet: Sheet) -> Iterator[Problem]:
    merged_ones = merged_headings(sheet, block.row, block.headings, block.rows)
    if merged_ones:
        yield from merged_ones
        return
    seen: set[str] = set()
    for heading in block.headings:
        key = heading.column.key if heading.column else heading.role
        if heading.text and not heading.is_known:
            yield Problem(block.row, heading.text, _UNKNOWN_COLUMN)
        elif key and key != IGNORE and key in seen:
            yield Problem(block.row, heading.text, "deze kolom staat er twee keer.")
        seen.add(key)
    if not block.figures:
        yield Problem(block.row, "jaar", "er is geen kolom met een jaar, zoals 2022.")


class _BlockReader:
    """Reads one table; `lines` holds only if there are no `problems`."""

    def __init__(self, block: Block, sheet: Sheet, layout: Layout, title: tuple[str, str]) -> None:
        self.block = block
        self.sheet = sheet
        self.chapter, self.theme = title
        self.sorted: SortedRows = sort_rows(block, sheet.merges)
        self.source = layout.source or self.sorted.source
        self._width = max(place for place, one in enumerate(block.headings) if one.is_known) + 1
        self._row_problems = [one for row, _group in self.sorted.figures for one in self._faults(row)]
        self.lines = [] if self._row_problems else list(self._lines())

    def problems(self) -> Iterator[Problem]:
        if self.block.place("source") is None and not self.source:
            yield Problem(
                self.block.row,
                "bron",
                "deze kolom ontbreekt. Voeg hem toe, of kies een bron voor alle rijen.",
            )
        if has_broken_letters(self.theme):
            yield Problem(self.block.row, "titel", broken_letters(self.theme))
        yield from self._row_problems
        for line in self.lines:
            if not line.source and self.block.place("source") is not None:
                yield Problem(line.row, "bron", _NO_SOURCE)

    def remarks(self) -> Iterator[FileRemark]:
        label = self.block.place("label") or 0
        heading = self.block.headings[label].text
        if folded(heading) not in PRINTED_NAMES["label"] and not self.block.headings[label].mark:
            yield FileRemark(self.block.row, heading or str(label + 1), _LABEL_UNNAMED)
        for one in self.block.headings:
            if one.column and SEVERAL_YEARS.search(one.text):
                yield FileRemark(self.block.row, one.text, _LAST_YEAR.format(one.column.period.label))
            elif one.role == IGNORE:
                yield FileRemark(self.block.row, one.text, _IGNORED)
        for row in self.sorted.unread:
            yield FileRemark(row.number, "", _NOT_READ.format(row.texts[row.filled[0]][:80]))
        for line in self.lines:
            yield from row_note_doubts(line)
            for cell in line.cells:
                yield from doubts(line.row, cell)
                yield from thousands_doubts(line.row, cell)
                yield from note_doubts(line.row, cell)
            yield from unit_doubts(line)
        yield from self._merged_figures()

    def _merged_figures(self) -> Iterator[FileRemark]:
        numbers = {row.number: row for row, _group in self.sorted.figures}
        figures = dict(self.block.figures)
        for merge in self.sheet.merges:
            if merge.left in figures and merge.top in numbers and numbers[merge.top].texts[merge.left]:
                text = "deze cel is samengevoegd met andere. Alleen het eerste vak krijgt wat er staat."
                yield FileRemark(merge.top, figures[merge.left].label, text)

    def _faults(self, row: Row) -> Iterator[Problem]:
        if len(row.texts) < self._width:
            text = f"de rij houdt hier op. De kop heeft {self._width} kolommen."
            yield Problem(row.number, self.block.name(len(row.texts)), text)
            return
        for place in row.filled:
            yield from self._text_faults(row, place)
        for role in ("theme", "label"):
            empty = self.block.place(role)
            if empty is not None and not row.texts[empty]:
                yield Problem(row.number, self.block.name(empty), "dit vak is leeg.")

    def _text_faults(self, row: Row, place: int) -> Iterator[Problem]:
        text = row.texts[place]
        if place >= len(self.block.headings) or not self.block.headings[place].is_known:
            said = f"hier staat ‘{text[:40]}’, maar deze kolom heeft geen kop."
            more = _SEPARATED if place >= len(self.block.headings) else ""
            yield Problem(row.number, str(place + 1), said + more)
            return
        heading = self.block.headings[place]
        longest = LONGEST.get(heading.role, LONGEST_CELL)
        if len(text) > longest:
            yield Problem(row.number, heading.text, f"de tekst is te lang: hoogstens {longest} tekens.")
        if has_broken_letters(text):
            yield Problem(row.number, self.block.name(place), broken_letters(text))
        if is_failed(text) and heading.role != IGNORE:
            yield Problem(row.number, self.block.name(place), failed(text))

    def _lines(self) -> Iterator[TableLine]:
        above: TableLine | None = None
        for row, group in self.sorted.figures:
            line = self._line(row, group)
            if not line.source:
                same = above if above and _part(above) == _part(line) else None
                # What a person or the line under the table says of the source is no guess.
                line = replace(line, source=same.source if same else self.source)
                line = replace(line, source_is_proposed=self._is_proposed(line, same))
            above = line
            yield line

    def _is_proposed(self, line: TableLine, above: TableLine | None) -> bool:
        return self.block.place("source") is not None and (above is not None or not line.source)

    def _line(self, row: Row, group: str) -> TableLine:
        texts = {role: self._text(row, role) for role in PRINTED_NAMES}
        notes, about_row = self._notes(row, texts)
        about_label = note_for(mark_of(texts["label"]), row.number, notes)
        return TableLine(
            row=row.number,
            chapter=texts["chapter"] or self.chapter,
            theme=texts["theme"] or self.theme,
            group=texts["group"] or group,
            label=texts["label"],
            printed_source=texts["source"],
            source=texts["source"],
            source_is_proposed=False,
            cells=tuple(self._cells(row, notes)),
            unit=texts["unit"],
            note=" ".join(filter(None, (about_row, about_label))),
        )

    def _text(self, row: Row, role: str) -> str:
        place = self.block.place(role)
        return row.texts[place] if place is not None else ""

    def _notes(self, row: Row, texts: Mapping[str, str]) -> tuple[Sequence[Note], str]:
        """The notes for the marks of a row, those in its own column first; and what its column says of all of it."""
        below = self.sorted.notes
        if not texts["note"]:
            return below, ""
        marks = {mark_of(row.texts[place]) for place, _column in self.block.figures}
        marks |= {same_mark(heading.mark) for heading in self.block.headings} | {mark_of(texts["label"])}
        unexplained = marks - {""} - {note.mark for note in below}
        own, about_row = own_notes(row.number, texts["note"], marks - {""})
        if not own and len(unexplained) == 1:
            return [*below, Note(row.number, unexplained.pop(), about_row)], ""
        known = {note.mark for note in own}
        return [*own, *(note for note in below if note.mark not in known)], about_row

    def _cells(self, row: Row, notes: Sequence[Note]) -> Iterator[TableCell]:
        for place, column in self.block.figures:
            text = row.texts[place]
            cell = parse_target(text) if column.kind == "target" else parse(text)
            note = _note(cell, self.block.headings[place].mark, row.number, notes)
            yield TableCell(
                column,
                cell,
                note=note,
                measured=_measured(column, note),
                is_formula=(row.number, place) in self.sheet.formulas,
            )


def _note(cell: Cell, mark_above: str, row: int, notes: Sequence[Note]) -> str:
    """The note of a cell's own mark, or of the mark behind the heading of its column."""
    if cell.kind == "blank":
        return ""
    mark = same_mark(cell.note_mark) if cell.note_mark else mark_of(cell.printed)
    return note_for(mark, row, notes) or note_for(same_mark(mark_above), row, notes)


def _measured(column: Column, note: str) -> Period | None:
    return measured_period(note, column.period) if note and column.kind != "target" else None


def _part(line: TableLine) -> tuple[str, str, str]:
    return line.chapter, line.theme, line.group
