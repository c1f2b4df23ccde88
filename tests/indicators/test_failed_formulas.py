import pytest

from indicators.failed_formulas import is_failed

FAILED = [
    "#N/B",
    "#N/A",
    "#DEEL/0!",
    "#DIV/0!",
    "#REF!",
    "#VERW!",
    "#WAARDE!",
    "#VALUE!",
    "#NAAM?",
    "#NAME?",
    "#GETAL!",
    "#NUM!",
    "#LEEG!",
    "#NULL!",
    "#OVERLOPEN!",
    "Err:502",
    "Fout:502",
    "####",
]


@pytest.mark.parametrize("text", FAILED)
def test_what_a_spreadsheet_prints_for_a_failed_formula_is_known(text: str) -> None:
    assert is_failed(text)


@pytest.mark.parametrize("text", ["", "#", "#1", "12", "n.b.", "#metoo", "12 #N/B", "Fout", "volgt!"])
def test_other_texts_are_not(text: str) -> None:
    assert not is_failed(text)
