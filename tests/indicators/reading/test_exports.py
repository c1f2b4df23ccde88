from decimal import Decimal

import pytest

from indicators.periods import Period
from indicators.reading import Layout, guessed_mapping, headings, needs_mapping
from indicators.table_file import TableFileError
from tests.indicators.reading.files import as_ods, as_xlsx, grid, read, remarks, texts

LONG = """Gemeente;Onderwerp;Periode;Waarde
Haarlem;Diefstal uit woning;2021;1,5
Haarlem;Diefstal uit woning;2022;1,3
Haarlem;Vernieling;2021;4.512
Heemstede;Vernieling;2021;.
"""
CITY_MONITOR = Layout(source="Waarstaatjegemeente")


def problems(content: str, layout: Layout) -> list[str]:
    with pytest.raises(TableFileError) as refused:
        read(content, layout)
    return list(refused.value.problems)


def test_a_list_with_one_figure_per_row_becomes_series() -> None:
    file = read(LONG, CITY_MONITOR)
    assert [(line.label, line.area_code, line.row) for line in file.lines] == [
        ("Diefstal uit woning", "Haarlem", 2),
        ("Vernieling", "Haarlem", 4),
        ("Vernieling", "Heemstede", 5),
    ]
    assert texts(file) == [["1,5", "1,3"], ["4.512"], ["."]]
    assert [one.row for one in file.lines[0].cells] == [2, 3]
    assert {(line.theme, line.source) for line in file.lines} == {("", "Waarstaatjegemeente")}


def test_a_fraction_among_percentages_is_a_question_on_its_own_row() -> None:
    content = "Onderwerp;Periode;Waarde\nVeilig;2021;45%\nVeilig;2022;0,47\n"
    file = read(content, Layout(source="Omnibus"))
    assert remarks(file) == ["3 2022: 0,47 staat tussen procenten. Is 47% bedoeld?"]


def test_a_formula_that_failed_is_refused() -> None:
    assert problems(LONG.replace("1,3", "#N/B"), CITY_MONITOR) == [
        "Rij 3, kolom Waarde: hier staat ‘#N/B’: een formule die niet uitkomt. Herstel hem, of typ wat er moet staan."
    ]


def test_a_dot_is_unknown() -> None:
    cell = read(LONG, CITY_MONITOR).lines[2].cells[0]
    assert (cell.status, cell.cell.value) == ("unknown", None)
    assert cell.reason


@pytest.mark.parametrize("written", [as_xlsx, as_ods])
def test_a_workbook_reads_the_same(written: object) -> None:
    assert read(written(grid(LONG)), CITY_MONITOR) == read(LONG, CITY_MONITOR)  # type: ignore[operator]


def test_columns_with_other_names_are_said_by_a_person() -> None:
    content = "gemnr;gemnaam;var;wanneer;getal\nGM0392;Haarlem;Vernieling;2022JJ00;12\n"
    assert needs_mapping(content.encode(), "x.csv")
    assert "Rij 1, kolom gemnr: zeg wat er in deze kolom staat" in problems(content, Layout())[0]
    roles = ["area", "ignore", "label", "period", "value"]
    mapping = dict(zip(headings(content.encode(), "x.csv"), roles, strict=True))
    layout = Layout(source="Politie", mapping=mapping)
    assert not needs_mapping(content.encode(), "x.csv", layout)
    line = read(content, layout).lines[0]
    assert (line.area_code, line.label, line.cells[0].column.period) == (
        "GM0392", "Vernieling", Period.of_year(2022),
    )  # fmt: skip


def test_a_guess_only_has_to_be_confirmed() -> None:
    assert guessed_mapping(LONG.encode(), "x.csv") == {
        "Gemeente": "area", "Onderwerp": "label", "Periode": "period", "Waarde": "value",
    }  # fmt: skip
    assert needs_mapping(LONG.encode(), "x.csv")


def test_a_printed_table_needs_no_mapping() -> None:
    assert not needs_mapping(b"Indicator;Bron;2021\nMeldingen;Politie;1", "x.csv")
    assert not needs_mapping(
        b"Jeugd\nIndicator;;Meting;\n;Bron;2021;2022\nMeldingen;Gemeente;1990;1991", "x.csv"
    )


def test_a_row_per_area_with_a_column_per_year() -> None:
    content = "Wijk;Indicator;2021;2022\nWK039201;Vernieling;1;2\nWK039202;Vernieling;3;4"
    file = read(content, Layout(source="Politie"))
    assert [(line.area_code, [one.cell.printed for one in line.cells]) for line in file.lines] == [
        ("WK039201", ["1", "2"]),
        ("WK039202", ["3", "4"]),
    ]


def test_columns_may_be_said_to_be_years_and_targets() -> None:
    layout = Layout(
        source="Politie",
        mapping={"gebied": "area", "naam": "label", "nu": "observation:2022", "straks": "target:2027"},
    )
    file = read("gebied;naam;nu;straks\nWK039201;Vernieling;12;10 tot 11", layout)
    assert [column.key for column in file.columns] == ["observation:2022", "target:2027"]
    assert file.lines[0].cells[1].cell.kind == "range"


def test_surveys_have_their_numbers_and_margins() -> None:
    head = "Indicator;Bron;Gebied;Jaar;Waarde;n;Ondergrens;Bovengrens;Status;Toelichting;Eenheid;Leeftijd"
    row = "Onveilig gevoel;Omnibus;Centrum (WK039201);2022;17,5;1.200;15,5;19,5;voorlopig;nieuwe vraag;%;65+"
    line = read(f"{head}\n{row}").lines[0]
    cell = line.cells[0]
    assert (cell.n, cell.low, cell.high) == (1200, Decimal("15.5"), Decimal("19.5"))
    assert (cell.status, cell.note, line.unit, line.breakdown, line.area_code) == (
        "provisional", "nieuwe vraag", "%", "65+", "WK039201",
    )  # fmt: skip


def test_a_status_that_does_not_fit_is_said() -> None:
    file = read(
        "Indicator;Bron;Jaar;Waarde;Status\nA;B;2021;12;niet van toepassing\nA;B;2022;;niet van toepassing"
    )
    first, second = file.lines[0].cells
    assert (first.status, second.status) == ("", "not_applicable")
    assert "2 Status: ‘niet van toepassing’ past niet bij ‘12’" in remarks(file)[0]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("Indicator;Jaar;Waarde\nA;2021;1", "Rij 1, kolom bron: deze kolom ontbreekt"),
        ("Gebied;Jaar;Waarde\nHaarlem;2021;1", "Rij 1, kolom indicator: zeg in welke kolom dit staat."),
        ("Indicator;Bron;Gebied;Waarde\nA;B;C;1", "Rij 1, kolom periode: zeg in welke kolom dit staat."),
        ("Indicator;Bron;Jaar;Waarde\nA;B;vorig jaar;1", "Rij 2, kolom Jaar: ‘vorig jaar’ is geen periode"),
        (
            "Indicator;Bron;Jaar;Waarde\nA;B;2021;1\nA;B;2021;2",
            "Rij 3, kolom Jaar: voor deze reeks en 2021 staat",
        ),
        ("Indicator;Bron;Jaar;Waarde\n;B;2021;1", "Rij 2, kolom Indicator: dit vak is leeg."),
        ("Indicator;Bron;Wijk;2021\nA;B;;1", "Rij 2, kolom Wijk: dit vak is leeg."),
        ("Indicator;Bron;Jaar;Waarde\nA;B;2021", "Rij 2, kolom Waarde: de rij houdt hier op"),
        ("Indicator,Bron,Jaar,Waarde\nA,B,2021,6,7", "Rij 2, kolom 5: hier staat ‘7’"),
        ("Indicator;Bron;Jaar;Waarde;\nA;B;2021;6;7", "Rij 2, kolom 5: hier staat ‘7’"),
        ("Indicator;Bron;Jaar;Waarde", "geen rijen"),
        ("Indicator;Bron;Jaar;Waarde\nBuurtvoorziÃ«ning;B;2021;1", "de letters zijn stuk"),
    ],
)
def test_it_says_what_is_wrong_and_where(content: str, says: str) -> None:
    assert says in problems(content, Layout())[0]


def test_two_columns_for_one_thing_ask_for_a_choice() -> None:
    layout = Layout(source="Politie", mapping={"a": "label", "b": "label", "c": "period", "d": "value"})
    assert "Kies er één" in problems("a;b;c;d\nA;B;2021;1", layout)[0]


def test_an_area_merged_over_rows_goes_for_all_of_them() -> None:
    rows = grid("Wijk;Indicator;Bron;2021\nWK039201;Diefstal;Politie;1\n;Vernieling;Politie;2")
    assert [line.area_code for line in read(as_xlsx(rows, ["A2:A3"])).lines] == ["WK039201", "WK039201"]


def test_a_long_list_is_read() -> None:
    rows = [
        f"Indicator {one};Politie;WK039201;{year};{one}" for one in range(500) for year in range(2011, 2023)
    ]
    file = read("Indicator;Bron;Gebied;Jaar;Waarde\n" + "\n".join(rows))
    assert (len(file.lines), len(file.columns)) == (500, 12)


@pytest.mark.parametrize("sign", ["x", "-", "–", "n.v.t."])
def test_a_sign_that_monitors_use_differently_stays_text(sign: str) -> None:
    file = read(f"Gebied;Periode;Indicator;Bron;Waarde\nHaarlem;2021;Meldingen;Omnibus;{sign}")
    one = file.lines[0].cells[0]
    assert (one.cell.kind, one.status, one.cell.value) == ("text", "", None)
