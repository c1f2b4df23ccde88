import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.indicators.conftest import HEADER, REAL_FILE
from tests.indicators.reading.files import HARD_TABLE, as_ods, as_xlsx, hard_grid


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("check_cells", *map(str, arguments), stdout=out)
    return out.getvalue()


def outcome(*arguments: object) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run(*arguments, "--json"))
    return answer


def detail(answer: dict[str, Any], row: int, column: str) -> dict[str, Any]:
    return next(one for one in answer["details"] if (one["row"], one["column"]) == (row, column))


def test_every_cell_of_the_real_file_comes_out_as_it_stands_there() -> None:
    answer = outcome(REAL_FILE)
    # Three cells are empty in the document, and one says "volgt".
    assert {name: answer[name] for name in ("cells", "identical", "typed", "kept_as_text", "missing")} == {
        "cells": 184, "identical": 184, "typed": 180, "kept_as_text": 0, "missing": 4,
    }  # fmt: skip
    assert (answer["errors"], len(answer["details"])) == ([], 184)
    assert detail(answer, 2, "2019") == {
        "row": 2, "column": "2019", "printed": "35%", "kind": "observation", "status": "normal", "value": 35,
        "comparator": "",
    }  # fmt: skip


def test_every_cell_of_the_hard_table_is_accounted_for() -> None:
    answer = outcome(HARD_TABLE)
    assert answer["cells"] == answer["identical"] == 48
    assert (answer["typed"], answer["kept_as_text"], answer["missing"]) == (34, 8, 6)
    assert {one["printed"] for one in answer["details"] if one["status"] == "text_only"} == {
        "6.5", "12 keer overleg en schouw volgt", "22% (24%)", "12/13", "niet meer dan nu", "007", "12O", "-5",
    }  # fmt: skip


@pytest.mark.parametrize(("suffix", "written"), [("xlsx", as_xlsx), ("ods", as_ods)])
def test_a_workbook_says_the_same(tmp_path: Path, suffix: str, written: Any) -> None:
    path = tmp_path / f"tabel.{suffix}"
    path.write_bytes(written(hard_grid()))
    assert outcome(path) == outcome(HARD_TABLE)


def test_a_cell_says_what_it_is() -> None:
    answer = outcome(HARD_TABLE)
    target = detail(answer, 8, "Streefwaarde 2025")
    assert (target["kind"], target["value"], target["value_high"]) == ("target", 6.5, 7.0)
    assert detail(answer, 7, "Streefwaarde 2023")["comparator"] == "≥"
    composite = detail(answer, 10, "Meting 2020")
    assert (composite["kind"], composite["status"], composite["value"]) == ("baseline", "composite", None)
    assert composite["parts"] == [{"value": 12, "unit": "keer overleg"}, {"value": 4, "unit": "keer schouw"}]
    assert detail(answer, 5, "Meting 2022")["status"] == "pending"
    assert detail(answer, 11, "Meting 2021")["status"] == "unknown"
    moved = detail(answer, 6, "Meting 2022")
    assert (moved["note"], moved["measured"]) == ("gemeten in 2021", "2021")


def test_it_says_the_same_in_words() -> None:
    lines = run(HARD_TABLE).splitlines()
    assert lines[:2] == ["48 cellen", "48 komen er hetzelfde uit als ze erin staan"]
    assert any("Rij 6, kolom Meting 2022: de noot zegt" in line for line in lines)


def test_a_table_without_sources_or_themes_can_be_checked(tmp_path: Path) -> None:
    path = tmp_path / "los.csv"
    path.write_text("Indicator;2021;Streefwaarde 2027\nMeldingen;12;\n")
    answer = outcome(path)
    assert (answer["cells"], answer["typed"], answer["missing"]) == (2, 1, 1)


def test_a_list_counts_each_figure_on_its_own_row(tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text("Gemeente;Onderwerp;Jaar;Waarde\nHaarlem;Diefstal;2021;1,5\nHaarlem;Diefstal;2022;1.5\n")
    answer = outcome(path)
    assert [(one["row"], one["column"], one["value"]) for one in answer["details"]] == [
        (2, "2021", 1.5), (3, "2022", None),
    ]  # fmt: skip
    assert answer["remarks"][0].startswith("Rij 3, kolom 2022: hier staat een punt")


def test_a_sheet_can_be_chosen(tmp_path: Path) -> None:
    path = tmp_path / "tabel.xlsx"
    path.write_bytes(as_xlsx(hard_grid(), title="Wonen"))
    assert outcome(path, "--sheet", "Wonen", "--table", "Wonen", "--source", "Politie")["cells"] == 48
    with pytest.raises(CommandError, match="Het werkblad ‘Zorg’ bestaat niet"):
        run(path, "--sheet", "Zorg")


def test_a_file_with_errors_says_them_in_the_json_as_well(tmp_path: Path) -> None:
    path = tmp_path / "kapot.csv"
    path.write_text(HEADER + "2.1;Jeugd;;;Politie;1;2\n2.1;Jeugd\n")
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"Rij 2, kolom indicator: dit vak is leeg. \(en nog 1 meer\)"):
        call_command("check_cells", str(path), "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert (answer["cells"], answer["details"], len(answer["errors"])) == (0, [], 2)


def test_a_folder_is_called_one(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is een map"):
        run(tmp_path)


def test_a_file_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="bestaat niet"):
        run(tmp_path / "weg.csv")
