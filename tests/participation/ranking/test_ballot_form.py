import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.ranking.ballot_form import REMARKS, browser_nonce, places_of, read_ballot
from participation.ranking.models import OpenRemark

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


BANDS = ["16-34", "35-64", "65+"]


@pytest.mark.parametrize(
    ("sent", "cell"),
    [
        ({"leeftijd": "35-64", "geslacht": "v"}, "35-64/v"),
        ({"leeftijd": "65+", "geslacht": "m"}, "65+/m"),
        ({"leeftijd": "35-64"}, ""),
        ({"geslacht": "v"}, ""),
        ({"leeftijd": "35-64", "geslacht": "-"}, ""),
        ({"leeftijd": "-", "geslacht": "v"}, ""),
        ({"leeftijd": "0-99", "geslacht": "v"}, ""),
        ({"leeftijd": "35-64", "geslacht": "x"}, ""),
    ],
)
def test_only_who_gives_both_age_and_gender_has_a_group(sent: dict[str, str], cell: str) -> None:
    choice = read_ballot(filled(afval="1") | sent, themes=THEMES, k=3, bands=BANDS)
    assert choice.cell == cell
    assert not choice.errors


def test_a_group_that_was_not_asked_is_not_read() -> None:
    sent = filled(afval="1") | {"leeftijd": "35-64", "geslacht": "v", "eigen": "Duiven"}
    choice = read_ballot(sent, themes=THEMES, k=3)
    assert choice.cell == ""
    assert choice.remarks == {}


def test_the_free_texts_are_those_that_are_kept() -> None:
    assert list(REMARKS) == OpenRemark.Kind.values


def test_free_texts_are_read_by_kind_and_cleaned() -> None:
    sent = filled(afval="1") | {"eigen": " Duiven\0 ", "waarom": "Een.\r\nTwee."}
    choice = read_ballot(sent, themes=THEMES, k=3, asks_remarks=True)
    assert choice.remarks == {"suggestion": "Duiven", "motivation": "Een.\nTwee.", "own_part": ""}


def test_a_text_as_long_as_it_may_be_is_taken_and_a_longer_one_is_kept_but_refused() -> None:
    fits = filled(afval="1") | {"eigen": "a" * 200, "waarom": "b\r\n" * 249 + "bb"}
    assert not read_ballot(fits, themes=THEMES, k=3, asks_remarks=True).errors
    choice = read_ballot(fits | {"zelf": "c" * 501}, themes=THEMES, k=3, asks_remarks=True)
    assert choice.errors == (("Uw tekst is 501 tekens lang. Maak er hoogstens 500 tekens van.", "zelf"),)
    assert choice.remarks["own_part"] == "c" * 501
    assert choice.ranking == ()


@pytest.mark.parametrize("sent", ["", "ff", "g" * 32, "A" * 32, "0" * 33, " " * 32, "٣" * 32])
def test_a_random_number_that_will_not_do_is_no_error(sent: str) -> None:
    assert browser_nonce(sent) is None


def test_a_random_number_of_the_browser_is_sixteen_bytes() -> None:
    assert browser_nonce("0f" * 16) == b"\x0f" * 16


@pytest.mark.parametrize("k", [1, 2, 5, 10])
def test_as_many_places_as_the_round_has(k: int) -> None:
    themes = {f"t{number}": f"Onderwerp {number}" for number in range(12)}
    sent = {f"plaats-t{number}": str(number + 1) for number in range(k)}
    assert len(read_ballot(sent, themes=themes, k=k).ranking) == k
    one_more = sent | {f"plaats-t{k}": str(k + 1)}
    assert read_ballot(one_more, themes=themes, k=k).errors
