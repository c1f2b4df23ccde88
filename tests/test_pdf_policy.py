"""The policy check itself: it must see what a validator lets pass."""

from io import BytesIO

import pikepdf

from haarlemveilig.pdf import render
from tests.pdf_policy import check, walk

HTML = """<!doctype html><html lang="nl"><head><title>Proef</title>
<meta name="dcterms.created" content="2023-02-01"></head><body class="p-doc"><h1 class="p-h1">Kop</h1>
<p>Tekst</p><table><caption>Tabel</caption><thead><tr><th scope="col">A</th></tr></thead>
<tbody><tr><td>1</td></tr></tbody></table></body></html>"""


def altered(role: str, **entries: object) -> bytes:
    pdf = pikepdf.open(BytesIO(render(HTML)))
    element = next(e for e in walk(pdf.Root.StructTreeRoot) if f"/{role}" == e.S)
    for name, value in entries.items():
        element[f"/{name}"] = value
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def test_it_finds_nothing_wrong_with_a_good_file():
    assert check(render(HTML), HTML) == []


def test_it_sees_a_heading_that_skips_a_level():
    assert "a heading of level 3 follows one of level 0" in check(altered("H1", S=pikepdf.Name("/H3")), HTML)


def test_it_sees_a_header_without_scope():
    assert check(altered("TH", A=pikepdf.Dictionary()), HTML) == ["table 1: 1 of 1 headers have no scope"]


def test_it_sees_a_table_that_was_cut_in_two():
    faults = check(altered("P", S=pikepdf.Name("/Table")), HTML)
    assert "Table: 2 in the PDF, 1 in the HTML" in faults
    assert "table 1 has 0 heads" in faults


def test_it_sees_a_figure_without_words():
    assert "1 figures have no text" in check(altered("P", S=pikepdf.Name("/Figure")), HTML)


def test_it_sees_a_note_that_got_lost():
    assert check(render(HTML), HTML.replace("Tekst", '<span class="p-fn">x</span>')) == [
        "Note: 0 in the PDF, 1 in the HTML"
    ]


def test_it_sees_a_document_without_language_title_or_outline():
    pdf = pikepdf.open(BytesIO(render(HTML)))
    for key in ("/Lang", "/ViewerPreferences", "/Outlines"):
        del pdf.Root[key]
    for page in pdf.pages:
        del page.Resources["/Font"]
    out = BytesIO()
    pdf.save(out)
    assert check(out.getvalue(), HTML) == [
        "the language is not nl",
        "the window does not show the title",
        "there is no outline",
        "there is no font at all",
    ]
