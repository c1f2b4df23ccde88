"""The files of the count (RANKING, section 4.3): ballots and cells as CSV in, the result as JSON out.

Reading refuses with one Dutch line that names row and column; nothing is half-read.
"""

import csv
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from io import StringIO
from typing import Any

from participation.ranking.ballots import BallotError, BallotLine, check_ranking, check_themes
from participation.ranking.results import AreaTally, RoundTally
from participation.ranking.weighting import CellPopulation

BETWEEN = ">"
WHOLE_AREA = "alle"
MAX_DIGITS = 9
MAX_LENGTH = 16
# A comma or an equals sign in a code is nearly always a ">" written otherwise.
THEME_CODE = re.compile(r"\w[\w .'&/-]{0,49}")
WHOLE = re.compile(r"[0-9]+")
PART = re.compile(r"0?\.[0-9]+|1\.0")
THEME_FIELDS = (
    "share_raw",
    "share_weighted",
    "points_raw",
    "points_weighted",
    "rank",
    "rank_low",
    "rank_high",
)


class TallyFileError(ValueError):
    """A file that cannot be read; the message is one line of Dutch."""


@dataclass(frozen=True)
class BallotFile:
    """The ballots of a file. `row_of` is the first row of each (area, cell)."""

    themes: tuple[str, ...]
    ballots: tuple[BallotLine, ...]
    row_of: Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class _Row:
    number: int
    fields: Mapping[str, str]

    def wrong(self, column: str, why: str) -> TallyFileError:
        return TallyFileError(f"rij {self.number}, kolom {column}: {why}")


def read_ballots(
    data: bytes, *, k: int, cut: bool = False, themes: Sequence[str] | None = None
) -> BallotFile:
    """Read the ballots. Without `themes` these are all that occur, also in places that `cut` leaves out.

    TallyFileError when anything is wrong; a ranking longer than `k` is wrong unless `cut`.
    """
    rows = _rows(data, required=("area", "ranking"), extra=("cell", "count"))
    if not rows:
        raise TallyFileError("er staan geen stembiljetten in het bestand")
    first = {row.fields["ranking"]: row for row in reversed(rows)}
    rankings = {text: _ranking(row) for text, row in first.items()}
    used = _themes(rankings.values()) if themes is None else _given(themes)
    for text, row in first.items():
        rankings[text] = rankings[text][:k] if cut else rankings[text]
        _check(row, rankings[text], themes=set(used), k=k)
    ballots = tuple(_ballot(row, rankings[row.fields["ranking"]]) for row in rows)
    places = zip(reversed(ballots), reversed(rows), strict=True)
    return BallotFile(used, ballots, {(ballot.area, ballot.cell): row.number for ballot, row in places})


def read_cells(data: bytes, ballots: BallotFile) -> tuple[CellPopulation, ...]:
    """Read the population per cell. Every area of the ballots must be there, and no other.

    An area may have one row without a cell code: its whole population.
    """
    cells: dict[tuple[str, str], CellPopulation] = {}
    areas = {area for area, _ in ballots.row_of}
    for row in _rows(data, required=("area", "cell", "population"), extra=()):
        cell = CellPopulation(_known_area(row, areas), row.fields["cell"] or WHOLE_AREA, _population(row))
        if (cell.area, cell.code) in cells:
            raise row.wrong("cell", f"de cel {cell.code!r} van het gebied {cell.area!r} staat er al")
        cells[cell.area, cell.code] = cell
    for area in sorted(areas):
        if not any(cell.population for cell in cells.values() if cell.area == area):
            raise TallyFileError(f"van het gebied {area!r} staat er geen bevolking in het bestand")
    return tuple(cells.values())


def check_cells(ballots: BallotFile, cells: Iterable[CellPopulation]) -> None:
    """TallyFileError for the first ballot with a cell that its area does not have."""
    known = {(cell.area, cell.code) for cell in cells}
    for (area, cell), row in sorted(ballots.row_of.items(), key=lambda item: item[1]):
        if cell and (area, cell) not in known:
            raise TallyFileError(f"rij {row}, kolom cell: het gebied {area!r} heeft geen cel {cell!r}")


def write_ballots(ballots: Iterable[BallotLine]) -> str:
    """The ballots as a file that read_ballots reads."""
    lines = ((each.area, BETWEEN.join(each.ranking), each.cell, each.count) for each in ballots)
    return _csv(("area", "ranking", "cell", "count"), lines)


def write_cells(cells: Iterable[CellPopulation]) -> str:
    """The population per cell as a file that read_cells reads."""
    lines = ((each.area, each.code, _written(each.population)) for each in cells)
    return _csv(("area", "cell", "population"), lines)


def as_json(result: RoundTally) -> dict[str, Any]:
    """The result in the form of section 4.3, ready for json.dumps."""
    return {
        "areas": {area: _area_json(each) for area, each in result.areas.items()},
        "total": _area_json(result.total) if result.total else None,
    }


def _area_json(result: AreaTally) -> dict[str, Any]:
    return {
        "n": result.n,
        "abstentions": result.abstentions,
        "themes": {
            theme: {name: getattr(each, name) for name in THEME_FIELDS}
            for theme, each in result.themes.items()
        },
        "pairwise": result.pairwise and {row: dict(columns) for row, columns in result.pairwise.items()},
        "schulze": result.schulze and [list(group) for group in result.schulze],
        "robust": result.robust,
        "deff": result.deff,
        "n_eff": result.n_eff,
    }


def _csv(header: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(lines)
    return out.getvalue()


def _written(population: int | Fraction) -> str:
    whole = Fraction(population).denominator == 1
    return str(int(population)) if whole else f"{float(population):.12f}"


def _rows(data: bytes, *, required: Sequence[str], extra: Sequence[str]) -> list[_Row]:
    text = _text(data)
    header_line = text.splitlines()[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=";" if ";" in header_line else ",", strict=True)
    try:
        header = _header(next(reader), required=required, extra=extra)
        return [_row(reader.line_num, header, values) for values in reader if any(map(str.strip, values))]
    except csv.Error as error:
        raise TallyFileError(f"rij {reader.line_num}: dit is geen geldige CSV-regel") from error


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise TallyFileError(f"rij {row}: de tekst is niet in UTF-8 opgeslagen") from error
    if not text.strip():
        raise TallyFileError("het bestand is leeg")
    return text


def _header(names: Sequence[str], *, required: Sequence[str], extra: Sequence[str]) -> list[str]:
    header = [name.strip().lower() for name in names]
    for name in required:
        if name not in header:
            raise TallyFileError(f"rij 1: de kolom {name} ontbreekt")
    for name in header:
        if name not in (*required, *extra):
            raise TallyFileError(f"rij 1: de kolom {name!r} is onbekend")
        if header.count(name) > 1:
            raise TallyFileError(f"rij 1: de kolom {name} staat er twee keer in")
    return header


def _row(number: int, header: Sequence[str], values: Sequence[str]) -> _Row:
    if len(values) != len(header):
        expected = f"{len(header)} kolommen verwacht ({', '.join(header)})"
        raise TallyFileError(f"rij {number}: {expected}, {len(values)} gevonden")
    return _Row(number, dict(zip(header, map(str.strip, values), strict=True)))


def _ranking(row: _Row) -> tuple[str, ...]:
    text = row.fields["ranking"]
    codes = tuple(code.strip() for code in text.split(BETWEEN)) if text else ()
    for code in codes:
        if not code:
            raise row.wrong("ranking", f"er staat een {BETWEEN} zonder thema ervoor of erna")
        if not THEME_CODE.fullmatch(code):
            raise row.wrong(
                "ranking", f"{code[:50]!r} is geen code van een thema; zet {BETWEEN} tussen codes"
            )
    return codes


def _themes(rankings: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return _given(sorted({theme for ranking in rankings for theme in ranking}))


def _given(themes: Sequence[str]) -> tuple[str, ...]:
    try:
        check_themes(themes)
    except BallotError as error:
        raise TallyFileError(str(error)) from error
    return tuple(themes)


def _check(row: _Row, ranking: Sequence[str], *, themes: Collection[str], k: int) -> None:
    try:
        check_ranking(ranking, themes=themes, k=k)
    except BallotError as error:
        raise row.wrong("ranking", str(error)) from error


def _ballot(row: _Row, ranking: tuple[str, ...]) -> BallotLine:
    return BallotLine(ranking, _area(row), row.fields.get("cell", ""), _count(row))


def _area(row: _Row) -> str:
    if not row.fields["area"]:
        raise row.wrong("area", "het gebied is niet ingevuld")
    return row.fields["area"]


def _known_area(row: _Row, areas: Collection[str]) -> str:
    if (area := _area(row)) not in areas:
        raise row.wrong("area", f"het gebied {area!r} komt bij de stembiljetten niet voor")
    return area


def _count(row: _Row) -> int:
    text = row.fields.get("count", "1")
    if re.fullmatch("-[0-9]+", text):
        raise row.wrong("count", f"een aantal mag niet negatief zijn, hier staat {text[:50]}")
    if not WHOLE.fullmatch(text):
        raise row.wrong("count", f"een aantal is een geheel getal, hier staat {text[:50]!r}")
    if len(text) > MAX_DIGITS:
        raise row.wrong("count", f"dit aantal is te groot (meer dan {MAX_DIGITS} cijfers)")
    return int(text)


def _population(row: _Row) -> Fraction:
    """Residents as a whole number, or as a part of 1."""
    text = row.fields["population"]
    if len(text) <= MAX_LENGTH and (WHOLE.fullmatch(text) or PART.fullmatch(text)):
        return Fraction(text)
    raise row.wrong(
        "population", f"een bevolking is een geheel getal of een deel zoals 0.3, hier staat {text[:50]!r}"
    )
