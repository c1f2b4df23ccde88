"""The shape of the tree: what a screen reader gets to read, without any PDF."""

from hypothesis import given
from hypothesis import strategies as st

from haarlemveilig.pdf.structure import Mark, Node, shape


def node(role: str, *kids: Node | Mark, tag: str = "") -> Node:
    made = Node(role, tag=tag)
    for kid in kids:
        made.add(kid)
    return made


def roles(tree: Node) -> list[object]:
    return [tree.role, *(roles(kid) if isinstance(kid, Node) else "text" for kid in tree.kids)]


def test_a_list_item_gets_a_body_beside_its_label():
    item = node("LI", node("Lbl", Mark(0, 0)), Mark(0, 1), node("L", node("LI", Mark(0, 2))))
    assert roles(shape(item)) == ["LI", ["Lbl", "text"], ["LBody", "text", ["L", ["LI", ["LBody", "text"]]]]]


def test_a_row_of_contents_refers_and_keeps_the_rows_below_it_apart():
    row = node("TOCI", node("Link", Mark(0, 0)), node("TOC", node("TOCI", Mark(0, 1))))
    assert roles(shape(row)) == [
        "TOCI",
        ["Reference", ["Link", "text"]],
        ["TOC", ["TOCI", ["Reference", "text"]]],
    ]


def test_a_term_goes_with_its_descriptions():
    pairs = [
        node("Lbl", Mark(0, 0)),
        node("LBody", Mark(0, 1)),
        node("LBody", Mark(0, 2)),
        node("Lbl", Mark(0, 3)),
    ]
    assert roles(shape(node("L", *pairs, tag="dl"))) == [
        "L",
        ["LI", ["Lbl", "text"], ["LBody", "text"], ["LBody", "text"]],
        ["LI", ["Lbl", "text"]],
    ]


def test_it_drops_what_is_empty_but_keeps_empty_cells():
    row = node("TR", node("TD"), node("TD", node("P")))
    assert roles(shape(node("Document", node("Div", node("P")), row))) == ["Document", ["TR", ["TD"], ["TD"]]]


def test_every_note_gets_an_identifier_of_its_own():
    tree = shape(node("P", node("Note", Mark(0, 0)), node("Span", node("Note", Mark(0, 1)))))
    assert [tree.nodes[0].identifier, tree.nodes[1].nodes[0].identifier] == ["note-0001", "note-0002"]


def test_it_knows_what_it_stands_inside():
    inner = node("Span")
    node("Sect", node("P", inner, tag="p"), tag="nav")
    assert inner.inside("nav")
    assert not inner.inside("td")


trees = st.recursive(
    st.integers(0, 9).map(lambda number: Mark(0, number)),
    lambda kids: st.builds(
        lambda role, some: node(role, *some),
        st.sampled_from(["P", "L", "LI", "TOC", "TOCI", "Lbl"]),
        st.lists(kids),
    ),
)


@given(st.lists(trees))
def test_it_loses_no_text(kids: list[Node | Mark]):
    def marks(tree: Node) -> list[Mark]:
        return [m for kid in tree.kids for m in (marks(kid) if isinstance(kid, Node) else [kid])]

    tree = node("Document", *kids)
    before = sorted(marks(tree), key=repr)
    assert sorted(marks(shape(tree)), key=repr) == before
