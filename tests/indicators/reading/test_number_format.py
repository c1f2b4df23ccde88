import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.cells import parse
from indicators.reading.number_format import shown


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        ("0.35", "0%", "35%"),
        ("0.355", "0%", "36%"),
        ("0.355", "0.0%", "35,5%"),
        ("0.35", "0 %", "35 %"),
        ("4500", "#,##0", "4.500"),
        ("1234567.891", "#,##0.00", "1.234.567,89"),
        ("6.7", "0.0", "6,7"),
        ("6.7", "General", "6,7"),
        ("6.7000000000000002", "General", "6,7"),
        ("4500", "General", "4500"),
        ("0", "General", "0"),
        ("-5", "General", "-5"),
        ("0.0001", "General", "0,0001"),
        ("7", "0.0##", "7,0"),
        ("7.125", "0.0##", "7,125"),
        ("7", "000", "007"),
        ("-5", "0;(0)", "(5)"),
        ("0", '0;-0;"geen"', "geen"),
        ("12", '0" keer"', "12 keer"),
        ("12", "[Red]0", "12"),
        ("12", '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', "12"),
        ("1200", "[$€-413] #,##0", "€ 1.200"),
        ("1200000", "#,##0,", "1.200"),
        ("12", "@", "12"),
        ("0.5", "# ?/?", "0,5"),
        ("1234", "0.00E+00", "1234"),
        ("44317", "mm-dd-yy", "1-5-2021"),
        ("44317", "mmmm yyyy", "mei 2021"),
        ("44317", "mmm\\-yy", "mei-21"),
        ("44317.5", "dd-mm-yyyy hh:mm", "01-05-2021 12:00"),
        ("geen getal", "0", "geen getal"),
    ],
)
def test_a_number_shows_as_in_a_dutch_workbook(stored: str, code: str, text: str) -> None:
    assert shown(stored, code) == text


@given(st.integers(0, 10**9), st.integers(0, 3))
def test_a_number_in_its_own_format_is_a_number_again(number: int, decimals: int) -> None:
    code = "#,##0" + ("." + "0" * decimals if decimals else "")
    stored = f"{number / 10**decimals:.{decimals}f}"
    assert str(parse(shown(stored, code)).value) == stored


@given(
    st.floats(allow_nan=True, allow_infinity=True) | st.integers(),
    st.text(alphabet='0#?.,%;@"[]\\_* eE+-dmyhs/', max_size=12),
)
def test_any_number_in_any_format_shows_as_something(number: float, code: str) -> None:
    assert isinstance(shown(str(number), code), str)
