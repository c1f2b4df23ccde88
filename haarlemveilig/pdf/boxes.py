"""Reads the structure tree from the boxes that WeasyPrint laid out.

One HTML element is one node, over however many pages, lines and anonymous boxes its boxes are spread. That is
the difference with WeasyPrint's own tags, which have one node for each box: a table of three pages would be
read as three tables there.
"""

from typing import Any

from haarlemveilig.pdf.structure import LinkArea, Mark, Node

SVG = "{http://www.w3.org/2000/svg}svg"
FIGURES = {"img", SVG}
ROLES = {
    "main": "Part",
    "article": "Art",
    **dict.fromkeys(("section", "nav", "aside"), "Sect"),
    **dict.fromkeys(("div", "header", "footer", "figure", "address"), "Div"),
    "blockquote": "BlockQuote",
    "p": "P",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    **dict.fromkeys(("ul", "ol", "dl"), "L"),
    "li": "LI",
    "li::marker": "Lbl",
    "dt": "Lbl",
    "dd": "LBody",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    **dict.fromkeys(("caption", "figcaption"), "Caption"),
    **{tag: tag.upper() for tag in ("tr", "th", "td")},
    "a": "Link",
    **dict.fromkeys(FIGURES, "Figure"),
}
REPEATED = {"thead", "tfoot"}
POINTS_PER_PIXEL = 0.75


class Reader:
    """Takes the pages one by one, in order. Then `root` holds the tree, `artifacts` what is not read."""

    def __init__(self, language: str) -> None:
        self.root = Node("Document")
        self.artifacts: list[Mark] = []
        self._language = language
        self._nodes: dict[tuple[Any, str], Node] = {}

    def read_page(self, number: int, page: Any, tags: dict[Any, dict[str, Any]]) -> None:
        """Take one page. `tags` says which marked sequence draws which box; it is emptied."""
        self._page, self._height, self._tags = number, page.height, tags
        self._visit(page._page_box, self.root)
        if tags:
            raise RuntimeError(f"{len(tags)} drawn boxes on page {number + 1} are not in the box tree")

    def _visit(self, box: Any, parent: Node) -> None:
        box = getattr(box, "_box", box)  # what is placed absolutely stands in a placeholder
        node = None if self._is_decoration(box) else self._node_of(box, parent)
        if node is None or (node.tag in REPEATED and node.page != self._page):
            self._leave_out(box, parent)
            return
        if box.link_annotation:
            self._add_link_area(box, node)
        self._add_mark(box, node)
        for child in box.children:
            self._visit(child, node)

    def _is_decoration(self, box: Any) -> bool:
        """Running heads, the dots of a contents list, and images of which the author says so."""
        if box.is_leader or hasattr(box, "at_keyword"):
            return True
        if box.element is None or box.element_tag not in FIGURES:
            return False
        return box.element.get("alt") == "" or box.element.get("aria-hidden") == "true"

    def _leave_out(self, box: Any, parent: Node) -> None:
        box = getattr(box, "_box", box)
        if box.link_annotation:
            self._add_link_area(box, parent)  # the dots are not read, but they can be clicked
        if box in self._tags:
            self.artifacts.append(Mark(self._page, self._tags.pop(box)["mcid"]))
        for child in box.children:
            self._leave_out(child, parent)

    def _add_mark(self, box: Any, node: Node) -> None:
        if box in self._tags:
            node.add(Mark(self._page, self._tags.pop(box)["mcid"]))

    def _add_link_area(self, box: Any, node: Node) -> None:
        while node.role != "Link" and node.parent is not None:
            node = node.parent
        node.add(LinkArea(self._page, box.link_annotation, _text(box.element)))

    def _node_of(self, box: Any, parent: Node) -> Node:
        """The node of the box's element: known already, or new, or the parent when it needs none."""
        if box.element is None:
            return parent
        key = (box.element, box.element_tag)
        known = self._nodes.get(key)
        if known is not None:
            return known
        role = self._role(box, parent)
        if not role:
            return parent
        self._nodes[key] = node = self._describe(Node(role, tag=box.element_tag, page=self._page), box)
        self._place(node, box, parent)
        return node

    def _role(self, box: Any, parent: Node) -> str:
        tag = box.element_tag
        if tag.endswith("::footnote-call"):
            return "Reference"
        if tag.endswith("::footnote-marker"):
            return "Lbl"
        if self._call_of(box):
            return "Note"
        if tag in {"ol", "ul", "li"} and parent.inside("nav"):
            return "TOCI" if tag == "li" else "TOC"
        return ROLES.get(tag) or ("Span" if self._foreign(box) else "")

    def _place(self, node: Node, box: Any, parent: Node) -> None:
        call = self._call_of(box) if node.role == "Note" else None
        if call and call.parent:
            call.parent.add_after(
                call, node
            )  # a note is read where it is called, not at the foot of the page
        else:
            parent.add(node)

    def _call_of(self, box: Any) -> Node | None:
        return self._nodes.get((box.element, f"{box.element_tag}::footnote-call"))

    def _foreign(self, box: Any) -> str:
        language = box.element.get("lang", "") if box.element_tag == box.element.tag else ""
        return "" if language == self._language else str(language)

    def _describe(self, node: Node, box: Any) -> Node:
        node.language = self._foreign(box)
        if node.role == "TH":
            node.scope = "Row" if box.element.get("scope") in {"row", "rowgroup"} else "Column"
        if node.role in {"TH", "TD"}:
            node.columns, node.rows = box.colspan, box.rowspan
        if node.role == "Figure":
            node.alt = _alternative(box.element)
            node.bounds = self._bounds(box)
        return node

    def _bounds(self, box: Any) -> tuple[float, ...]:
        left, top = box.content_box_x(), box.content_box_y()
        corners = (left, self._height - top - box.height, left + box.width, self._height - top)
        return tuple(round(corner * POINTS_PER_PIXEL, 2) for corner in corners)


def _alternative(element: Any) -> str:
    if element.tag == SVG:
        title = element.find("{http://www.w3.org/2000/svg}title")
        return "" if title is None else _text(title)
    return str(element.get("alt", ""))


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
