"""Reading an indicator table from a CSV file: bytes in, dataclasses out.

A blank source means "as in the row above" and is only a proposal; it ends where the chapter or the group
changes, because each begins with a source of its own. A broken row refuses the whole file.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from haarlemveilig.gemeente import files
from haarlemveilig.gemeente.files import BadFile
from indicators.cells import Cell, parse
from indicators.columns import Column, year_column
from indicators.periods import Period

# The first name is the one we use ourselves.
COLUMN_NAMES = {
    "chapter": ("hoofdstuk", "nummer", "nr"),
    "theme": ("thema", "onderwerp", "tabel"),
    "group": ("groep", "subthema", "rubriek"),
    "label": ("indicator", "indicatoren"),
    "source": ("bron", "bronnen"),
}
REQUIRED = ("theme", "label", "source")
LONGEST = {"chapter": 20, "theme": 200, "group": 120, "label": 200, "source": 120}
LONGEST_CELL = 200
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_UNKNOWN_COLUMN = (
    "deze kolom kennen we niet. Haal hem weg, of noem hem "
    "hoofdstuk, thema, groep, indicator, bron of een jaar."
)


@dataclass(frozen=True)
class Problem:
    """What is wrong and where, in Dutch. Rows count as in a spreadsheet: the heading is row 1."""

    row: int
    column: str
    text: str

    def __str__(self) -> str:
        return f"Rij {self.row}, kolom {self.column}: {self.text}"


class TableFileError(BadFile):
    """The file cannot be used; the message is the first problem, `problems` says all of them."""

    def __init__(self, *problems: Problem | str) -> None:
        super().__init__(str(problems[0]))
        self.problems = tuple(str(problem) for problem in problems)


@dataclass(frozen=True)
class TableCell:
    """One cell. `status` and `reason` are there only where the file itself says why a cell is as it is.

    `note` is the text its footnote mark points to, and `measured` the period that note names.
    """

    column: Column
    cell: Cell
    note: str = ""
    measured: Period | None = None
    status: str = ""
    reason: str = ""
    n: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    is_formula: bool = False


@dataclass(frozen=True)
class TableLine:
    """One row. `source` is the printed source or, with `source_is_proposed`, that of the row above.

    Without a `theme` the row belongs to no printed table: figures only. `area_code` is a CBS code such as
    "WK039209", or "" for the area that the import is about. `unit` is "" where the cells themselves say it.
    `theme_code` is the theme that a new indicator gets, or "" to look for one by name.
    """

    row: int
    chapter: str
    theme: str
    group: str
    label: str
    printed_source: str
    source: str
    source_is_proposed: bool
    cells: tuple[TableCell, ...]
    area_code: str = ""
    breakdown: str = ""
    unit: str = ""
    note: str = ""
    theme_code: str = ""


@dataclass(frozen=True)
class FileRemark:
    """Something in the file that a person should look at, in Dutch; `column` is "" for the whole row."""

    row: int
    column: str
    text: str


@dataclass(frozen=True)
class TableFile:
    """A whole file: its columns in order, its rows, and what the reader was not sure about."""

    columns: tuple[Column, ...]
    lines: tuple[TableLine, ...]
    remarks: tuple[FileRemark, ...] = ()
    is_synthetic: bool = False


@dataclass(frozen=True)
class _Columns:
    places: dict[str, int]
    years: dict[int, int]
    names: tuple[str, ...]


def read_table(content: bytes, *, max_bytes: int) -> TableFile:
    """The table in a CSV file: UTF-8 or Windows-1252, `;` or `,`. Raises TableFileError with all problems."""
    if len(content) > max_bytes:
        raise TableFileError(f"Het bestand is te groot: hoogstens {max_bytes // 1_000_000} MB.")
    rows = _rows(as_text(content))
    if not rows:
        raise TableFileError("Het bestand is leeg.")
    columns = _columns(rows[0][1])
    body = [row for row in rows[1:] if any(row[1])]
    problems = [problem for number, row in body for problem in _row_problems(number, row, columns)]
    lines = [] if problems else _with_sources([_line(number, row, columns) for number, row in body])
    problems += [problem for line in lines for problem in _line_problems(line)] + _doubles(lines)
    if problems:
        raise TableFileError(*problems)
    if not lines:
        raise TableFileError("Het bestand heeft een kop, maar geen rijen.")
    return TableFile(tuple(year_column(year) for year in sorted(columns.years)), tuple(lines))


def as_text(content: bytes) -> str:
    """The text of a CSV file; raises TableFileError for a spreadsheet or anything else that is no text."""
    try:
        return files.as_text(content)
    except BadFile as error:
        raise TableFileError(str(error)) from None


def _rows(text: str) -> list[tuple[int, list[str]]]:
    delimiter = max(";,", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for number, row in enumerate(reader, start=1):
            rows.append((number, [cell.strip() for cell in row]))
    except csv.Error:
        broken = len(rows) + 1
        raise TableFileError(
            Problem(broken, "1", "een aanhalingsteken staat verkeerd of wordt niet afgesloten.")
        ) from None
    return rows


def _columns(header: Sequence[str]) -> _Columns:
    known = {alias: name for name, aliases in COLUMN_NAMES.items() for alias in aliases}
    places: dict[str, int] = {}
    years: dict[int, int] = {}
    problems = []
    for index, text in enumerate(header):
        name = known.get(text.casefold())
        if name and name not in places:
            places[name] = index
        elif _YEAR.fullmatch(text) and int(text) not in years:
            years[int(text)] = index
        elif text:
            twice = name or _YEAR.fullmatch(text)
            problems.append(Problem(1, text, "deze kolom staat er twee keer." if twice else _UNKNOWN_COLUMN))
    problems += [
        Problem(1, COLUMN_NAMES[name][0], "deze kolom ontbreekt.") for name in REQUIRED if name not in places
    ]
    if not years:
        problems.append(Problem(1, "jaar", "er is geen kolom met een jaar, zoals 2022."))
    if problems:
        raise TableFileError(*problems)
    return _Columns(places, years, tuple(header))


def _row_problems(number: int, row: Sequence[str], columns: _Columns) -> Iterator[Problem]:
    names = columns.names
    if len(row) < len(names):
        missing = names[len(row)] or str(len(row) + 1)
        yield Problem(number, missing, f"de rij houdt hier op. De kop heeft {len(names)} kolommen.")
        return
    for index, text in enumerate(row):
        if text and (index >= len(names) or not names[index]):
            yield Problem(
                number, str(index + 1), f"hier staat ‘{text[:40]}’, maar deze kolom heeft geen kop."
            )
    for name in ("theme", "label"):
        if not row[columns.places[name]]:
            yield Problem(number, names[columns.places[name]], "dit vak is leeg.")
    yield from _long_texts(number, row, columns)


def _long_texts(number: int, row: Sequence[str], columns: _Columns) -> Iterator[Problem]:
    limits = {place: LONGEST[name] for name, place in columns.places.items()}
    limits |= dict.fromkeys(columns.years.values(), LONGEST_CELL)
    for place, longest in limits.items():
        if len(row[place]) > longest:
            yield Problem(number, columns.names[place], f"de tekst is te lang: hoogstens {longest} tekens.")


def _line(number: int, row: Sequence[str], columns: _Columns) -> TableLine:
    texts = {name: row[columns.places[name]] if name in columns.places else "" for name in COLUMN_NAMES}
    return TableLine(
        row=number,
        chapter=texts["chapter"],
        theme=texts["theme"],
        group=texts["group"],
        label=texts["label"],
        printed_source=texts["source"],
        source=texts["source"],
        source_is_proposed=not texts["source"],
        cells=tuple(
            TableCell(year_column(year), parse(row[place])) for year, place in sorted(columns.years.items())
        ),
    )


def _with_sources(lines: Sequence[TableLine]) -> list[TableLine]:
    done: list[TableLine] = []
    for line in lines:
        above = done[-1] if done and _part(done[-1]) == _part(line) else None
        done.append(replace(line, source=line.printed_source or (above.source if above else "")))
    return done


def _part(line: TableLine) -> tuple[str, str, str]:
    return line.chapter, line.theme, line.group


def _line_problems(line: TableLine) -> Iterator[Problem]:
    if not line.source:
        yield Problem(
            line.row,
            "bron",
            "hier moet een bron staan, want dit is de eerste rij van een hoofdstuk of groep.",
        )


def _doubles(lines: Sequence[TableLine]) -> list[Problem]:
    seen: dict[tuple[str, ...], int] = {}
    problems = []
    for line in lines:
        key = tuple(text.casefold() for text in (line.theme, line.group, line.label, line.source))
        if key in seen:
            problems.append(
                Problem(line.row, "indicator", f"‘{line.label}’ staat in deze tabel ook op rij {seen[key]}.")
            )
        seen.setdefault(key, line.row)
    return problems
