"""The grammar of a table cell: what a printed text says, and how it is printed again.

A cell is a number (with `<`, `>`, `≤`, `≥` or `ca.` before it, `%` and a footnote mark behind it), a
composite ("12 keer overleg en 4 keer schouw"), a pending word ("volgt"), "n.b.", blank, or text. A typed reading
counts only if it prints as the very same text; anything else stays text, without a value, for a person to
decide on. A target may also be a range ("6,5 tot 7,0").
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

Kind = Literal["number", "range", "composite", "pending", "unknown", "blank", "text"]

# What the database holds exactly; a longer number stays text.
INTEGER_DIGITS = 12
DECIMALS = 6

_SPACE = "[ \u00a0]"
_NUMBER = r"(?P<whole>[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,(?P<fraction>[0-9]+))?"
# A digit or letter is a mark only behind a space: "221)" is no 22 with a note.
_RAISED = "¹²³⁴⁵⁶⁷⁸⁹"
_MARK = rf"(?P<mark_space>{_SPACE}?)(?P<mark>\*{{1,3}}\)?|[{_RAISED}]|(?<={_SPACE})[0-9a-z]\))"
_SINGLE = re.compile(
    rf"(?:(?P<comparator>[<>≤≥]|ca\.)(?P<comparator_space>{_SPACE}?))?{_NUMBER}"
    rf"(?:(?P<unit_space>{_SPACE}?)(?P<unit>%))?(?:{_MARK})?"
)
_PART = re.compile(rf"{_NUMBER} (?P<words>[^\W\d_][^0-9*{_RAISED}]*)")
_PARTS = re.compile(rf"(?P<parts>.+? en .+?)(?:{_MARK})?")
_PENDING = re.compile(rf"\s*(?:volgt|pm|p\.m\.)(?:{_MARK})?\s*", re.IGNORECASE)
# "Niet bekend" and "nog niet bekend". A dash alone is no such word: it means other things in other tables.
_UNKNOWN = re.compile(rf"\s*(?:n\.b\.?|nb|n\.n\.b\.?|nnb)(?:{_MARK})?\s*", re.IGNORECASE)
_JOINT = " en "
_RANGE = re.compile(
    rf"(?P<between>tussen )?(?P<near>[0-9.,]+(?: ?%)?)"
    rf"(?P<joint>(?(between) en |(?: ?[-–] ?| tot(?: en met)? | t/m | à )))(?P<far>[0-9.,]+(?: ?%)?(?:{_MARK})?)"
)
_DUTCH_SIGNS = str.maketrans(",.", ".,")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `value` is there for a number only; a composite and a range have numbers in `parts`.

    `unit` is "%" or, in a part of a composite, its words. `spaces` stand behind the comparator, before
    the unit and before the footnote mark. `joints` are the words before and between the ends of a range.
    With `keeps_text` the numbers were said beside the text, which is printed as it stands: "twaalf" is 12.
    """

    printed: str
    kind: Kind = "text"
    value: Decimal | None = None
    comparator: str = ""
    unit: str = ""
    decimals: int = 0
    grouped: bool = False
    note_mark: str = ""
    spaces: tuple[str, str, str] = ("", "", "")
    parts: tuple["Cell", ...] = ()
    joints: tuple[str, str] = ("", "")
    keeps_text: bool = False


def parse(text: str) -> Cell:
    """What `text` says. Printing the answer gives `text` again, whatever it is."""
    if not text.strip():
        return Cell(text, "blank")
    pending = _PENDING.fullmatch(text)
    if pending:
        return Cell(text, "pending", note_mark=pending["mark"] or "")
    unknown = _UNKNOWN.fullmatch(text)
    if unknown:
        return Cell(text, "unknown", note_mark=unknown["mark"] or "")
    typed = _single(text) or _composite(text)
    # The guard: "007" or "0.500" reads as a number but would not print as it stands in the source.
    return typed if typed and print_cell(typed) == text else Cell(text)


def parse_target(text: str) -> Cell:
    """Like `parse`, but two numbers that run up are a range: "10 tot 15%", "6,5-7,0", "tussen 10 en 20"."""
    cell = parse(text)
    ranged = _range(text) if cell.kind == "text" else None
    return ranged if ranged and print_cell(ranged) == text else cell


def print_cell(cell: Cell) -> str:
    """The text of a cell: numbers and composites from their parts, the rest as it was printed."""
    if cell.keeps_text:
        return cell.printed
    if cell.kind == "composite":
        return _JOINT.join(print_cell(part) for part in cell.parts) + cell.spaces[2] + cell.note_mark
    if cell.kind == "range":
        near, far = cell.parts
        return f"{cell.joints[0]}{print_cell(near)}{cell.joints[1]}{print_cell(far)}"
    if cell.kind != "number" or cell.value is None:
        return cell.printed
    after_comparator, before_unit, before_mark = cell.spaces
    number = print_number(cell.value, cell.decimals, grouped=cell.grouped)
    return f"{cell.comparator}{after_comparator}{number}{before_unit}{cell.unit}{before_mark}{cell.note_mark}"


def print_number(value: Decimal, decimals: int = 0, *, grouped: bool = True) -> str:
    """A number as programmes print it: 4500 as "4.500", or "4500" where thousands are not grouped."""
    return f"{value:{',' if grouped else ''}.{decimals}f}".translate(_DUTCH_SIGNS)


def _single(text: str) -> Cell | None:
    match = _SINGLE.fullmatch(text)
    if not match:
        return None
    spaces = (match["comparator_space"] or "", match["unit_space"] or "", match["mark_space"] or "")
    number = _number(match)
    return number and replace(
        number,
        printed=text,
        comparator=match["comparator"] or "",
        unit=match["unit"] or "",
        note_mark=match["mark"] or "",
        spaces=spaces,
    )


def _composite(text: str) -> Cell | None:
    match = _PARTS.fullmatch(text)
    parts = tuple(_part(piece) for piece in match["parts"].split(_JOINT)) if match else ()
    known = tuple(part for part in parts if part)
    if not match or len(known) < len(parts):
        return None
    spaces = ("", "", match["mark_space"] or "")
    return Cell(text, "composite", note_mark=match["mark"] or "", spaces=spaces, parts=known)


def _range(text: str) -> Cell | None:
    match = _RANGE.fullmatch(text)
    if not match:
        return None
    near, far = parse(match["near"]), parse(match["far"])
    if near.value is None or far.value is None or near.value >= far.value:
        return None
    joints = (match["between"] or "", match["joint"])
    return Cell(text, "range", parts=(near, far), joints=joints, unit=far.unit, note_mark=far.note_mark)


def _part(text: str) -> Cell | None:
    match = _PART.fullmatch(text)
    number = _number(match) if match else None
    return number and match and replace(number, printed=text, unit=match["words"], spaces=("", " ", ""))


def _number(match: re.Match[str]) -> Cell | None:
    whole, fraction = match["whole"].replace(".", ""), match["fraction"] or ""
    if len(whole) > INTEGER_DIGITS or len(fraction) > DECIMALS:
        return None
    value = Decimal(f"{whole}.{fraction}") if fraction else Decimal(whole)
    return Cell(match[0], "number", value, decimals=len(fraction), grouped="." in match["whole"])
