from actionprogram.contents import contents, page, page_with, pages
from actionprogram.view_model import ProgrammeView


def test_chapters_and_themes_have_a_page_of_their_own(view: ProgrammeView) -> None:
    assert [section.slug for section in pages(view)] == [
        "voorwoord",
        "actieprogramma-2023",
        "jeugd-en-veiligheid",
        "veilig-uitgaan",
    ]


def test_the_contents_are_a_tree(view: ProgrammeView) -> None:
    tree = contents(view)
    assert [entry.section.title for entry in tree] == ["Voorwoord", "Actieprogramma 2023"]
    assert [child.section.number for child in tree[1].children] == ["1.1", "1.2"]


def test_a_page_knows_the_pages_around_it(view: ProgrammeView) -> None:
    found = page(view, "jeugd-en-veiligheid")
    assert found is not None
    assert found.previous is not None
    assert found.next is not None
    assert (found.previous.slug, found.next.slug) == ("actieprogramma-2023", "veilig-uitgaan")
    assert page(view, "bestaat-niet") is None


def test_a_group_names_the_chapters_under_it(view: ProgrammeView) -> None:
    found = page(view, "actieprogramma-2023")
    assert found is not None
    assert [section.number for section in found.below] == ["1.1", "1.2"]


def test_every_block_can_be_found_by_its_permanent_address(view: ProgrammeView) -> None:
    section = view.sections[2]
    for anchor in (section.id, section.blocks[0].id, section.lines[0].acties[0].id, section.tables[0].id):
        assert page_with(view, anchor) == section
    assert page_with(view, "nergens") is None
