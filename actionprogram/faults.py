"""What is wrong with a programme, from its view-model.

Every check is a function in `CHECKS`. The one on priorities (apply or explain) needs the weighing of the
wijken and joins this list when that is part of the view-model.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from actionprogram.footnotes import keys_in
from actionprogram.view_model import ProgrammeView, SectionView, texts_of

WITH_OBJECTIVE = {"priority", "theme"}


@dataclass(frozen=True)
class Fault:
    """One thing to look at. While a fault that blocks is there, the programme cannot be published."""

    section: str
    anchor: str
    text: str
    blocks: bool = True


def faults(programme: ProgrammeView) -> tuple[Fault, ...]:
    """All faults, in reading order."""
    known = {note.key for note in programme.notes}
    found: list[Fault] = []
    for section in programme.sections:
        found += _unknown_marks(section, known)
        found += [fault for check in CHECKS for fault in check(section)]
    return tuple(found)


def blocking(programme: ProgrammeView) -> tuple[Fault, ...]:
    """The faults for which publication has to wait."""
    return tuple(fault for fault in faults(programme) if fault.blocks)


def _unknown_marks(section: SectionView, known: set[str]) -> Iterator[Fault]:
    for anchor, text in texts_of(section):
        for key in keys_in(text):
            if key not in known:
                yield Fault(section.id, anchor, f"De voetnoot [^{key}] bestaat niet.")


def _acties_without_owner(section: SectionView) -> Iterator[Fault]:
    for number, line in enumerate(section.lines, 1):
        for actie_number, actie in enumerate(line.acties, 1):
            if not actie.owner:
                yield Fault(section.id, actie.id, f"Actie {number}.{actie_number} heeft nog geen eigenaar.")


def _empty_lines(section: SectionView) -> Iterator[Fault]:
    for number, line in enumerate(section.lines, 1):
        if not line.title:
            yield Fault(section.id, line.id, f"Actielijn {number} heeft nog geen naam.")
        for actie_number, actie in enumerate(line.acties, 1):
            if not actie.text:
                yield Fault(section.id, actie.id, f"Actie {number}.{actie_number} is nog leeg.")


def _empty_what_hows(section: SectionView) -> Iterator[Fault]:
    for row in section.what_hows:
        if not row.what or not all(how.text for how in row.how):
            yield Fault(section.id, row.id, "Bij ‘wat gaan we doen’ staat een lege regel.")


def _empty_places(section: SectionView) -> Iterator[Fault]:
    for area in section.focus:
        for theme in area.themes:
            for place in theme.focuslocaties:
                if not place.text:
                    yield Fault(section.id, place.id, f"Een focuslocatie in {area.name} is nog leeg.")


def _no_objective(section: SectionView) -> Iterator[Fault]:
    has_objective = any(block.kind == "objective" and block.html for block in section.blocks)
    if section.kind in WITH_OBJECTIVE and not has_objective:
        yield Fault(section.id, section.id, "Er is nog geen doelstelling.", blocks=False)


CHECKS = (_acties_without_owner, _empty_lines, _empty_what_hows, _empty_places, _no_objective)
