import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.periods import Period
from indicators.reading import Layout, headings, needs_mapping, read_file
from indicators.reading.periods_in_words import period_of
from indicators.table_file import TableFileError
from tests.indicators.reading.files import as_csv, read, texts

FLAT = "indicator;bron;soort;periode;gedrukt\nMeldingen;Politie;meting;2021;12\n"


def test_a_layout_survives_json() -> None:
    layout = Layout("Blad1", "Jeugd", "2.2", "Politie", {"Doel": "target:2027"})
    assert Layout.from_json(json.loads(json.dumps(layout.to_json()))) == layout
    assert Layout.from_json({}) == Layout()
    assert Layout.from_json({"oud": 1, "source": "x"}) == Layout(source="x")


def test_our_own_flat_form_is_recognised() -> None:
    assert texts(read(FLAT)) == [["12"]]
    assert not needs_mapping(FLAT.encode(), "x.csv")


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_separator_is_found_below_a_title_with_commas(separator: str) -> None:
    rows = [
        ["Jeugd, veiligheid; en zorg"],
        ["Indicator", "Bron", "2021"],
        ["Meldingen, per jaar", "Politie", "6,7"],
    ]
    assert texts(read(as_csv(rows, separator))) == [["6,7"]]


def test_what_excel_writes_about_the_separator_is_no_row() -> None:
    file = read("sep=,\nIndicator,Bron,2021\nMeldingen,Politie,12")
    assert (texts(file), file.lines[0].row) == ([["12"]], 3)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("Indicator|Bron|2021\nMeldingen|Politie|12", "staat ‘\\|’ tussen de kolommen"),
        ('indicator|bron|2021\nA|politie|6\n"C|D"|politie|7', "staat ‘\\|’ tussen de kolommen"),
        ("Indicator Bron 2021\nMeldingen Politie 12", "Alles staat in één kolom. Sla"),
        ("", "leeg"),
        ("\n\n", "leeg"),
        (";;;\n;;;", "leeg"),
    ],
)
def test_it_says_what_is_wrong_with_the_whole_file(content: str, says: str) -> None:
    with pytest.raises(TableFileError, match=says):
        read(content)


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(TableFileError, match="te groot: hoogstens 1 MB"):
        read_file(b"x" * 1_000_001, "x.csv", max_bytes=1_000_000)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2021", Period.of_year(2021)),
        ("2021JJ00", Period.of_year(2021)),
        ("2021KW03", Period.of_quarter(2021, 3)),
        ("2021-Q4", Period.of_quarter(2021, 4)),
        ("1e kwartaal 2021", Period.of_quarter(2021, 1)),
        ("kwartaal 2 2021", Period.of_quarter(2021, 2)),
        ("2021-05", Period.of_month(2021, 5)),
        ("2021MM12", Period.of_month(2021, 12)),
        ("december 2021", Period.of_month(2021, 12)),
        ("okt. 2021", Period.of_month(2021, 10)),
        ("1-5-2021", None),
        ("2020-2021", None),
        ("vorig jaar", None),
        ("12021", None),
    ],
)
def test_it_reads_periods_as_people_write_them(text: str, period: Period | None) -> None:
    assert period_of(text) == period


@given(
    st.binary(max_size=200) | st.text(alphabet='Indicator;Bron2021\n12,*)\t"{', max_size=120).map(str.encode)
)
def test_whatever_the_bytes_it_reads_figures_or_refuses(content: bytes) -> None:
    with contextlib.suppress(TableFileError):
        assert read(content).lines
    with contextlib.suppress(TableFileError):
        assert isinstance(headings(content, "x"), tuple)
        assert needs_mapping(content, "x") in (True, False)
