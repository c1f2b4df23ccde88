import json
from typing import Any

from django.core.cache import cache
from django.utils import translation

from actionprogram.models import Actieprogramma
from actionprogram.selectors import latest_year, programme_view, published
from actionprogram.view_model import ProgrammeView, from_json, to_json
from indicators.models import TableRow


def test_the_sections_stand_in_reading_order_with_their_numbers(view: ProgrammeView) -> None:
    assert [section.heading for section in view.sections] == [
        "Voorwoord",
        "1. Actieprogramma 2023",
        "1.1 Jeugd en veiligheid",
        "1.2 Veilig uitgaan",
    ]


def test_a_priority_holds_its_acties_places_and_figures(view: ProgrammeView) -> None:
    section = view.sections[2]
    assert [(line.title, len(line.acties)) for line in section.lines] == [("Eén aanpak", 2), ("Samen", 1)]
    [oost] = section.focus
    assert [(theme.name, theme.focuslocaties[0].text) for theme in oost.themes] == [
        ("Honden", "Reinaldapark: aanlijnen."),
        ("", "Prinses Beatrixplein."),
    ]
    [table] = section.tables
    assert [group.label for group in table.groups] == ["", "Op straat"]
    assert [cell.text for row in table.rows for cell in row.cells] == [
        "1046",
        "981",
        "898",
        "volgt",
        "",
        "236",
    ]


def test_a_blank_source_stays_blank_and_is_known_to_be_that_of_the_row_above(
    programme: Actieprogramma,
) -> None:
    rows = TableRow.objects.order_by("order")
    rows.filter(label="Gele kaarten").update(group="", printed_source="")
    found = programme_view(programme).sections[2].tables[0].rows
    assert [row.source for row in found] == ["politie", "gemeente", ""]
    assert [row.whole_source for row in found] == ["politie", "gemeente", "gemeente"]


def test_a_blank_source_that_is_not_that_of_the_row_above_is_filled_in(programme: Actieprogramma) -> None:
    """A later import may have put a row of another source before it."""
    rows = TableRow.objects.order_by("order")
    gele_kaarten = rows.filter(label="Gele kaarten")
    gele_kaarten.update(group="", printed_source="", series=rows[0].series_id)
    assert programme_view(programme).sections[2].tables[0].rows[2].source == "Politie"
    # The first row of a group has none above it.
    gele_kaarten.update(group="Op straat")
    assert programme_view(programme).sections[2].tables[0].rows[2].source == "Politie"


def test_a_cell_without_a_figure_says_why(view: ProgrammeView) -> None:
    cells = [cell for row in view.sections[2].tables[0].rows for cell in row.cells]
    assert all(cell.explanation for cell in cells if cell.value is None)


def test_notes_are_numbered_through_text_row_and_table(view: ProgrammeView) -> None:
    assert {note.key: note.number for note in view.notes} == {"basis": 1, "partners": 2, "kaart": 3}
    assert view.sections[2].tables[0].rows[2].label == "Gele kaarten[^kaart]"


def test_the_aims_stand_after_the_opening_wherever_they_were_written(view: ProgrammeView) -> None:
    section = view.sections[2]
    assert [block.kind for block in section.opening] == ["text"]
    assert [block.kind for block in section.aims] == ["ambition", "objective"]
    assert [block.kind for block in section.rest] == ["heading", "text"]


def test_an_edition_gives_back_just_what_was_put_in(view: ProgrammeView) -> None:
    assert from_json(json.loads(json.dumps(to_json(view)))) == view


def test_the_draft_is_dutch_whatever_the_language_of_the_reader(programme: Actieprogramma) -> None:
    Actieprogramma.objects.update(title={"nl": "Nederlands", "en": "English"})
    programme.refresh_from_db()
    with translation.override("en"):
        assert programme_view(programme).title == "Nederlands"


def test_the_whole_programme_takes_at_most_fifteen_queries(
    programme: Actieprogramma, django_assert_max_num_queries: Any
) -> None:
    cache.clear()
    with django_assert_max_num_queries(15):
        programme_view(programme)


def test_nothing_is_published_at_first(programme: Actieprogramma) -> None:
    assert latest_year() is None
    assert published(2023) is None
