import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.ranking.intervals import covariance, margins, rank_intervals, stability


def indicators(rng, n, shares):
    return (rng.random((n, len(shares))) < np.array(shares)).astype(np.int64)


def sigma_of(cells, weights=None):
    """Sigma straight from the ballots: one array of 0/1 rows per cell."""
    sizes = np.array([len(cell) for cell in cells])
    weights = np.array(weights) if weights else sizes / sizes.sum()
    together = np.array([cell.T @ cell for cell in cells])
    return covariance(weights, sizes, together)


def test_sigma_is_the_weighted_sum_of_the_covariances_of_the_cells():
    rng = np.random.default_rng(1)
    cells = [indicators(rng, 40, [0.5, 0.3, 0.7]), indicators(rng, 25, [0.4, 0.6, 0.2])]
    expected = sum(
        weight**2 * np.cov(cell, rowvar=False, ddof=1) / len(cell)
        for weight, cell in zip([0.3, 0.7], cells, strict=True)
    )
    assert np.allclose(sigma_of(cells, [0.3, 0.7]), expected)


def test_a_theme_that_nobody_chose_is_not_held_to_be_certain():
    sigma = sigma_of([np.array([[1, 0]] * 50 + [[0, 0]] * 50)])
    assert sigma[1, 1] == pytest.approx((1 / 104) * (1 - 1 / 104) / 100)


def test_one_ballot_in_a_cell_gives_no_error():
    assert np.isfinite(sigma_of([np.array([[1, 0, 1]])])).all()


def test_large_differences_give_sure_ranks():
    rng = np.random.default_rng(2)
    cell = indicators(rng, 2000, [0.9, 0.6, 0.3, 0.1])
    low, high = rank_intervals(cell.mean(axis=0), sigma_of([cell]), seed=1)
    assert low.tolist() == high.tolist() == [1, 2, 3, 4]


def test_equal_shares_give_every_rank():
    cell = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]] * 40)
    low, high = rank_intervals(cell.mean(axis=0), sigma_of([cell]), seed=1)
    assert low.tolist() == [1, 1, 1]
    assert high.tolist() == [3, 3, 3]


def test_two_themes_that_the_same_people_chose_are_tied():
    cell = np.array([[1, 1, 0]] * 60 + [[0, 0, 1]] * 40)
    low, high = rank_intervals(cell.mean(axis=0), sigma_of([cell]), seed=1)
    assert low[0] == low[1] == 1
    assert high[0] == high[1] >= 2


@given(st.integers(0, 2**64 - 1), st.lists(st.floats(0.05, 0.95), min_size=1, max_size=6))
def test_the_interval_always_holds_the_rank(seed, shares):
    cell = indicators(np.random.default_rng(3), 60, shares)
    observed = cell.mean(axis=0)
    low, high = rank_intervals(observed, sigma_of([cell]), seed=seed, draws=500)
    rank = 1 + (observed[:, None] < observed[None, :]).sum(axis=1)
    assert ((low >= 1) & (low <= rank) & (rank <= high) & (high <= len(shares))).all()


def test_the_same_seed_gives_the_same_intervals():
    cell = indicators(np.random.default_rng(4), 100, [0.5, 0.4, 0.3, 0.2])
    sigma, shares = sigma_of([cell]), cell.mean(axis=0)
    first, second = (rank_intervals(shares, sigma, seed=7) for _ in range(2))
    assert np.array_equal(first, second)


def test_all_ranks_together_are_right_about_95_times_in_100():
    rng, shares, n = np.random.default_rng(5), [0.4, 0.4, 0.4, 0.4], 200
    right = 0
    for _ in range(200):
        cell = indicators(rng, n, shares)
        low, high = rank_intervals(cell.mean(axis=0), sigma_of([cell]), seed=1, draws=2000)
        right += bool((low == 1).all() and (high == 4).all())
    assert 180 <= right <= 200


def test_the_margin_of_half_of_a_hundred_is_nearly_ten_points():
    cell = np.array([[1, 0]] * 50 + [[0, 1]] * 50)
    low, high = margins(cell.mean(axis=0), sigma_of([cell]))
    assert high[0] - 0.5 == pytest.approx(1.96 * np.sqrt(0.25 / 99), abs=1e-4)
    assert 0.5 - low[0] == pytest.approx(high[0] - 0.5)


def test_a_margin_stays_between_nothing_and_all():
    low, high = margins(np.array([0.01, 0.99]), np.eye(2) * 0.01)
    assert low[0] == 0
    assert high[1] == 1


def test_a_theme_far_ahead_is_stable_and_equal_themes_share_the_places() -> None:
    sigma = np.eye(5) * 0.0001
    found = stability(np.array([0.9, 0.5, 0.5, 0.5, 0.1]), sigma, seed=1, top=3)
    assert found[0] == 1
    assert found[4] == 0
    assert np.allclose(found[1:4], 2 / 3, atol=0.03)
    assert np.isclose(found.sum(), 3)
