"""Rendering in a process of its own: the same file, and every way to fail is one sentence."""

import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from haarlemveilig.pdf import Attachment, PdfError, child, render_in_child
from haarlemveilig.pdf.limits import MEBIBYTE, Limits
from tests.haarlemveilig.pdf import sample

Document = Callable[..., str]


def test_it_makes_the_same_file_from_any_folder(
    programme_html: str, programme_pdf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    assert render_in_child(programme_html, attachments=sample.attachments()) == programme_pdf


def test_a_fault_in_the_document_comes_back_as_it_was(document: Document):
    with pytest.raises(PdfError, match=r"“kaart\.png”, en dat is er niet"):
        render_in_child(document('<img alt="Kaart" src="kaart.png">'))


def test_it_hands_over_the_assets(document: Document):
    image = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    assert render_in_child(document('<img alt="Kaart" src="kaart.svg">'), assets={"kaart.svg": image})


def test_it_stops_at_the_cpu_limit(programme_html: str):
    with pytest.raises(PdfError, match="duurde te lang"):
        render_in_child(programme_html, limits=Limits(cpu_seconds=1))


def test_it_stops_at_the_memory_limit(document: Document):
    with pytest.raises(PdfError, match="te veel geheugen"):
        render_in_child(document("<i></i>" * 100_000), limits=Limits(memory=200 * MEBIBYTE))


def test_it_refuses_too_much_html_without_starting_a_process(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: pytest.fail("started"))
    with pytest.raises(PdfError, match="te groot"):
        render_in_child("x" * (6 * MEBIBYTE))


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (-signal.SIGXCPU, child.TOO_LONG),
        (-signal.SIGABRT, child.TOO_MUCH),
        (-signal.SIGKILL, child.TOO_MUCH),
        (-signal.SIGSEGV, child.TOO_MUCH),
        (1, child.CRASHED),
    ],
)
def test_every_end_has_its_sentence(monkeypatch: pytest.MonkeyPatch, code: int, message: str):
    ended = subprocess.CompletedProcess([], code, b"", b"Traceback: ...")
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: ended)
    with pytest.raises(PdfError, match=message) as caught:
        render_in_child("<p>Tekst")
    assert "Traceback" in str(caught.value.__cause__)


def test_it_gives_up_on_a_child_that_hangs(monkeypatch: pytest.MonkeyPatch):
    def hang(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("python", 900)

    monkeypatch.setattr(subprocess, "run", hang)
    with pytest.raises(PdfError, match="duurde te lang"):
        render_in_child("<p>Tekst")


def test_the_child_gets_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch):
    seen: dict[str, str] = {}

    def spy(*_: object, env: dict[str, str], **__: object) -> subprocess.CompletedProcess[bytes]:
        seen.update(env)
        return subprocess.CompletedProcess([], 0, b"%PDF", b"")

    monkeypatch.setenv("SECRET_KEY", "geheim")
    monkeypatch.setattr(subprocess, "run", spy)
    assert render_in_child("<p>Tekst") == b"%PDF"
    assert "PATH" in seen
    assert "SECRET_KEY" not in seen


def test_a_job_comes_over_whole():
    attachment = Attachment("a.csv", "text/csv", bytes(range(256)), "Ümlaut")
    job = ("<p>é</p>", {"b.png": b"\x00\xff"}, [attachment], Limits(pages=7))
    assert child.unpack(child.pack(*job)) == job
