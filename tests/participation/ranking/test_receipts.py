import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.ranking.receipts import Receipt, mix, short_code

nonces = st.binary(min_size=16, max_size=16)


def test_it_gives_the_leaf_of_the_published_vector():
    receipt = Receipt(area="W01", round="2027-1", ranking=(1, 2, 3), nonce=bytes(16))
    assert receipt.canonical() == (
        '{"gebied":"W01","nonce":"00000000000000000000000000000000","ronde":"2027-1","top3":[1,2,3],"v":1}'
    )
    assert receipt.leaf().hex() == "b5e905b883ff8d8efc2db1d8e85027470152b829aad813010c2dd624a2ae6d50"


def test_an_accent_stays_as_it_is():
    assert "één" in Receipt("één", "r", (), bytes(16)).canonical()


@given(nonces, nonces)
def test_the_browser_changes_the_nonce_and_can_be_taken_out_again(server, browser):
    assert mix(mix(server, browser), browser) == server


def test_without_a_browser_number_the_nonce_is_the_servers():
    assert mix(bytes(range(16)), None) == bytes(range(16))


@pytest.mark.parametrize("browser", [b"", bytes(15), bytes(17)])
def test_a_browser_number_of_another_length_is_refused(browser):
    with pytest.raises(ValueError, match=r"argument 2|16 bytes"):
        mix(bytes(16), browser)


def test_a_short_nonce_is_refused():
    with pytest.raises(ValueError, match="16 bytes"):
        Receipt("W01", "r", (), bytes(8))
    with pytest.raises(ValueError, match="16 bytes"):
        mix(bytes(8), None)


def test_the_short_code_is_the_first_sixty_bits():
    assert short_code(bytes(32)) == "0000-0000-0000"
    assert short_code(b"\xff" * 32) == "ZZZZ-ZZZZ-ZZZZ"
    assert short_code(b"\x08" + bytes(6) + b"\x1f" + b"\xff" * 24) == "1000-0000-0001"


@given(st.binary(min_size=32, max_size=32))
def test_the_short_code_has_no_letters_that_look_alike(leaf):
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}", short_code(leaf))
