"""Reading the one flat form of figures: a line per cell, and one per part of a composite. Pure.

Every export has it (`exports.flat` writes it), and what was exported can be read in again. Numbers have a
decimal point; the printed text stands beside them, because that is what a table shows.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.cells import Cell, parse, parse_target, print_cell, print_number
from indicators.columns import Column
from indicators.failed_formulas import failed, is_failed
from indicators.gate import passed_otherwise
from indicators.periods import Period
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
from indicators.tidy_words import (
    COLUMNS,
    COMPARATORS,
    KIND_OF_WORD,
    MISSING,
    NOT_READ_IN,
    STATUS_OF_WORD,
    YES,
    period_of,
    plain,
)

__all__ = ["COLUMNS", "matches", "read"]

# Without these a line says nothing; the others may be left out of a file.
REQUIRED = ("indicator", "bron", "soort", "periode", "gedrukt")
_LIMITS = {
    "tabel": LONGEST["theme"],
    "hoofdstuk": LONGEST["chapter"],
    "groep": LONGEST["group"],
    "label": LONGEST["label"],
    "indicator": LONGEST["label"],
    "bron": LONGEST["source"],
    "bron_gedrukt": LONGEST["source"],
    "gedrukt": LONGEST_CELL,
    "reden": LONGEST_CELL,
}
_DECIMALS = ("waarde", "waarde_tot", "marge_laag", "marge_hoog")
_DECIMAL = re.compile(r"-?[0-9]{1,12}(?:[.,][0-9]{1,6})?")
_COUNT = re.compile(r"[0-9]{1,9}")
# What the text itself says, so that the file need not give a reason for it.
_SAID_BY = {"pending": "pending", "unknown": "unknown", "blank": "unknown", "text": "text_only"}
_WITHHELD = "Openbaar is dit verborgen of met voorbehoud gegeven: {}. Wat daar nu staat, blijft staan."
_PERIOD = (
    "‘{}’ is geen periode. Schrijf 2021, 2021-Q2 of 2021-05. "
    "Maakte Excel er een datum van? Maak van die kolom dan eerst tekst."
)


def matches(header: Sequence[str]) -> bool:
    """Whether a first row is that of the flat form; order and capitals do not matter."""
    return set(REQUIRED) <= {text.strip().casefold() for text in header}


def read(rows: Iterable[Sequence[str]]) -> TableFile:
    """The table in rows of text, the heading first. Raises TableFileError with all problems.

    Lines with the same `tabel` and `rij` are one row; without `rij` those with the same label, source, area
    and breakdown are. Without `tabel` a row is figures only.
    """
    lines = _lines(rows)
    problems = [problem for line in lines for problem in _line_problems(line)]
    if problems:
        raise TableFileError(*problems)
    cells = _together(lines, lambda line: (*_row_key(line), line.column.key))
    problems = [problem for members in cells for problem in _cell_problems(members)]
    if problems:
        raise TableFileError(*problems)
    return TableFile(
        columns=tuple({line.column.key: line.column for line in lines}.values()),
        lines=tuple(_row(members) for members in _together(lines, _row_key)),
        remarks=tuple(_withheld(lines)),
        is_synthetic=all(line["verzonnen"] == YES for line in lines),
    )


@dataclass(frozen=True)
class _Line:
    number: int
    texts: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.texts.get(column, "")

    @property
    def column(self) -> Column:
        """Once the line has no problems."""
        period = Period.from_code(self["periode"])
        if period is None:
            raise ValueError(self["periode"])
        return Column(KIND_OF_WORD[self["soort"].casefold()], period, self["kolom"] or period.label)

    @property
    def status(self) -> str:
        return STATUS_OF_WORD.get(self["status"].casefold(), "")

    @property
    def is_read_in(self) -> bool:
        return self["status"].casefold() != NOT_READ_IN and not self.is_withheld

    @property
    def is_withheld(self) -> bool:
        """Whether the export did not tell readers what is stored: then it has nothing to say of that."""
        return passed_otherwise(self["reden"] or self["noot"])

    def decimal(self, column: str) -> Decimal | None:
        return Decimal(self[column].replace(",", ".")) if self[column] else None


def _lines(rows: Iterable[Sequence[str]]) -> list[_Line]:
    header: list[str] = []
    lines = []
    for number, row in enumerate(rows, start=1):
        texts = [text.strip() for text in row]
        if not header:
            header = [text.casefold() for text in texts]
        elif any(texts):
            named = zip(header, texts, strict=False)
            lines.append(_Line(number, {name: plain(text) for name, text in named}))
    if not lines or not matches(header):
        raise TableFileError(f"Dit bestand hoort een kop te hebben met {', '.join(REQUIRED)}, en dan rijen.")
    return lines


def _together(lines: Iterable[_Line], key: Callable[[_Line], tuple[str, ...]]) -> list[list[_Line]]:
    groups: dict[tuple[str, ...], list[_Line]] = {}
    for line in lines:
        groups.setdefault(key(line), []).append(line)
    return list(groups.values())


def _row_key(line: _Line) -> tuple[str, ...]:
    if line["rij"]:
        return line["tabel"], line["rij"]
    names = ("tabel", "groep", "label", "indicator", "bron", "gebiedscode", "uitsplitsing")
    return tuple(line[name] for name in names)


# --- what is wrong --------------------------------------------------------------------------------
def _line_problems(line: _Line) -> Iterator[Problem]:
    for check in (_empty, _failed, _unknown_words, _wrong_numbers, _too_long):
        for column, text in check(line):
            yield Problem(line.number, column, text)


def _empty(line: _Line) -> Iterator[tuple[str, str]]:
    for name in ("indicator", "bron"):
        if not line[name]:
            yield name, "dit vak is leeg."
    if line["onderdeel"] and not line["waarde"]:
        yield "waarde", "dit onderdeel heeft geen waarde."


def _failed(line: _Line) -> Iterator[tuple[str, str]]:
    for name, text in line.texts.items():
        if is_failed(text):
            yield name, failed(text)


def _unknown_words(line: _Line) -> Iterator[tuple[str, str]]:
    if line["soort"].casefold() not in KIND_OF_WORD:
        yield "soort", f"‘{line['soort']}’ kennen we niet. Schrijf {', '.join(KIND_OF_WORD)}."
    if Period.from_code(line["periode"]) is None:
        yield "periode", _PERIOD.format(line["periode"])
    if line["meetperiode"] and period_of(line["meetperiode"]) is None:
        yield "meetperiode", _PERIOD.format(line["meetperiode"])
    if line["status"] and line["status"].casefold() != NOT_READ_IN and not line.status:
        yield "status", f"‘{line['status']}’ kennen we niet. Twijfelt u, laat dit vak dan leeg."
    if line["vergelijking"] and line["vergelijking"] not in COMPARATORS:
        yield "vergelijking", f"‘{line['vergelijking']}’ kennen we niet. Schrijf {' '.join(COMPARATORS)}"


def _wrong_numbers(line: _Line) -> Iterator[tuple[str, str]]:
    for name in _DECIMALS:
        if line[name] and not _DECIMAL.fullmatch(line[name]):
            yield name, f"‘{line[name]}’ is geen getal zoals 12 of 12.5."
    if line["n"] and not _COUNT.fullmatch(line["n"]):
        yield "n", f"‘{line['n']}’ is geen aantal zoals 120."


def _too_long(line: _Line) -> Iterator[tuple[str, str]]:
    for name, limit in _LIMITS.items():
        if len(line[name]) > limit:
            yield name, f"de tekst is te lang: hoogstens {limit} tekens."


def _cell_problems(lines: Sequence[_Line]) -> Iterator[Problem]:
    first, *others = lines
    if others and not all(line["onderdeel"] for line in lines):
        yield Problem(others[0].number, "periode", f"deze cel staat ook op rij {first.number}.")
    elif first.is_read_in:
        for column, text in _contradictions(first, lines):
            yield Problem(first.number, column, text)


def _contradictions(first: _Line, lines: Sequence[_Line]) -> Iterator[tuple[str, str]]:
    printed, cell = _parsed(first), _cell(lines)
    if not _prints_as(cell, printed):
        yield "waarde", f"dit is niet wat er gedrukt staat: ‘{first['gedrukt']}’. Maak ze gelijk."
    if first.status and not _fits(first.status, cell):
        yield "status", f"‘{first['status']}’ past niet bij wat er in waarde en gedrukt staat."
    if first.status in MISSING and not first["reden"] and _SAID_BY.get(printed.kind) != first.status:
        yield "reden", f"bij de status ‘{first['status']}’ hoort een reden."
    low, high = first.decimal("marge_laag"), first.decimal("marge_hoog")
    if (low is None) != (high is None) or (low is not None and high is not None and low > high):
        yield "marge_laag", "een marge heeft een lage en een hoge kant."


def _prints_as(cell: Cell, printed: Cell) -> bool:
    """A source may print a number rounded; anything else means that only one of the two was changed."""
    if not _figures(cell) or not _figures(printed):
        return True
    if len(_figures(cell)) != len(_figures(printed)):
        return False
    pairs = zip(_figures(cell), _figures(printed), strict=True)
    return all(_rounds_to(one, other) for one, other in pairs)


def _figures(cell: Cell) -> list[Cell]:
    return [one for one in (cell.parts or (cell,)) if one.value is not None]


def _rounds_to(one: Cell, printed: Cell) -> bool:
    if one.value is None or printed.value is None:
        return False
    return abs(one.value - printed.value) <= Decimal(1).scaleb(-printed.decimals) / 2


def _fits(status: str, cell: Cell) -> bool:
    if cell.kind == "composite":
        return status == "composite"
    return (status in MISSING) != (cell.kind in ("number", "range")) and status != "composite"


def _withheld(lines: Iterable[_Line]) -> Iterator[FileRemark]:
    """One remark for each row with such cells."""
    for members in _together((line for line in lines if line.is_withheld), _row_key):
        columns = dict.fromkeys(line.column.label for line in members)
        yield FileRemark(members[0].number, "", _WITHHELD.format(", ".join(columns)))


# --- rows and cells -------------------------------------------------------------------------------
def _row(lines: Sequence[_Line]) -> TableLine:
    first = lines[0]
    cells = _together([line for line in lines if line.is_read_in], lambda line: (line.column.key,))
    return TableLine(
        row=first.number,
        chapter=first["hoofdstuk"],
        theme=first["tabel"],
        group=first["groep"],
        label=first["label"] or first["indicator"],
        printed_source=first["bron_gedrukt"],
        source=first["bron"],
        source_is_proposed=False,
        cells=tuple(_table_cell(members) for members in cells),
        area_code=first["gebiedscode"],
        breakdown=first["uitsplitsing"],
        unit=first["eenheid"],
        note=first["rijnoot"],
    )


def _table_cell(lines: Sequence[_Line]) -> TableCell:
    first, printed = lines[0], _parsed(lines[0])
    says_why = first.status not in MISSING or first["reden"]
    return TableCell(
        first.column,
        printed if printed.kind == "composite" else _cell(lines),
        note=first["noot"],
        measured=period_of(first["meetperiode"]) if first["meetperiode"] else None,
        status=first.status if says_why else "",
        reason=first["reden"] if says_why else "",
        n=int(first["n"]) if first["n"] else None,
        low=first.decimal("marge_laag"),
        high=first.decimal("marge_hoog"),
    )


def _parsed(line: _Line) -> Cell:
    return (parse_target if line.column.kind == "target" else parse)(line["gedrukt"])


def _cell(lines: Sequence[_Line]) -> Cell:
    """What the columns say, which may be more than the text alone; the text where they say nothing."""
    cell = _told(lines)
    return cell if print_cell(cell) == cell.printed else replace(cell, keeps_text=True)


def _told(lines: Sequence[_Line]) -> Cell:
    first = lines[0]
    printed, value, high = _parsed(first), first.decimal("waarde"), first.decimal("waarde_tot")
    if first["onderdeel"]:
        return Cell(printed.printed, "composite", parts=tuple(_part(line) for line in lines))
    if value is None:
        return Cell(printed.printed) if first.status in MISSING and _figures(printed) else printed
    comparator = first["vergelijking"] or printed.comparator
    if high is not None:
        return _range(printed, (value, high), comparator)
    shown = printed if printed.printed else _plain_number(value)
    return replace(shown, kind="number", value=value, comparator=comparator, parts=())


def _range(printed: Cell, ends: tuple[Decimal, Decimal], comparator: str) -> Cell:
    """The ends as the text prints them; where it says none, as plain numbers."""
    plain_ends = tuple(map(_plain_number, ends))
    if not printed.printed:
        printed = Cell(" tot ".join(one.printed for one in plain_ends), joints=("", " tot "))
    shown = printed.parts if printed.kind == "range" else plain_ends
    parts = tuple(replace(one, value=end) for one, end in zip(shown, ends, strict=True))
    return replace(printed, kind="range", value=None, comparator=comparator, parts=parts)


def _plain_number(value: Decimal) -> Cell:
    decimals = _decimals(value)
    return Cell(print_number(value, decimals, grouped=False), "number", value, decimals=decimals)


def _part(line: _Line) -> Cell:
    return Cell(line["onderdeel"], "number", line.decimal("waarde"), unit=line["onderdeel"])


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
