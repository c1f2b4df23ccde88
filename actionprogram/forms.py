"""The form of one section: a field for every text of draft.py, drawn row by row."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from actionprogram import draft
from actionprogram.view_model import Actie, Actielijn, Block, FocusArea, How, SectionView, WhatHow

UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
NAME = re.compile(rf"(?:title|block|line|actie|owner|often|what|how|focus|theme):{UUID}")
HELP = {
    "ambition": "Wat is er aan het eind van de periode bereikt? Dit veld hoort bij alle jaren.",
    "objective": "Wat is er aan het eind van het jaar bereikt? Noem iets wat u kunt meten.",
}
SHORT = {"title": 200, "line": 200, "owner": 120, "often": 120, "what": 300}
TOO_LONG = "maak de tekst korter. Er passen %(limit_value)s tekens in, u hebt er %(show_value)s."
ROWS = {"block": 8, "actie": 2, "how": 2, "focus": 3}


@dataclass(frozen=True)
class Posted:
    """What came back from the page: the texts as they were shown, and as they are now."""

    seen: draft.Texts
    typed: draft.Texts


def posted(data: Mapping[str, str]) -> Posted:
    """Read all texts from a POST, also of rows that somebody else removed meanwhile."""
    typed = {name: _tidy(text) for name, text in data.items() if NAME.fullmatch(name)}
    seen = {name: _tidy(data.get(f"initial-{name}", "")) for name in typed}
    return Posted(seen=seen, typed=typed)


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


@dataclass(frozen=True)
class BlockRow:
    block: Block
    text: BoundField


@dataclass(frozen=True)
class ActieRow:
    actie: Actie
    text: BoundField
    owner: BoundField
    often: BoundField


@dataclass(frozen=True)
class LineRow:
    line: Actielijn
    title: BoundField
    acties: tuple[ActieRow, ...]


@dataclass(frozen=True)
class WhatRow:
    row: WhatHow
    what: BoundField
    how: tuple[tuple[How, BoundField], ...]


@dataclass(frozen=True)
class PlaceRow:
    id: str
    theme: BoundField
    text: BoundField


class SectionForm(forms.Form):
    """All texts of one section. Beside every field stands what it was, hidden: see `posted`."""

    marks_optional = False

    def __init__(
        self,
        section: SectionView,
        themes: list[tuple[str, str]],
        data: Mapping[str, str] | None = None,
        focus: str = "",
    ) -> None:
        super().__init__(data)
        self._section = section
        self.fields["version"] = forms.IntegerField(initial=section.version, widget=forms.HiddenInput)
        names = draft.labels(section)
        kinds = {block.id: block.kind for block in section.blocks}
        for name, text in draft.texts(section).items():
            kind, _colon, row = name.partition(":")
            field = _field(kind, kinds.get(row, ""), themes)
            field.label, field.initial = names[name], text
            # A browser would cut off a text that is pasted in; the server says that it is too long.
            field.widget.attrs.pop("maxlength", None)
            field.error_messages["max_length"] = f"{names[name]}: {TOO_LONG}"
            if row == focus:
                field.widget.attrs["autofocus"] = True
                focus = ""
            self.fields[name] = field

    def title_field(self) -> BoundField:
        return self[f"title:{self._section.id}"]

    def blocks(self) -> Iterator[BlockRow]:
        for block in self._section.blocks:
            yield BlockRow(block, self[f"block:{block.id}"])

    def aims(self) -> list[BlockRow]:
        return [row for row in self.blocks() if row.block in self._section.aims]

    def prose(self) -> list[BlockRow]:
        return [row for row in self.blocks() if row.block not in self._section.aims]

    def lines(self) -> Iterator[LineRow]:
        for line in self._section.lines:
            yield LineRow(line, self[f"line:{line.id}"], tuple(self._actie(actie) for actie in line.acties))

    def _actie(self, actie: Actie) -> ActieRow:
        return ActieRow(
            actie, self[f"actie:{actie.id}"], self[f"owner:{actie.id}"], self[f"often:{actie.id}"]
        )

    def what_hows(self) -> Iterator[WhatRow]:
        for row in self._section.what_hows:
            yield WhatRow(row, self[f"what:{row.id}"], tuple((how, self[f"how:{how.id}"]) for how in row.how))

    def places(self, area: FocusArea) -> list[PlaceRow]:
        ids = [place.id for theme in area.themes for place in theme.focuslocaties]
        return [PlaceRow(id_, self[f"theme:{id_}"], self[f"focus:{id_}"]) for id_ in ids]


def _field(kind: str, block_kind: str, themes: list[tuple[str, str]]) -> forms.Field:
    shared: dict[str, Any] = {"required": kind == "title", "show_hidden_initial": True}
    shared["help_text"] = HELP.get(block_kind, "")
    if kind == "theme":
        return forms.ChoiceField(choices=[("", "Geen thema"), *themes], **shared)
    if kind in SHORT or block_kind == "heading":
        return forms.CharField(max_length=SHORT.get(kind, 200), **shared)
    rows = 3 if block_kind in HELP else ROWS[kind]
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), **shared)
