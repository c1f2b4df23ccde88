"""The structure tree of a PDF: what a screen reader reads, apart from any PDF library.

`boxes` gathers the tree from the laid-out document, `shape` here gives it the form that PDF/UA asks for,
and `tagging` writes it down.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of drawn content: the number of a marked sequence on a page, both counted from 0."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class LinkArea:
    """The clickable area of a link on a page; a link over two lines has two. `text` says where it goes."""

    page: int
    annotation: Any
    text: str


@dataclass(slots=True, eq=False)
class Node:
    """One element of the tree. `tag` is the HTML tag that it comes from, `role` its PDF structure type."""

    role: str
    tag: str = ""
    parent: "Node | None" = field(default=None, repr=False)
    kids: "list[Node | Mark | LinkArea]" = field(default_factory=list)
    scope: str = ""
    columns: int = 1
    rows: int = 1
    alt: str = ""
    bounds: tuple[float, ...] = ()
    language: str = ""
    identifier: str = ""
    page: int = 0

    @property
    def nodes(self) -> "list[Node]":
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def add(self, kid: "Node | Mark | LinkArea") -> None:
        if isinstance(kid, Node):
            kid.parent = self
        self.kids.append(kid)

    def add_after(self, sibling: "Node", kid: "Node") -> None:
        kid.parent = self
        self.kids.insert(self.kids.index(sibling) + 1, kid)

    def inside(self, *tags: str) -> bool:
        node: Node | None = self
        while node is not None and node.tag not in tags:
            node = node.parent
        return node is not None


# A table may have empty cells; anything else without content is only noise to a reader.
MAY_BE_EMPTY = {"Document", "TR", "TH", "TD"}


def shape(root: Node) -> Node:
    """Give lists, contents and notes their prescribed form, and drop what is empty. Works in place."""
    _shape(root)
    for number, note in enumerate(_with_role(root, "Note"), start=1):
        note.identifier = f"note-{number:04}"
    return root


def _shape(node: Node) -> None:
    for kid in node.nodes:
        _shape(kid)
    node.kids = [
        kid for kid in node.kids if not isinstance(kid, Node) or kid.kids or kid.role in MAY_BE_EMPTY
    ]
    if node.role == "LI":
        _wrap(node, "LBody", beside={"Lbl"})
    elif node.role == "TOCI":
        _wrap(node, "Reference", beside={"TOC"})
    elif node.tag == "dl":
        _pair_terms(node)


def _wrap(node: Node, role: str, beside: set[str]) -> None:
    """Put everything in one new node of that role, except the kids whose role may stand beside it."""
    kids, node.kids = node.kids, []
    body = Node(role)
    for kid in kids:
        if isinstance(kid, Node) and kid.role in beside:
            node.add(kid)
        else:
            body.add(kid)
    if body.kids:
        position = 1 if node.nodes and node.nodes[0].role == "Lbl" else 0
        node.kids.insert(position, body)
        body.parent = node


def _pair_terms(node: Node) -> None:
    """A `dl` holds loose terms and descriptions; a PDF list holds items of a label and a body."""
    terms, node.kids = node.nodes, []
    item = Node("LI")
    for kid in terms:
        if kid.role == "Lbl" or not node.kids:
            item = Node("LI")
            node.add(item)
        item.add(kid)


def _with_role(node: Node, role: str) -> list[Node]:
    found = [node] if node.role == role else []
    return found + [match for kid in node.nodes for match in _with_role(kid, role)]
