"""Paper forms as PDF, and those with codes: made of a file, fetched once, nothing readable left."""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from haarlemveilig.accounts.models import Role
from haarlemveilig.jobs import services as jobs
from haarlemveilig.jobs.models import Job
from haarlemveilig.pdf import render
from participation.ranking import paper_document, paper_order, round_keys, services, tasks  # noqa: F401 (tasks registers the handler of the job)
from participation.ranking.models import Round
from participation.ranking.qr import BORDER, qr_code
from participation.ranking.selectors import ballot_themes
from participation.ranking.services import paper_forms
from tests import factories, pdf_policy

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
FORMS = "/werk/rondes/2026-1/papier/formulieren/"


@pytest.fixture
def round_(city: None, settings, tmp_path: Path) -> Round:
    settings.KEY_DIR = tmp_path / "keys"
    made = factories.open_round()
    round_keys.make(made.code)
    return made


@pytest.fixture
def code_file(round_: Round) -> bytes:
    """A file as it is fetched for the printer, with three codes."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["nummer", "kenmerk", "wijk", "code", "adres"])
    codes = services.make_codes(round_=round_, wijken=[factories.area("meerwijk")] * 3)
    writer.writerows(
        (n, "", "WK039221", code, f"https://x.example/l/{code}") for n, code in enumerate(codes, 1)
    )
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def test_every_theme_stands_in_every_place_equally_often() -> None:
    themes = ["a", "b", "c"]
    orders = [paper_order.in_order(themes, letter) for letter in paper_order.letters(3)]
    assert [sorted(places) for places in zip(*orders, strict=True)] == [themes] * 3
    assert [paper_order.letter_of(number, 3) for number in range(1, 5)] == ["B", "C", "A", "B"]


def test_a_qr_code_is_drawn_module_by_module() -> None:
    found = qr_code("https://x.example/l/A4KM-9XTP-H7CQ")
    # The upper left corner of each QR code: a line of seven black modules, after four white ones.
    assert found.path.startswith(f"M{BORDER} {BORDER}h7v1h-7z")
    assert found.size > 4 * BORDER


def html(round_: Round) -> str:
    themes = ballot_themes(round_)
    coded = paper_document.PaperCode("A4KM-9XTP-H7CQ", "https://x.example/l/A4KM-9XTP-H7CQ", 2)
    return paper_document.html(
        round_, [paper_document.PaperForm("A", themes), paper_document._with_code(coded, themes)]
    )


def test_a_form_says_all_that_the_ballot_says(round_: Round) -> None:
    page = html(round_)
    for text in (
        "Over afval.",
        "regelt afval.",
        "let op afval.",
        "melden afval.",
        "Geen voorkeur",
        "Kies 1, 2 of 3 onderwerpen.",
        "Wat u niet kiest, telt als minder belangrijk.",
        "volgorde A",
        "volgorde C",
        "A4KM-9XTP-H7CQ",
        "Spoed? Bel 112.",
        "uiterlijk",
        "Na het sluiten kan niemand die twee nog bij elkaar zoeken.",
    ):
        assert text in page
    assert "Leeftijd" not in page


def test_a_form_reads_as_its_page_and_takes_two_sides(round_: Round) -> None:
    page = html(round_)
    pdf = render(page)
    assert pdf_policy.check(pdf, page) == []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 4


def test_a_blank_form_is_for_all_colleagues(round_: Round, sign_in: SignIn) -> None:
    answer = sign_in(Role.COMMUNICATIE).get("/werk/rondes/2026-1/papier/leeg/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def uploaded(content: bytes) -> dict[str, SimpleUploadedFile]:
    return {"bestand": SimpleUploadedFile("codes.csv", content)}


def test_forms_with_codes_are_made_and_fetched_once_and_leave_nothing(
    round_: Round, code_file: bytes, sign_in: SignIn, settings
) -> None:
    browser = sign_in(Role.BELEIDSMEDEWERKER)
    address = browser.post(FORMS, uploaded(code_file))["Location"]
    job = Job.objects.get(kind=paper_forms.JOB)
    jobs.run(job.pk)
    assert "klaar" in browser.get(address).text
    answer = browser.post(address)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["formulieren-2026-1-00001-00003.pdf"]
        with pikepdf.open(archive.open(archive.namelist()[0])) as pdf:
            assert len(pdf.pages) == 6
    assert "al opgehaald" in browser.post(address, follow=True).text
    assert "opgehaald en hier weg" in browser.get(address).text
    assert not list(Path(settings.KEY_DIR).glob("formulieren-*"))
    job.refresh_from_db()
    assert not job.file
    some_code = code_file.decode().split(";")[7]
    assert some_code not in f"{job.title} {job.params} {job.result}"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe\x00", "Dit is geen codebestand."),
        (b"naam;adres\r\nJan;x\r\n", "De kolommen zijn: nummer, kenmerk, wijk, code, adres."),
        (b"nummer;kenmerk;wijk;code;adres\r\n1;;W;;https://x\r\n", "Rij 2 is niet te lezen."),
        (
            b"nummer;kenmerk;wijk;code;adres\r\n1;;W;AAAA-AAAA-AAAA;https://x.example/l/A\r\n",
            "Niet alle codes in dit bestand horen bij deze ronde.",
        ),
    ],
)
def test_a_file_that_will_not_do_is_refused_in_plain_words(
    round_: Round, sign_in: SignIn, settings, content: bytes, sentence: str
) -> None:
    page = sign_in(Role.BELEIDSMEDEWERKER).post(FORMS, uploaded(content)).text
    assert page.count(sentence) == 2
    assert not Job.objects.exists()
    assert not list(Path(settings.KEY_DIR).glob("formulieren-*"))


def test_forms_of_a_colleague_are_not_for_another(round_: Round, code_file: bytes, sign_in: SignIn) -> None:
    job = paper_forms.order_forms(
        round_=round_, content=code_file, actor=factories.user("beheerder", is_superuser=True)
    )
    assert sign_in(Role.BELEIDSMEDEWERKER).get(f"{FORMS}{job.pk}/").status_code == 404


def test_a_job_that_fails_leaves_no_file_with_codes_behind(
    round_: Round, code_file: bytes, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = paper_forms.order_forms(round_=round_, content=code_file, actor=None)
    monkeypatch.setattr(paper_forms, "forms_with_codes", lambda *_args: 1 / 0)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.status == Job.Status.FAILED
    assert not list(Path(settings.KEY_DIR).glob("formulieren-*"))


def test_the_command_writes_forms_that_nobody_else_can_read(
    round_: Round, code_file: bytes, tmp_path: Path
) -> None:
    (tmp_path / "codes.csv").write_bytes(code_file)
    call_command("paper_forms", "2026-1", codes=tmp_path / "codes.csv", out=tmp_path)
    made = tmp_path / "formulieren-2026-1-00001-00003.pdf"
    assert made.stat().st_mode & 0o077 == 0
