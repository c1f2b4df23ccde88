from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from actionprogram.models import Actieprogramma


def test_it_writes_the_pdf_and_its_page(programme: Actieprogramma, tmp_path: Path) -> None:
    out, page = tmp_path / "programma.pdf", tmp_path / "programma.html"
    call_command("render_programme", "2023", out=out, html=page, verbosity=0)
    assert out.read_bytes().startswith(b"%PDF")
    assert "Jeugd en veiligheid" in page.read_text()


@pytest.mark.django_db
def test_a_year_without_programme_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="geen actieprogramma voor 1999"):
        call_command("render_programme", "1999", out=tmp_path / "p.pdf")


@pytest.mark.django_db
def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="bestaat niet"):
        call_command("render_programme", "2023", out=tmp_path / "weg" / "p.pdf")
