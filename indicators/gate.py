"""What of a figure may be public. Pure; surveys go by `haarlemveilig.disclosure`, small counts by the rules here.

A count from 1 to 4 below the whole municipality is hidden if its indicator is sensitive. So that it cannot be
found by subtraction, more of its neighbours are hidden: never one alone, and never fewer than five together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from haarlemveilig.disclosure import Tier, tier
from indicators.display import CellView

SMALLEST_SHOWN = 5
HIDDEN_ALONE = 2
SUPPRESSED, LOW_RELIABILITY = "suppressed", "low_reliability"
SMALL_COUNT = "Minder dan 5, of anders te herleiden tot zo’n klein aantal. Daarom tonen we dit niet."
NO_N = "Niet bekend is hoeveel mensen dit zeiden. Daarom tonen we dit niet."
NOBODY = "Te weinig mensen gaven antwoord om iets te laten zien."
FEW = "{} mensen gaven antwoord. Dat is te weinig voor een cijfer."
INDICATIVE = "{} mensen gaven antwoord. Zie dit als een aanwijzing."


@dataclass(frozen=True)
class Count:
    """A registered count of one area in one period; None where there is none. The city has no parent."""

    area_id: int
    parent_id: int | None
    level: str
    value: float | None


def hidden_areas(counts: Sequence[Count]) -> frozenset[int]:
    """The areas whose count must not be shown, given everything that is published of one period."""
    known = {count.area_id: count for count in counts if count.value is not None}
    hidden = {
        area_id for area_id, count in known.items() if count.parent_id and 0 < _value(count) < SMALLEST_SHOWN
    }
    groups = _groups(known)
    # One at a time: hiding one may make another group safe, or open it.
    while (more := next((one for group in groups for one in _next_to_hide(group, hidden)), None)) is not None:
        hidden.add(more)
    return frozenset(hidden)


def _groups(known: Mapping[int, Count]) -> list[list[Count]]:
    """Areas that together make up a number a reader has: those of a parent with a count, then the whole level.

    The total of the whole level may be found elsewhere, so that group is there even without the city's count.
    """
    below = [count for count in known.values() if count.parent_id]
    of_parent: dict[tuple[str, int | None], list[Count]] = {}
    of_level: dict[str, list[Count]] = {}
    for count in below:
        if count.parent_id in known:
            of_parent.setdefault((count.level, count.parent_id), []).append(count)
        of_level.setdefault(count.level, []).append(count)
    return [*of_parent.values(), *of_level.values()]


def _next_to_hide(group: Sequence[Count], hidden: set[int]) -> Iterable[int]:
    covered = [count for count in group if count.area_id in hidden]
    safe = len(covered) >= HIDDEN_ALONE and sum(map(_value, covered)) >= SMALLEST_SHOWN
    shown = sorted(
        (count for count in group if count.area_id not in hidden),
        key=lambda count: (_value(count) == 0, _value(count), count.area_id),
    )
    return [shown[0].area_id] if covered and shown and not safe else []


def _value(count: Count) -> float:
    return count.value or 0


def holds_figures(cell: CellView) -> bool:
    """Whether the cell says a number: as its value, in the parts of a composite, or in its text."""
    return cell.value is not None or any(sign.isdecimal() for sign in cell.printed)


def gated_words(cell: CellView, *, is_city: bool) -> CellView:
    """What may be shown of a sensitive indicator where a cell is no single number: below the city, no numbers."""
    return cell if is_city or cell.value is not None or not holds_figures(cell) else hide_count(cell)


def hide_count(cell: CellView) -> CellView:
    """The cell without its figure, saying why."""
    return _without_figure(cell, SMALL_COUNT)


def gated_survey(cell: CellView, *, is_city: bool) -> CellView:
    """What may be shown of a survey: nothing under 10 answers, no figure under 30, with care under 100.

    Where nobody says how many answered, a figure of the whole municipality is shown as its source published it.
    """
    if not holds_figures(cell) or (cell.n is None and is_city):
        return cell
    if cell.n is None:
        return _without_figure(cell, NO_N)
    if tier(cell.n) < Tier.COUNT_ONLY:
        return replace(_without_figure(cell, NOBODY), n=None)
    if tier(cell.n) < Tier.INDICATIVE:
        return _without_figure(cell, FEW.format(cell.n))
    if tier(cell.n) < Tier.RANKED:
        return replace(
            cell, status=LOW_RELIABILITY, explanation=cell.explanation or INDICATIVE.format(cell.n)
        )
    return cell


def _without_figure(cell: CellView, why: str) -> CellView:
    return replace(
        cell, printed="", value=None, comparator="", low=None, high=None, status=SUPPRESSED, explanation=why
    )
