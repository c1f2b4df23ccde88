"""What a person should look at, cell by cell: in the words of the preview."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from indicators.cells import Cell, print_cell
from indicators.reading.measured import measured_period, other_years
from indicators.table_file import FileRemark, TableCell, TableLine

_POINT = re.compile(r"(?:[<>≤≥]|ca\.)? ?[0-9]+\.[0-9]+ ?%?")
_THREE_DECIMALS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_PENDING_PART = re.compile(r"\b(?:volgt|pm|p\.m\.)(?!\w)", re.IGNORECASE)
_TWO_READINGS = re.compile(r"[0-9][0-9.,]* ?%? ?(?:/|\(|of |en )\s*[0-9][0-9.,]* ?%? ?\)?")
# UTF-8 that some program took for Windows: an e with two dots becomes two odd letters.
_ODD = re.compile(r"[ÂÃÅâ�]")


def doubts(row: int, cell: TableCell) -> Iterator[FileRemark]:
    """The remarks about one cell of a table."""
    for text in (_reading(cell), _mark(cell), _measured(cell)):
        if text:
            yield FileRemark(cell.row or row, cell.column.label, text)


def thousands_doubts(row: int, cell: TableCell) -> Iterator[FileRemark]:
    """A remark where a comma may stand for a point: a file in English notation says 1,204 for 1.204."""
    printed = cell.cell.printed
    if _THREE_DECIMALS.fullmatch(printed):
        text = (
            f"hier staat een komma: ‘{printed}’. Zijn het duizenden, schrijf dan {printed.replace(',', '.')}."
        )
        yield FileRemark(cell.row or row, cell.column.label, text)


def unit_doubts(line: TableLine) -> Iterator[FileRemark]:
    """The remarks about a row in which some numbers are percentages and others are not: the fewest are odd."""
    numbers = [one for one in line.cells if one.cell.kind == "number"]
    shares = [one for one in numbers if one.cell.unit]
    bare = [one for one in numbers if not one.cell.unit]
    if not shares or not bare:
        return
    for one in bare if len(shares) >= len(bare) else shares:
        text = _no_share(one.cell) if one.cell.unit else _a_share(one.cell, [share.cell for share in shares])
        yield FileRemark(one.row or line.row, one.column.label, text)


def _a_share(cell: Cell, shares: Sequence[Cell]) -> str:
    """A fraction among percentages of more than 1 is a hundred times as much."""
    value = cell.value or Decimal(0)
    meant = replace(cell, unit="%")
    if 0 < value < 1 and max(share.value or 0 for share in shares) > 1:
        meant = replace(meant, value=value * 100, decimals=max(0, cell.decimals - 2))
    return f"{cell.printed} staat tussen procenten. Is {print_cell(meant)} bedoeld?"


def _no_share(cell: Cell) -> str:
    meant = print_cell(replace(cell, unit="", spaces=(cell.spaces[0], "", cell.spaces[2])))
    return f"{cell.printed} staat tussen getallen zonder procentteken. Is {meant} bedoeld?"


def note_doubts(row: int, cell: TableCell) -> Iterator[FileRemark]:
    """A remark where a note names another year, and does not say plainly that the figure is from that year."""
    years = other_years(cell.note, cell.column.period) if cell.note and cell.column.kind != "target" else []
    if years:
        text = (
            f"de noot zegt: ‘{cell.note}’. Is het cijfer gemeten in {_joined(years)}? "
            f"We lezen het als {cell.column.period.label}."
        )
        yield FileRemark(cell.row or row, cell.column.label, text)


def row_note_doubts(line: TableLine) -> Iterator[FileRemark]:
    """A remark where the note of a whole row plainly gives another period than some of its figures have."""
    columns = [
        cell.column for cell in line.cells if cell.column.kind != "target" and cell.cell.kind != "blank"
    ]
    if line.note and any(measured_period(line.note, column.period) for column in columns):
        text = f"de noot bij deze rij zegt: ‘{line.note}’. We lezen elk cijfer als van het jaar in zijn kop."
        yield FileRemark(line.row, "", text)


def _joined(years: list[int]) -> str:
    return " of ".join(map(str, years))


def has_broken_letters(text: str) -> bool:
    """Whether a text was saved in one alphabet and read in another: "BasisvoorziÃ«ning"."""
    if not _ODD.search(text):
        return False
    if "�" in text:
        return True
    try:
        return text.encode("cp1252").decode("utf-8") != text
    except UnicodeError:
        return False


def broken_letters(text: str) -> str:
    """What to say of a text in the wrong alphabet."""
    return f"de letters zijn stuk: ‘{text[:40]}’. Sla het bestand in Excel op als ‘CSV UTF-8’ en kies het opnieuw."


def _reading(cell: TableCell) -> str:
    printed = cell.cell.printed
    if cell.cell.kind != "text":
        return ""
    if _POINT.fullmatch(printed):
        meant = printed.replace(".", ",")
        return f"hier staat een punt: ‘{printed}’. Is een komma bedoeld, schrijf dan {meant}. We bewaren de tekst."
    if _PENDING_PART.search(printed):
        return f"een deel van ‘{printed}’ volgt nog. We bewaren de tekst."
    if _TWO_READINGS.fullmatch(printed):
        return f"in ‘{printed}’ staan twee getallen. We kiezen er geen en bewaren de tekst."
    return ""


def _mark(cell: TableCell) -> str:
    mark = cell.cell.note_mark
    return f"bij ‘{mark}’ staat geen noot onder de tabel." if mark and not cell.note else ""


def _measured(cell: TableCell) -> str:
    if cell.measured is None:
        return ""
    return f"de noot zegt: ‘{cell.note}’. We lezen dit als gemeten in {cell.measured.label}."
