from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.ranking.sample import detects, drawn_numbers


def test_the_first_number_follows_from_the_throw_as_anybody_can_work_out() -> None:
    first = int.from_bytes(sha256(b"3-1-4-1-5,1").digest(), "big") % 1000 + 1
    assert drawn_numbers("3-1-4-1-5", population=1000, size=1) == [first]


@given(st.text(max_size=20), st.integers(1, 300), st.data())
def test_a_draw_is_of_different_numbers_in_order_and_the_same_every_time(
    dice: str, population: int, data: st.DataObject
) -> None:
    size = data.draw(st.integers(0, population))
    drawn = drawn_numbers(dice, population=population, size=size)
    assert len(set(drawn)) == size
    assert drawn == sorted(drawn) == drawn_numbers(dice, population=population, size=size)
    assert all(1 <= number <= population for number in drawn)


def test_another_throw_draws_others() -> None:
    assert drawn_numbers("1", population=10_000, size=20) != drawn_numbers("2", population=10_000, size=20)


@pytest.mark.parametrize("size", [-1, 11])
def test_more_than_there_are_cannot_be_drawn(size: int) -> None:
    with pytest.raises(ValueError, match="cannot draw"):
        drawn_numbers("1", population=10, size=size)


@pytest.mark.parametrize(("share", "size"), [(0.05, 60), (0.02, 149)])
def test_the_sizes_of_the_method_find_invented_participants_with_ninety_five_percent(
    share: float, size: int
) -> None:
    assert detects(share, size=size) >= 0.95
