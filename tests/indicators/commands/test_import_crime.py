import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from indicators.models import Observation
from tests.indicators.test_crime_file import crime, crime_file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "misdrijven.json"
    path.write_bytes(crime_file(crime(), crime(SoortMisdrijf="1.4.5 ")))
    return path


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("import_crime", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_it_imports_the_kinds_that_have_a_theme(city: None, file: Path, tmp_path: Path) -> None:
    kinds = tmp_path / "soorten.json"
    kinds.write_text('{"1.1.1": {"label": "Inbraak", "theme": "jeugd"}}')
    assert run(file, "--themes", kinds) == "1 rijen in 1 reeksen, 1 nieuw of anders, 1 overgeslagen.\n"
    assert Observation.objects.count() == 1


def test_bad_input_is_one_clear_line(city: None, tmp_path: Path) -> None:
    broken = tmp_path / "kapot.json"
    broken.write_bytes(crime_file(crime(GeregistreerdeMisdrijven_1="x")))
    with pytest.raises(CommandError, match="Rij 1, kolom GeregistreerdeMisdrijven"):
        run(broken)


def test_it_needs_a_municipality_first(db: None, file: Path) -> None:
    with pytest.raises(CommandError, match="Er is nog geen gemeente"):
        run(file)
