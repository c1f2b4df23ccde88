import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from indicators.models import Indicator, IndicatorTable, Observation, Source
from tests.indicators.conftest import HEADER, REAL_FILE
from tests.indicators.test_crime_file import crime, crime_file


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


def test_a_folder_is_called_one(city: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is een map"):
        run(tmp_path)


def test_a_file_that_is_not_there_is_one_clear_line(city: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="bestaat niet"):
        run(tmp_path / "weg.csv")


def test_it_needs_a_municipality_first(db: None) -> None:
    with pytest.raises(CommandError, match="Er is nog geen gemeente"):
        run(REAL_FILE)


def test_it_says_what_stayed_because_it_is_newer(city: None, tmp_path: Path) -> None:
    path = tmp_path / "cijfers.csv"
    path.write_text(HEADER + "2.1;Jeugd;;Meldingen;Politie;1;2\n")
    run(path, "--vintage", "2026-01-31")
    path.write_text(HEADER + "2.1;Jeugd;;Meldingen;Politie;1;3\n")
    outcome = json.loads(run(path, "--vintage", "2025-01-31", "--json"))
    assert (outcome["new"], outcome["revised"], outcome["newer"], outcome["skipped"]) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    ("options", "kept"),
    [(["--reason", "Opnieuw geteld."], "Opnieuw geteld."), ([], "Nieuw bestand: cijfers.csv")],
)
def test_why_figures_change_can_be_said_and_is_kept(
    city: None, tmp_path: Path, options: list[str], kept: str
) -> None:
    path = tmp_path / "cijfers.csv"
    path.write_text(HEADER + "2.1;Jeugd;;Meldingen;Politie;1024;2\n")
    run(path)
    path.write_text(HEADER + "2.1;Jeugd;;Meldingen;Politie;1.024;3\n")
    assert json.loads(run(path, "--json", *options))["revised"] == 2
    spelling, value = Observation.objects.current().order_by("period_start")
    assert (spelling.change_reason, value.change_reason) == ("", kept)


def test_a_reason_that_is_too_long_is_refused(city: None) -> None:
    with pytest.raises(CommandError, match="hoogstens 300 tekens"):
        run(REAL_FILE, "--reason", "x" * 301)


def test_it_names_each_figure_that_is_revised(
    city: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "cijfers.csv"
    path.write_text(HEADER + "2.1;Jeugd;;Meldingen;Politie;1;2\n2.1;Jeugd;;Boetes;Politie;3;4\n")
    run(path)
    path.write_text(HEADER + "2.1;Jeugd;;Meldingen;Politie;1;5\n2.1;Jeugd;;Boetes;Politie;volgt;4\n")
    outcome = json.loads(run(path, "--dry-run", "--json"))
    assert (outcome["revised"], outcome["revisions_left"]) == (2, 0)
    assert outcome["revisions"] == [
        {"row": 2, "label": "Meldingen", "column": "2020", "old": "2", "new": "5"},
        {"row": 3, "label": "Boetes", "column": "2019", "old": "3", "new": "volgt"},
    ]
    monkeypatch.setattr("indicators.management.commands.import_indicators.MOST_REVISIONS", 1)
    lines = run(path, "--dry-run").splitlines()
    assert lines[-2:] == ["  Rij 2, kolom 2020: ‘2’ wordt ‘5’.", "  Herzien, en hier niet genoemd: 1."]


@pytest.mark.parametrize(("day", "says"), [("gisteren", "geen datum"), ("2199-01-01", "moet nog komen")])
def test_a_day_that_cannot_be_is_refused(city: None, day: str, says: str) -> None:
    with pytest.raises(CommandError, match=says):
        run(REAL_FILE, "--vintage", day)


def test_table_and_source_may_be_named(city: None, tmp_path: Path) -> None:
    path = tmp_path / "cijfers.csv"
    path.write_text("indicator;2019;2020\nMeldingen;1;2\n")
    run(path, "--table", "Jeugd", "--source", "Politie")
    assert [(one.name, one.rows.get().series.source.name) for one in IndicatorTable.objects.all()] == [
        ("Jeugd", "Politie")
    ]


def test_a_spreadsheet_is_read_too(city: None, tmp_path: Path) -> None:
    path = tmp_path / "cijfers.xlsx"
    book = openpyxl.Workbook()
    for name in ("Een", "Twee"):
        sheet = book.create_sheet(name)
        sheet.append(["thema", "indicator", "bron", 2021])
        sheet.append([f"Jeugd {name}", "Meldingen", "Politie", 12])
    del book["Sheet"]
    book.save(path)
    assert json.loads(run(path, "--sheet", "Twee", "--json"))["cells"] == 1
    assert IndicatorTable.objects.get().name == "Jeugd Twee"


def test_crime_comes_in_with_its_themes(city: None, tmp_path: Path) -> None:
    path, kinds = tmp_path / "misdrijven.json", tmp_path / "soorten.json"
    path.write_bytes(crime_file(crime(), crime(SoortMisdrijf="1.4.5 ")))
    kinds.write_text('{"1.1.1": {"label": "Inbraak", "theme": "jeugd"}}')
    assert json.loads(run(path, "--themes", kinds, "--json"))["rows"] == 1
    assert Indicator.objects.get().name == "Inbraak"


def test_a_row_that_cannot_be_taken_in_is_an_error_of_a_dry_run_too(city: None, tmp_path: Path) -> None:
    path = tmp_path / "misdrijven.json"
    path.write_bytes(crime_file(crime(), crime(WijkenEnBuurten="WK039299")))
    out = io.StringIO()
    with pytest.raises(CommandError, match="de wijk WK039299 is niet bekend"):
        call_command("import_indicators", str(path), "--dry-run", "--json", stdout=out)
    outcome = json.loads(out.getvalue())
    assert (outcome["rows"], len(outcome["errors"])) == (1, 1)
