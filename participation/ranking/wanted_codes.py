"""The list of letters for which codes are to be made: `kenmerk;wijkcode`, nothing about a person. Pure."""

import csv
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

COLUMNS = ["kenmerk", "wijkcode"]
MOST = 100_000
LONGEST_REFERENCE = 40
FAULTS_SHOWN = 10
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/-]*")
_DIGITS = re.compile(r"\d+")
BSN_LENGTHS = (8, 9)


class WantedCodesError(Exception):
    """The list cannot be used; `faults` are sentences that name row and column."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class WantedCode:
    """One code to make: for which letter, in which wijk."""

    reference: str
    wijk: str


def read_wanted(content: bytes, *, wijken: Collection[str]) -> list[WantedCode]:
    """The list in a CSV file, for these wijk codes only. WantedCodesError names every kind of fault, ten at most."""
    lines = csv.reader(io.StringIO(_text(content), newline=""), delimiter=";")
    try:
        rows = [(lines.line_num, [cell.strip() for cell in line]) for line in lines if any(line)]
    except csv.Error:
        raise WantedCodesError(
            ["Dit bestand is geen CSV. Bewaar het blad als CSV en kies het opnieuw."]
        ) from None
    if not rows or [name.lower() for name in rows[0][1]] != COLUMNS:
        raise WantedCodesError(["De eerste rij moet zijn: kenmerk;wijkcode"])
    if len(rows) == 1:
        raise WantedCodesError(["Er staat geen kenmerk in dit bestand."])
    if len(rows) - 1 > MOST:
        raise WantedCodesError([f"Dit zijn {len(rows) - 1} rijen. Maak hoogstens {MOST} codes in één keer."])
    return _checked(rows[1:], wijken)


def _text(content: bytes) -> str:
    """As Excel saves it: UTF-8, or else the alphabet of Windows."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _checked(rows: list[tuple[int, list[str]]], wijken: Collection[str]) -> list[WantedCode]:
    seen: dict[str, int] = {}
    faults = [fault for number, row in rows for fault in _faults(number, row, wijken, seen)]
    if len(faults) > FAULTS_SHOWN:
        more = len(faults) - FAULTS_SHOWN
        faults = [*faults[:FAULTS_SHOWN], f"En nog {more} {'fout' if more == 1 else 'fouten'}."]
    if faults:
        raise WantedCodesError(faults)
    return [WantedCode(reference, wijk) for _number, (reference, wijk) in rows]


def _faults(number: int, row: list[str], wijken: Collection[str], seen: dict[str, int]) -> Iterator[str]:
    if len(row) != len(COLUMNS):
        yield f"Rij {number}: hier staan {len(row)} kolommen in plaats van {len(COLUMNS)}."
        return
    reference, wijk = row
    if why := _wrong_reference(reference):
        yield f"Rij {number}, kolom kenmerk: {why}"
    elif reference in seen:
        yield f"Rij {number}, kolom kenmerk: dit staat ook in rij {seen[reference]}."
    seen.setdefault(reference, number)
    if wijk not in wijken:
        yield f"Rij {number}, kolom wijkcode: ‘{wijk[:20]}’ is geen wijk van deze ronde."


def _wrong_reference(reference: str) -> str:
    """Why this cannot be a reference; "" when it can. What was typed is not repeated: it may be about a person."""
    if not reference:
        return "vul een kenmerk in."
    if "@" in reference:
        return "dit lijkt een e-mailadres. Gebruik een kenmerk dat niets over iemand zegt."
    if any(_is_bsn_like(digits) for digits in _DIGITS.findall(re.sub(r"[ .-]", "", reference))):
        return "dit kan een burgerservicenummer zijn. Gebruik een kenmerk dat niets over iemand zegt."
    if len(reference) > LONGEST_REFERENCE:
        return f"gebruik hoogstens {LONGEST_REFERENCE} tekens."
    if not _REFERENCE.fullmatch(reference):
        return "gebruik alleen letters, cijfers, spaties en . _ / -"
    return ""


def _is_bsn_like(digits: str) -> bool:
    """Whether these digits pass the test of eleven that every BSN passes."""
    if len(digits) not in BSN_LENGTHS or not int(digits):
        return False
    *others, last = (int(digit) for digit in digits.zfill(9))
    return (sum(place * digit for place, digit in zip(range(9, 1, -1), others, strict=True)) - last) % 11 == 0
