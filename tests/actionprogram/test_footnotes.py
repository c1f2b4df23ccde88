from hypothesis import given
from hypothesis import strategies as st

from actionprogram.footnotes import keys_in, number_notes, without_marks

keys = st.text("abc-", min_size=1, max_size=4)


def test_notes_are_numbered_in_the_order_in_which_somebody_reads_them() -> None:
    assert number_notes(["Later[^b]", "Eerst[^a] en weer[^b]"], {"a", "b"}) == {"b": 1, "a": 2}


def test_an_unknown_mark_gets_no_number_and_takes_none() -> None:
    assert number_notes(["Een[^weg] twee[^a]"], {"a"}) == {"a": 1}


def test_a_note_that_nobody_calls_gets_no_number() -> None:
    assert number_notes(["Niets"], {"a"}) == {}


def test_a_title_in_a_list_loses_its_marks() -> None:
    assert without_marks("Hitrate[^hit]") == "Hitrate"


@given(st.lists(keys), st.sets(keys))
def test_numbers_run_without_gaps_and_first_calls_go_up(called: list[str], known: set[str]) -> None:
    numbers = number_notes([f"tekst[^{key}]" for key in called], known)
    assert set(numbers) == set(called) & known
    assert list(numbers.values()) == list(range(1, len(numbers) + 1))
    firsts = [key for key in dict.fromkeys(called) if key in known]
    assert [numbers[key] for key in firsts] == sorted(numbers.values())


@given(st.lists(keys))
def test_every_mark_in_a_text_is_found(called: list[str]) -> None:
    assert keys_in(" ".join(f"woord[^{key}]," for key in called)) == called
