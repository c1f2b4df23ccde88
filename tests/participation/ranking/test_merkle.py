from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.ranking.merkle import ballot_row, leads_to, path, root, row_hash, seed
from participation.ranking.receipts import Receipt


def published_rows() -> list[str]:
    receipts = [Receipt("W01", "2027-1", (1, 2, 3), i.to_bytes(16, "big")) for i in range(5)]
    return sorted(ballot_row(receipt.leaf(), "W01", receipt.ranking) for receipt in receipts)


def test_it_gives_the_rows_and_the_root_of_the_published_vector():
    hashes = [row_hash(row) for row in published_rows()]
    assert hashes[0].hex() == "e4f26121f5e95e18c19ccb7e9044aa701e05352f989bde5c691372a9ea1f6c51"
    assert root(hashes).hex() == "53d34b7ec7a8a0eed4bb9b59fe1b105b3cbd20b1a088da8cc2f0c778aa83df67"


def test_the_root_of_no_rows_is_the_hash_of_nothing():
    assert root([]) == sha256(b"").digest()


def test_the_root_of_one_row_is_its_hash():
    assert root([row_hash("a")]) == sha256(b"\x00a").digest()


def test_three_rows_split_at_two():
    a, b, c = (row_hash(row) for row in "abc")
    left = sha256(b"\x01" + a + b).digest()
    assert root([a, b, c]) == sha256(b"\x01" + left + c).digest()


def test_a_row_is_leaf_area_and_ranking():
    assert ballot_row(b"\x01\xff", "W01", ("A", "B")) == "01ff;W01;A>B"


@given(st.integers(1, 70), st.data())
def test_every_row_leads_to_the_root_and_no_other_row_does(size, data):
    hashes = [row_hash(str(i)) for i in range(size)]
    index = data.draw(st.integers(0, size - 1))
    way, top = path(hashes, index), root(hashes)
    assert leads_to(hashes[index], index=index, size=size, path=way, root=top)
    assert not leads_to(row_hash("other"), index=index, size=size, path=way, root=top)
    assert not leads_to(hashes[index], index=index, size=size, path=(*way, top), root=top)


@given(st.lists(st.text(max_size=5), min_size=1, max_size=20), st.data())
def test_changing_one_row_changes_the_root(rows, data):
    index = data.draw(st.integers(0, len(rows) - 1))
    changed = [*rows[:index], rows[index] + "x", *rows[index + 1 :]]
    assert root([row_hash(row) for row in rows]) != root([row_hash(row) for row in changed])


def test_an_index_outside_the_tree_is_refused():
    with pytest.raises(IndexError):
        path([row_hash("a")], 1)
    assert not leads_to(row_hash("a"), index=1, size=1, path=(), root=row_hash("a"))


def test_the_seed_is_the_first_eight_bytes_of_the_root():
    assert seed(bytes(range(32))) == 0x0001020304050607
