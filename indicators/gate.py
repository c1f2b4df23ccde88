"""What of a figure may be public. Pure; surveys go by `haarlemveilig.disclosure`, small counts by the rules here.

A count from 1 to 4 below the whole municipality is hidden if its indicator is sensitive. So that it cannot be
found by subtraction, more of its neighbours are hidden: never one alone, and never fewer than five together. What
lies in a hidden area is hidden too, because together it is that area.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from haarlemveilig.disclosure import Tier, tier
from indicators.display import CellView

SMALLEST_SHOWN = 5
HIDDEN_ALONE = 2
_N = re.escape("{}")
_AT_MOST = ("<", "≤")
SUPPRESSED, LOW_RELIABILITY = "suppressed", "low_reliability"
SMALL_COUNT = "Minder dan 5, of anders te herleiden tot zo’n klein aantal. Daarom tonen we dit niet."
NO_COUNT = (
    "Om hoeveel gevallen dit gaat is niet te zien. Het kunnen er minder dan 5 zijn. Daarom tonen we dit niet."
)
PART_OF_YEAR = "Een deel van een jaar tonen we hiervan alleen voor de hele stad."
EARLIER = (
    "Oude cijfers tonen we hiervan alleen voor de hele stad. Naast die van nu verraden ze kleine aantallen."
)
NO_N = "Niet bekend is hoeveel mensen dit zeiden. Daarom tonen we dit niet."
NOBODY = "Te weinig mensen gaven antwoord om iets te laten zien."
FEW = "{} mensen gaven antwoord. Dat is te weinig voor een cijfer."
INDICATIVE = "{} mensen gaven antwoord. Zie dit als een aanwijzing."
_TEXTS = (SMALL_COUNT, NO_COUNT, PART_OF_YEAR, EARLIER, NO_N, NOBODY, FEW, INDICATIVE)
_SAID_HERE = re.compile(f"({'|'.join(re.escape(text).replace(_N, '[0-9]+') for text in _TEXTS)})$")


@dataclass(frozen=True)
class Count:
    """A registered count of one area in one period; None where there is none. The city has no parent.

    With `may_be_small` the value is only a bound, or its source hides it: then it counts as hidden, and as nothing.
    """

    area_id: int
    parent_id: int | None
    level: str
    value: float | None
    may_be_small: bool = False

    @property
    def is_small(self) -> bool:
        return bool(self.parent_id) and (self.may_be_small or 0 < (self.value or 0) < SMALLEST_SHOWN)


def hidden_in_all(tables: Sequence[Sequence[Count]]) -> frozenset[int]:
    """The areas to hide in each of several tables of one period that may be laid beside each other.

    Men and women add up to all; another source may count the same. Hidden in one is hidden in all.
    """
    hidden: frozenset[int] = frozenset()
    while (more := hidden.union(*(hidden_areas(table, hidden) for table in tables))) != hidden:
        hidden = more
    return hidden


def hidden_areas(counts: Sequence[Count], already: Collection[int] = ()) -> frozenset[int]:
    """The areas whose count must not be shown, given everything that is published of one period.

    `already` are areas that are hidden anyway.
    """
    known = {one.area_id: one for one in counts if one.value is not None or one.may_be_small}
    hidden = {pk for pk, count in known.items() if count.is_small or pk in already}
    groups = _groups(known)
    # One at a time: hiding one may make another group safe, or open it.
    while (more := next(_more_to_hide(known, groups, hidden), None)) is not None:
        hidden.add(more)
    return frozenset(hidden)


def _more_to_hide(
    known: Mapping[int, Count], groups: Sequence[Sequence[Count]], hidden: set[int]
) -> Iterator[int]:
    yield from (pk for pk, count in known.items() if count.parent_id in hidden and pk not in hidden)
    yield from (one for group in groups for one in _next_to_hide(group, hidden))


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
    return 0 if count.may_be_small else count.value or 0


def passed_otherwise(explanation: str) -> bool:
    """Whether the words beside a cell say that it was hidden or marked here: it is not what is stored."""
    return bool(_SAID_HERE.search(explanation))


def holds_figures(cell: CellView) -> bool:
    """Whether the cell says a number: as its value, in the parts of a composite, or in its text."""
    return cell.value is not None or any(sign.isdecimal() for sign in cell.printed)


def gated_sensitive(cell: CellView, *, is_count: bool, is_earlier: bool) -> CellView:
    """What may be shown of a sensitive indicator below the city: whole counts of whole years, as they are now.

    A share may rest on a few cases, quarters add up to a year, and an older version tells the difference.
    """
    if not holds_figures(cell):
        return cell
    if is_earlier:
        return _without_figure(replace(cell, n=None), EARLIER)
    if cell.value is None:
        return hide_count(cell)
    if not is_count or cell.value % 1:
        return _without_figure(replace(cell, n=None), NO_COUNT)
    return cell if cell.period.isdecimal() else _without_figure(replace(cell, n=None), PART_OF_YEAR)


def may_be_small(cell: CellView) -> bool:
    """Whether a cell stands for a count that nobody says exactly: "<20", or hidden here or by its source."""
    return cell.comparator in _AT_MOST or cell.status == SUPPRESSED


def hide_count(cell: CellView) -> CellView:
    """The cell without its figure, saying why."""
    return _without_figure(replace(cell, n=None), SMALL_COUNT) if holds_figures(cell) else cell


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
        told = INDICATIVE.format(cell.n)
        return replace(cell, status=LOW_RELIABILITY, explanation=f"{cell.explanation} {told}".strip())
    return cell


def _without_figure(cell: CellView, why: str) -> CellView:
    return replace(
        cell, printed="", value=None, comparator="", low=None, high=None, status=SUPPRESSED, explanation=why
    )
