import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from indicators.models import Observation, Source
from tests.indicators.conftest import HEADER, REAL_FILE


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("import_indicators", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_it_counts_rows_and_cells(city: None) -> None:
    outcome: dict[str, Any] = json.loads(run(REAL_FILE, "--json"))
    assert (outcome["rows"], outcome["cells"], outcome["uncertain"], outcome["errors"]) == (46, 184, 28, [])
    assert Observation.objects.count() == 172


def test_it_says_the_same_in_words(city: None) -> None:
    lines = run(REAL_FILE).splitlines()
    assert {"rows: 46", "cells: 184", "uncertain: 28", "errors: 0"} <= set(lines)


def test_a_dry_run_imports_nothing(city: None) -> None:
    assert json.loads(run(REAL_FILE, "--dry-run", "--json"))["rows"] == 46
    assert not Source.objects.exists()


def test_a_broken_row_is_named_and_nothing_is_imported(city: None, tmp_path: Path) -> None:
    broken = tmp_path / "kapot.csv"
    broken.write_text(HEADER + "2.1;Jeugd;;Meldingen;Politie;1;2\n2.1;Jeugd;;;Politie;1;2\n2.1;Jeugd\n")
    with pytest.raises(CommandError) as refused:
        run(broken)
    assert str(refused.value) == "Rij 3, kolom indicator: dit vak is leeg. (en nog 1 meer)"
    assert not Source.objects.exists()


def test_errors_are_in_the_json_as_well(city: None, tmp_path: Path) -> None:
    broken = tmp_path / "kapot.csv"
    broken.write_text(HEADER + "2.1;Jeugd;;;Politie;1;2\n")
    out = io.StringIO()
    with pytest.raises(CommandError, match="Rij 2, kolom indicator"):
        call_command("import_indicators", str(broken), "--json", stdout=out)
    assert json.loads(out.getvalue()) == {
        "rows": 0,
        "cells": 0,
        "uncertain": 0,
        "errors": ["Rij 2, kolom indicator: dit vak is leeg."],
    }


def test_a_file_that_is_not_there_is_one_clear_line(city: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="bestaat niet"):
        run(tmp_path / "weg.csv")


def test_it_needs_a_municipality_first(db: None) -> None:
    with pytest.raises(CommandError, match="Er is nog geen gemeente"):
        run(REAL_FILE)
