import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.cells import print_cell
from indicators.reading import read_file
from indicators.table_file import TableFileError
from tests.indicators.conftest import HEADER, real_table, source_rows, table

ROW = "2.1;Jeugd;;Meldingen;Politie;12;13"


def problems(content: str | bytes) -> tuple[str, ...]:
    with pytest.raises(TableFileError) as refused:
        read_file(content if isinstance(content, bytes) else content.encode(), "toets.csv", max_bytes=10_000)
    return refused.value.problems


def test_it_reads_the_real_file() -> None:
    file = real_table()
    assert len(file.lines) == 46
    assert [column.label for column in file.columns] == ["2019", "2020", "2021", "2022"]
    assert sum(len(line.cells) for line in file.lines) == 184


def test_every_cell_of_the_real_file_prints_as_it_stands_there() -> None:
    for line, row in zip(real_table().lines, source_rows(), strict=True):
        assert [print_cell(one.cell) for one in line.cells] == [
            row[year] for year in ("2019", "2020", "2021", "2022")
        ]


def test_blank_sources_continue_as_in_the_printed_table() -> None:
    # As one reads the printed document: the chapter, and the rows that belong to each source.
    printed = {
        "2.1": ["LAA"] + ["Gemeente"] * 6,
        "2.2": ["politie"] + ["gemeente"] * 3 + ["Omnibusonderzoek"] * 2,
        "2.3": ["politie"] + ["Gemeente"] * 3 + ["Omnibus"] * 4 + ["Politie"] * 2 + ["Omnibus"] * 3,
        "2.4": ["politie"] * 2 + ["gemeente"] + ["Politie"] * 4 + ["ZVH"] * 3,
        "2.6": ["politie"] * 4,
        "2.7": ["Gemeente"],
        "2.9": ["Politie"] * 4,
        "2.12": ["gemeente"],
    }
    read: dict[str, list[str]] = {}
    for line in real_table().lines:
        read.setdefault(line.chapter, []).append(line.source)
        assert line.source_is_proposed == (line.printed_source == "")
    assert read == printed


@pytest.mark.parametrize("text", [HEADER + ROW, "\ufeff" + HEADER + ROW, (HEADER + ROW).replace(";", ",")])
def test_it_reads_both_separators_and_a_mark_in_front(text: str) -> None:
    assert read_file(text.encode(), "toets.csv", max_bytes=10_000) == table(ROW)


def test_it_reads_what_old_spreadsheets_write() -> None:
    file = read_file(
        (HEADER + "2.1;Café;;Geweld;Politie;1;2").encode("cp1252"), "toets.csv", max_bytes=10_000
    )
    assert file.lines[0].theme == "Café"


def test_columns_go_by_other_names_in_any_order() -> None:
    file = table("13;Politie;Meldingen;Jeugd;12", header="2020;Bron;INDICATOR;onderwerp;2019\n")
    assert [column.key for column in file.columns] == ["observation:2019", "observation:2020"]
    assert [one.cell.printed for one in file.lines[0].cells] == ["12", "13"]


def test_empty_rows_and_empty_columns_at_the_end_do_not_count() -> None:
    file = read_file(
        (HEADER.strip() + ";;\n" + ROW + ";;\n;;;;;;;;\n").encode(), "toets.csv", max_bytes=10_000
    )
    assert len(file.lines) == 1


def test_a_source_does_not_continue_into_another_group() -> None:
    assert problems(HEADER + ROW + "\n2.1;Jeugd;Sociaal;Ruzie;;1;2") == (
        "Rij 3, kolom bron: hier moet een bron staan, want dit is de eerste rij van een hoofdstuk of groep.",
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "leeg"),
        (HEADER, "geen rijen"),
        (HEADER + "2.1;Jeugd;;Meldingen;Politie;12", "Rij 2, kolom 2020: de rij houdt hier op"),
        (HEADER + ROW + ";14", "Rij 2, kolom 8: hier staat ‘14’"),
        (HEADER + "2.1;Jeugd;;;Politie;12;13", "Rij 2, kolom indicator: dit vak is leeg."),
        (HEADER + "2.1;;;Meldingen;Politie;12;13", "Rij 2, kolom thema: dit vak is leeg."),
        (HEADER + ROW.replace("12", "1" * 201), "Rij 2, kolom 2019: de tekst is te lang"),
        (HEADER + '2.1;Jeugd;;"Meldingen;Politie;12;13', "Rij 2, kolom 1: een aanhalingsteken"),
        (HEADER.replace("2020", "Doel") + ROW, "Rij 1, kolom Doel: deze kolom kennen we niet"),
        (HEADER.replace("2020", "2019") + ROW, "Rij 1, kolom 2019: deze kolom staat er twee keer"),
        (HEADER.replace("bron", "") + ROW, "Rij 1, kolom bron: deze kolom ontbreekt"),
        ("thema;indicator;bron\nJeugd;Meldingen;Politie", "Rij 1, kolom jaar"),
        (b"PK\x03\x04rest", "werkblad"),
        ((HEADER + ROW).encode("utf-16-le"), "geen tekst"),
        (b"x" * 10_001, "te groot"),
    ],
)
def test_it_says_what_is_wrong_and_where(content: str | bytes, says: str) -> None:
    assert says in problems(content)[0]


def test_it_names_every_broken_row() -> None:
    broken = "2.1;Jeugd;;;Politie;12;13"
    assert len(problems("\n".join([HEADER.strip(), broken, ROW, broken]))) == 2


@given(st.binary(max_size=200))
def test_whatever_the_bytes_it_reads_a_table_or_refuses(content: bytes) -> None:
    with contextlib.suppress(TableFileError):
        assert read_file(content, "toets.csv", max_bytes=10_000).lines


@given(st.lists(st.text(alphabet="0123456789.,%<≥*) volgt", max_size=8), min_size=2, max_size=2))
def test_no_cell_is_lost_or_changed(texts: list[str]) -> None:
    quoted = ";".join(f'"{text}"' for text in texts)
    cells = table(f"2.1;Jeugd;;Meldingen;Politie;{quoted}").lines[0].cells
    assert [print_cell(one.cell) for one in cells] == [text.strip() for text in texts]
