from hypothesis import given
from hypothesis import strategies as st

from participation.ranking.merging import MINIMUM, merge_small, merge_stadsdelen

WIJKEN = ["a", "b", "c", "d", "e"]
NEIGHBOURS = {"a": ["b"], "b": ["a", "c"], "c": ["b", "d"], "d": ["c", "e"], "e": ["d"]}
ONE = dict.fromkeys(WIJKEN, "oost")


def test_a_small_wijk_joins_the_neighbour_with_the_fewest_participants() -> None:
    groups = merge_small({"a": 50, "b": 3, "c": 40, "d": 90, "e": 12}, neighbours=NEIGHBOURS, stadsdeel=ONE)
    assert groups["b"] == groups["c"] == ("b", "c")
    assert groups["e"] == ("e",)


def test_a_small_wijk_never_leaves_its_stadsdeel() -> None:
    stadsdeel = {"a": "noord", "b": "noord", "c": "oost", "d": "oost", "e": "oost"}
    groups = merge_small(
        {"a": 50, "b": 3, "c": 5, "d": 90, "e": 12}, neighbours=NEIGHBOURS, stadsdeel=stadsdeel
    )
    assert groups["b"] == ("a", "b")
    assert groups["c"] == ("c", "d")


def test_a_stadsdeel_of_one_small_wijk_stays_as_it_is() -> None:
    groups = merge_small({"a": 3, "b": 40}, neighbours=NEIGHBOURS, stadsdeel={"a": "centrum", "b": "oost"})
    assert groups == {"a": ("a",), "b": ("b",)}


@given(st.fixed_dictionaries({code: st.integers(0, 60) for code in WIJKEN}))
def test_every_group_is_large_enough_or_its_whole_stadsdeel(participants: dict[str, int]) -> None:
    stadsdeel = {"a": "noord", "b": "noord", "c": "oost", "d": "oost", "e": "oost"}
    groups = merge_small(participants, neighbours=NEIGHBOURS, stadsdeel=stadsdeel)
    for group in set(groups.values()):
        whole = tuple(code for code in WIJKEN if stadsdeel[code] == stadsdeel[group[0]])
        assert group == whole or sum(participants[code] for code in group) >= MINIMUM
        assert {stadsdeel[code] for code in group} == {stadsdeel[group[0]]}
    assert sorted(code for group in set(groups.values()) for code in group) == WIJKEN


STADSDEEL = {"a": "noord", "b": "noord", "c": "centrum", "d": "oost", "e": "oost"}


def test_a_small_stadsdeel_joins_the_adjacent_one_with_the_fewest_participants() -> None:
    groups = merge_stadsdelen(
        {"a": 50, "b": 30, "c": 4, "d": 20, "e": 12}, neighbours=NEIGHBOURS, stadsdeel=STADSDEEL
    )
    assert groups == {"noord": ("noord",), "centrum": ("centrum", "oost"), "oost": ("centrum", "oost")}


@given(st.fixed_dictionaries({code: st.integers(0, 60) for code in WIJKEN}))
def test_no_subtraction_of_wijken_or_stadsdelen_leaves_fewer_than_ten_participants(
    participants: dict[str, int],
) -> None:
    stadsdelen = merge_stadsdelen(participants, neighbours=NEIGHBOURS, stadsdeel=STADSDEEL)
    together = {wijk: stadsdelen[name][0] for wijk, name in STADSDEEL.items()}
    wijken = merge_small(participants, neighbours=NEIGHBOURS, stadsdeel=together)
    if sum(participants.values()) < MINIMUM:
        return  # Then nothing is said of any area.
    for group in set(wijken.values()) | {_members(together, first) for first in together.values()}:
        total = sum(participants[code] for code in group)
        assert total >= MINIMUM or (total == 0 and group == _members(together, together[group[0]]))
    for first in set(together.values()):
        assert set(_members(together, first)) == {
            code for group in wijken.values() if together[group[0]] == first for code in group
        }


def _members(together: dict[str, str], first: str) -> tuple[str, ...]:
    return tuple(code for code in WIJKEN if together[code] == first)
