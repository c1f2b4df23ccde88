import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.ranking.ballot_form import places_of, read_ballot

THEMES = {"verkeer": "Te hard rijden", "afval": "Afval", "jeugd": "Jongeren", "honden": "Honden"}


def filled(**places: str) -> dict[str, str]:
    return {f"plaats-{code}": place for code, place in places.items()}


def test_it_puts_themes_in_the_order_of_their_numbers() -> None:
    choice = read_ballot(filled(afval="2", verkeer="1", jeugd=""), themes=THEMES, k=3)
    assert choice.ranking == ("verkeer", "afval")
    assert not choice.errors


def test_one_theme_is_enough() -> None:
    assert read_ballot(filled(honden="1"), themes=THEMES, k=3).ranking == ("honden",)


def test_no_preference_is_a_ballot_without_themes() -> None:
    choice = read_ballot({"geen": "1"}, themes=THEMES, k=3)
    assert choice.ranking == ()
    assert not choice.errors
    assert choice.abstains


@pytest.mark.parametrize(
    ("data", "sentence", "target"),
    [
        ({}, "Kies minstens één onderwerp", "plaats-verkeer"),
        (filled(verkeer="1") | {"geen": "1"}, "Haal een van de twee weg", "geen"),
        (filled(verkeer="1", afval="1"), "U gaf nummer 1 aan ‘Te hard rijden’ en ‘Afval’", "plaats-afval"),
        (filled(verkeer="2"), "U gaf nog geen onderwerp nummer 1", "plaats-verkeer"),
        (filled(verkeer="1", afval="3"), "U gaf nog geen onderwerp nummer 2", "plaats-afval"),
        (filled(verkeer="4"), "Kies een nummer van 1 tot en met 3", "plaats-verkeer"),
        (filled(verkeer="eerste"), "Kies een nummer van 1 tot en met 3", "plaats-verkeer"),
    ],
)
def test_it_says_what_is_wrong_and_where(data: dict[str, str], sentence: str, target: str) -> None:
    choice = read_ballot(data, themes=THEMES, k=3)
    assert choice.ranking == ()
    (text, found), *_rest = choice.errors
    assert sentence in text
    assert found == target


def test_what_was_filled_in_survives_an_error() -> None:
    choice = read_ballot(filled(verkeer="1", afval="1"), themes=THEMES, k=3)
    assert choice.places["verkeer"] == choice.places["afval"] == "1"


@given(st.lists(st.sampled_from(sorted(THEMES)), unique=True, min_size=1, max_size=3))
def test_a_ranking_filled_in_again_is_read_as_the_same_ranking(ranking: list[str]) -> None:
    data = {f"plaats-{code}": place for code, place in places_of(ranking).items()}
    assert read_ballot(data, themes=THEMES, k=3).ranking == tuple(ranking)


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=5), max_size=8))
def test_nothing_a_browser_sends_makes_it_fail(data: dict[str, str]) -> None:
    choice = read_ballot(data, themes=THEMES, k=3)
    assert len(set(choice.ranking)) == len(choice.ranking) <= 3
