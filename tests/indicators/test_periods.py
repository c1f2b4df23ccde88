"""Periods: every code is read as it is written, and says itself in Dutch."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.periods import Period

PERIODS = st.one_of(
    st.builds(Period.of_year, st.integers(1900, 2099)),
    st.builds(Period.of_quarter, st.integers(1900, 2099), st.integers(1, 4)),
    st.builds(Period.of_month, st.integers(1900, 2099), st.integers(1, 12)),
)


@given(PERIODS)
def test_a_code_is_read_as_it_was_written(period: Period) -> None:
    assert Period.from_code(period.code) == period


@given(PERIODS)
def test_its_granularity_follows_from_its_ends(period: Period) -> None:
    assert Period.spanning(period.start, period.end) == period


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("2021JJ00", "2021"),
        ("2021KW02", "2e kwartaal 2021"),
        ("2021MM05", "mei 2021"),
        ("2021-12", "december 2021"),
    ],
)
def test_cbs_codes_are_read_too(code: str, label: str) -> None:
    period = Period.from_code(code)
    assert period is not None
    assert period.label == label


@pytest.mark.parametrize("code", ["", "21", "2021KW05", "2021MM13", "2021-Q5", "2021-13", "1521"])
def test_what_is_no_period_is_none(code: str) -> None:
    assert Period.from_code(code) is None


def test_a_quarter_ends_on_its_last_day() -> None:
    assert Period.of_quarter(2024, 1).end == dt.date(2024, 3, 31)
