"""Whether a target was met, with the rule in words. Pure.

A verdict is given only where it is certain. A target without "hoogstens" or "ten minste" waits for a named
person, a target in words for a person who judges it, and any target for the figure of its own period.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from indicators.aims import Aim, Outcome, found, parts_of, wanted
from indicators.cells import Cell, parse_target, print_cell, print_number
from indicators.limits import READING_OF_COMPARATOR, WORDS, Stretch
from indicators.periods import MONTHS
from indicators.verdict_remarks import remarks_on

Code = Literal["met", "not_met", "partly", "not_assessable"]
WORD_OF_CODE: dict[Code, str] = {
    "met": "behaald",
    "not_met": "niet behaald",
    "partly": "deels behaald",
    "not_assessable": "niet te beoordelen",
}
UNMEASURABLE = "niet meetbaar"
MEETS = "voldoet aan"


@dataclass(frozen=True)
class Verdict:
    """The answer, the rule it follows as a sentence with the answer in it, and what else a reader must know."""

    code: Code
    rule: str
    remarks: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        return WORD_OF_CODE[self.code]


def judge(
    aim: Aim,
    outcome: Outcome | None,
    *,
    baseline: Outcome | None = None,
    previous: Aim | None = None,
    direction: str = "",
) -> Verdict:
    """Whether the outcome of the same period reaches the aim. `previous` is the aim of the year before it.

    `direction` is what better means: it tells a weaker aim from a stronger one, and decides no verdict.
    """
    obstacle = _obstacle_in_aim(aim)
    remarks = remarks_on(
        aim, outcome, baseline=baseline, previous=previous, direction=direction, is_readable=not obstacle
    )
    obstacle = obstacle or _obstacle_in_outcome(aim, outcome)
    if obstacle or outcome is None:
        return Verdict("not_assessable", obstacle, remarks)
    code, rule = _ruling(aim, outcome)
    return Verdict(code, rule, remarks)


# --- what stands in the way -------------------------------------------------------------------------
_WAITS = "Er komt pas een oordeel als iemand zegt hoe we de streefwaarde moeten lezen."


def _obstacle_in_aim(aim: Aim) -> str:
    if aim.criterion:
        return _by_a_person(aim.criterion)
    if aim.status == "pending":
        return f"Nog niet te beoordelen: de streefwaarde van {aim.period.label} volgt nog."
    if aim.status == "text_only":
        return "Niet te beoordelen: de streefwaarde is tekst. Iemand moet nog zeggen hoe we die lezen."
    if not aim.has_number:
        return f"Niet te beoordelen: voor {aim.period.label} is er geen streefwaarde. {aim.reason}".strip()
    return _obstacle_in_reading(aim) if aim.waits_for_a_person else ""


def _obstacle_in_reading(aim: Aim) -> str:
    if aim.comparator:
        return f"Niet te beoordelen: ‘{aim.printed}’ is geen vaste grens. {_WAITS}"
    return f"Niet te beoordelen: er staat geen ‘hoogstens’ of ‘ten minste’ bij de streefwaarde. {_WAITS}"


def _by_a_person(criterion: str) -> str:
    if criterion.casefold().startswith(UNMEASURABLE):
        return f"Niet te beoordelen: {criterion[0].lower()}{_ended(criterion[1:])}"
    return f"Niet te beoordelen met een getal. Een mens kijkt hiernaar: {_ended(criterion)}"


def _ended(sentence: str) -> str:
    """What a person wrote, with a full stop: another sentence may follow."""
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def _obstacle_in_outcome(aim: Aim, outcome: Outcome | None) -> str:
    if outcome is None or outcome.status == "pending":
        return f"Nog niet te beoordelen: het cijfer van {aim.period.label} is er nog niet."
    if not outcome.has_number:
        return f"Niet te beoordelen: er is geen cijfer van {aim.period.label}. {outcome.reason}".strip()
    if outcome.comparator and outcome.comparator not in READING_OF_COMPARATOR:
        return f"Niet te beoordelen: ‘{outcome.printed}’ is geen precies cijfer."
    return _unlike_units(aim, outcome) or _unlike_parts(aim, outcome)


def _unlike_units(aim: Aim, outcome: Outcome) -> str:
    if {aim.is_percentage, outcome.is_percentage} != {True, False}:
        return ""
    one, other = "het cijfer", "de streefwaarde"
    one, other = (one, other) if outcome.is_percentage else (other, one)
    return f"Niet te beoordelen: {one} is een percentage en {other} niet."


def _unlike_parts(aim: Aim, outcome: Outcome) -> str:
    asked, measured = parts_of(aim), parts_of(outcome)
    if ("" in asked) != ("" in measured):
        one, other = "het cijfer", "de streefwaarde"
        one, other = (one, other) if "" in asked else (other, one)
        return f"Niet te beoordelen: {one} bestaat uit meer getallen en {other} niet."
    if len(aim.parts) > len(asked) or len(outcome.parts) > len(measured):
        return "Niet te beoordelen: twee getallen hebben dezelfde woorden erbij."
    missing = next((unit for unit in asked if unit not in measured), "")
    return f"Niet te beoordelen: ‘{missing}’ staat niet bij het cijfer." if missing else ""


# --- comparing --------------------------------------------------------------------------------------
def _ruling(aim: Aim, outcome: Outcome) -> tuple[Code, str]:
    measured = found(outcome)
    relations = {unit: _relation(measured[unit], asked) for unit, asked in wanted(aim).items()}
    code = _code_of(list(relations.values()))
    if code == "not_assessable":
        return code, _uncertain(aim, outcome)
    said = _in_parts(aim, outcome, relations) if aim.parts else _in_one(aim, outcome, relations[""])
    rest = " Behaald is het pas als elk onderdeel is gehaald." if code == "partly" else ""
    return code, f"{said}: {WORD_OF_CODE[code]}.{rest}{_read_by(aim)}"


def _relation(measured: Stretch, asked: Stretch) -> str:
    """How the figure stands to what was asked, in words; "" where that is not certain."""
    if measured.lies_within(asked):
        return MEETS
    if measured.lies_above(asked):
        return "voldoet niet aan" if asked.high_is_open else "is meer dan"
    if measured.lies_below(asked):
        return "voldoet niet aan" if asked.low_is_open else "is minder dan"
    return ""


def _code_of(relations: list[str]) -> Code:
    if not all(relations):
        return "not_assessable"
    met = relations.count(MEETS)
    if met == len(relations):
        return "met"
    return "partly" if met else "not_met"


# --- in words ---------------------------------------------------------------------------------------
def _in_one(aim: Aim, outcome: Outcome, relation: str) -> str:
    return f"{_bare(outcome.printed)} {relation} {_asked(aim)}"


def _in_parts(aim: Aim, outcome: Outcome, relations: Mapping[str, str]) -> str:
    asked, measured = parts_of(aim), parts_of(outcome)
    said = [
        f"{number(measured[unit])} {unit} {relation}"
        f" {f'{WORDS[aim.reading]} ' if relation == MEETS else ''}{number(asked[unit])}"
        for unit, relation in relations.items()
    ]
    return " en ".join(filter(None, (", ".join(said[:-1]), said[-1])))


def _asked(aim: Aim) -> str:
    if aim.value_high is not None:
        return f"de streefwaarde van {_bare(aim.printed)}"
    cell = parse_target(aim.printed)
    # The number of a text is a person's reading of it.
    printed = number(aim.value or Decimal(0)) if cell.kind != "number" else print_cell(_uncompared(cell))
    return f"de streefwaarde van {WORDS[aim.reading]} {printed}"


def _uncertain(aim: Aim, outcome: Outcome) -> str:
    printed = _bare(outcome.printed)
    if outcome.margin is None:
        return (
            f"Niet te beoordelen: bij ‘{printed}’ is niet zeker of het cijfer voldoet aan"
            f" {_asked(aim)}.{_read_by(aim)}"
        )
    sign = "%" if outcome.is_percentage else ""
    low, high = number(outcome.margin.low), number(outcome.margin.high)
    return (
        f"Niet te beoordelen: {printed} komt uit een steekproef. Het echte cijfer kan ook tussen {low}{sign} en"
        f" {high}{sign} liggen. Dan is niet zeker of het voldoet aan {_asked(aim)}.{_read_by(aim)}"
    )


def _read_by(aim: Aim) -> str:
    """Who said how the target is to be read, and when; "" where the target says so itself."""
    if not aim.interpreted_on or aim.reading != aim.interpretation:
        return ""
    day = aim.interpreted_on
    return f" Zo gelezen door {aim.interpreted_by} op {day.day} {MONTHS[day.month - 1]} {day.year}."


def number(value: Decimal) -> str:
    """A number in a sentence: without zeros at the end, 6500 as "6.500"."""
    decimals = -int(value.normalize().as_tuple().exponent)
    return print_number(value, max(0, decimals))


def _bare(printed: str) -> str:
    """The text of a cell without its footnote mark."""
    cell = parse_target(printed)
    if cell.kind == "range":
        near, far = cell.parts
        return print_cell(replace(cell, parts=(near, _unmarked(far))))
    return print_cell(_unmarked(cell))


def _unmarked(cell: Cell) -> Cell:
    return replace(cell, note_mark="", spaces=(*cell.spaces[:2], ""))


def _uncompared(cell: Cell) -> Cell:
    return replace(_unmarked(cell), comparator="", spaces=("", cell.spaces[1], ""))
