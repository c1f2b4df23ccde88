"""Writes the texts of a programme. The page's context holds a `writer`, which knows the notes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from actionprogram import figures, footnotes
from actionprogram.rich_text import WebWriter, Writer
from actionprogram.view_model import (
    Actielijn,
    FocusArea,
    Note,
    ProgrammeView,
    Row,
    SectionView,
    Table,
    Tile,
    WhatHow,
)
from haarlemveilig.ui import charts

register = template.Library()
TILE = 17.8


@register.simple_tag(takes_context=True)
def rich(context: template.Context, html: str, lead: bool = False, paragraph: str = "") -> SafeString:
    """Rich text with its footnotes; `lead` makes the first paragraph larger, `paragraph` is their class."""
    return mark_safe(_writer(context).rich(html, lead, paragraph))  # noqa: S308 (sanitised when it was saved)


@register.simple_tag(takes_context=True)
def plain(context: template.Context, text: str) -> SafeString:
    """Plain text with its footnotes."""
    return mark_safe(_writer(context).plain(text))  # noqa: S308 (the writer escapes it)


def _writer(context: template.Context) -> Writer:
    writer: Writer = context["writer"]
    return writer


@register.simple_tag(takes_context=True)
def called_notes(context: template.Context) -> list[tuple[Note, SafeString, list[str]]]:
    """The notes that the page called up to here: the note, its text, and the places that call it."""
    writer: WebWriter = context["writer"]
    return [(note, mark_safe(text), places) for note, text, places in writer.called()]  # noqa: S308 (sanitised)


@register.filter
def unmarked(text: str) -> str:
    """The text without footnote marks, for titles and lists of contents."""
    return footnotes.without_marks(text)


@register.simple_tag
def trend(row: Row, css_class: str = "hv-spark") -> SafeString | str:
    """The small line of a row; nothing where it has fewer than two figures."""
    if sum(point is not None for point in row.points) < 2:
        return ""
    drawing = charts.spark_svg(charts.Spark(row.points), row.trend).replace("hv-spark", css_class)
    return mark_safe(drawing)  # noqa: S308 (charts.py escapes the title and writes the rest itself)


@register.filter
def remarks(table: Table) -> tuple[str, ...]:
    """What has to be said below a table of figures."""
    return figures.remarks(table)


@register.filter
def verdict_notes(table: Table) -> tuple[figures.VerdictNote, ...]:
    """Whether the targets of a table were met."""
    return figures.verdict_notes(table)


@register.filter
def in_fours(lines: Sequence[Actielijn]) -> list[list[tuple[int, Actielijn]]]:
    """As many actielijnen as fit side by side on paper, each with its number."""
    numbered = list(enumerate(lines, 1))
    return [numbered[start : start + 4] for start in range(0, len(numbered), 4)]


# On paper a row stays whole, but one that is higher than a page would lose the heading of its table.
HIGHEST_ROW = 38
ACTIELIJN_WIDTH, HOW_WIDTH, PLACE_WIDTH = 22, 62, 80


@register.filter
def lines_stay_whole(lines: Sequence[tuple[int, Actielijn]]) -> bool:
    """Whether actielijnen that stand side by side fit on one page."""
    columns = ([text for a in line.acties for text in (a.text + a.recurrence, a.owner)] for _, line in lines)
    return all(_height(column, ACTIELIJN_WIDTH) <= HIGHEST_ROW for column in columns)


@register.filter
def row_stays_whole(row: WhatHow) -> bool:
    """Whether a "wat" with its "hoe" fits on one page."""
    return _height([how.text for how in row.how], HOW_WIDTH) <= HIGHEST_ROW


@register.filter
def area_stays_whole(area: FocusArea) -> bool:
    """Whether the focuslocaties of a stadsdeel fit on one page."""
    places = [place.text + theme.name for theme in area.themes for place in theme.focuslocaties]
    return _height(places, PLACE_WIDTH) <= HIGHEST_ROW


def _height(texts: Sequence[str], width: int) -> int:
    """About how many lines these texts take, each on lines of its own."""
    return sum(len(text) // width + 1 for text in texts)


@register.filter
def first_paragraph(html: str) -> str:
    """The start of a rich text."""
    return html.partition("</p>")[0] + "</p>" if "</p>" in html else html


@register.filter
def aim_label(programme: ProgrammeView, kind: str) -> str:
    """An ambition is for the whole period, an objective for the year."""
    if kind == "ambition":
        return f"Ambitie {programme.period_start}\u2013{programme.period_end}"
    return f"Doelstelling {programme.year}"


@register.simple_tag
def cover_tiles(tiles: Sequence[Tile]) -> SafeString:
    """The wijken as squares on the cover; the first one, the old city, stands out."""
    squares = "".join(
        f'<rect fill="{"#337682" if index else "#f0a37c"}" x="{(tile.column - 1) * TILE:.1f}"'
        f' y="{(tile.row - 1) * TILE:.1f}" width="16.6" height="16.6" rx="2"/>'
        for index, tile in enumerate(tiles)
    )
    return mark_safe(squares)  # noqa: S308 (numbers only)


@register.filter
def cover_box(tiles: Sequence[Tile]) -> str:
    """The size of the field that the tiles take up."""
    columns, rows = max(tile.column for tile in tiles), max(tile.row for tile in tiles)
    return f"0 0 {columns * TILE - 1.2:.1f} {rows * TILE - 1.2:.1f}"


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    """The entry under a key that is itself a variable."""
    return mapping.get(key)


@register.filter
def heading_of(programme: ProgrammeView, section_id: str) -> str:
    """The number and title of a section, by its id."""
    return next((section.heading for section in programme.sections if section.id == section_id), "")


@register.filter
def opens(area: FocusArea, open_rows: set[str]) -> bool:
    """Whether the focuslocaties of a stadsdeel are to be unfolded in the editor."""
    return f"area-{area.area_id}" in open_rows


@register.filter
def chapters_below(programme: ProgrammeView, section_id: str) -> list[SectionView]:
    """The chapters under a section that start on a page of their own."""
    return [
        section for section in programme.sections if section.parent == section_id and section.has_own_page
    ]
