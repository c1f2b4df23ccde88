import random

from hypothesis import given
from hypothesis import strategies as st

from participation.ranking.codes import ALPHABET, keyed_hash, make_code, normalise

KEY = b"a key of the installation"


@given(st.integers())
def test_a_code_is_recognised_however_it_is_typed(seed: int) -> None:
    code = make_code(random.Random(seed).choice)
    typed = code.lower().replace("-", " ")
    assert keyed_hash(typed, KEY) == keyed_hash(code, KEY)
    assert set(normalise(code)) <= set(ALPHABET)


def test_codes_hold_no_signs_that_people_confuse() -> None:
    assert not set("0O1IL5S8B2ZUV") & set(ALPHABET)


def test_the_hash_needs_the_key() -> None:
    assert keyed_hash("ABCD", KEY) != keyed_hash("ABCD", b"another key")
