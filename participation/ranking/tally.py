"""The count: from ballots to the result of an area, of all areas, and of the whole (RANKING, section 2).

With thresholds on, what too few people stand behind is not in the result at all: it is None here, so
that no page or file can show it by mistake.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from haarlemveilig.disclosure import tier
from participation.ranking import intervals
from participation.ranking.ballots import BallotBox, BallotError, BallotLine, box_of
from participation.ranking.intervals import Floats
from participation.ranking.results import AreaTally, CellTally, Label, RoundTally, ThemeTally, disclosed
from participation.ranking.schulze import schulze_groups
from participation.ranking.tables import Ints, Table, empty_table, tabulate
from participation.ranking.weighting import (
    AreaCells,
    CellPopulation,
    Weighting,
    cells_of,
    unweighted,
    weigh,
)

TOP = 3
# A percentage of fewer than ten ballots is left blank in the matrix.
MINIMUM_PAIR = 10

__all__ = ["AreaTally", "CellTally", "Label", "RoundTally", "ThemeTally", "count", "count_areas"]


def count(
    ballots: Iterable[BallotLine] | BallotBox,
    *,
    themes: Sequence[str],
    k: int,
    cells: Iterable[CellPopulation] | None = None,
    thresholds: bool = True,
    seed: int = 0,
) -> AreaTally | None:
    """Count these ballots as one whole: a wijk, or the union of the wijken they come from (section 2.3).

    None when nobody chose anything. BallotError when a ballot is not right, or `cells` do not fit the
    areas and cells of the ballots. In a published result `seed` comes from the Merkle root.
    """
    return count_areas(ballots, themes=themes, k=k, cells=cells, thresholds=thresholds, seed=seed).total


def count_areas(
    ballots: Iterable[BallotLine] | BallotBox,
    *,
    themes: Sequence[str],
    k: int,
    cells: Iterable[CellPopulation] | None = None,
    thresholds: bool = True,
    seed: int = 0,
) -> RoundTally:
    """Count each area by itself and all of them together; otherwise as `count`."""
    box = ballots if isinstance(ballots, BallotBox) else box_of(ballots, themes=themes, k=k)
    if box.themes != tuple(themes) or box.places.shape[1] > k:
        raise BallotError("de stembiljetten zijn niet van deze ronde")
    areas = _areas(tabulate(box, k=k), cells)
    rules = _Rules(tuple(themes), k, thresholds, seed, weighted=cells is not None)
    results = {area.code: _result([area], rules) for area in areas}
    shown = {code: result for code, result in results.items() if result is not None}
    return RoundTally(shown, _result(areas, rules))


@dataclass(frozen=True)
class _Rules:
    """What the round and the caller have set."""

    themes: tuple[str, ...]
    k: int
    thresholds: bool
    seed: int
    weighted: bool


def _areas(
    tables: Mapping[tuple[str, str], Table], cells: Iterable[CellPopulation] | None
) -> list[AreaCells]:
    by_area: dict[str, dict[str, Table]] = {}
    for (area, code), table in tables.items():
        by_area.setdefault(area, {})[code] = table
    populations = _populations(cells or ())
    if cells is not None:
        _check_cells(by_area, populations)
    return [AreaCells(area, by_area[area], populations.get(area, {})) for area in sorted(by_area)]


def _populations(cells: Iterable[CellPopulation]) -> dict[str, dict[str, Fraction]]:
    populations: dict[str, dict[str, Fraction]] = {}
    for each in cells:
        populations.setdefault(each.area, {})[each.code] = Fraction(each.population)
    return populations


def _check_cells(
    by_area: Mapping[str, Mapping[str, Table]], populations: Mapping[str, Mapping[str, Fraction]]
) -> None:
    for area, tables in by_area.items():
        if not sum(populations.get(area, {}).values()):
            raise BallotError(f"van het gebied {area!r} is geen bevolking bekend")
        if strange := sorted(tables.keys() - populations[area].keys() - {""}):
            raise BallotError(f"de cel {strange[0]!r} is in het gebied {area!r} onbekend")


def _result(areas: Sequence[AreaCells], rules: _Rules) -> AreaTally | None:
    empty = empty_table(len(rules.themes), rules.k)
    table = sum((table for area in areas for table in area.tables.values()), start=empty)
    if not table.n:
        return None
    cells = cells_of(areas, empty=empty, strict=rules.thresholds) if rules.weighted else ()
    result = _counted(table, weigh(cells) if cells else None, rules)
    return disclosed(result) if rules.thresholds else result


def _counted(table: Table, weighting: Weighting | None, rules: _Rules) -> AreaTally:
    """Everything there is to say; what of it may be shown is for `disclosed`."""
    raw_because = weighting.objection() if weighting and rules.thresholds else None
    weights = None if raw_because else weighting
    groups = schulze_groups(table.pairwise)
    tops = _tops(weights or unweighted(table), groups)
    agreed, named = set.intersection(*tops), set.union(*tops)
    sigma = _covariance(weights or unweighted(table))
    return AreaTally(
        tier=tier(table.n),
        themes=_theme_tallies(table, weights, sigma, rules),
        n=table.n,
        abstentions=table.abstentions,
        pairwise=_pairwise(table, rules),
        few_pairs=_few_pairs(table, rules),
        deff=float(weighting.deff) if weighting else None,
        n_eff=float(weighting.n_eff) if weighting else None,
        cells=_cell_tallies(weighting) if weighting else None,
        covariance=tuple(map(tuple, sigma.tolist())),
        raw_because=raw_because,
        schulze=tuple(_names(group, rules) for group in groups),
        robust=agreed == named,
        disputed=_names(sorted(named - agreed), rules),
    )


def _covariance(headline: Weighting) -> Floats:
    return intervals.covariance(
        np.array(_floats(headline.shares)),
        np.array([cell.n for cell in headline.cells]),
        np.array([cell.table.together for cell in headline.cells]),
    )


def _theme_tallies(
    table: Table, weights: Weighting | None, sigma: Floats, rules: _Rules
) -> dict[str, ThemeTally]:
    raw, headline = unweighted(table), weights or unweighted(table)
    shares = headline.mean(_chosen)
    columns = {
        "chosen": table.chosen.tolist(),
        "places": [tuple(row) for row in table.places.tolist()],
        "share_raw": _floats(raw.mean(_chosen)),
        "points_raw": _floats(raw.mean(_points)),
        "rank": _ranks(shares),
        **_uncertainty(shares, sigma, rules),
    }
    if weights:
        columns |= {"share_weighted": _floats(shares), "points_weighted": _floats(weights.mean(_points))}
    rows = zip(*columns.values(), strict=True)
    per_theme = zip(rules.themes, rows, strict=True)
    return {theme: ThemeTally(**dict(zip(columns, row, strict=True))) for theme, row in per_theme}


def _uncertainty(shares: Sequence[Fraction], sigma: Floats, rules: _Rules) -> dict[str, list[Any]]:
    values = np.array(_floats(shares))
    low, high = intervals.rank_intervals(values, sigma, seed=rules.seed)
    margin_low, margin_high = intervals.margins(values, sigma)
    return {
        "rank_low": low.tolist(),
        "rank_high": high.tolist(),
        "label": [_label(*each) for each in zip(low, high, strict=True)],
        "margin_low": margin_low.tolist(),
        "margin_high": margin_high.tolist(),
    }


def _label(low: int, high: int) -> Label:
    if high <= TOP:
        return Label.IN
    return Label.POSSIBLE if low <= TOP else Label.OUT


def _ranks(values: Sequence[Fraction]) -> list[int]:
    """1224: as many as are better, plus one. Fractions, so that a tie is a tie."""
    ordered = sorted(values, reverse=True)
    return [ordered.index(value) + 1 for value in values]


def _tops(headline: Weighting, groups: Sequence[Sequence[int]]) -> list[set[int]]:
    """The top 3 by share, by points and by Schulze, each with everybody who ties for third."""
    by_scores = [_ranks(headline.mean(_chosen)), _ranks(headline.mean(_points))]
    by_schulze: set[int] = set()
    for group in groups:
        by_schulze |= set(group) if len(by_schulze) < TOP else set()
    return [{i for i, rank in enumerate(ranks) if rank <= TOP} for ranks in by_scores] + [by_schulze]


def _pairwise(table: Table, rules: _Rules) -> dict[str, dict[str, int | None]]:
    blank = _blank(table, rules)
    return {
        row: {
            column: None if blank[i, j] else int(table.pairwise[i, j])
            for j, column in enumerate(rules.themes)
        }
        for i, row in enumerate(rules.themes)
    }


def _few_pairs(table: Table, rules: _Rules) -> tuple[tuple[str, str, int], ...]:
    themes = rules.themes
    return tuple(
        (themes[i], themes[j], int(table.pairwise[i, j]))
        for i, j in np.argwhere(_blank(table, rules)).tolist()
    )


def _blank(table: Table, rules: _Rules) -> NDArray[np.bool_]:
    """The pairs that too few people named for a percentage."""
    named = table.pairwise + table.pairwise.T
    blank: NDArray[np.bool_] = (named < MINIMUM_PAIR) & rules.thresholds & ~np.eye(len(named), dtype=bool)
    return blank


def _cell_tallies(weighting: Weighting) -> tuple[CellTally, ...]:
    return tuple(
        CellTally(cell.area, cell.codes, cell.n, share, tuple(map(tuple, cell.table.places.tolist())))
        for cell, share in zip(weighting.cells, weighting.shares, strict=True)
    )


def _names(themes: Iterable[int], rules: _Rules) -> tuple[str, ...]:
    return tuple(rules.themes[i] for i in themes)


def _chosen(table: Table) -> Ints:
    return table.chosen


def _points(table: Table) -> Ints:
    return table.points


def _floats(values: Iterable[Fraction]) -> list[float]:
    return [float(value) for value in values]
