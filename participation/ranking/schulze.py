"""The Schulze method (winning votes): who is preferred to whom, directly or along a chain of others."""

from itertools import groupby

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.int64]


def strongest_paths(pairwise: Matrix) -> Matrix:
    """The strength of the strongest chain from row to column; a link is as strong as its winning votes."""
    paths = np.where(pairwise > pairwise.T, pairwise, 0)
    for via in range(len(paths)):
        paths = np.maximum(paths, np.minimum(paths[:, via : via + 1], paths[via : via + 1, :]))
    np.fill_diagonal(paths, 0)
    return paths


def schulze_groups(pairwise: Matrix) -> tuple[tuple[int, ...], ...]:
    """The options in order, best first; those that the method cannot separate share a group."""
    paths = strongest_paths(pairwise)
    wins = (paths > paths.T).sum(axis=1)
    order = sorted(range(len(wins)), key=lambda option: (-wins[option], option))
    return tuple(tuple(group) for _, group in groupby(order, key=lambda option: wins[option]))
