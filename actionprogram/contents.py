"""Which sections have a page of their own, what stands on it, and the list of contents."""

from collections.abc import Sequence
from dataclasses import dataclass

from actionprogram.view_model import ProgrammeView, SectionView

# A text under a chapter is printed on the page of that chapter.
OWN_PAGE = {"priority", "theme"}
UNNUMBERED = {"foreword"}


@dataclass(frozen=True)
class Entry:
    """A line of the contents. `page` is the section on whose page it stands."""

    section: SectionView
    page: SectionView
    children: tuple["Entry", ...]


@dataclass(frozen=True)
class Page:
    """One page: a section, its parts on the same page, the chapters under it, and the pages around it."""

    section: SectionView
    parts: tuple[SectionView, ...]
    below: tuple[SectionView, ...]
    previous: SectionView | None
    next: SectionView | None


def contents(programme: ProgrammeView) -> tuple[Entry, ...]:
    """The tree of sections, in reading order."""
    return _entries(programme.sections, "", {section.id: section for section in programme.sections})


def _entries(
    sections: Sequence[SectionView], parent: str, by_id: dict[str, SectionView]
) -> tuple[Entry, ...]:
    return tuple(
        Entry(section, by_id[section.page], _entries(sections, section.id, by_id))
        for section in sections
        if section.parent == parent
    )


def pages(programme: ProgrammeView) -> list[SectionView]:
    """The sections that have a page of their own, in reading order."""
    return [section for section in programme.sections if section.has_own_page]


def page(programme: ProgrammeView, slug: str) -> Page | None:
    """The page at this address, or None."""
    all_pages = pages(programme)
    index = next((index for index, section in enumerate(all_pages) if section.slug == slug), None)
    if index is None:
        return None
    section = all_pages[index]
    return Page(
        section=section,
        parts=tuple(part for part in programme.sections if part.page == section.id and part is not section),
        below=tuple(child for child in all_pages if child.parent == section.id),
        previous=all_pages[index - 1] if index else None,
        next=all_pages[index + 1] if index + 1 < len(all_pages) else None,
    )


def page_with(programme: ProgrammeView, anchor: str) -> SectionView | None:
    """The section on whose page a block stands: permanent addresses name only the block."""
    by_id = {section.id: section for section in programme.sections}
    for section in programme.sections:
        if anchor in anchors(section):
            return by_id[section.page]
    return None


def anchors(section: SectionView) -> set[str]:
    """The ids of a section and of all blocks in it that have a place on the page."""
    found = {section.id}
    found.update(block.id for block in section.blocks)
    for line in section.lines:
        found.update([line.id, *(actie.id for actie in line.acties)])
    for row in section.what_hows:
        found.update([row.id, *(how.id for how in row.how)])
    for area in section.focus:
        found |= area.place_ids
    found.update(table.id for table in section.tables)
    return found
