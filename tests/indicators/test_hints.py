import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.cells import parse
from indicators.hints import text_remark


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("6.7", "6,7"), ("1,234.5", "1.234,5"), ("4 500", "4.500"), ("007", "7"), ("<=5", "≤5"),
        ("12 procent", "12%"), ("circa 12", "ca. 12"), ("6.75%", "6,75%"),
    ],
)  # fmt: skip
def test_a_slip_is_met_with_what_was_meant(typed: str, meant: str) -> None:
    assert text_remark(typed) == f"‘{typed}’ lezen we als tekst. Bedoelt u {meant}?"


def test_a_text_with_digits_asks_whether_it_is_right() -> None:
    assert text_remark("12O") == "‘12O’ lezen we als tekst. Klopt dat?"


def test_a_text_without_digits_points_to_the_status() -> None:
    assert (
        text_remark("n.v.t.") == "‘n.v.t.’ lezen we als tekst. Is er geen cijfer? Kies bij de stand waarom."
    )


def test_a_range_is_a_figure_only_as_a_target() -> None:
    assert text_remark("10 tot 15", is_target=True) == ""
    assert text_remark("10 tot 15")


@given(st.text("0123456789.,% <>*", max_size=12))
def test_there_is_a_remark_exactly_when_a_text_is_kept(text: str) -> None:
    assert bool(text_remark(text)) == (parse(text).kind == "text")


@given(st.from_regex(r"[0-9]{1,6}[.,][0-9]{1,3}", fullmatch=True))
def test_what_is_proposed_is_read_as_a_figure(text: str) -> None:
    _said, asks, meant = text_remark(text).partition("Bedoelt u ")
    assert not asks or parse(meant.removesuffix("?")).kind == "number"
