"""Rich text: what is kept of it, how it is typed without an editor, how it is written on web and paper.

Stored is a small, clean piece of HTML. People type it as plain text: an empty line between paragraphs,
"- " or "1. " before the items of a list, **vet**, *schuin*, [tekst](https://adres).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape, unescape
from html.parser import HTMLParser
from itertools import groupby

import nh3

from actionprogram.footnotes import MARK
from actionprogram.view_model import Note

INLINE = {"em", "strong", "a", "br", "sup"}
TAGS = INLINE | {"p", "ul", "ol", "li"}
SCHEMES = {"http", "https", "mailto", "tel"}
# A list in a list in a list: deeper is a mistake, or somebody who wants to crash the layout engine.
MAX_DEPTH = 8


# --- cleaning -------------------------------------------------------------------------------------
def clean(html: str) -> str:
    """Keep paragraphs, lists, emphasis and links; drop everything else. Bare text becomes a paragraph."""
    cleaned = _clean(html, TAGS)
    if _depth(cleaned) > MAX_DEPTH:
        cleaned = _clean(cleaned, set())
    if cleaned and not cleaned.startswith(("<p", "<ul", "<ol")):
        cleaned = f"<p>{cleaned}</p>"
    return cleaned


def clean_inline(html: str) -> str:
    """Keep emphasis and links only: for a footnote, which is one run of text."""
    return _clean(html, INLINE)


def _clean(html: str, tags: set[str]) -> str:
    return nh3.clean(
        html,
        tags=tags,
        attributes={"a": {"href"}} if "a" in tags else {},
        attribute_filter=_whole_address,
        url_schemes=SCHEMES,
        link_rel=None,
    ).strip()


def _whole_address(_tag: str, _attribute: str, value: str) -> str | None:
    """A link such as /wijken/ leads nowhere in a PDF."""
    return value if value.split(":")[0].lower() in SCHEMES else None


def _depth(html: str) -> int:
    depth = deepest = 0
    for closing, name in re.findall(r"<(/?)(\w+)", html):
        depth += 0 if name == "br" else -1 if closing else 1
        deepest = max(deepest, depth)
    return deepest


# --- typing ---------------------------------------------------------------------------------------
_BULLET = re.compile(r"^\s*[-•■]\s+")
_NUMBER = re.compile(r"^\s*\d+[.)]\s+")
_LINK = re.compile(r"\[([^\]^][^\]]*)\]\(((?:https?://|mailto:|tel:)[^)\s]+)\)")
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_EM = re.compile(r"\*(?=[^\s*])(.+?)(?<=[^\s*])\*")


def from_typed(typed: str) -> str:
    """The clean HTML of what somebody typed. HTML may be typed as well, for what plain text cannot say."""
    lines = typed.replace("\r\n", "\n").strip().split("\n")
    if lines[0].startswith("<"):
        return clean("\n".join(lines))
    return clean("".join(_blocks(lines)))


def _blocks(lines: list[str]) -> Iterator[str]:
    for kind, group in groupby(lines, key=_kind):
        mark = _NUMBER if kind == "ol" else _BULLET
        content = [_inline(mark.sub("", line)) for line in group]
        if kind == "p":
            yield f"<p>{'<br>'.join(content)}</p>"
        elif kind:
            yield f"<{kind}>{''.join(f'<li>{item}</li>' for item in content)}</{kind}>"


def _kind(line: str) -> str:
    if _BULLET.match(line):
        return "ul"
    if _NUMBER.match(line):
        return "ol"
    return "p" if line.strip() else ""


def _inline(line: str) -> str:
    text = escape(line.strip(), quote=False)
    text = _LINK.sub(lambda match: f'<a href="{escape(unescape(match[2]))}">{match[1]}</a>', text)
    return _EM.sub(r"<em>\1</em>", _STRONG.sub(r"<strong>\1</strong>", text))


def to_typed(html: str) -> str:
    """The text somebody would type for this HTML; the HTML itself where no text gives just that back."""
    parser = _Typist()
    parser.feed(html)
    typed = parser.text()
    return typed if from_typed(typed) == html else html


class _Typist(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._numbers: list[int] = []
        self._address = ""

    def text(self) -> str:
        return re.sub(r"\n{3,}", "\n\n", "".join(self._parts)).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._address = dict(attrs).get("href") or self._address
        if tag in ("ul", "ol"):
            self._numbers.append(0 if tag == "ol" else -1)
        self._parts.append(self._item() if tag == "li" else _OPENING.get(tag, ""))

    def _item(self) -> str:
        if not self._numbers or self._numbers[-1] < 0:
            return "- "
        self._numbers[-1] += 1
        return f"{self._numbers[-1]}. "

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self._numbers.pop()
        self._parts.append(f"]({self._address})" if tag == "a" else _CLOSING.get(tag, ""))

    def handle_data(self, data: str) -> None:
        self._parts.append(data)


_OPENING = {"strong": "**", "em": "*", "a": "[", "br": "\n"}
_CLOSING = {"strong": "**", "em": "*", "p": "\n\n", "ul": "\n\n", "ol": "\n\n", "li": "\n"}


# --- writing --------------------------------------------------------------------------------------
WEB_CLASSES = {"p": "utrecht-paragraph", "a": "utrecht-link"}
PAPER_CLASSES = {"p": "p-p", "ul": "p-ul", "ol": "p-ol", "li": "p-li", "a": "p-link"}
_TAG = re.compile(r"<(p|ul|ol|li|a)(?=[ >])")


class Writer:
    """Writes the texts of one document, in reading order, and keeps track of the notes they call."""

    classes: dict[str, str]
    lead: str

    def __init__(self, notes: Iterable[Note]) -> None:
        self._notes = {note.key: note for note in notes}

    def rich(self, html: str, lead: bool = False, paragraph: str = "") -> str:
        """Clean HTML with our classes and its notes.

        `lead` sets the first paragraph apart; `paragraph` is another class for all of them.
        """
        dressed = _dress(html, self.classes | ({"p": paragraph} if paragraph else {}))
        if lead:
            dressed = dressed.replace(f'class="{self.classes["p"]}"', f'class="{self.lead}"', 1)
        return self._with_notes(dressed)

    def plain(self, text: str) -> str:
        """Plain text as HTML, its line ends kept, with its notes."""
        return self._with_notes(escape(text, quote=False).replace("\n", "<br>"))

    def _with_notes(self, html: str) -> str:
        return MARK.sub(lambda match: self._call(self._notes.get(match[1])) or match[0], html)

    def _call(self, note: Note | None) -> str:
        raise NotImplementedError


class WebWriter(Writer):
    """Calls link to the list of notes at the end of the page, and back."""

    classes = WEB_CLASSES
    lead = "utrecht-paragraph utrecht-paragraph--lead hv-measure"

    def __init__(self, notes: Iterable[Note]) -> None:
        super().__init__(notes)
        self._called: dict[Note, list[str]] = {}

    def _call(self, note: Note | None) -> str:
        if note is None:
            return ""
        places = self._called.setdefault(note, [])
        number, place = note.number, f"bij-noot-{note.number}-{len(places) + 1}"
        places.append(place)
        return f'<sup><a href="#noot-{number}" id="{place}" aria-label="Noot {number}">{number}</a></sup>'

    def called(self) -> list[tuple[Note, str, list[str]]]:
        """The notes on this page by number: the note, its text with our classes, and where it is called."""
        in_order = sorted(self._called.items(), key=lambda item: item[0].number)
        return [(note, _dress(note.html, self.classes), places) for note, places in in_order]


class PaperWriter(Writer):
    """The first call carries the note, which the layout engine numbers and moves to the foot of the page."""

    classes = PAPER_CLASSES
    lead = "p-lead"

    def __init__(self, notes: Iterable[Note]) -> None:
        super().__init__(notes)
        self._placed: set[str] = set()

    def _call(self, note: Note | None) -> str:
        if note is None:
            return ""
        if note.key in self._placed:
            return f"<sup>{note.number}</sup>"
        self._placed.add(note.key)
        return f'<span class="p-fn">{_dress(note.html, self.classes)}</span>'


def _dress(html: str, classes: dict[str, str]) -> str:
    return _TAG.sub(_classed(classes), html)


def _classed(classes: dict[str, str]) -> Callable[[re.Match[str]], str]:
    return lambda match: f'<{match[1]} class="{classes[match[1]]}"' if match[1] in classes else match[0]
