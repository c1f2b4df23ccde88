"""The one private hook into WeasyPrint, and what happens without it."""

from types import SimpleNamespace

import pytest
import weasyprint.pdf
from weasyprint.pdf import tags

from haarlemveilig.pdf import render
from haarlemveilig.pdf.engine import load_engine
from haarlemveilig.pdf.structure import Mark
from haarlemveilig.pdf.tagging import add_tags, install_hook, mark_as_artifacts
from tests.pdf_policy import check


def test_this_weasyprint_has_the_hook_that_we_use(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(weasyprint.pdf, "add_tags", tags.add_tags)
    assert install_hook()
    assert weasyprint.pdf.add_tags is add_tags


@pytest.mark.parametrize("moved", [None, lambda pdf, document: None])
def test_it_says_so_when_the_hook_has_moved(monkeypatch: pytest.MonkeyPatch, moved: object):
    monkeypatch.setattr(weasyprint.pdf, "add_tags", moved)
    assert not install_hook()
    assert weasyprint.pdf.add_tags is moved


def test_weasyprints_own_tags_make_a_file_but_not_a_good_one(
    monkeypatch: pytest.MonkeyPatch, programme_html: str
):
    load_engine()  # which installs our hook, if no test did so before
    monkeypatch.setattr(weasyprint.pdf, "add_tags", tags.add_tags)
    faults = check(render(programme_html), programme_html)
    assert any(fault.startswith("Note: 0 in the PDF") for fault in faults)
    assert any(fault.startswith("Table: ") for fault in faults)


def test_what_is_not_read_becomes_an_artifact():
    operations: list[object] = ["/Span", {"MCID": 0}, b"BDC", "/Span", {"MCID": 1}, b"BDC"]
    mark_as_artifacts([Mark(0, 1)], [SimpleNamespace(stream=operations)])
    assert operations == ["/Span", {"MCID": 0}, b"BDC", "/Artifact", b"", b"BMC"]
