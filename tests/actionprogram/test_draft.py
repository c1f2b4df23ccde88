from hypothesis import given
from hypothesis import strategies as st

from actionprogram import draft

texts = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["", "een", "twee", "drie"]))


def test_only_what_somebody_changed_counts_as_typed() -> None:
    assert draft.changed({"a": "een", "b": "twee"}, {"a": "een", "b": "drie"}) == {"b": "drie"}


def test_two_people_in_different_fields_both_keep_their_work() -> None:
    assert draft.merged({"a": "van de ander", "b": "oud"}, {"b": "van mij"}) == {
        "a": "van de ander",
        "b": "van mij",
    }


def test_a_text_that_both_changed_is_named_with_all_three_versions() -> None:
    [difference] = draft.differences(
        {"a": "Doelstelling"}, {"a": "oud"}, {"a": "van mij"}, {"a": "van de ander"}
    )
    assert (difference.before, difference.now, difference.typed) == ("oud", "van de ander", "van mij")
    assert difference.label == "Doelstelling"
    assert difference.both


def test_a_text_that_only_the_other_changed_asks_for_no_choice() -> None:
    [difference] = draft.differences({}, {"a": "oud"}, {}, {"a": "nieuw"})
    assert not difference.both


def test_typing_in_a_row_that_is_gone_is_shown_and_not_lost() -> None:
    [difference] = draft.differences({}, {"a": "oud"}, {"a": "van mij"}, {})
    assert difference.now is None
    assert difference.typed == "van mij"


@given(texts, texts, texts)
def test_nothing_that_was_typed_is_ever_lost(
    seen: draft.Texts, typed: draft.Texts, current: draft.Texts
) -> None:
    typed = {name: typed.get(name, text) for name, text in seen.items()}
    changes = draft.changed(seen, typed)
    kept = draft.merged(current, changes)
    named = {difference.typed for difference in draft.differences({}, seen, changes, current)}
    for name, text in changes.items():
        assert kept.get(name) == text or text in named


@given(texts, texts, texts)
def test_what_somebody_did_not_touch_is_never_overwritten(
    seen: draft.Texts, typed: draft.Texts, current: draft.Texts
) -> None:
    changes = draft.changed(seen, {name: typed.get(name, text) for name, text in seen.items()})
    kept = draft.merged(current, changes)
    assert all(kept[name] == text for name, text in current.items() if name not in changes)
