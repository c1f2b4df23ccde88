import json
import os
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

GOLDEN = "X,A>B>C,x\nX,A>D,x\nX,B,x\nY,C>A>B,y\nY,B>A>C>D,y\nY,,\n"
WITHOUT_CELLS = "X,A>B>C\nX,A>D\nX,B\nY,C>A>B\nY,B>A>C>D\nY,\n"
WITHIN_ONE_AREA = GOLDEN.replace("X,", "S,").replace("Y,", "S,")


@pytest.fixture
def file(tmp_path):
    def write(name: str, text: str) -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("tally", *arguments, stdout=out)
    return out.getvalue()


def counted(*arguments: str) -> dict:
    return json.loads(run(*arguments, "--json"))


def refusal(*arguments: str) -> str:
    with pytest.raises(CommandError) as caught:
        run(*arguments)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("ballots", "cells"),
    [
        ("area,ranking,cell\n" + GOLDEN, "X,x,30\nY,y,70\n"),
        ("area,ranking,cell\n" + GOLDEN, "X,x,0.3\nY,y,0.7\n"),
        ("area,ranking\n" + WITHOUT_CELLS, "X,all,3\nY,all,7\n"),
        ("area,ranking\n" + WITHOUT_CELLS, "X,,3\nY,,7\n"),
        ("area,ranking\n" + WITHOUT_CELLS, "X,m,1\nX,v,2\nY,m,3\nY,v,4\n"),
        ("area,ranking,cell\n" + WITHIN_ONE_AREA, "S,x,300\nS,y,700\n"),
    ],
)
def test_it_counts_the_small_example_however_the_cells_are_written(file, ballots, cells):
    result = counted(
        file("b.csv", ballots), "--k", "3", "--cut", "--no-thresholds",
        "--cells", file("c.csv", "area,cell,population\n" + cells), "--themes", "A,B,C,D,E",
    )["total"]  # fmt: skip
    column = {name: [each[name] for each in result["themes"].values()] for name in result["themes"]["A"]}
    assert column["share_raw"] == [0.8, 0.8, 0.6, 0.2, 0]
    assert column["share_weighted"] == [0.9, 0.9, 0.8, 0.1, 0]
    assert column["rank"] == [1, 1, 3, 4, 5]
    assert column["points_raw"] == [2.0, 1.8, 1.0, 0.4, 0]
    assert column["points_weighted"] == [2.0, 1.9, 1.5, 0.2, 0]
    assert list(result["pairwise"]["A"].values()) == [0, 3, 3, 4, 4]
    assert result["deff"] == pytest.approx(1.375)
    assert result["n_eff"] == pytest.approx(3.636, abs=0.001)
    assert (result["n"], result["abstentions"]) == (5, 1)


def test_within_one_area_the_area_is_the_whole(file):
    result = counted(
        file("b.csv", "area,ranking,cell\n" + WITHIN_ONE_AREA), "--k", "3", "--cut", "--no-thresholds",
        "--cells", file("c.csv", "area,cell,population\nS,x,3\nS,y,7\n"),
    )  # fmt: skip
    assert result["areas"] == {"S": result["total"]}


def test_it_counts_without_cells(file):
    result = counted(file("b.csv", "area,ranking,count\nX,A>B,80\nX,B,40\n"), "--k", "3")
    assert result["total"]["themes"]["A"]["share_raw"] == pytest.approx(2 / 3)
    assert result["total"]["themes"]["B"]["rank"] == 1
    assert result["total"]["deff"] is None


def test_it_counts_the_45_voters_of_schulze(file):
    votes = ["ACBED5", "ADECB5", "BEDAC8", "CABED3", "CAEBD7", "CBADE2", "DCEBA7", "EBADC8"]
    rows = "".join(f"S,{'>'.join(vote[:5])},{vote[5:]}\n" for vote in votes)
    path = file("b.csv", "area,ranking,count\n" + rows)
    result = counted(path, "--k", "5", "--no-thresholds")
    assert result["areas"]["S"]["schulze"] == [["E"], ["A"], ["C"], ["B"], ["D"]]


def test_it_hides_what_too_few_people_stand_behind(file):
    result = counted(file("b.csv", "area,ranking,count\nX,A>B,9\nY,B,50\n"), "--k", "3")
    assert result["areas"]["X"]["n"] is None
    assert result["areas"]["Y"]["themes"]["B"] == {
        "share_raw": 1.0,
        "share_weighted": None,
        "points_raw": 3.0,
        "points_weighted": None,
        "rank": None,
        "rank_low": None,
        "rank_high": None,
    }


def test_it_prints_a_table_for_people(file):
    text = run(file("b.csv", "area,ranking,count\nX,A>B,80\nX,B,40\nX,,3\nY,A,5\n"), "--k", "3")
    assert "Gebied X: 120 deelnemers, 3 zonder voorkeur" in text
    assert "66,7%" in text
    assert "Gebied Y: - deelnemers" in text
    assert "Schulze: A > B" in text
    assert "Totaal: 125 deelnemers" in text


def test_it_says_when_nobody_chose_anything(file):
    assert run(file("b.csv", "area,ranking\nX,\n"), "--k", "3") == "Niemand heeft een thema gekozen.\n"


def test_it_says_why_it_did_not_weigh_and_what_hangs_on_the_rule(file):
    ballots = file("b.csv", "area,ranking,count\nX,A>B>C,50\nX,A>B>D,15\nX,D,34\nX,E>A>C,1\nY,A>B>C,5000\n")
    cells = file("c.csv", "area,cell,population\nX,,50\nY,,50\n")
    text = run(ballots, "--k", "3", "--cells", cells)
    assert "Niet gewogen: de deelnemers lijken te weinig op de bevolking." in text
    assert "Volgorde hangt af van de telregel: C, D" in text


@pytest.mark.parametrize("k", [[], ["--k", "0"], ["--k", "-1"], ["--k", "drie"], ["--k", "101"]])
def test_it_refuses_a_number_of_places_that_makes_no_sense(file, k):
    assert "een getal van 1 tot en met 100" in refusal(file("b.csv", "area,ranking\nX,A\n"), *k)


def test_it_asks_for_a_file():
    assert refusal("--k", "3").startswith("Geef het bestand met de stembiljetten op")


def test_it_says_that_a_file_is_not_there_or_cannot_be_read(tmp_path):
    assert refusal(str(tmp_path / "no.csv"), "--k", "3").endswith("no.csv: dit bestand bestaat niet")
    assert refusal(str(tmp_path), "--k", "3").endswith(": dit bestand kan niet worden gelezen")


def test_it_names_the_file_the_row_and_the_column(file):
    path = file("b.csv", "area,ranking,cell\nX,A,a\nX,A>A,a\n")
    assert (
        refusal(path, "--k", "3")
        == f"{path}: rij 3, kolom ranking: het thema 'A' staat twee keer in de volgorde"
    )
    path = file("b.csv", "area,ranking,cell\nX,A,a\nX,A,b\n")
    cells = file("c.csv", "area,cell,population\nX,a,100\n")
    assert refusal(path, "--k", "3", "--cells", cells) == (
        f"{path}: rij 3, kolom cell: het gebied 'X' heeft geen cel 'b'"
    )
    cells = file("c.csv", "area,cell,population\nQ,a,100\n")
    assert refusal(path, "--k", "3", "--cells", cells) == (
        f"{cells}: rij 2, kolom area: het gebied 'Q' komt bij de stembiljetten niet voor"
    )


def test_on_the_command_line_an_error_is_one_line_and_not_zero(file, tmp_path):
    # An address that leads nowhere: the count must not need a database.
    environment = {**os.environ, "DATABASE_URL": "sqlite:////nowhere/none.sqlite3", "VAR_DIR": str(tmp_path)}
    command = [sys.executable, settings.BASE_DIR / "manage.py", "tally", file("b.csv", ""), "--k", "3"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode != 0
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "b.csv: het bestand is leeg" in done.stderr
    command[3] = file("good.csv", "area,ranking\nX,A\n")
    done = subprocess.run([*command, "--json"], env=environment, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["areas"]["X"]["n"] is None
