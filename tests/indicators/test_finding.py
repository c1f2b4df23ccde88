import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.finding import score, stem, wanted_stems


def fits(typed: str, name: str, *elsewhere: str) -> bool:
    return score(wanted_stems(typed), name, *elsewhere) > 0


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("inbraak", "Aantal woninginbraken"),
        ("woninginbraak", "Aantal woninginbraken"),
        ("woninginbraken", "Inbraak in een woning"),
        ("fietsdiefstal", "Diefstal van fiets of brommer"),
        ("fietsendiefstal", "Diefstal van fiets of brommer"),
        ("straatroof", "Aantal straatroven"),
        ("fietsen", "Diefstal van fiets of brommer"),
        ("huizen", "Verkoop van een huis"),
        ("drug", "Drugshandel"),
        ("boetes", "Een boete voor wildplassen"),
        ("HONDEN", "Meldingen overlast honden(poep)"),
        ("cafés", "Klachten over cafes"),
        ("Hoeveel woninginbraken zijn er in mijn wijk?", "Aantal woninginbraken"),
    ],
)
def test_a_word_finds_its_plural_its_compound_and_its_halves(typed: str, name: str) -> None:
    assert fits(typed, name)


@pytest.mark.parametrize("typed", ["fiets", "inbraak fiets", "poep"])
def test_what_is_not_there_is_not_found(typed: str) -> None:
    assert not fits(typed, "Aantal woninginbraken")


@pytest.mark.parametrize("typed", ["zzzz", "aa", "ov", "x y z"])
def test_a_letter_or_two_is_no_search_at_all(typed: str) -> None:
    assert wanted_stems(typed) == ()


def test_some_of_the_words_fit_less_well_than_all() -> None:
    wanted, name = wanted_stems("fiets gestolen"), "Diefstal van fiets of brommer"
    assert score(wanted, name) == 0
    assert score(wanted, name, "Een gestolen fiets.") > score(wanted, name, needs_all=False)
    assert score(wanted, "Burenruzie", needs_all=False) == 0


def test_words_around_the_word_are_no_search_at_all() -> None:
    assert wanted_stems("hoeveel in mijn wijk") == ()


def test_a_word_in_the_name_counts_for_more_than_one_in_the_definition() -> None:
    wanted = wanted_stems("afval")
    assert score(wanted, "Meldingen afval") > score(wanted, "Schone straten", "Meldingen over afval.")


def test_a_whole_word_counts_for_more_than_a_part() -> None:
    wanted = wanted_stems("inbraak")
    assert score(wanted, "Inbraak bedrijf") > score(wanted, "Woninginbraken")


@given(st.text(max_size=40))
def test_any_text_can_be_looked_for(typed: str) -> None:
    assert score(wanted_stems(typed), "Aantal woninginbraken", typed) >= 0


@pytest.mark.parametrize(("singular", "plural"), [("roof", "roven"), ("huis", "huizen"), ("raam", "ramen")])
def test_a_plural_has_the_stem_of_its_singular(singular: str, plural: str) -> None:
    assert stem(plural) == stem(singular)
