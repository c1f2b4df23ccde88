import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from votelib.evaluate.condorcet import Schulze
from votelib.evaluate.core import Tie

from participation.ranking.schulze import schulze_groups, strongest_paths

matrices = st.integers(2, 6).flatmap(lambda m: arrays(np.int64, (m, m), elements=st.integers(0, 12)))


def without_diagonal(matrix):
    return np.where(np.eye(len(matrix), dtype=bool), 0, matrix)


def as_votes(matrix):
    m = len(matrix)
    return {(i, j): int(matrix[i, j]) for i in range(m) for j in range(m) if i != j}


def of_the_library(matrix, seats):
    """Who surely has one of the seats, and who ties for the last of them."""
    elected = Schulze().evaluate(as_votes(matrix), seats)
    sure = {each for each in elected if not isinstance(each, Tie)}
    tied = {option for each in elected if isinstance(each, Tie) for option in each}
    return sure, tied


def of_ours(groups, seats):
    sure: set[int] = set()
    for group in groups:
        if len(sure) + len(group) > seats:
            return sure, set(group) if len(sure) < seats else set()
        sure |= set(group)
    return sure, set()


@given(matrices)
def test_it_agrees_with_an_independent_library(matrix):
    matrix = without_diagonal(matrix)
    paths = strongest_paths(matrix)
    # The library leaves out an option that neither beats another nor is beaten.
    assume((paths != paths.T).any(axis=1).all())
    groups = schulze_groups(matrix)
    for seats in range(1, len(matrix)):
        assert of_ours(groups, seats) == of_the_library(matrix, seats)


@given(matrices)
def test_the_strongest_paths_are_those_of_the_library(matrix):
    matrix = without_diagonal(matrix)
    theirs = Schulze.widest_paths(as_votes(matrix))
    ours = strongest_paths(matrix)
    assert all(ours[pair] == strength for pair, strength in theirs.items())


@given(matrices)
def test_who_beats_everybody_comes_first(matrix):
    matrix = without_diagonal(matrix)
    wins = (matrix > matrix.T).sum(axis=1)
    for option in np.flatnonzero(wins == len(matrix) - 1):
        assert schulze_groups(matrix)[0] == (option,)


def test_options_that_nobody_compared_share_a_group():
    assert schulze_groups(np.zeros((3, 3), dtype=np.int64)) == ((0, 1, 2),)


def test_a_cycle_is_broken_at_its_weakest_link():
    matrix = np.array([[0, 8, 4], [2, 0, 7], [6, 3, 0]])
    assert schulze_groups(matrix) == ((0,), (1,), (2,))


def test_no_options_make_no_groups():
    assert schulze_groups(np.zeros((0, 0), dtype=np.int64)) == ()
