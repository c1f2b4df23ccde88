import pytest
from hypothesis import given
from hypothesis import strategies as st

from haarlemveilig.disclosure import TURNOUT_STEP, Tier, public_count, public_turnout, tier


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (0, Tier.NOTHING),
        (9, Tier.NOTHING),
        (10, Tier.COUNT_ONLY),
        (29, Tier.COUNT_ONLY),
        (30, Tier.INDICATIVE),
        (99, Tier.INDICATIVE),
        (100, Tier.RANKED),
        (299, Tier.RANKED),
        (300, Tier.REGULAR),
    ],
)
def test_each_step_begins_where_the_method_says(n: int, expected: Tier) -> None:
    assert tier(n) is expected


@given(st.integers(0, 10_000))
def test_fewer_than_ten_people_never_show(n: int) -> None:
    assert public_count(n) == (n if n >= 10 else None)


@given(st.integers(0, 100_000))
def test_turnout_never_shows_one_ballot(n: int) -> None:
    shown = public_turnout(n)
    assert shown % TURNOUT_STEP == 0
    assert 0 <= n - shown < TURNOUT_STEP
