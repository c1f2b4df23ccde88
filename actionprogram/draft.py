"""A section as somebody edits it: every text under a name, so that two people's work can be compared.

A name is "kind:id", such as "actie:6f…": the kind says which field of which row it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from actionprogram.rich_text import to_typed
from actionprogram.view_model import SectionView

Texts = dict[str, str]
# The kinds of name under which a row has its own text, beside who does it and under what theme.
PROSE = ("block", "line", "actie", "what", "how", "focus")
BLOCK_LABELS = {"ambition": "Ambitie", "objective": "Doelstelling", "heading": "Tussenkop", "text": "Tekst"}


@dataclass(frozen=True)
class Difference:
    """What became of one text since somebody opened the page. `now` is None when the row is gone."""

    label: str
    before: str
    now: str | None
    typed: str

    @property
    def both(self) -> bool:
        """Both people changed it, so somebody has to choose."""
        return self.typed not in (self.before, self.now)


def texts(section: SectionView) -> Texts:
    """Every text of the section as people type it."""
    return {name: text for name, _label, text in _fields(section)}


def labels(section: SectionView) -> dict[str, str]:
    """What each text is called on the page."""
    return {name: label for name, label, _text in _fields(section)}


def _fields(section: SectionView) -> Iterator[tuple[str, str, str]]:
    yield f"title:{section.id}", "Titel", section.title
    for block in section.blocks:
        yield f"block:{block.id}", BLOCK_LABELS[block.kind], typed_block(block.kind, block.html)
    yield from _line_fields(section)
    for row in section.what_hows:
        yield f"what:{row.id}", "Wat gaan we doen", row.what
        for how in row.how:
            yield f"how:{how.id}", "Hoe gaan we dit doen", how.text
    for area in section.focus:
        for theme in area.themes:
            for place in theme.focuslocaties:
                yield f"theme:{place.id}", f"Thema van een focuslocatie in {area.name}", theme.code
                yield f"focus:{place.id}", f"Focuslocatie in {area.name}", place.text


def _line_fields(section: SectionView) -> Iterator[tuple[str, str, str]]:
    for number, line in enumerate(section.lines, 1):
        yield f"line:{line.id}", f"Actielijn {number}", line.title
        for actie_number, actie in enumerate(line.acties, 1):
            label = f"Actie {number}.{actie_number}"
            yield f"actie:{actie.id}", label, actie.text
            yield f"owner:{actie.id}", f"Eigenaar van {label.lower()}", actie.owner
            yield f"often:{actie.id}", f"Hoe vaak: {label.lower()}", actie.recurrence


def typed_block(kind: str, html: str) -> str:
    """A block as people type it: a heading is plain text, the rest is rich."""
    return html if kind == "heading" else to_typed(html)


def changed(seen: Mapping[str, str], typed: Mapping[str, str]) -> Texts:
    """What somebody changed on the page, compared with what they were shown."""
    return {name: text for name, text in typed.items() if text != seen.get(name, "")}


def merged(current: Mapping[str, str], changes: Mapping[str, str]) -> Texts:
    """The newest texts with somebody's own changes on top; changes in rows that are gone fall out."""
    return {name: changes.get(name, text) for name, text in current.items()}


def differences(
    names: Mapping[str, str], seen: Mapping[str, str], changes: Mapping[str, str], current: Mapping[str, str]
) -> list[Difference]:
    """What others did to the texts somebody was shown, and their own text beside it.

    A row that is gone is named only if they changed it: then their text would otherwise be lost.
    """
    found = []
    for name, before in seen.items():
        now = current.get(name)
        lost = now is None and name in changes
        if lost or (now is not None and now != before):
            label = names.get(name, "Een regel die weg is")
            found.append(Difference(label, before, now, changes.get(name, before)))
    return found
