"""What is read from the pages of a laid-out document."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pikepdf
import pytest

from haarlemveilig.pdf import render
from tests.pdf_policy import role, walk

Document = Callable[..., str]
Read = Callable[..., list[pikepdf.Dictionary]]
SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


@pytest.fixture
def read() -> Iterator[Read]:
    """Renders HTML and gives its structure elements. Their file stays open until the test is over."""
    files = []

    def elements(html: str, **assets: bytes) -> list[pikepdf.Dictionary]:
        files.append(pikepdf.open(BytesIO(render(html, assets=assets))))
        return list(walk(files[-1].Root.StructTreeRoot))

    yield elements
    for file in files:
        file.close()


def roles(elements: list[pikepdf.Dictionary]) -> list[str]:
    return [role(element) for element in elements]


def test_a_note_is_read_where_it_is_called(document: Document, read: Read):
    html = document('<p class="p-p">Eerst<span class="p-fn">de noot</span> daarna</p><p>Slot</p>')
    assert roles(read(html)) == ["Document", "P", "Reference", "Note", "Lbl", "P"]


@pytest.mark.parametrize(("scope", "expected"), [("row", "/Row"), ("rowgroup", "/Row"), ("col", "/Column")])
def test_a_header_says_what_it_heads(document: Document, read: Read, scope: str, expected: str):
    html = document(f'<table><tr><th scope="{scope}" colspan="2">Kop</th></tr><tr><td>1</td><td>2</td></tr>')
    header = next(element for element in read(html) if role(element) == "TH")
    assert header.A.Scope == expected
    assert header.A.ColSpan == 2


def test_a_passage_in_another_language_says_so(document: Document, read: Read):
    html = document('<p lang="nl">Dit is <i lang="en">English</i>, <i lang="nl">dit</i> niet.</p>')
    assert [str(span.Lang) for span in read(html) if role(span) == "Span"] == ["en"]


def test_a_decoration_is_not_read(document: Document, read: Read):
    svg = '<svg aria-hidden="true" width="9" height="9"><rect width="9" height="9"/></svg>'
    html = document(f'<p>Tekst <img alt="" src="stip.svg"> {svg}</p>')
    assert roles(read(html, **{"stip.svg": SQUARE})) == ["Document", "P"]


def test_a_chart_says_its_title_and_its_place(document: Document, read: Read):
    svg = '<svg width="96" height="48"><title>Een\n stijging</title><rect width="9" height="9"/></svg>'
    figure = next(element for element in read(document(f"<p>{svg}</p>")) if role(element) == "Figure")
    assert str(figure.Alt) == "Een stijging"
    left, bottom, right, top = map(float, figure.A.BBox)
    assert (right - left, top - bottom) == pytest.approx((72, 36), abs=0.1)
    assert 700 < top < 842


def test_a_link_says_where_it_goes(document: Document):
    html = document('<p><a href="https://haarlem.example/">De site\n van de gemeente</a></p>')
    with pikepdf.open(BytesIO(render(html))) as pdf:
        assert [str(link.Contents) for link in pdf.pages[0].Annots] == ["De site van de gemeente"]


def test_emphasis_is_plain_text_to_a_reader(document: Document, read: Read):
    assert roles(read(document("<p>Gewoon en <b>vet</b></p>"))) == ["Document", "P"]


def test_a_paragraph_over_two_pages_is_one_paragraph(document: Document, read: Read):
    html = document(f"<p>{'Een regel. ' * 500}</p>")
    paragraph = next(element for element in read(html) if role(element) == "P")
    assert {kid.Pg.StructParents for kid in paragraph.K if isinstance(kid, pikepdf.Dictionary)} == {1}
    assert sum(role(element) == "P" for element in read(html)) == 1
