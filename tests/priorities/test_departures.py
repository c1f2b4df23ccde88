from hypothesis import given
from hypothesis import strategies as st

from haarlemveilig.disclosure import Tier
from participation.ranking.published import AreaResultView, ThemeResult
from priorities.departures import (
    Choice,
    Difference,
    Lack,
    departures,
    differences,
    gaps,
    near_misses,
    unexplained,
)

Texts = dict[str, str]
CODES = ("afval", "donker", "jeugd", "parkeren", "verkeer")
labels = st.fixed_dictionaries({code: st.sampled_from(["in", "possible", "out"]) for code in CODES})
picks = st.lists(st.sampled_from(CODES), max_size=3, unique=True)
reasons = st.dictionaries(st.sampled_from(CODES), st.sampled_from(["", "  ", "Omdat."]))


def area(labels: Texts, tier: Tier = Tier.RANKED) -> AreaResultView:
    themes = tuple(ThemeResult(code=code, label=label) for code, label in labels.items())
    return AreaResultView(code="WK1", level="wijk", tier=tier, participants=int(tier), themes=themes)


def choices(codes: list[str], reason: str = "Omdat.") -> list[Choice]:
    return [Choice(rank, code, reason) for rank, code in enumerate(codes, start=1)]


@given(labels, picks)
def test_a_departure_is_exactly_a_theme_that_is_in_and_not_chosen(labels: Texts, chosen: list[str]) -> None:
    expected = {code for code, label in labels.items() if label == "in" and code not in chosen}
    assert set(departures(area(labels), chosen)) == expected


@given(labels, picks)
def test_no_theme_is_both_a_departure_and_a_near_miss(labels: Texts, chosen: list[str]) -> None:
    assert not set(departures(area(labels), chosen)) & set(near_misses(area(labels), chosen))


@given(labels, picks, picks)
def test_choosing_more_never_adds_a_departure(labels: Texts, some: list[str], more: list[str]) -> None:
    assert set(departures(area(labels), some + more)) <= set(departures(area(labels), some))


@given(labels, picks, st.sampled_from([Tier.NOTHING, Tier.COUNT_ONLY, Tier.INDICATIVE]))
def test_below_a_hundred_participants_nothing_is_a_departure(
    labels: Texts, chosen: list[str], tier: Tier
) -> None:
    assert departures(area(labels, tier), chosen) == ()
    assert near_misses(area(labels, tier), chosen) == ()


@given(picks)
def test_without_a_round_nothing_is_a_departure(chosen: list[str]) -> None:
    assert departures(None, chosen) == ()


@given(labels, picks, reasons)
def test_a_weighing_without_gaps_explains_every_departure(
    labels: Texts, chosen: list[str], reasons: Texts
) -> None:
    left = gaps(area(labels), choices(chosen), reasons)
    explained = all(reasons.get(code, "").strip() for code in departures(area(labels), chosen))
    assert (not left) == (bool(chosen) and explained)


@given(labels, picks)
def test_a_priority_without_a_reason_is_a_gap_at_its_number(labels: Texts, chosen: list[str]) -> None:
    found = {gap.rank for gap in gaps(area(labels), choices(chosen, " "), {}) if gap.lack is Lack.NO_REASON}
    assert found == set(range(1, len(chosen) + 1))


def test_an_empty_choice_asks_for_one_priority_and_departs_from_nothing_yet() -> None:
    found = gaps(area({"afval": "in"}), [], {})
    assert [gap.lack for gap in found] == [Lack.NO_PRIORITY]
    assert unexplained(area({"afval": "in"}), [], {}) == ()


def test_a_skipped_number_is_a_gap() -> None:
    found = gaps(None, [Choice(3, "afval", "Omdat.")], {})
    assert [(gap.lack, gap.rank) for gap in found] == [(Lack.SKIPPED_RANK, 1), (Lack.SKIPPED_RANK, 2)]


@given(st.dictionaries(st.sampled_from(CODES), st.text()))
def test_a_version_does_not_differ_from_itself(texts: Texts) -> None:
    assert differences(texts, texts) == ()


def test_differences_ignore_white_space_and_see_missing_fields() -> None:
    mine, theirs = {"a": "een  twee", "b": "x"}, {"a": "een\r\ntwee", "c": "y"}
    assert differences(mine, theirs) == (Difference("b", "x", ""), Difference("c", "", "y"))
