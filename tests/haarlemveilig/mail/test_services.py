from pathlib import Path

import pytest
from pytest_django import Settings

from haarlemveilig.mail import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def templates(tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "emails" / "hello"
    folder.mkdir(parents=True)
    (folder / "subject.txt").write_text("Dag\n  {{ name }}\n")
    (folder / "body.txt").write_text("{% load i18n %}{% get_current_language as code %}{{ name }} {{ code }}")
    (folder / "body.html").write_text("<p>{{ name }}</p>")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [str(tmp_path)]}]


@pytest.mark.usefixtures("templates")
def test_a_mail_is_written_from_three_templates_in_the_language_of_its_reader() -> None:
    mail = services.queue(kind="hello", recipient="an@example.org", context={"name": "<An>"}, language="en")
    assert (mail.kind, mail.subject, mail.status) == ("hello", "Dag <An>", "queued")
    assert mail.body_text == "<An> en"
    assert mail.body_html == "<p>&lt;An&gt;</p>"


def test_a_long_subject_is_cut_to_what_the_outbox_holds() -> None:
    mail = services.queue_rendered(kind="x", recipient="an@example.org", subject="x" * 300, text="y")
    assert len(mail.subject) == 200
