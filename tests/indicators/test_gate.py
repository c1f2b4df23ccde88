"""What may be public: no small count, not even by subtraction, and no figure of a few answers."""

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.display import CellView
from indicators.gate import (
    SMALLEST_SHOWN,
    Count,
    gated_sensitive,
    gated_survey,
    hidden_areas,
    hidden_in_all,
)

CITY = Count(1, None, "gemeente", 100)


def wijken(*values: float | None, parent: int = 1) -> list[Count]:
    return [Count(area_id, parent, "wijk", value) for area_id, value in enumerate(values, start=10)]


def answered(n: int | None) -> CellView:
    return CellView("2021", "17,5%", "normal", value=17.5, n=n, low=15.0, high=20.0)


def test_a_count_of_five_or_more_is_shown() -> None:
    assert hidden_areas([CITY, *wijken(5, 12, 30)]) == frozenset()


def test_a_small_count_takes_its_smallest_neighbour_along() -> None:
    assert hidden_areas([CITY, *wijken(3, 30, 12)]) == {10, 12}


def test_two_small_counts_that_are_not_five_together_take_another_along() -> None:
    assert hidden_areas([CITY, *wijken(1, 2, 30, 12)]) == {10, 11, 13}


def test_nothing_in_the_whole_city_is_hidden() -> None:
    assert hidden_areas([Count(1, None, "gemeente", 3)]) == frozenset()


def test_zero_and_unknown_are_no_small_counts() -> None:
    assert hidden_areas([CITY, *wijken(0, None, 12)]) == frozenset()


def test_a_published_stadsdeel_gives_its_wijken_away_too() -> None:
    stadsdelen = [Count(5, 1, "stadsdeel", 22), Count(6, 1, "stadsdeel", 16)]
    one = [
        Count(10, 5, "wijk", 2),
        Count(11, 5, "wijk", 20),
        Count(12, 6, "wijk", 7),
        Count(13, 6, "wijk", 9),
    ]
    assert hidden_areas([CITY, *stadsdelen, *one]) == {10, 11}
    assert hidden_areas([CITY, *one]) == {10, 12}


def test_what_lies_in_a_hidden_area_is_hidden_or_it_would_add_up_to_it() -> None:
    buurten = [Count(20, 11, "buurt", 6), Count(21, 11, "buurt", 6), Count(22, 12, "buurt", 30)]
    assert hidden_areas([CITY, *wijken(3, 12, 30), *buurten]) == {10, 11, 20, 21}


def test_what_a_source_hides_or_gives_as_a_bound_is_not_found_by_subtraction() -> None:
    bound = Count(13, 1, "wijk", 5, may_be_small=True)
    assert hidden_areas([CITY, *wijken(9, 12, 30), bound]) == {13, 10}
    assert hidden_areas([CITY, *wijken(9, 12, 30), Count(13, 1, "wijk", None, may_be_small=True)]) == {13, 10}


def test_men_and_women_do_not_give_away_what_is_hidden_in_the_total() -> None:
    everybody, men, women = wijken(12, 30, 40), wijken(3, 16, 14), wijken(9, 14, 26)
    assert hidden_in_all([everybody, men, women]) == {10, 12}


@given(
    st.lists(
        st.tuples(st.sampled_from([5, 6, 7]), st.one_of(st.none(), st.integers(0, 40))),
        min_size=1,
        max_size=21,
    )
)
def test_no_group_of_which_the_total_is_known_gives_a_small_count_away(
    wijken: list[tuple[int, int | None]],
) -> None:
    counts = [Count(number, parent, "wijk", value) for number, (parent, value) in enumerate(wijken, start=10)]
    stadsdelen = [Count(parent, 1, "stadsdeel", 1000) for parent in (5, 6, 7)]
    hidden = hidden_areas([CITY, *stadsdelen, *counts])
    known = [count for count in counts if count.value is not None]
    assert all(count.area_id in hidden for count in known if 0 < (count.value or 0) < SMALLEST_SHOWN)
    by_parent = [list(members) for _parent, members in groupby(sorted(known, key=_parent), key=_parent)]
    for group in [known, *by_parent]:
        covered = [count.value or 0 for count in group if count.area_id in hidden]
        everything = len(covered) == len(group)
        assert not covered or everything or (len(covered) >= 2 and sum(covered) >= SMALLEST_SHOWN)


def _parent(count: Count) -> int:
    return count.parent_id or 0


@pytest.mark.parametrize("n", [0, 9])
def test_under_ten_answers_not_even_their_number_is_shown(n: int) -> None:
    cell = gated_survey(answered(n), is_city=True)
    assert (cell.value, cell.printed, cell.n, cell.low) == (None, "", None, None)


@pytest.mark.parametrize("n", [10, 29])
def test_under_thirty_answers_only_their_number_is_shown(n: int) -> None:
    cell = gated_survey(answered(n), is_city=False)
    assert (cell.value, cell.n) == (None, n)
    assert str(n) in cell.explanation


@pytest.mark.parametrize(("n", "status"), [(30, "low_reliability"), (99, "low_reliability"), (100, "normal")])
def test_from_thirty_answers_the_figure_is_shown_under_a_hundred_with_care(n: int, status: str) -> None:
    cell = gated_survey(answered(n), is_city=False)
    assert (cell.value, cell.status) == (17.5, status)


def test_a_survey_that_does_not_say_how_many_answered_is_shown_for_the_whole_city_only() -> None:
    assert gated_survey(answered(None), is_city=True).value == 17.5
    assert gated_survey(answered(None), is_city=False).value is None


def sensitive(cell: CellView, *, is_count: bool = True, is_earlier: bool = False) -> CellView:
    return gated_sensitive(cell, is_count=is_count, is_earlier=is_earlier)


def counted(printed: str, value: float, period: str = "2021") -> CellView:
    return CellView(period, printed, "normal", value=value, period=period, n=800)


def test_of_a_sensitive_indicator_only_whole_counts_of_whole_years_are_shown_below_the_city() -> None:
    year = counted("12", 12)
    assert sensitive(year) == year
    share = sensitive(counted("2,5", 2.5), is_count=False)
    quarter = sensitive(counted("12", 12, "2021-Q2"))
    earlier = sensitive(year, is_earlier=True)
    for cell in (share, quarter, earlier, sensitive(counted("12,5", 12.5))):
        assert (cell.printed, cell.value, cell.n, cell.status) == ("", None, None, "suppressed")
        assert cell.explanation


@pytest.mark.parametrize(
    ("printed", "status"), [("3 keer overleg en 4 keer schouw", "composite"), ("3 (4)", "text_only")]
)
def test_numbers_in_words_are_figures_too(printed: str, status: str) -> None:
    cell = CellView("2021", printed, status, n=4)
    assert gated_survey(cell, is_city=True).printed == ""
    assert sensitive(cell).printed == ""


def test_what_is_pending_may_be_said() -> None:
    cell = CellView("2021", "volgt", "pending", "Dit cijfer komt nog.")
    assert gated_survey(cell, is_city=False) == cell
    assert sensitive(cell) == cell
