import json
from decimal import Decimal
from typing import Any

import pytest

from indicators.periods import Period
from indicators.reading import Layout, headings, needs_mapping
from indicators.reading.cbs import readable
from indicators.table_file import TableFileError
from tests.indicators.reading.files import read, remarks
from tests.indicators.test_crime_file import crime, crime_file

INVENTED = "verzonnen voorbeeld in de vorm van CBS 85146NED"


def survey(*rows: dict[str, Any], note: str = "https://opendata.cbs.nl/85146NED") -> bytes:
    return json.dumps({"odata.metadata": note, "value": list(rows)}).encode()


def three(low: str | None, value: str | None, high: str | None, **more: str) -> list[dict[str, Any]]:
    """The three rows of one area and year: the figure and its margins."""
    place = {"RegioS": "GM0392", "Perioden": "2023JJ00"} | more
    return [
        {"ID": 0, "Marges": margin, "RapportcijferLeefbaarheid_1": text} | place
        for margin, text in (("MW00000", value), ("MOG0095", low), ("MBG0095", high))
    ]


def test_the_veiligheidsmonitor_has_margins() -> None:
    file = read(survey(*three("     7.1", "     7.3", "     7.5")))
    (line,) = file.lines
    (cell,) = line.cells
    assert (line.label, line.source, line.area_code) == (
        "Rapportcijfer leefbaarheid", "Veiligheidsmonitor, CBS 85146NED", "GM0392",
    )  # fmt: skip
    assert (cell.cell.printed, cell.cell.value, cell.low, cell.high) == (
        "7,3", Decimal("7.3"), Decimal("7.1"), Decimal("7.5"),
    )  # fmt: skip
    assert cell.column.period == Period.of_year(2023)
    assert not file.is_synthetic


def test_invented_figures_have_a_source_of_their_own() -> None:
    file = read(survey(*three("7.1", "7.3", "7.5"), note=INVENTED))
    assert file.is_synthetic
    assert file.lines[0].source == "Verzonnen, in de vorm van CBS 85146NED"


def test_years_of_one_area_are_one_series() -> None:
    file = read(survey(*three("7", "7", "7"), *three("6", "6", "6", Perioden="2021JJ00")))
    assert [[one.column.label for one in line.cells] for line in file.lines] == [["2021", "2023"]]


@pytest.mark.parametrize("unknown", [None, ".", "      .", ""])
def test_unknown_is_empty_and_says_why(unknown: str | None) -> None:
    cell = read(survey(*three("7.1", unknown, "7.5"))).lines[0].cells[0]
    assert (cell.cell.kind, cell.status, cell.cell.value) == ("blank", "unknown", None)
    assert cell.reason
    assert cell.low is None


def test_margins_the_wrong_way_round_are_turned_and_said() -> None:
    file = read(survey(*three("19.5", "17.5", "15.5")))
    assert (file.lines[0].cells[0].low, file.lines[0].cells[0].high) == (Decimal("15.5"), Decimal("19.5"))
    assert "de ondergrens ligt boven de bovengrens" in remarks(file)[0]


def test_half_a_margin_is_not_kept_and_said() -> None:
    file = read(survey(*three(None, "17.5", "19.5")))
    assert file.lines[0].cells[0].high is None
    assert "maar één van de twee marges" in remarks(file)[0]


def test_a_figure_outside_its_margins_is_said() -> None:
    assert "buiten zijn eigen marges" in remarks(read(survey(*three("8", "7", "9"))))[0]


def test_crime_per_wijk_is_one_series_per_kind_and_area() -> None:
    content = crime_file(
        crime(), crime(Perioden="2021JJ00", GeregistreerdeMisdrijven_1="1490"), crime(SoortMisdrijf="1.4.5 ")
    )
    file = read(content)
    assert [(line.label, line.area_code) for line in file.lines] == [
        ("Misdrijven, soort 1.1.1", "WK039209"),
        ("Misdrijven, soort 1.4.5", "WK039209"),
    ]
    assert [one.cell.printed for one in file.lines[0].cells] == ["1.490", "49"]
    assert (file.is_synthetic, file.lines[0].source) == (True, "Verzonnen, in de vorm van CBS 47018NED")


def test_cbs_files_need_no_mapping() -> None:
    content = survey(*three("7", "7", "7"))
    assert not needs_mapping(content, "x.json")
    assert headings(content, "x.json") == ()


def test_a_table_name_may_be_given() -> None:
    assert read(survey(*three("7", "7", "7")), Layout(table_name="Beleving")).lines[0].theme == "Beleving"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("RapportcijferLeefbaarheid", "Rapportcijfer leefbaarheid"),
        ("VoeltZichWeleensOnveiligInBuurt", "Voelt zich weleens onveilig in buurt"),
        ("SlachtofferICTMisdrijf", "Slachtoffer ICT misdrijf"),
        ("k_65JaarOfOuder", "K 65 jaar of ouder"),
    ],
)
def test_a_column_name_becomes_words(name: str, words: str) -> None:
    assert readable(name) == words


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'{"x": 1}', "value"),
        (b" [1,2]\n", "geen JSON-bestand zoals CBS het geeft"),
        (survey(), "geen rijen"),
        (survey({"Iets": "1"}), "kennen we niet"),
        (survey({"AantalInwoners_5": "1"}), "Van welk jaar"),
        (survey({"Marges": "MW00000", "RegioS": "GM0392"}), "Rij 1, kolom Perioden: deze kolom ontbreekt."),
        (
            survey(*three("1", "1", "1", Perioden="vroeger")),
            "Rij 1, kolom Perioden: ‘vroeger’ is geen periode",
        ),
        (survey(*three("1", "veel", "1")), "Rij 1, kolom RapportcijferLeefbaarheid: ‘veel’ is geen getal"),
        (survey(*three("1", "NaN", "1")), "‘NaN’ is geen getal"),
        (survey(*three("1", "1", "1"), *three("1", "1", "1")), "Rij 4, kolom RapportcijferLeefbaarheid"),
        (survey({"Marges": "X", "RegioS": "GM0392", "Perioden": "2023JJ00"}), "‘X’ kennen we niet"),
        (survey({"Marges": "MW00000", "RegioS": "GM0392", "Perioden": "2023JJ00"}), "geen cijfers"),
        (crime_file(crime(Perioden="2022KW01")), "Rij 1, kolom Perioden"),
    ],
)
def test_it_says_what_is_wrong_and_where(content: bytes, says: str) -> None:
    with pytest.raises(TableFileError, match=says):
        read(content)
