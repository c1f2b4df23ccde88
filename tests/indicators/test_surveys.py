"""The arithmetic of surveys at the door."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import surveys
from indicators.periods import Period

SAMPLES = st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
GRADES = st.lists(st.integers(1, 10), min_size=2, max_size=300)


@given(SAMPLES)
def test_the_margins_of_a_share_contain_it_and_stay_between_none_and_all(sample: tuple[int, int]) -> None:
    share = surveys.share_of(*sample)
    assert 0 <= share.low <= share.value <= share.high <= 1
    assert share.low < share.high


@given(SAMPLES)
def test_the_margins_of_a_share_shrink_with_more_answers(sample: tuple[int, int]) -> None:
    few = surveys.share_of(*sample)
    many = surveys.share_of(sample[0] * 4, sample[1] * 4)
    assert many.high - many.low < few.high - few.low


@given(SAMPLES)
def test_a_share_and_what_is_left_of_it_have_mirrored_margins(sample: tuple[int, int]) -> None:
    counted, n = sample
    share, rest = surveys.share_of(counted, n), surveys.share_of(n - counted, n)
    assert share.low == pytest.approx(1 - rest.high)
    assert share.high == pytest.approx(1 - rest.low)


def test_the_margins_of_a_share_are_those_of_wilson() -> None:
    # Newcombe (1998, Statistics in Medicine 17, pp. 857-872): 81 of 263 gives 0.2553 to 0.3662.
    share = surveys.share_of(81, 263)
    assert (share.low, share.high) == pytest.approx((0.2553, 0.3662), abs=5e-5)


@pytest.mark.parametrize(("counted", "n"), [(1, 0), (0, 0), (-1, 5), (6, 5)])
def test_a_share_that_cannot_be_is_refused(counted: int, n: int) -> None:
    with pytest.raises(ValueError, match="of"):
        surveys.share_of(counted, n)


@given(GRADES)
def test_the_margins_of_a_mean_contain_it(grades: list[int]) -> None:
    mean = surveys.mean_of(grades)
    assert mean.low <= mean.value <= mean.high
    assert 1 <= mean.value <= 10


@given(GRADES)
def test_the_margins_of_a_mean_shrink_with_more_answers(grades: list[int]) -> None:
    few, many = surveys.mean_of(grades), surveys.mean_of(grades * 4)
    assert many.high - many.low <= few.high - few.low


@given(GRADES)
def test_a_mean_is_the_same_from_what_is_kept_of_the_answers(grades: list[int]) -> None:
    mean = surveys.mean_of(grades)
    assert surveys.mean_from(mean.n, mean.value, mean.spread) == mean


@pytest.mark.parametrize(
    ("freedom", "point"), [(6, 2.44691), (9, 2.26216), (29, 2.04523), (99, 1.98422), (1000, 1.96234)]
)
def test_the_points_of_student_are_those_of_the_tables(freedom: int, point: float) -> None:
    assert surveys.t_point(freedom) == pytest.approx(point, abs=1e-3)


def test_one_answer_has_no_mean() -> None:
    with pytest.raises(ValueError, match="1 answers"):
        surveys.mean_of([7])


@given(SAMPLES)
def test_a_figure_does_not_differ_from_itself(sample: tuple[int, int]) -> None:
    share = surveys.share_of(*sample)
    assert surveys.difference(share, share).verdict == "unclear"


@given(SAMPLES, SAMPLES)
def test_a_difference_read_backwards_is_its_opposite(one: tuple[int, int], other: tuple[int, int]) -> None:
    before, after = surveys.share_of(*one), surveys.share_of(*other)
    there, back = surveys.difference(before, after), surveys.difference(after, before)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert there.low <= there.change <= there.high


def test_the_margin_of_a_difference_is_that_of_newcombe() -> None:
    # Newcombe (1998, Statistics in Medicine 17, pp. 873-890, method 10): 56/70 and 48/80.
    found = surveys.difference(surveys.share_of(48, 80), surveys.share_of(56, 70))
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert found.verdict == "higher"


def test_a_small_difference_of_few_people_may_be_chance() -> None:
    assert surveys.difference(surveys.share_of(20, 40), surveys.share_of(24, 40)).verdict == "unclear"
    assert surveys.difference(surveys.share_of(200, 400), surveys.share_of(140, 400)).verdict == "lower"


COUNTS = st.dictionaries(st.integers(1, 9), st.integers(0, 80), max_size=9)


@given(COUNTS)
def test_what_is_left_out_cannot_be_worked_out_for_a_few_people(counts: dict[int, int]) -> None:
    visible = surveys.shown(counts)
    assert all(counts[area] >= 30 for area in visible)
    rest = sum(n for area, n in counts.items() if area not in visible)
    assert rest == 0 or rest >= 10 or not visible


@given(COUNTS)
def test_at_most_one_large_part_is_left_out(counts: dict[int, int]) -> None:
    large = {area for area, n in counts.items() if n >= 30}
    assert len(large - surveys.shown(counts)) <= 1


@given(st.integers(0, 10_000))
def test_a_count_in_steps_never_says_more_than_there_are(count: int) -> None:
    assert 0 <= count - surveys.in_steps(count) < surveys.STEP


@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)), st.sampled_from(["year", "quarter", "month"]))
def test_a_day_lies_in_its_period(day: dt.date, granularity: str) -> None:
    period = surveys.period_of(day, granularity)  # type: ignore[arg-type]
    assert period.start <= day <= period.end
    assert period.granularity == granularity
    assert Period.from_code(period.code) == period


def test_a_measurement_opens_and_closes_and_never_goes_back() -> None:
    states = ("draft", "open", "closed")
    may = {(one, other) for one in states for other in states if surveys.may_go(one, other)}
    assert may == {("draft", "open"), ("open", "closed")}
