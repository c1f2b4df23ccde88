import io
from dataclasses import replace
from typing import Any

import pikepdf

from actionprogram import document
from actionprogram.view_model import ProgrammeView
from tests.pdf_policy import check


def test_the_pdf_reads_like_its_page(view: ProgrammeView, pdf_of: Any) -> None:
    assert check(pdf_of(view), document.html(view)) == []


def test_two_runs_give_the_same_bytes(view: ProgrammeView, pdf_of: Any) -> None:
    assert document.pdf(view) == pdf_of(view)


def test_the_outline_follows_the_chapters(view: ProgrammeView, pdf_of: Any) -> None:
    with pikepdf.open(io.BytesIO(pdf_of(view))) as pdf, pdf.open_outline() as outline:
        assert [str(item.title) for item in outline.root] == ["Inhoud", "Voorwoord", "1. Actieprogramma 2023"]
        chapters = outline.root[2].children
        assert [str(item.title) for item in chapters] == ["1.1 Jeugd en veiligheid", "1.2 Veilig uitgaan"]
        assert "Focuslocaties" in [str(item.title) for item in chapters[0].children]


def test_the_figures_are_attached_as_csv(view: ProgrammeView, pdf_of: Any) -> None:
    with pikepdf.open(io.BytesIO(pdf_of(view))) as pdf:
        assert list(pdf.attachments) == ["jeugd-en-veiligheid-1.csv"]


def test_the_date_in_the_file_is_that_of_the_document(view: ProgrammeView, pdf_of: Any) -> None:
    with pikepdf.open(io.BytesIO(pdf_of(view))) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20230201")


def test_every_note_stands_once_on_paper_however_often_it_is_called(view: ProgrammeView) -> None:
    html = document.html(view)
    assert html.count('class="p-fn"') == 3
    assert html.count("<sup>1</sup>") == 2


def test_notes_come_on_paper_in_the_order_of_their_numbers(view: ProgrammeView) -> None:
    html = document.html(view)
    places = [html.index(note.html.partition("<")[0]) for note in view.called_notes]
    assert places == sorted(places)


def test_more_actielijnen_than_fit_side_by_side_go_on_below(view: ProgrammeView) -> None:
    section = view.sections[2]
    many = replace(section, lines=section.lines * 3)
    sections = tuple(many if one is section else one for one in view.sections)
    html = document.html(replace(view, sections=sections))
    assert html.count("p-lines-h") == 6
    assert "Meer actielijnen" in html
    assert "6. Samen" in html


def test_a_row_stays_whole_unless_it_is_higher_than_a_page(view: ProgrammeView) -> None:
    assert "<tr>" not in document.html(view)
    jeugd, uitgaan = view.sections[2:4]
    actie = replace(jeugd.lines[0].acties[0], text="Regie in elke wijk. " * 60)
    [area] = jeugd.focus
    place = replace(area.themes[0].focuslocaties[0], text="Reinaldapark. " * 300)
    row = replace(uitgaan.what_hows[0], how=uitgaan.what_hows[0].how * 30)
    long_jeugd = replace(
        jeugd,
        lines=(replace(jeugd.lines[0], acties=(actie,)),),
        focus=(replace(area, themes=(replace(area.themes[0], focuslocaties=(place,)),)),),
    )
    long_uitgaan = replace(uitgaan, what_hows=(row,))
    html = document.html(replace(view, sections=(*view.sections[:2], long_jeugd, long_uitgaan)))
    assert '<tr><td class="p-lines-c">' in html
    assert '<tr><th class="p-rh" scope="row">Oost' in html
    assert f'<tr id="{row.id}">' in html
