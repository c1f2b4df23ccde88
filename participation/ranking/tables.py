"""From ballots to tables of counts. Everything in a result is a sum over these."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from participation.ranking.ballots import UNUSED, BallotBox

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

HEADLINE_PLACES = 3


@dataclass(frozen=True, eq=False)
class Table:
    """What a group of ballots adds up to. Tables of separate groups add up to that of the whole.

    `places[i, r]`: ballots with theme i in place r; `together[i, j]`: ballots with both in the first H;
    `pairwise[i, j]`: ballots with i before j, where a theme not chosen comes after every chosen one.
    """

    n: int
    abstentions: int
    places: Ints
    together: Ints
    pairwise: Ints

    def __add__(self, other: "Table") -> "Table":
        return Table(
            self.n + other.n,
            self.abstentions + other.abstentions,
            self.places + other.places,
            self.together + other.together,
            self.pairwise + other.pairwise,
        )

    @property
    def chosen(self) -> Ints:
        """Per theme, how many put it in their first H places."""
        return np.diagonal(self.together)

    @property
    def points(self) -> Ints:
        """Per theme the sum of H, H-1, .., 1 points for the first H places."""
        h = headline(self.places.shape[1])
        return self.places[:, :h] @ np.arange(h, 0, -1)


def headline(k: int) -> int:
    """H: how many places count for the headline share when K themes may be put in order."""
    return min(k, HEADLINE_PLACES)


def empty_table(m: int, k: int) -> Table:
    square = np.zeros((m, m), dtype=np.int64)
    return Table(0, 0, np.zeros((m, k), dtype=np.int64), square, square)


def tabulate(box: BallotBox, *, k: int) -> dict[tuple[str, str], Table]:
    """The table of each (area, cell) that has ballots; cell "" holds those who gave none.

    Equal ballots are put together first: a top three of eleven themes has few patterns, however many vote.
    """
    groups, places, counts = _patterns(box)
    if not len(groups):
        return {}
    starts = np.flatnonzero(np.diff(groups, prepend=groups[0] - 1))
    ranks = _ranks(places, len(box.themes), unranked=k)
    used = (places != UNUSED).any(axis=1)
    arrays = zip(
        np.add.reduceat(counts * used, starts),
        np.add.reduceat(counts * ~used, starts),
        _place_counts(places, counts, starts, shape=(len(box.themes), k)),
        _per_pair(ranks, counts, starts, lambda i, all_: (i < headline(k)) & (all_ < headline(k))),
        _per_pair(ranks, counts, starts, lambda i, all_: i < all_),
        strict=True,
    )
    keys = [_key(box, int(group)) for group in groups[starts]]
    return {key: Table(int(row[0]), int(row[1]), *row[2:]) for key, row in zip(keys, arrays, strict=True)}


def _key(box: BallotBox, group: int) -> tuple[str, str]:
    area, cell = divmod(group, len(box.cells) + 1)
    return box.areas[area], ("", *box.cells)[cell]


def _patterns(box: BallotBox) -> tuple[Ints, NDArray[np.int8], Ints]:
    """Group, places and count of every different ballot, in order of group."""
    groups = box.area_of * (len(box.cells) + 1) + box.cell_of + 1
    label = groups
    for column in box.places.T:
        # Numbering anew after every place keeps the labels small, whatever K and m are.
        numbered = label * (len(box.themes) + 1) + column + 1
        label = np.unique(numbered, return_inverse=True)[1]
    _, first, label = np.unique(label, return_index=True, return_inverse=True)
    counts = np.zeros(len(first), dtype=np.int64)
    np.add.at(counts, label, box.counts)
    return groups[first], box.places[first], counts


def _ranks(places: NDArray[np.int8], m: int, *, unranked: int) -> NDArray[np.int16]:
    """Per ballot and theme its place from 0; `unranked` for a theme not chosen."""
    ranks = np.full((len(places), m), unranked, dtype=np.int16)
    for place, column in enumerate(places.T):
        rows = np.flatnonzero(column != UNUSED)
        ranks[rows, column[rows]] = place
    return ranks


def _place_counts(places: NDArray[np.int8], counts: Ints, starts: Ints, *, shape: tuple[int, int]) -> Ints:
    group = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(counts)))
    result = np.zeros((len(starts), *shape), dtype=np.int64)
    for place, column in enumerate(places.T):
        rows = np.flatnonzero(column != UNUSED)
        np.add.at(result[:, :, place], (group[rows], column[rows]), counts[rows])
    return result


def _per_pair(
    ranks: NDArray[np.int16],
    counts: Ints,
    starts: Ints,
    holds: Callable[[NDArray[np.int16], NDArray[np.int16]], Bools],
) -> Ints:
    """Per group and pair of themes (i, j), how many ballots have `holds(rank of i, rank of j)`."""
    m = ranks.shape[1]
    result = np.zeros((len(starts), m, m), dtype=np.int64)
    for i in range(m):
        relation = holds(ranks[:, i : i + 1], ranks)
        result[:, i] = np.add.reduceat(relation * counts[:, None], starts, axis=0)
    return result
