import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.ranking.ballots import BallotLine
from participation.ranking.tally import count_areas
from participation.ranking.tally_file import (
    TallyFileError,
    as_json,
    check_cells,
    read_ballots,
    read_cells,
    write_ballots,
    write_cells,
)
from participation.ranking.weighting import CellPopulation
from tests.participation.ranking.strategies import CELLS, ballots


def read(text: str, k: int = 3, **options):
    return read_ballots(text.encode(), k=k, **options)


def error_in(text: str, **options) -> str:
    with pytest.raises(TallyFileError) as caught:
        read(text, **options)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def error_in_cells(text: str) -> str:
    with pytest.raises(TallyFileError) as caught:
        read_cells(text.encode(), read("area,ranking\nX,A\nY,B\n"))
    return str(caught.value)


def test_it_reads_area_ranking_cell_and_count():
    file = read("area,ranking,cell,count\nX,A>B,16-34/v,3\nX,,,2\n")
    assert file.themes == ("A", "B")
    assert file.ballots == (BallotLine(("A", "B"), "X", "16-34/v", 3), BallotLine((), "X", "", 2))


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffarea,ranking\nX,A>B\n",
        "area;ranking\r\nX;A>B\r\n",
        'Area , RANKING\n" X","A > B"\n',
        "ranking,area\nA>B,X",
        "area,ranking\n\nX,A>B\n , \n",
    ],
)
def test_it_reads_what_spreadsheets_write(text):
    assert read(text).ballots == (BallotLine(("A", "B"), "X"),)


def test_the_themes_are_all_that_occur_also_beyond_the_cut():
    file = read("area,ranking\nX,D>B>A>C\n", cut=True)
    assert file.themes == ("A", "B", "C", "D")
    assert file.ballots[0].ranking == ("D", "B", "A")


def test_the_cut_comes_before_the_check_on_doubles():
    assert read("area,ranking\nX,A>B>C>A\n", cut=True).ballots[0].ranking == ("A", "B", "C")


def test_given_themes_may_hold_one_that_nobody_chose_and_no_other_may_occur():
    assert read("area,ranking\nX,B\n", themes=("B", "A")).themes == ("B", "A")
    assert error_in("area,ranking\nX,Z\n", themes=("A",)) == "rij 2, kolom ranking: het thema 'Z' is onbekend"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "het bestand is leeg"),
        ("\ufeff \n", "het bestand is leeg"),
        ("area,ranking\n", "er staan geen stembiljetten in het bestand"),
        ("area\nX\n", "rij 1: de kolom ranking ontbreekt"),
        ("ranking\nA\n", "rij 1: de kolom area ontbreekt"),
        ("area,ranking,age\nX,A,3\n", "rij 1: de kolom 'age' is onbekend"),
        ("area,ranking,area\nX,A,X\n", "rij 1: de kolom area staat er twee keer in"),
        ("area,ranking\nX,A\nX\n", "rij 3: 2 kolommen verwacht (area, ranking), 1 gevonden"),
        ("area,ranking\n,A\n", "rij 2, kolom area: het gebied is niet ingevuld"),
        (
            "area,ranking\nX,A\nX,B>A>B\n",
            "rij 3, kolom ranking: het thema 'B' staat twee keer in de volgorde",
        ),
        (
            "area,ranking\nX,A>B>C>D\n",
            "rij 2, kolom ranking: 4 thema's gekozen; er mogen er 3 worden gekozen",
        ),
        ("area,ranking\nX,A>>B\n", "rij 2, kolom ranking: er staat een > zonder thema ervoor of erna"),
        (
            "area,ranking\nX,A=B\n",
            "rij 2, kolom ranking: 'A=B' is geen code van een thema; zet > tussen codes",
        ),
        (
            "area,ranking,count\nX,A,-1\n",
            "rij 2, kolom count: een aantal mag niet negatief zijn, hier staat -1",
        ),
        (
            "area,ranking,count\nX,A,1.5\n",
            "rij 2, kolom count: een aantal is een geheel getal, hier staat '1.5'",
        ),
        ("area,ranking,count\nX,A,\n", "rij 2, kolom count: een aantal is een geheel getal, hier staat ''"),
        (
            "area,ranking,count\nX,A,9999999999\n",
            "rij 2, kolom count: dit aantal is te groot (meer dan 9 cijfers)",
        ),
        ('area,ranking\nX,A\n"X,B\n', "rij 3: dit is geen geldige CSV-regel"),
    ],
)
def test_it_says_what_is_wrong_and_where(text, message):
    assert error_in(text) == message


def test_text_that_is_not_utf8_is_refused_with_its_row():
    with pytest.raises(TallyFileError, match="rij 3: de tekst is niet in UTF-8 opgeslagen"):
        read_ballots("area,ranking\nX,A\né,A\n".encode("latin-1"), k=3)


def test_a_line_break_in_a_value_stays_out_of_the_message():
    assert error_in('area,ranking\nX,"A\nB"\n') == (
        r"rij 3, kolom ranking: 'A\nB' is geen code van een thema; zet > tussen codes"
    )


def test_too_many_themes_are_refused():
    text = "area,ranking\n" + "".join(f"X,T{i}\n" for i in range(128))
    assert error_in(text) == "er zijn 128 thema's; meer dan 127 kan niet"


def test_it_reads_cells():
    cells = read_cells(b"area;cell;population\nX;65+;120\nY;;0.5\n", read("area,ranking\nX,A\nY,B\n"))
    assert cells == (CellPopulation("X", "65+", 120), CellPopulation("Y", "alle", Fraction(1, 2)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("area,cell\nX,a\n", "rij 1: de kolom population ontbreekt"),
        (
            "area,cell,population\nX,a,1\nZ,a,1\n",
            "rij 3, kolom area: het gebied 'Z' komt bij de stembiljetten niet voor",
        ),
        (
            "area,cell,population\nX,a,1\nX,a,2\nY,a,1\n",
            "rij 3, kolom cell: de cel 'a' van het gebied 'X' staat er al",
        ),
        ("area,cell,population\nX,a,1\n", "van het gebied 'Y' staat er geen bevolking in het bestand"),
        ("area,cell,population\nX,a,0\nY,a,3\n", "van het gebied 'X' staat er geen bevolking in het bestand"),
    ],
)
def test_it_says_what_is_wrong_with_cells(text, message):
    assert error_in_cells(text) == message


@pytest.mark.parametrize("population", ["-1", "1.000", "veel", "", "1e3", "1" * 17])
def test_a_population_is_a_whole_number_or_a_part(population):
    message = error_in_cells(f"area,cell,population\nX,a,{population}\n")
    assert message.startswith("rij 2, kolom population: een bevolking is een geheel getal of een deel")


def test_a_ballot_with_a_cell_that_its_area_does_not_have_is_named():
    file = read("area,ranking,cell\nX,A,a\nX,B,\nX,B,b\nX,A,b\n")
    with pytest.raises(TallyFileError) as caught:
        check_cells(file, [CellPopulation("X", "a", 5)])
    assert str(caught.value) == "rij 4, kolom cell: het gebied 'X' heeft geen cel 'b'"


@given(ballots(cells=("", *CELLS), k=5))
def test_what_is_written_reads_back(lines):
    assert read(write_ballots(lines), k=5).ballots == tuple(lines)


@given(st.dictionaries(st.sampled_from(CELLS), st.integers(0, 10**9), min_size=1))
def test_cells_that_are_written_read_back(populations):
    cells = tuple(CellPopulation("X", cell, number) for cell, number in populations.items())
    text = write_cells([*cells, CellPopulation("X", "part", Fraction(3, 10))]).encode()
    assert read_cells(text, read("area,ranking\nX,A\n"))[:-1] == cells


def test_the_json_has_the_agreed_form():
    file = read("area,ranking,count\nX,A>B,60\nX,B,50\nX,,5\nY,A,12\nZ,B,3\n")
    result = as_json(count_areas(file.ballots, themes=file.themes, k=3))
    assert json.loads(json.dumps(result)) == result
    nothing = dict.fromkeys(
        ["share_raw", "share_weighted", "points_raw", "points_weighted", "rank", "rank_low", "rank_high"]
    )
    hidden = dict.fromkeys(["pairwise", "schulze", "robust", "deff", "n_eff"]) | {
        "themes": {"A": nothing, "B": nothing}
    }
    assert result["areas"]["X"] == {
        "n": 110,
        "abstentions": 5,
        "themes": {
            "A": {
                "share_raw": 60 / 110,
                "share_weighted": None,
                "points_raw": 180 / 110,
                "points_weighted": None,
                "rank": 2,
                "rank_low": 2,
                "rank_high": 2,
            },
            "B": {
                "share_raw": 1.0,
                "share_weighted": None,
                "points_raw": 270 / 110,
                "points_weighted": None,
                "rank": 1,
                "rank_low": 1,
                "rank_high": 1,
            },
        },
        "pairwise": {"A": {"A": 0, "B": 60}, "B": {"A": 50, "B": 0}},
        "schulze": [["A"], ["B"]],
        "robust": True,
        "deff": None,
        "n_eff": None,
    }
    assert result["areas"]["Y"] == {"n": 12, "abstentions": 0, **hidden}
    assert result["areas"]["Z"] == {"n": None, "abstentions": None, **hidden}
    assert result["total"]["n"] == 125


def test_nobody_chose_anything_is_no_result():
    file = read("area,ranking\nX,\n")
    assert as_json(count_areas(file.ballots, themes=file.themes, k=3)) == {"areas": {}, "total": None}
