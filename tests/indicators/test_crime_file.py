import json

import pytest

from haarlemveilig.gemeente.files import BadFile
from indicators.crime_file import CrimeKind, CrimeRow, crime_lines, read_crime, read_kinds


def crime_file(
    *rows: dict[str, object], note: str = "verzonnen voorbeeld in de vorm van CBS 47018NED"
) -> bytes:
    return json.dumps({"odata.metadata": note, "value": list(rows)}).encode()


def crime(**changed: object) -> dict[str, object]:
    row: dict[str, object] = {
        "ID": 0,
        "SoortMisdrijf": "1.1.1 ",
        "WijkenEnBuurten": "WK039209  ",
        "Perioden": "2022JJ00",
        "GeregistreerdeMisdrijven_1": "      49",
        "GeregistreerdeMisdrijvenPer1000Inw_2": "     6.1",
    }
    return row | changed


def test_it_reads_padded_keys_and_numbers() -> None:
    file = read_crime(crime_file(crime()))
    assert file.rows == (CrimeRow(1, "1.1.1", "WK039209", 2022, 49),)
    assert (file.table, file.is_synthetic) == ("47018NED", True)


def test_the_number_behind_a_column_name_may_change() -> None:
    row = crime()
    row["GeregistreerdeMisdrijven_7"] = row.pop("GeregistreerdeMisdrijven_1")
    assert read_crime(crime_file(row)).rows[0].count == 49


@pytest.mark.parametrize("unknown", [None, ".", "       .", "", "   "])
def test_unknown_is_never_zero(unknown: str | None) -> None:
    assert read_crime(crime_file(crime(GeregistreerdeMisdrijven_1=unknown))).rows[0].count is None
    assert read_crime(crime_file(crime(GeregistreerdeMisdrijven_1="   0"))).rows[0].count == 0


def test_figures_of_cbs_itself_are_not_invented() -> None:
    assert not read_crime(crime_file(crime(), note="https://opendata.cbs.nl/47018NED")).is_synthetic


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"geen json", "JSON"),
        (crime_file(), "geen rijen"),
        (
            crime_file(crime(GeregistreerdeMisdrijven_1="veel")),
            "Rij 1, kolom GeregistreerdeMisdrijven: ‘veel’",
        ),
        (crime_file(crime(Perioden="2022KW01")), "Rij 1, kolom Perioden: ‘2022KW01’"),
        (crime_file(crime(), crime()), "Rij 2, kolom Perioden"),
        (crime_file({"SoortMisdrijf": "1"}), "Rij 1, kolom WijkenEnBuurten: deze kolom ontbreekt."),
    ],
)
def test_it_says_what_is_wrong_and_where(content: bytes, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        read_crime(content)


def test_it_reads_what_the_codes_stand_for() -> None:
    kinds = read_kinds(b'{"1.1.1": {"label": "Inbraak", "theme": "inbraak"}, "9": {"label": "Anders"}}')
    assert kinds == {"1.1.1": CrimeKind("Inbraak", "inbraak"), "9": CrimeKind("Anders")}


@pytest.mark.parametrize("content", [b"[]", b"{", b'{"1": {"theme": "x"}}', b'{"1": "x"}'])
def test_it_refuses_codes_without_a_label(content: bytes) -> None:
    with pytest.raises(BadFile, match="label"):
        read_kinds(content)


def test_each_kind_and_area_is_one_line_with_its_years() -> None:
    rows = (
        crime(),
        crime(Perioden="2021JJ00", GeregistreerdeMisdrijven_1="1490"),
        crime(WijkenEnBuurten="GM0392"),
    )
    file = crime_lines(read_crime(crime_file(*rows)), {"1.1.1": CrimeKind("Inbraak", "inbraak")})
    assert [(line.area_code, line.label, line.theme_code) for line in file.lines] == [
        ("WK039209", "Inbraak", "inbraak"),
        ("GM0392", "Inbraak", "inbraak"),
    ]
    assert [one.cell.printed for one in file.lines[0].cells] == ["1.490", "49"]
    assert [column.label for column in file.columns] == ["2021", "2022"]


def test_other_kinds_are_left_out_and_without_a_list_all_come() -> None:
    file = read_crime(crime_file(crime(), crime(SoortMisdrijf="1.4.5 ")))
    assert [line.label for line in crime_lines(file, {"1.4.5": CrimeKind("Geweld")}).lines] == ["Geweld"]
    assert [line.label for line in crime_lines(file).lines] == [
        "Misdrijven, soort 1.1.1",
        "Misdrijven, soort 1.4.5",
    ]


def test_an_unknown_count_is_a_line_that_says_why() -> None:
    cell = crime_lines(read_crime(crime_file(crime(GeregistreerdeMisdrijven_1=None)))).lines[0].cells[0]
    assert (cell.cell.printed, cell.cell.value, cell.status) == ("onbekend", None, "unknown")
    assert cell.reason


def test_figures_of_cbs_itself_and_invented_ones_have_sources_of_their_own() -> None:
    real = crime_lines(read_crime(crime_file(crime(), note="https://opendata.cbs.nl/47018NED")))
    assert real.lines[0].source == "Politie, via CBS 47018NED"
    assert (
        crime_lines(read_crime(crime_file(crime()))).lines[0].source
        == "Verzonnen, in de vorm van CBS 47018NED"
    )
