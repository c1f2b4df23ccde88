from dataclasses import replace

from actionprogram.faults import blocking, faults
from actionprogram.view_model import ProgrammeView, SectionView


def _with_section(view: ProgrammeView, section: SectionView) -> ProgrammeView:
    return replace(view, sections=tuple(section if one.id == section.id else one for one in view.sections))


def test_a_whole_programme_has_no_faults(view: ProgrammeView) -> None:
    assert faults(view) == ()


def test_an_actie_without_owner_blocks_and_is_named(view: ProgrammeView) -> None:
    section = view.sections[2]
    line = section.lines[0]
    orphan = replace(line.acties[1], owner="")
    changed = replace(section, lines=(replace(line, acties=(line.acties[0], orphan)), section.lines[1]))
    [fault] = blocking(_with_section(view, changed))
    assert fault.text == "Actie 1.2 heeft nog geen eigenaar."
    assert (fault.section, fault.anchor) == (section.id, orphan.id)


def test_an_unknown_footnote_mark_blocks_and_points_to_its_text(view: ProgrammeView) -> None:
    section = view.sections[0]
    block = replace(section.blocks[0], html="<p>Iets[^weg].</p>")
    [fault] = blocking(_with_section(view, replace(section, blocks=(block,))))
    assert "[^weg]" in fault.text
    assert fault.anchor == block.id


def test_a_mark_in_a_table_is_looked_up_too(view: ProgrammeView) -> None:
    bare = replace(view, notes=tuple(note for note in view.notes if note.key != "kaart"))
    assert [fault.anchor for fault in blocking(bare)] == [view.sections[2].tables[0].id]


def test_a_theme_without_objective_is_a_remark_that_blocks_nothing(view: ProgrammeView) -> None:
    bare = _with_section(view, replace(view.sections[3], blocks=()))
    assert [fault.text for fault in faults(bare)] == ["Er is nog geen doelstelling."]
    assert blocking(bare) == ()


def test_empty_rows_block(view: ProgrammeView) -> None:
    section = view.sections[3]
    empty = replace(section.what_hows[0], what="")
    [fault] = blocking(_with_section(view, replace(section, what_hows=(empty,))))
    assert fault.anchor == empty.id
