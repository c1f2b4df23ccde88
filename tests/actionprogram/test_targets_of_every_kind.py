"""The table of the demo with a target of every kind, in a chapter: on the page and on paper."""

import html
from pathlib import Path
from typing import Any

import pytest

from actionprogram import document
from actionprogram.figures import as_csv, verdict_notes
from actionprogram.models import Actieprogramma, TablePlacement
from actionprogram.selectors import programme_view
from actionprogram.view_model import ProgrammeView
from haarlemveilig.pages import demo
from indicators.models import IndicatorTable
from indicators.reading import read_file
from indicators.selectors import city as whole_city
from indicators.services import import_table
from tests.pdf_policy import check

FILE = Path(demo.__file__).parent / "doelen-voorbeeld.csv"
PRINTED = (
    "ca. 40%",
    "6,5 tot 7,0",
    "12 keer overleg en 4 keer schouw",
    "merkbaar rustiger",
    "22% (24%)",
    "6,2 *)",
)


@pytest.fixture
def chapter(programme: Actieprogramma) -> ProgrammeView:
    content = FILE.read_bytes()
    import_table(read_file(content, FILE.name, max_bytes=len(content)), area=whole_city(), provenance="demo")
    placement = TablePlacement.objects.get()
    placement.table = IndicatorTable.objects.get(name__startswith="Doelen met toezicht")
    placement.save()
    return programme_view(programme)


def test_every_target_prints_as_it_was_written_and_has_its_verdict_in_words(chapter: ProgrammeView) -> None:
    table = chapter.sections[2].tables[0]
    paper, file = document.html(chapter), as_csv(table)
    for text in PRINTED:
        assert html.escape(text) in paper
        assert text in file
    said = {note.verdict.note for note in verdict_notes(table)}
    assert "498 voldoet aan de streefwaarde van minder dan 600: behaald." in said
    for rule in (
        "6,6 voldoet aan de streefwaarde van 6,5 tot 7,0: behaald. De nulmeting van 2021 is gemeten in 2020.",
        "Niet te beoordelen: ‘ca. 40%’ is geen vaste grens.",
        "Niet te beoordelen: de streefwaarde is tekst.",
    ):
        assert any(note.startswith(rule) for note in said)


def test_the_paper_keeps_to_the_rules_of_paper(chapter: ProgrammeView, pdf_of: Any) -> None:
    assert check(pdf_of(chapter), document.html(chapter)) == []
