"""Weights by cell (wijk × age band × gender), so that participants count as the population is made up.

Cells that are too small are put together by a fixed rule, never trimmed: whoever has the published cells
can work out every weighted figure again.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from participation.ranking.tables import Table

Ints = NDArray[np.int64]
Summable = TypeVar("Summable", Table, Fraction)

MINIMUM = 10
MAX_RATIO = 3
MAX_DESIGN_EFFECT = 2
MIN_EFFECTIVE = 30
MAX_SINGLE_WEIGHT = Fraction(1, 10)
SEPARATOR = "/"
GENDERS = ("m", "v")


@dataclass(frozen=True)
class CellPopulation:
    """How many residents a cell of an area has. A code is "16-34/v" (see cell_code) or any other word."""

    area: str
    code: str
    population: int | Fraction

    def __post_init__(self) -> None:
        if not self.code:
            raise ValueError("a cell has a code; '' is for ballots that gave no cell")


@dataclass(frozen=True, eq=False)
class AreaCells:
    """What is known of one area: a table and a population per cell code; table "" gave no cell."""

    code: str
    tables: Mapping[str, Table]
    populations: Mapping[str, Fraction]

    @property
    def n(self) -> int:
        return sum(table.n for table in self.tables.values())

    def __add__(self, other: "AreaCells") -> "AreaCells":
        return AreaCells(
            f"{self.code}+{other.code}",
            _added(self.tables, other.tables),
            _added(self.populations, other.populations),
        )


@dataclass(frozen=True, eq=False)
class Cell:
    """A cell as it is counted: `codes` are the original cells in it, none for those who gave no cell."""

    codes: tuple[str, ...]
    population: Fraction
    table: Table
    area: str = ""

    @property
    def n(self) -> int:
        return self.table.n

    @property
    def known(self) -> bool:
        return bool(self.codes)

    @property
    def bands(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(band_of(code) for code in self.codes))

    def __add__(self, other: "Cell") -> "Cell":
        """Two cells of the same area as one."""
        codes = (*self.codes, *other.codes)
        return Cell(codes, self.population + other.population, self.table + other.table, self.area)


@dataclass(frozen=True, eq=False)
class Weighting:
    """Cells and the part of the whole (`shares`, together 1) that each of them speaks for."""

    cells: tuple[Cell, ...]
    shares: tuple[Fraction, ...]

    def mean(self, values: Callable[[Table], Ints]) -> tuple[Fraction, ...]:
        """The weighted mean per participant of what `values` takes from a table, exactly."""
        weights = [share / cell.n for share, cell in zip(self.shares, self.cells, strict=True)]
        denominator = lcm(*(weight.denominator for weight in weights))
        # Plain integers: Fractions added one by one would reduce at every step.
        whole = [int(weight * denominator) for weight in weights]
        per_theme = zip(*(values(cell.table).tolist() for cell in self.cells), strict=True)
        return tuple(
            Fraction(sum(weight * value for weight, value in zip(whole, row, strict=True)), denominator)
            for row in per_theme
        )

    @property
    def n_eff(self) -> Fraction:
        """Kish: as many participants without weights would say as much."""
        pairs = zip(self.shares, self.cells, strict=True)
        return 1 / sum((share * share / cell.n for share, cell in pairs), start=Fraction(0))

    @property
    def deff(self) -> Fraction:
        return sum(cell.n for cell in self.cells) / self.n_eff

    def objection(self) -> str | None:
        """Why weighting would make the result worse, so that only the raw figures may be shown."""
        single = max(share / cell.n for share, cell in zip(self.shares, self.cells, strict=True))
        if self.deff > MAX_DESIGN_EFFECT:
            return "design-effect"
        if self.n_eff < MIN_EFFECTIVE:
            return "effective-size"
        return "single-weight" if single > MAX_SINGLE_WEIGHT else None


def cell_code(band: str, gender: str = "") -> str:
    """The code of a cell, as band_of reads it: "16-34/v", or "16-34" without gender."""
    return f"{band}{SEPARATOR}{gender}" if gender else band


def band_of(code: str) -> str:
    """The age band of a cell; a code without gender is its own band."""
    band, separator, gender = code.rpartition(SEPARATOR)
    return band if separator and gender in GENDERS else code


def unweighted(table: Table) -> Weighting:
    """Everybody counts the same."""
    return Weighting((Cell((), Fraction(0), table),), (Fraction(1),))


def weigh(cells: Sequence[Cell]) -> Weighting:
    """Known cells weigh as their population; those who gave no cell weigh one each (section 2.3)."""
    known = [cell for cell in cells if cell.known]
    unknown = [cell for cell in cells if not cell.known]
    n = sum(cell.n for cell in cells)
    population = sum(cell.population for cell in known)
    scale = Fraction(sum(cell.n for cell in known), n) / population if known else Fraction(0)
    shares = [cell.population * scale for cell in known] + [Fraction(cell.n, n) for cell in unknown]
    return Weighting((*known, *unknown), tuple(shares))


def cells_of(areas: Iterable[AreaCells], *, empty: Table, strict: bool) -> tuple[Cell, ...]:
    """The cells to count one area by, or a whole of several: then the union of the cells of its areas.

    An area with too few ballots joins the next smallest before anything is computed. A caller that knows
    who the neighbours are has done better beforehand. Not `strict`: only what has no ballots at all is
    put together (thresholds off).
    """
    merged = _without_small_areas(list(areas), _minimum(strict))
    return _union(_cells_of_area(area, empty=empty, strict=strict) for area in merged)


def _without_small_areas(areas: list[AreaCells], minimum: int) -> list[AreaCells]:
    areas = sorted(areas, key=lambda area: (area.n, area.code))
    while len(areas) > 1 and areas[0].n < minimum:
        areas = sorted([areas[0] + areas[1], *areas[2:]], key=lambda area: (area.n, area.code))
    return sorted(areas, key=lambda area: area.code)


def _cells_of_area(area: AreaCells, *, empty: Table, strict: bool) -> tuple[Cell, ...]:
    codes = sorted(area.populations, key=_band_order)
    known = [Cell((code,), area.populations[code], area.tables.get(code, empty), area.code) for code in codes]
    cells = collapse(tuple(known), strict=strict)
    unknown = area.tables.get("", empty)
    if len(cells) == 1 or unknown.n < _minimum(strict):
        return _with_unknown(cells, unknown)
    return (*cells, Cell((), Fraction(0), unknown))


def _with_unknown(cells: tuple[Cell, ...], unknown: Table) -> tuple[Cell, ...]:
    """Too few to stand alone join the largest cell; where there is one cell, it is everybody's."""
    largest = max(cells, key=lambda cell: cell.n)
    joined = replace(largest, table=largest.table + unknown)
    return tuple(joined if cell is largest else cell for cell in cells)


def _union(areas: Iterable[tuple[Cell, ...]]) -> tuple[Cell, ...]:
    """The cells of all areas, with everybody who gave no cell in one."""
    cells = [cell for area in areas for cell in area]
    known = [cell for cell in cells if cell.known]
    unknown = [cell for cell in cells if not cell.known]
    return (*known, sum(unknown[1:], start=unknown[0])) if unknown else tuple(known)


def collapse(cells: tuple[Cell, ...], *, strict: bool) -> tuple[Cell, ...]:
    """The collapse rule: drop gender first, then join an age band to its smaller neighbour, and so on."""
    while len(cells) > 1 and (worst := _worst(cells, strict)) is not None:
        without_gender = _without_gender(cells)
        cells = without_gender if len(without_gender) < len(cells) else _joined(cells, worst)
    return cells


def _minimum(strict: bool) -> int:
    return MINIMUM if strict else 1


def _worst(cells: tuple[Cell, ...], strict: bool) -> int | None:
    """The cell to put together with another, or None when all may stand."""
    too_small = [i for i, cell in enumerate(cells) if cell.n < _minimum(strict) or not cell.population]
    if too_small:
        return min(too_small, key=lambda i: cells[i].n)
    return _revealing(cells) if strict else None


def _revealing(cells: tuple[Cell, ...]) -> int | None:
    """A cell where everybody named the same theme says what each of them chose; a ratio of over 3 says
    that too few speak for too many."""
    for i, cell in enumerate(cells):
        if (cell.table.chosen == cell.n).any():
            return i
    ratios = [cell.population / cell.n for cell in cells]
    mean = sum(cell.population for cell in cells) / sum(cell.n for cell in cells)
    return ratios.index(max(ratios)) if max(ratios) > MAX_RATIO * mean else None


def _without_gender(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    by_band: dict[tuple[str, ...], Cell] = {}
    for cell in cells:
        by_band[cell.bands] = by_band[cell.bands] + cell if cell.bands in by_band else cell
    return tuple(by_band.values())


def _joined(cells: tuple[Cell, ...], i: int) -> tuple[Cell, ...]:
    """Cell i put together with the smaller of its neighbours in age."""
    neighbour = min((j for j in (i - 1, i + 1) if 0 <= j < len(cells)), key=lambda j: cells[j].n)
    low, high = sorted((i, neighbour))
    return (*cells[:low], cells[low] + cells[high], *cells[high + 1 :])


def _band_order(code: str) -> tuple[int, str]:
    """Bands by the age they start with, so that "5-15" comes before "16-34"."""
    digits = code[: len(code) - len(code.lstrip("0123456789"))]
    return int(digits or 0), code


def _added(left: Mapping[str, Summable], right: Mapping[str, Summable]) -> dict[str, Summable]:
    both = left.keys() & right.keys()
    return {**left, **right, **{code: left[code] + right[code] for code in both}}
