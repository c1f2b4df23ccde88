"""Who took part, by age and by gender, beside the population. Pure.

It says no more than the published cells do (cells.csv): what is added up here, everybody can add up.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from participation.ranking.results import CellTally
from participation.ranking.weighting import GENDERS, SEPARATOR, band_of

AGE, GENDER = "age", "gender"
# When the groups are known of fewer wijken than this part of the participants, they are not the participants.
ENOUGH = 0.5


@dataclass(frozen=True)
class Group:
    """One age band or gender: its part of the participants whose group is known, and of those residents.

    `code` is a band ("35-64", or "16-64" where two were put together) or a gender.
    """

    kind: str
    code: str
    n: int
    share: float
    population_share: float


def composition(cells: Sequence[CellTally]) -> tuple[Group, ...]:
    """The groups of an area by age and then by gender; none where too little is known of that."""
    known = [cell for cell in cells if cell.codes]
    return (*_groups(AGE, known, _band), *_groups(GENDER, known, _gender))


def _groups(kind: str, cells: Sequence[CellTally], code_of: Callable[[CellTally], str]) -> tuple[Group, ...]:
    """Only of wijken in which every cell belongs to one group; a lone wijk may have groups of its own."""
    by_wijk: dict[str, list[CellTally]] = defaultdict(list)
    for cell in cells:
        by_wijk[cell.area].append(cell)
    separable = [
        cell
        for members in by_wijk.values()
        if (len(by_wijk) == 1 and len(members) > 1) or all(len(_parts(kind, cell)) == 1 for cell in members)
        for cell in members
    ]
    if sum(cell.n for cell in separable) < ENOUGH * sum(cell.n for cell in cells):
        return ()
    totals: dict[str, list[float]] = defaultdict(lambda: [0, 0.0])
    for cell in separable:
        totals[code_of(cell)][0] += cell.n
        totals[code_of(cell)][1] += float(cell.share)
    if len(totals) < 2 or "" in totals:
        return ()
    n, share = (sum(total[i] for total in totals.values()) for i in (0, 1))
    return tuple(
        Group(kind, code, int(count), count / n, part / share)
        for code, (count, part) in sorted(totals.items(), key=lambda item: _order(item[0]))
    )


def _parts(kind: str, cell: CellTally) -> set[str]:
    return set(_bands(cell)) if kind == AGE else {gender_of(code) for code in cell.codes}


def _bands(cell: CellTally) -> Iterable[str]:
    return (band_of(code) for code in cell.codes)


def _band(cell: CellTally) -> str:
    """All bands of a cell as one: "16-34" and "35-64" as "16-64"."""
    bands = sorted(set(_bands(cell)), key=_order)
    first, last = bands[0], bands[-1]
    if first == last:
        return first
    start = first.partition("-")[0].rstrip("+")
    return f"{start}+" if last.endswith("+") else f"{start}-{last.partition('-')[2]}"


def _gender(cell: CellTally) -> str:
    genders = {gender_of(code) for code in cell.codes}
    return genders.pop() if len(genders) == 1 else ""


def gender_of(code: str) -> str:
    """The gender in the code of a cell, or ""."""
    _band, separator, gender = code.rpartition(SEPARATOR)
    return gender if separator and gender in GENDERS else ""


def _order(code: str) -> tuple[int, str]:
    digits = code[: len(code) - len(code.lstrip("0123456789"))]
    return int(digits or 0), code
