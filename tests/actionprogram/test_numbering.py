from hypothesis import given
from hypothesis import strategies as st

from actionprogram.numbering import Node, number_sections


def test_chapters_count_from_one_and_parts_carry_the_number_above_them() -> None:
    nodes = [Node("a"), Node("a1", "a"), Node("a2", "a"), Node("b"), Node("b1", "b"), Node("b1x", "b1")]
    assert number_sections(nodes) == {
        "a": "1",
        "a1": "1.1",
        "a2": "1.2",
        "b": "2",
        "b1": "2.1",
        "b1x": "2.1.1",
    }


def test_a_foreword_takes_no_number_and_gives_none_to_what_lies_under_it() -> None:
    nodes = [Node("foreword", numbered=False), Node("under", "foreword"), Node("chapter")]
    assert number_sections(nodes) == {"foreword": "", "under": "", "chapter": "1"}


@st.composite
def trees(draw: st.DrawFn) -> list[Node]:
    count = draw(st.integers(0, 25))
    parents = [draw(st.none() | st.integers(0, index - 1)) if index else None for index in range(count)]
    return [
        Node(str(index), None if parent is None else str(parent), draw(st.booleans()))
        for index, parent in enumerate(parents)
    ]


@given(trees())
def test_every_section_is_answered_and_no_number_is_used_twice(nodes: list[Node]) -> None:
    numbers = number_sections(nodes)
    assert set(numbers) == {node.id for node in nodes}
    used = [number for number in numbers.values() if number]
    assert len(used) == len(set(used))


@given(trees())
def test_siblings_count_without_gaps(nodes: list[Node]) -> None:
    numbers = number_sections(nodes)
    for parent in {node.parent for node in nodes}:
        own = [numbers[node.id] for node in nodes if node.parent == parent and numbers[node.id]]
        assert [int(number.rpartition(".")[2]) for number in own] == list(range(1, len(own) + 1))
