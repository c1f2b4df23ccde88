from hypothesis import given
from hypothesis import strategies as st

from haarlemveilig.canonical import canonical_json, sha256_of


def test_the_text_has_sorted_keys_no_spaces_and_letters_as_themselves() -> None:
    assert canonical_json({"b": [1, 2], "a": "één"}) == '{"a":"één","b":[1,2]}'


@given(st.dictionaries(st.text(), st.integers()))
def test_the_order_of_the_keys_does_not_matter(data: dict[str, int]) -> None:
    assert sha256_of(dict(reversed(data.items()))) == sha256_of(data)
