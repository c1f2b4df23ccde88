"""What we ask of a PDF beyond the standards: that somebody who hears it gets the same document.

A validator is content with a table that is cut in two at a page break. The counts here are not: they must be
those of the HTML that the PDF was made of.

`python -m tests.pdf_policy FILE.pdf FILE.html` prints the faults and exits with 1 when there are any.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

FONTS = ("Source-Sans-3", "Source-Serif-4")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
COUNTED = {
    **{tag: tag.upper() for tag in HEADINGS},
    "table": "Table",
    "caption": "Caption",
    "figcaption": "Caption",
    "thead": "THead",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "a": "Link",
}
NOTE_CLASS = "p-fn"


def check(pdf_bytes: bytes, source_html: str) -> list[str]:
    """The faults of a PDF, in words; an empty list when it is as it should be."""
    with pikepdf.open(BytesIO(pdf_bytes)) as pdf:
        elements = list(walk(pdf.Root.StructTreeRoot))
        return [
            *_document_faults(pdf),
            *_font_faults(pdf),
            *_heading_faults(elements),
            *_figure_faults(elements),
            *_table_faults(elements),
            *_count_faults(Counter(role(element) for element in elements), expected_counts(source_html)),
        ]


def walk(element: Any) -> Iterator[Any]:
    """All structure elements under this one, in reading order."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from walk(kid)


def role(element: Any) -> str:
    return str(element.S).removeprefix("/")


def expected_counts(source_html: str) -> Counter[str]:
    """How often each kind of element must be in the PDF, going by its HTML."""
    counter = _Counter()
    counter.feed(source_html)
    counter.close()
    return counter.counts


def fonts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """The fonts of every page, those inside its drawings too."""
    for page in pdf.pages:
        yield from _fonts_in(page.get("/Resources", {}))


def _fonts_in(resources: Any) -> Iterator[Any]:
    yield from resources.get("/Font", {}).values()
    for drawing in resources.get("/XObject", {}).values():
        if "/Resources" in drawing:
            yield from _fonts_in(drawing.Resources)


def _document_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    if str(pdf.Root.get("/Lang", "")) != "nl":
        yield "the language is not nl"
    if pdf.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is not True:
        yield "the window does not show the title"
    if "/First" not in pdf.Root.get("/Outlines", {}):
        yield "there is no outline"
    if not str(pdf.docinfo.get("/Title", "")):
        yield "there is no title"


def _font_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    seen = {str(font.BaseFont): font for font in fonts(pdf)}
    if not seen:
        yield "there is no font at all"
    for name, font in sorted(seen.items()):
        if name.split("+")[-1].removesuffix("-Semi-Bold").rstrip(",") not in FONTS:
            yield f"unexpected font {name}"
        descriptor = font.get("/DescendantFonts", [font])[0].get("/FontDescriptor", {})
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()):
            yield f"font {name} is not embedded"


def _heading_faults(elements: list[Any]) -> Iterator[str]:
    before = 0
    for name in map(role, elements):
        if name.lower() in HEADINGS:
            level = int(name[1])
            if level > before + 1:
                yield f"a heading of level {level} follows one of level {before}"
            before = level


def _figure_faults(elements: list[Any]) -> Iterator[str]:
    silent = sum(
        role(element) == "Figure" and not str(element.get("/Alt", "")).strip() for element in elements
    )
    if silent:
        yield f"{silent} figures have no text"


def _table_faults(elements: list[Any]) -> Iterator[str]:
    for number, table in enumerate((e for e in elements if role(e) == "Table"), start=1):
        parts = list(walk(table))
        headers = [part for part in parts if role(part) == "TH"]
        unscoped = sum("/Scope" not in header.get("/A", {}) for header in headers)
        heads = sum(role(part) == "THead" for part in parts)
        if not headers or unscoped:
            yield f"table {number}: {unscoped} of {len(headers)} headers have no scope"
        if heads != 1:
            yield f"table {number} has {heads} heads"


def _count_faults(found: Counter[str], expected: Counter[str]) -> Iterator[str]:
    for name in (*COUNTED.values(), "Figure", "Note"):
        if found[name] != expected[name]:
            yield f"{name}: {found[name]} in the PDF, {expected[name]} in the HTML"


class _Counter(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        if tag in COUNTED:
            self.counts[COUNTED[tag]] += 1
        if tag in ("svg", "img") and not (values.get("aria-hidden") == "true" or values.get("alt") == ""):
            self.counts["Figure"] += 1
        if NOTE_CLASS in values.get("class", "").split():
            self.counts["Note"] += 1


if __name__ == "__main__":
    sys.exit("\n".join(check(Path(sys.argv[1]).read_bytes(), Path(sys.argv[2]).read_text("utf-8"))) or 0)
