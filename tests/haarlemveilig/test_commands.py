import argparse
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError
from django.db.migrations.recorder import MigrationRecorder

from haarlemveilig import commands


def manage(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, in another folder, on the database under `folder`."""
    return subprocess.run(
        [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), *arguments],
        cwd=folder,
        env={"VAR_DIR": str(folder / "var"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("text", ["2023", "1999"])
def test_a_year_is_four_digits(text: str) -> None:
    assert commands.year(text) == int(text)


@pytest.mark.parametrize("text", ["23", "3023", "abcd", "20234", "-2023", "２０２３"])
def test_anything_else_is_no_year(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="geen jaar"):
        commands.year(text)


def test_an_empty_database_gets_its_tables_and_the_file_is_found_in_the_own_folder(tmp_path: Path) -> None:
    (tmp_path / "wijken.csv").write_text(
        "wijkcode,wijknaam,gemeentecode,gemeente,stadsdeel_afgeleid\nWK039201,Oude Stad,GM0392,Haarlem,Centrum\n"
    )
    done = manage(tmp_path, "import_areas", "wijken.csv")
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 rijen ingelezen.\n", "")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["import_areas"], "FILE"),
        (["import_areas", "x.csv", "--year", "abc"], "‘abc’ is geen jaar"),
        (["render_programme", "abc", "--out", "x.pdf"], "‘abc’ is geen jaar"),
        (["tally", "x.csv", "--k", "3", "--wat"], "--wat"),
        (["tally", "x.csv", "--k", "3"], "x.csv: dit bestand bestaat niet"),
    ],
)
def test_wrong_arguments_are_one_line(tmp_path: Path, arguments: list[str], line: str) -> None:
    done = manage(tmp_path, *arguments)
    assert done.returncode != 0
    assert done.stdout == ""
    assert line in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_database_that_does_not_answer_is_one_line(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/weg/db.sqlite3"
    done = manage(tmp_path, "render_programme", "2023", "--out", "x.pdf", DATABASE_URL=url)
    assert done.returncode != 0
    assert done.stderr == "CommandError: De database antwoordt niet. Klopt DATABASE_URL?\n"


@pytest.mark.django_db
def test_a_database_that_lags_behind_is_refused() -> None:
    MigrationRecorder.Migration.objects.filter(app="gemeente").last().delete()
    with pytest.raises(CommandError, match="loopt achter"):
        commands.DatabaseCommand().check_migrations()
