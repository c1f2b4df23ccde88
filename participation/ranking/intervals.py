"""Chance error: between which ranks a theme lies, for all themes at once (RANKING, section 2.6).

The method is that of Mogstad, Romano, Shaikh and Wilhelm (2023): a rank counts as certain only where
the difference with another theme is larger than the largest difference that chance gives any pair.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DRAWS = 10_000
CONFIDENCE = 0.95
NORMAL_95 = 1.959963984540054
# Below this part of the two variances a difference of zero is only rounding.
ROUNDING = 1e-12


def covariance(weights: Floats, sizes: Ints, together: Ints) -> Floats:
    """Sigma: the covariance of the shares, from cells with population share `weights` and n `sizes`.

    `together[c, i, j]` is how many in cell c put both i and j in their top. The diagonal has a floor, so
    that a theme that nobody or everybody chose is not held to be certain.
    """
    n = sizes[:, None, None].astype(float)
    shares = together / n
    chosen = np.diagonal(shares, axis1=1, axis2=2)
    spread = shares - chosen[:, :, None] * chosen[:, None, :]
    # One ballot in a cell shows no spread; the floor then speaks.
    sample = spread * n / np.maximum(n - 1, 1)
    sigma: Floats = (weights[:, None, None] ** 2 * sample / n).sum(axis=0)
    return _with_floor(sigma, int(sizes.sum()))


def _with_floor(sigma: Floats, n: int) -> Floats:
    floor = (1 / (n + 4)) * (1 - 1 / (n + 4)) / n
    diagonal = np.diagonal(sigma)
    return sigma + np.diag(np.maximum(floor - diagonal, 0))


def margins(shares: Floats, sigma: Floats) -> tuple[Floats, Floats]:
    """For the band in a chart: share ± 1.96 · √Σ_ii, kept within 0 and 1; 95% for each theme by itself."""
    half = NORMAL_95 * np.sqrt(np.diagonal(sigma))
    return np.clip(shares - half, 0, 1), np.clip(shares + half, 0, 1)


def rank_intervals(shares: Floats, sigma: Floats, *, seed: int, draws: int = DRAWS) -> tuple[Ints, Ints]:
    """The best and the worst rank of each theme, simultaneously right with 95% confidence."""
    errors = _pair_errors(sigma)
    limit = _critical(sigma, errors, seed=seed, draws=draws)
    difference = shares[:, None] - shares[None, :]
    # A pair without error is the same set of ballots twice: a tie, whatever rounding says.
    above = np.where(errors > 0, difference > limit * errors, False)
    return 1 + above.sum(axis=0), len(shares) - above.sum(axis=1)


def _pair_errors(sigma: Floats) -> Floats:
    """The standard error of each difference; zero where it is zero but for rounding."""
    diagonal = np.diagonal(sigma)
    both = diagonal[:, None] + diagonal[None, :]
    variance = both - 2 * sigma
    return np.sqrt(np.where(variance > ROUNDING * both, variance, 0))


def stability(shares: Floats, sigma: Floats, *, seed: int, top: int, draws: int = DRAWS) -> Floats:
    """Per theme in what part of the draws it is among the first `top`: how firm its place is, not a chance."""
    values = shares[:, None] + _root(sigma) @ _normals(len(sigma), seed, draws)
    ranks = 1 + (values[None, :, :] > values[:, None, :]).sum(axis=1)
    return np.asarray((ranks <= top).mean(axis=1))


def _root(sigma: Floats) -> Floats:
    values, vectors = np.linalg.eigh(sigma)
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0)))


def _normals(m: int, seed: int, draws: int) -> Floats:
    return np.random.Generator(np.random.PCG64(seed)).standard_normal((m, draws))


def _critical(sigma: Floats, errors: Floats, *, seed: int, draws: int) -> float:
    """What the largest standardised difference of any pair stays under in 95% of the draws."""
    root, normals = _root(sigma), _normals(len(sigma), seed, draws)
    largest = np.zeros(draws)
    for i in range(len(sigma)):
        others = np.flatnonzero(errors[i, i + 1 :]) + i + 1
        if len(others):
            standardised = (root[i] - root[others]) / errors[i, others, None]
            largest = np.maximum(largest, np.abs(standardised @ normals).max(axis=0))
    return float(np.quantile(largest, CONFIDENCE))
