"""From HTML to PDF: the programme as a whole, the dates, the bytes, and the refusals."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from haarlemveilig.pdf import Attachment, PdfError, render
from haarlemveilig.pdf.child import ROOT, pack
from haarlemveilig.pdf.limits import LIMITS, Limits
from tests.haarlemveilig.pdf import sample
from tests.pdf_policy import check

Document = Callable[..., str]
DATE = '<meta name="dcterms.created" content="2023-02-01">'


def test_the_programme_reads_as_its_html(programme_pdf: bytes, programme_html: str):
    assert check(programme_pdf, programme_html) == []


def test_the_letter_reads_as_its_html():
    assert check(render(sample.letter()), sample.letter()) == []


def test_the_contents_give_the_right_pages(programme_pdf: bytes, programme_html: str, tmp_path: Path):
    (tmp_path / "a.pdf").write_bytes(programme_pdf)
    text = subprocess.run(
        ["pdftotext", "-f", "2", "-l", "2", "-layout", tmp_path / "a.pdf", "-"],
        capture_output=True,
        check=True,
    ).stdout.decode()
    printed = [int(number) for number in re.findall(r"\. (\d+)$", text, re.MULTILINE)]
    with pikepdf.open(BytesIO(programme_pdf)) as pdf:
        names = list(pdf.Root.Names.Dests.Names)
        pages = {str(n): pikepdf.Page(d[0]).index + 1 for n, d in zip(names[::2], names[1::2], strict=True)}
    targets = re.findall(r'p-toc-link" href="#([^"]+)"', programme_html)
    assert printed == [pages[target] for target in targets]
    assert len(printed) == 17


def test_the_same_document_is_the_same_file_whatever_came_before(programme_pdf: bytes, programme_html: str):
    render(sample.letter())
    assert render(programme_html, attachments=sample.attachments()[::-1]) == programme_pdf


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "C"},
    ],
)
def test_each_machine_makes_the_same_file(
    programme_pdf: bytes, programme_html: str, tmp_path: Path, surroundings: dict[str, str]
):
    child = subprocess.run(
        [sys.executable, "-m", "haarlemveilig.pdf"],
        input=pack(programme_html, {}, sample.attachments(), LIMITS),
        env={**os.environ, "PYTHONPATH": str(ROOT), **surroundings},
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert child.stdout == programme_pdf


def test_every_date_is_that_of_the_document(programme_pdf: bytes):
    with pikepdf.open(BytesIO(programme_pdf)) as pdf:
        assert str(pdf.docinfo["/CreationDate"]) == "D:20230201"
        assert "/ModDate" not in pdf.docinfo
        with pdf.open_metadata() as metadata:
            assert metadata["xmp:CreateDate"] == "2023-02-01"
        attached = pdf.attachments["cijfers.csv"].get_file()
        assert attached.creation_date.date().isoformat() == "2023-02-01"


def test_it_claims_both_standards(programme_pdf: bytes):
    with pikepdf.open(BytesIO(programme_pdf)) as pdf, pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "3A"
        assert metadata["pdfuaid:part"] == "1"


def test_attachments_keep_their_type_and_stand_in_the_file_once(programme_pdf: bytes):
    with pikepdf.open(BytesIO(programme_pdf)) as pdf:
        assert len(pdf.Root.AF) == 2
        assert {str(entry.AFRelationship) for entry in pdf.Root.AF} == {"/Data"}
        file = pdf.attachments["metadata.json"]
        assert file.get_file().mime_type == "application/json"
        assert file.get_file().read_bytes() == b'{"titel": "Voorbeeld"}'
        assert file.description == "Beschrijving van de cijfers"


def test_an_attachment_without_a_known_ending_keeps_the_type_it_was_given(document: Document):
    pdf = render(
        document("<p>Tekst"), attachments=[Attachment("telling", "text/csv", b"a;b\n", "De telling")]
    )
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert opened.attachments["telling"].get_file().mime_type == "text/csv"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('<img alt="Kaart" src="kaart.png">', "“kaart.png”, en dat is er niet"),
        ('<img alt="Kaart" src="https://elders.example/a.png">', "“https://elders.example/a.png”"),
        ('<img alt="Wachtwoorden" src="file:///etc/passwd">', "“file:///etc/passwd”"),
        ('<img alt="Stip" src="data:image/png;base64,AAAA">', "“data:image/png;base64,AAAA”"),
        ('<p><a href="#nergens">Verder</a>', "fout in het document"),
        ('<p><a href="/wijken/">Uw wijk</a>', "“/wijken/” heeft geen volledig adres"),
        ("<p>Veilig 日本", "“日” (U+65E5), “本” (U+672C)"),
    ],
)
def test_it_refuses_what_would_not_be_as_meant(document: Document, body: str, message: str):
    with pytest.raises(PdfError, match=re.escape(message)):
        render(document(body))


def test_it_prints_names_and_signs_from_far_beyond_haarlem(document: Document):
    with pikepdf.open(BytesIO(render(document("<p>Žižek, Erdoğan, Őry, Šimić, Иван: ≤ 20 → ≥ 5 ✓")))) as pdf:
        assert len(pdf.pages) == 1


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("", "de datum (dcterms.created)"),
        ('<meta name="dcterms.created" content="2023-02">', "2023-02"),
    ],
)
def test_it_refuses_a_document_without_a_date(document: Document, head: str, message: str):
    with pytest.raises(PdfError, match=re.escape(message)):
        render(document("<p>Tekst", head))


def test_it_names_all_that_the_head_lacks():
    with pytest.raises(PdfError, match=re.escape("de taal (lang) en de titel (title) en de datum")):
        render("<p>Tekst</p>")


def test_it_refuses_an_unreadable_image(document: Document):
    with pytest.raises(PdfError, match="fout in het document"):
        render(document('<img alt="Kaart" src="kaart.png">'), assets={"kaart.png": b"geen plaatje"})


def test_it_refuses_fonts_of_a_document_which_later_documents_would_share(document: Document):
    with pytest.raises(PdfError, match=r"Anders\.WOFF2 is een lettertype"):
        render(document("<p>Tekst"), assets={"Anders.WOFF2": b"wOF2"})


def test_linking_the_sheet_changes_nothing(document: Document):
    link = '<link rel="stylesheet" href="/static/css/print.0a1b.css">'
    assert render(document("<p>Tekst", DATE + link)) == render(document("<p>Tekst"))


@pytest.mark.parametrize(
    ("body", "limits", "message"),
    [
        ("x" * 2_000_000, Limits(html_bytes=1024 * 1024), "meer dan 1 MB"),
        ("<div>" * 120 + "x", LIMITS, "meer dan 100 onderdelen"),
        ("<div>" * 5000 + "x", LIMITS, "meer dan 100 onderdelen"),
        ('<p class="p-h1">x</p>' * 4, Limits(pages=3), "4 bladzijden. Het mogen er 3 zijn"),
    ],
)
def test_it_refuses_what_is_too_large(document: Document, body: str, limits: Limits, message: str):
    with pytest.raises(PdfError, match=re.escape(message)):
        render(document(body), limits=limits)


def test_it_bears_the_depth_that_it_allows(document: Document):
    tables = "<table><tr><td>" * 24
    assert render(document(tables + "x")).startswith(b"%PDF-1.7")


def test_importing_the_package_does_not_load_the_engine():
    code = "import haarlemveilig.pdf, sys; sys.exit('weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
