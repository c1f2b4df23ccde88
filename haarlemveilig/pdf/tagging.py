"""Writes the structure tree into the PDF, in place of WeasyPrint's own tags.

This is the project's one private hook into WeasyPrint: the function `weasyprint.pdf.add_tags`. It is called
when all pages are drawn and nothing is written yet. Should a release move it, then WeasyPrint's own tags
stand: valid, but poorer to listen to; the contract test says so.
"""

import inspect
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from haarlemveilig.pdf.boxes import Reader
from haarlemveilig.pdf.structure import LinkArea, Mark, Node, shape

HOOK = "add_tags"
HOOK_ARGUMENTS = ["pdf", "document", "pdf_version", "page_streams"]


def install_hook() -> bool:
    """Put our tags in place of WeasyPrint's. False when this WeasyPrint has no such hook."""
    import weasyprint.pdf

    hook = getattr(weasyprint.pdf, HOOK, None)
    if hook is None or list(inspect.signature(hook).parameters) != HOOK_ARGUMENTS:
        return False
    setattr(weasyprint.pdf, HOOK, add_tags)
    return True


def add_tags(pdf: Any, document: Any, pdf_version: Any, page_streams: list[Any]) -> None:
    """Add the structure tree of the whole document to `pdf`; same arguments as the function it replaces."""
    reader = Reader(document.metadata.lang or "")
    for number, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
        reader.read_page(number, page, stream._tags)
    mark_as_artifacts(reader.artifacts, page_streams)
    _Writer(pdf).write(shape(reader.root))


def mark_as_artifacts(artifacts: Iterable[Mark], page_streams: list[Any]) -> None:
    """Turn `/Span <</MCID 7>> BDC` into `/Artifact BMC`, so that assistive technology skips it."""
    wanted = {(mark.page, mark.number) for mark in artifacts}
    for page in {page for page, _ in wanted}:
        operations = page_streams[page].stream
        for index, operation in enumerate(operations):
            if isinstance(operation, dict) and (page, operation.get("MCID")) in wanted:
                operations[index - 1 : index + 2] = ["/Artifact", b"", b"BMC"]


class _Writer:
    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._owners: defaultdict[int, dict[int, bytes]] = defaultdict(dict)
        self._areas: list[tuple[LinkArea, bytes]] = []
        self._notes: list[tuple[str, bytes]] = []

    def write(self, root: Node) -> None:
        tree = self._add({"Type": "/StructTreeRoot"})
        tree["K"] = self._array([self._write_node(root, tree).reference])
        tree["ParentTree"] = self._parent_tree().reference
        tree["ParentTreeNextKey"] = self._next_key
        if self._notes:
            names = [part for name, note in sorted(self._notes) for part in (self._string(name), note)]
            tree["IDTree"] = self._add({"Names": self._array(names)}).reference
        self._pdf.catalog["StructTreeRoot"] = tree.reference
        self._pdf.catalog["MarkInfo"] = self._dictionary({"Marked": "true"})
        self._pdf.catalog["ViewerPreferences"] = self._dictionary({"DisplayDocTitle": "true"})

    def _write_node(self, node: Node, parent: Any) -> Any:
        element = self._add({"Type": "/StructElem", "S": f"/{node.role}", "P": parent.reference})
        marks = [kid for kid in node.kids if isinstance(kid, Mark)]
        page = marks[0].page if marks else None
        if page is not None:
            element["Pg"] = self._pdf.page_references[page]
        element.update(self._attributes(node))
        element["K"] = self._array([self._write_kid(kid, element, page) for kid in node.kids])
        if node.identifier:
            self._notes.append((node.identifier, element.reference))
        return element

    def _write_kid(self, kid: Node | Mark | LinkArea, element: Any, page: int | None) -> Any:
        if isinstance(kid, Node):
            return self._write_node(kid, element).reference
        reference = self._pdf.page_references[kid.page]
        if isinstance(kid, LinkArea):
            self._areas.append((kid, element.reference))
            return self._dictionary({"Type": "/OBJR", "Obj": kid.annotation.reference, "Pg": reference})
        self._owners[kid.page][kid.number] = element.reference
        if kid.page == page:
            return kid.number
        return self._dictionary({"Type": "/MCR", "Pg": reference, "MCID": kid.number})

    def _attributes(self, node: Node) -> dict[str, Any]:
        table = {
            "Scope": f"/{node.scope}" if node.scope else None,
            "ColSpan": node.columns if node.columns > 1 else None,
            "RowSpan": node.rows if node.rows > 1 else None,
        }
        table = {name: value for name, value in table.items() if value}
        entries = {
            "A": self._dictionary({"O": "/Table", **table}) if table else None,
            "Alt": self._string(node.alt) if node.alt else None,
            "Lang": self._string(node.language) if node.language else None,
            "ID": self._string(node.identifier) if node.identifier else None,
        }
        if node.bounds:
            entries["A"] = self._dictionary({"O": "/Layout", "BBox": self._array(node.bounds)})
        return {name: value for name, value in entries.items() if value is not None}

    def _parent_tree(self) -> Any:
        """From each mark and each link area back to its element: first one list a page, then the areas."""
        numbers: list[Any] = []
        pages = len(self._pdf.page_references)
        for page in range(pages):
            numbers += [page, self._array(self._owners_on(page))]
        for key, (area, reference) in enumerate(self._areas, start=pages):
            area.annotation.update(StructParent=key, Contents=self._string(area.text))
            numbers += [key, reference]
        self._next_key = pages + len(self._areas)
        return self._add({"Nums": self._array(numbers)})

    def _owners_on(self, page: int) -> list[bytes]:
        owners = self._owners[page]
        return [owners.get(number, b"null") for number in range(max(owners, default=-1) + 1)]

    def _add(self, values: dict[str, Any]) -> Any:
        dictionary = self._dictionary(values)
        self._pdf.add_object(dictionary)
        return dictionary

    def _dictionary(self, values: dict[str, Any]) -> Any:
        import pydyf

        return pydyf.Dictionary(values)

    def _array(self, values: Iterable[Any]) -> Any:
        import pydyf

        return pydyf.Array(values)

    def _string(self, text: str) -> Any:
        import pydyf

        return pydyf.String(text)
