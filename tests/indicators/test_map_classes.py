from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from indicators.map_classes import CLASSES, MIDDLE, map_classes

VALUES = st.lists(st.floats(0, 100_000, allow_nan=False).map(lambda value: round(value, 1)), min_size=1)


def test_the_borders_are_round() -> None:
    assert map_classes([4, 37, 15, 22]).borders == (10, 20, 30, 40)


def test_counts_are_never_split_finer_than_one() -> None:
    assert map_classes([5, 6, 7], narrowest=1).borders == (6, 7, 8, 9)


def test_equal_values_are_all_in_the_middle() -> None:
    classes = map_classes([12, 12])
    assert classes.borders == ()
    assert classes.level(12) == MIDDLE


def test_zero_is_never_darker_than_the_first_class() -> None:
    assert map_classes([0, 0]).level(0) == 1
    assert map_classes([0, 12], narrowest=1).level(0) == 1


def test_a_value_on_a_border_belongs_to_the_class_above() -> None:
    assert map_classes([0, 50]).level(10) == 2


@given(VALUES)
def test_every_value_has_one_of_five_classes_and_more_is_never_lighter(values: list[float]) -> None:
    classes = map_classes(values)
    levels = [classes.level(value) for value in sorted(values)]
    assert levels == sorted(levels)
    assert all(1 <= level <= CLASSES for level in levels)


@given(VALUES)
def test_the_ranges_join_without_a_gap(values: list[float]) -> None:
    ranges = map_classes(values).ranges
    assert ranges[0][1] is None
    assert ranges[-1][2] is None
    assert all(one[2] == after[1] for one, after in pairwise(ranges))
