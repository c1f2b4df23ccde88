import pytest
from hypothesis import given
from hypothesis import strategies as st

from haarlemveilig.ui.charts.scale import axis_for, steps_between, with_periods
from tests.haarlemveilig.ui.charts.samples import numbers


def test_counts_start_at_zero_however_close_they_lie() -> None:
    axis = axis_for([981, 1012, 1003])
    assert (axis.low, axis.high) == (0, 1200)
    assert [axis.printed(tick) for tick in axis.ticks][-2:] == ["1.000", "1.200"]


def test_scores_that_lie_close_may_start_higher_and_the_axis_knows_it() -> None:
    axis = axis_for([71, 74, 69], from_data=True)
    assert (axis.low, axis.high) == (69, 74)
    assert axis.is_cut


def test_scores_that_lie_far_apart_start_at_zero_all_the_same() -> None:
    assert not axis_for([20, 74], from_data=True).is_cut


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], ["0", "1"]),
        ([0, 0], ["0", "1"]),
        ([1], ["0", "1"]),
        ([3], ["0", "1", "2", "3"]),
        ([0.04], ["0", "0,01", "0,02", "0,03", "0,04"]),
        ([12, -8], ["-10", "-5", "0", "5", "10", "15"]),
        ([-3], ["-3", "-2", "-1", "0"]),
        ([2_400_000], ["0", "0,5 mln", "1,0 mln", "1,5 mln", "2,0 mln", "2,5 mln"]),
    ],
)
def test_the_marks_are_round_numbers(values: list[float], expected: list[str]) -> None:
    axis = axis_for(values)
    assert [axis.printed(tick) for tick in axis.ticks] == expected


def test_people_are_not_counted_in_halves() -> None:
    assert [axis_for([2]).printed(tick) for tick in axis_for([2]).ticks] == ["0", "1", "2"]


def test_a_share_has_its_sign_at_every_mark() -> None:
    axis = axis_for([97])
    assert [axis.printed(tick, "%") for tick in axis.ticks][-1] == "100%"


@given(st.lists(numbers, max_size=30), st.booleans())
def test_every_value_fits_and_the_marks_run_from_end_to_end(values: list[float], from_data: bool) -> None:
    axis = axis_for(values, from_data=from_data)
    slack = (axis.high - axis.low) * 1e-6
    assert all(axis.low - slack <= value <= axis.high + slack for value in values)
    assert 2 <= len(axis.ticks) <= 12
    assert axis.ticks[0] == axis.low
    assert axis.ticks[-1] == axis.high
    assert list(axis.ticks) == sorted(set(axis.ticks))


@given(st.lists(numbers, min_size=2))
def test_a_higher_value_never_stands_lower(values: list[float]) -> None:
    axis = axis_for(values)
    places = [axis.part(value) for value in sorted(values)]
    assert places == sorted(places)
    assert all(0 <= place <= 1 for place in places)


def test_a_year_that_was_skipped_takes_its_room() -> None:
    assert steps_between(("2019", "2021", "2022", "2023")) == (0, 0.5, 0.75, 1)


@pytest.mark.parametrize(
    "labels", [("mei", "juni", "juli"), ("2021", "2020", "2022"), ("2020", "2020", "2021")]
)
def test_other_periods_stand_at_equal_steps(labels: tuple[str, ...]) -> None:
    assert steps_between(labels) == (0, 0.5, 1)


def test_one_period_stands_in_the_middle() -> None:
    assert steps_between(("2024",)) == (0.5,)
    assert steps_between(()) == ()


def test_the_year_of_a_target_joins_the_others_in_order() -> None:
    assert with_periods(("2023", "2025"), ("2024", "", "2027")) == ("2023", "2024", "2025", "2027")
    assert with_periods(("mei", "juni"), ("eind 2027",)) == ("mei", "juni", "eind 2027")
