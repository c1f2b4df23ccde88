"""Puts the view-model of a programme together: a fixed number of queries, whatever its size."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from actionprogram import view_model as vm
from actionprogram.contents import OWN_PAGE, UNNUMBERED
from actionprogram.footnotes import number_notes
from actionprogram.models import (
    Actielijn,
    Actieprogramma,
    Focuslocatie,
    Footnote,
    Section,
    TablePlacement,
    TextBlock,
    WhatHow,
)
from actionprogram.numbering import Node, number_sections
from haarlemveilig.editions.models import Edition, EditionFile
from haarlemveilig.gemeente.models import Theme
from haarlemveilig.gemeente.selectors import municipality, stadsdelen, wijken
from indicators.display import RowView, TableView
from indicators.selectors import table_views

LANGUAGE = "nl"


# --- the draft ------------------------------------------------------------------------------------
def programme_view(programme: Actieprogramma) -> vm.ProgrammeView:
    """The whole programme as it stands now, numbered, with its figures, in the language of decisions."""
    sections = tuple(_Builder(programme).sections())
    profile = municipality()
    return vm.ProgrammeView(
        year=programme.year,
        title=_text(programme.title),
        subtitle=_text(programme.subtitle),
        municipality=profile.name,
        site_name=profile.site_name,
        period_name=programme.period.name,
        period_start=programme.period.start_year,
        period_end=programme.period.end_year,
        dated=programme.dated.isoformat(),
        is_synthetic=programme.is_synthetic,
        cover=tuple(vm.Tile(wijk.row, wijk.column) for wijk in wijken() if wijk.row and wijk.column),
        sections=sections,
        notes=_notes(programme, sections),
    )


def _text(localized: Any) -> str:
    return str(localized.in_language(LANGUAGE))


def _notes(programme: Actieprogramma, sections: Iterable[vm.SectionView]) -> tuple[vm.Note, ...]:
    notes = Footnote.objects.filter(programme=programme)
    known = {note.key: note for note in notes}
    numbers = number_notes((text for section in sections for _id, text in vm.texts_of(section)), known)
    return tuple(vm.Note(key, numbers.get(key, 0), _text(note.text)) for key, note in known.items())


class _Builder:
    """Fetches the rows of one programme, kind by kind, and hands them out section by section."""

    def __init__(self, programme: Actieprogramma) -> None:
        self._sections = list(Section.objects.filter(programme=programme).order_by("order", "pk"))
        here = {"section__programme": programme}
        self._blocks = _by_section(TextBlock.objects.filter(**here))
        self._lines = _by_section(Actielijn.objects.filter(**here).prefetch_related("acties"))
        self._what_hows = _by_section(WhatHow.objects.filter(**here).prefetch_related("items"))
        self._places = _by_section(Focuslocatie.objects.filter(**here).select_related("theme"))
        placements = list(TablePlacement.objects.filter(**here).select_related("table"))
        self._placements = _by_section(placements)
        self._tables = _tables(placements)
        self._areas = {version.area_id: version.name for version in stadsdelen()}

    def sections(self) -> Iterable[vm.SectionView]:
        """In reading order: every section before those under it."""
        children: defaultdict[Any, list[Section]] = defaultdict(list)
        for section in self._sections:
            children[section.parent_id].append(section)
        ordered = list(_depth_first(children, None, 1))
        nodes = [Node(str(s.pk), _id(s.parent_id) or None, s.kind not in UNNUMBERED) for s, _depth in ordered]
        numbers = number_sections(nodes)
        pages: dict[str, str] = {}
        for section, depth in ordered:
            own = section.parent_id is None or section.kind in OWN_PAGE
            pages[str(section.pk)] = str(section.pk) if own else pages[str(section.parent_id)]
            yield self._section(section, depth, numbers[str(section.pk)], pages[str(section.pk)])

    def _section(self, section: Section, depth: int, number: str, page: str) -> vm.SectionView:
        return vm.SectionView(
            id=str(section.pk),
            parent=_id(section.parent_id),
            page=page,
            depth=depth,
            kind=section.kind,
            number=number,
            title=_text(section.title),
            slug=section.slug,
            version=section.version,
            blocks=tuple(vm.Block(str(b.pk), b.kind, _text(b.html)) for b in self._blocks[section.pk]),
            lines=tuple(_line(line) for line in self._lines[section.pk]),
            what_hows=tuple(_what_how(row) for row in self._what_hows[section.pk]),
            focus=tuple(self._focus(self._places[section.pk])),
            tables=tuple(self._tables[placement.pk] for placement in self._placements[section.pk]),
        )

    def _focus(self, places: list[Focuslocatie]) -> Iterable[vm.FocusArea]:
        by_area: defaultdict[int, list[Focuslocatie]] = defaultdict(list)
        for place in places:
            by_area[place.stadsdeel_id].append(place)
        for area_id, members in by_area.items():
            yield vm.FocusArea(area_id, self._areas.get(area_id, ""), tuple(_focus_themes(members)))


def _by_section(rows: Iterable[Any]) -> defaultdict[Any, list[Any]]:
    grouped: defaultdict[Any, list[Any]] = defaultdict(list)
    for row in sorted(rows, key=_order):
        grouped[row.section_id].append(row)
    return grouped


def _order(row: Any) -> tuple[int, Any]:
    """Rows with the same number, which only two editors at once can make, still have one order."""
    return row.order, row.pk


def _depth_first(
    children: Mapping[Any, list[Section]], parent: Any, depth: int
) -> Iterable[tuple[Section, int]]:
    for section in children.get(parent, []):
        yield section, depth
        yield from _depth_first(children, section.pk, depth + 1)


def _id(key: Any) -> str:
    return "" if key is None else str(key)


def _line(line: Actielijn) -> vm.Actielijn:
    acties = sorted(line.acties.all(), key=_order)
    return vm.Actielijn(
        str(line.pk),
        _text(line.title),
        tuple(vm.Actie(str(actie.pk), _text(actie.text), actie.owner, actie.recurrence) for actie in acties),
    )


def _what_how(row: WhatHow) -> vm.WhatHow:
    items = sorted(row.items.all(), key=_order)
    return vm.WhatHow(
        str(row.pk), _text(row.what), tuple(vm.How(str(item.pk), _text(item.text)) for item in items)
    )


def _focus_themes(places: list[Focuslocatie]) -> Iterable[vm.FocusTheme]:
    """Neighbours with the same theme share one heading; the order stays as written."""
    for code, members in groupby(places, key=lambda place: place.theme.code if place.theme else ""):
        same = list(members)
        name = _text(same[0].theme.name) if same[0].theme else ""
        yield vm.FocusTheme(code, name, tuple(vm.Focuslocatie(str(p.pk), _text(p.text)) for p in same))


def enforcement_themes() -> list[tuple[str, str]]:
    """The handhavingsthema's a focuslocatie can be about: code and name."""
    return [(theme.code, _text(theme.name)) for theme in Theme.objects.enforcement()]


# --- figures ----------------------------------------------------------------------------------------
def _tables(placements: list[TablePlacement]) -> dict[Any, vm.Table]:
    views = table_views([placement.table for placement in placements])
    return {placement.pk: _table(placement, view) for placement, view in zip(placements, views, strict=True)}


def _table(placement: TablePlacement, view: TableView) -> vm.Table:
    groups = (vm.RowGroup(group.heading, tuple(_rows(group.rows, placement.notes))) for group in view.groups)
    return vm.Table(
        str(placement.pk), view.caption, tuple(column.label for column in view.columns), tuple(groups)
    )


def _rows(rows: Iterable[RowView], notes: Mapping[str, str]) -> Iterable[vm.Row]:
    """A blank source in a printed table means: the same as above. It stays blank where that is so."""
    above, words = "", ""
    for row in rows:
        is_same = not row.printed_source and row.source == above
        words = words if is_same else row.printed_source or row.source
        above = row.source
        printed = _row(row, words, notes)
        yield replace(printed, source="", source_above=words) if is_same else printed


def _row(row: RowView, printed_source: str, notes: Mapping[str, str]) -> vm.Row:
    mark = f"[^{notes[row.label]}]" if row.label in notes else ""
    return vm.Row(
        label=f"{row.label}{mark}",
        source=printed_source,
        cells=tuple(
            vm.Cell(cell.label, cell.printed, cell.value, str(cell.status), cell.explanation, cell.kind)
            for cell in row.cells
        ),
        trend=row.trend,
        remark=row.note,
        is_synthetic=row.is_synthetic,
        verdicts=tuple(
            vm.TargetVerdict(cell.label, cell.verdict.word, cell.verdict.tone, cell.verdict.public_note)
            for cell in row.judged
            if cell.verdict
        ),
    )


# --- what was published -----------------------------------------------------------------------------
@dataclass(frozen=True)
class Published:
    """The newest edition of one year: what readers see."""

    edition: Edition
    view: vm.ProgrammeView
    pdf: EditionFile | None


def latest_year() -> int | None:
    """The last year for which a programme was published."""
    subjects = Edition.objects.filter(kind=Edition.Kind.PROGRAMME).values_list("subject", flat=True)
    return max((int(subject) for subject in subjects), default=None)


def published(year: int) -> Published | None:
    """The newest edition of the programme of `year`, or None while there is none. Two queries."""
    edition = Edition.objects.latest_of(Edition.Kind.PROGRAMME, str(year))
    if edition is None:
        return None
    pdf = next((file for file in edition.files.all() if file.media_type == "application/pdf"), None)
    return Published(edition, vm.from_json(edition.view_model), pdf)
