import io
import re
import zipfile
from datetime import date
from typing import Any

import odfdo
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from indicators.reading import Layout, guessed_mapping, needs_mapping, read_file, sheet_names
from indicators.reading.package import MAX_UNPACKED
from indicators.table_file import TableFileError
from tests.indicators.reading.files import (
    as_csv,
    as_ods,
    as_xlsx,
    grid,
    hard_grid,
    packed,
    read,
    remarks,
    saved,
    texts,
)

SMALL = "Indicator;Bron;2021;2022\nMeldingen;Politie;12;13\nInbraak;;1;2"


def new_book(text: str = SMALL) -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(grid(text))))
    return book, book.worksheets[0]


def problems(content: bytes, layout: Layout | None = None) -> list[str]:
    with pytest.raises(TableFileError) as refused:
        read(content, layout, name="toets.xlsx")
    return list(refused.value.problems)


def with_part(content: bytes, name: str, data: bytes) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, data)
    return out.getvalue()


def with_outcomes(content: bytes, outcome: bytes) -> bytes:
    """The workbook after Excel computed its formulas, which the library that wrote it does not do."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for one in before.infolist():
            data = re.sub(rb"</f><v ?/>|</f><v></v>", b"</f><v>" + outcome + b"</v>", before.read(one))
            after.writestr(one.filename, data)
    return out.getvalue()


# --- the same table in three forms ----------------------------------------------------------------
def test_the_hard_table_reads_the_same_from_a_workbook() -> None:
    rows = hard_grid()
    expected = read(as_csv(rows))
    assert read(as_xlsx(rows)) == expected
    assert read(as_ods(rows)) == expected


def test_a_merged_heading_reads_the_same() -> None:
    rows = hard_grid()
    assert read(as_xlsx(rows, ["A1:H1", "C2:E2", "F2:H2", "C13:E13", "F13:H13"])) == read(as_csv(rows))


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(*[st.text(alphabet="0123456789.,%<≥*) volgten", max_size=8)] * 2), min_size=1, max_size=4
    )
)
def test_any_grid_reads_the_same_from_a_workbook(cells: list[tuple[str, str]]) -> None:
    rows = [["Thema", "Indicator", "Bron", "2021", "Doel 2027"]]
    rows += [["Jeugd", f"Rij {number}", "Politie", *row] for number, row in enumerate(cells)]
    expected = texts(read(as_csv(rows)))
    assert texts(read(as_xlsx(rows))) == expected
    # In ODS several spaces in a row are one, unless they are marked up.
    assert [[" ".join(text.split()) for text in row] for row in texts(read(as_ods(rows)))] == [
        [" ".join(text.split()) for text in row] for row in expected
    ]


# --- numbers, dates and formulas ------------------------------------------------------------------
def test_a_number_reads_as_a_person_sees_it() -> None:
    book, sheet = new_book("Indicator;Bron;2019;2020;2021;2022\nMeldingen;Politie")
    for place, (value, code) in enumerate(
        [(0.35, "0%"), (4500, "#,##0"), (6.7, "0.0"), (4500, "General")], 3
    ):
        sheet.cell(2, place, value).number_format = code
    assert texts(read(saved(book))) == [["35%", "4.500", "6,7", "4500"]]


def test_years_in_a_heading_may_be_numbers_or_dates() -> None:
    book, sheet = new_book()
    sheet["C1"] = 2021
    sheet["D1"] = date(2022, 1, 1)
    sheet["D1"].number_format = "yyyy"
    assert [column.key for column in read(saved(book)).columns] == ["observation:2021", "observation:2022"]


def test_a_date_in_a_cell_is_text() -> None:
    book, sheet = new_book()
    sheet["C2"] = date(2021, 5, 1)
    sheet["C2"].number_format = "d-m-yyyy"
    cell = read(saved(book)).lines[0].cells[0].cell
    assert (cell.kind, cell.printed) == ("text", "1-5-2021")


def test_the_stored_outcome_of_a_formula_is_read_and_said() -> None:
    book, sheet = new_book()
    sheet["C2"] = "=6+6"
    file = read(with_outcomes(saved(book), b"12"))
    assert file.lines[0].cells[0].cell.printed == "12"
    assert [one.is_formula for one in file.lines[0].cells] == [True, False]
    assert remarks(file) == ["2 2021: hier staat een formule; we lezen de laatst berekende uitkomst."]


def test_a_formula_without_an_outcome_is_refused() -> None:
    book, sheet = new_book()
    sheet["D3"] = "=D2*2"
    assert problems(saved(book)) == [
        "Rij 3, kolom 2022: hier staat een formule zonder uitkomst. Open het bestand in Excel of LibreOffice, sla "
        "het op en kies het opnieuw."
    ]


def test_a_formula_that_failed_is_refused() -> None:
    book, sheet = new_book()
    sheet["C2"] = "#DIV/0!"
    assert "hier staat ‘#DIV/0!’: een formule die niet uitkomt" in problems(saved(book))[0]


@pytest.mark.parametrize("written", [as_csv, as_xlsx, as_ods])
def test_a_formula_that_failed_is_refused_also_when_only_its_text_was_pasted(written: Any) -> None:
    rows = [["Indicator", "Bron", "2021", "2022"], ["Meldingen", "Politie", "12", "#N/B"]]
    assert problems(written(rows)) == [
        "Rij 2, kolom 2022: hier staat ‘#N/B’: een formule die niet uitkomt. Herstel hem, of typ wat er moet staan."
    ]


def test_a_failed_formula_in_a_column_that_is_not_read_does_no_harm() -> None:
    rows = [["Indicator", "Bron", "2021", "Trend"], ["Meldingen", "Politie", "12", "#DEEL/0!"]]
    assert texts(read(as_csv(rows))) == [["12"]]


def test_formulas_in_an_open_document_are_said_too() -> None:
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table("Cijfers")
    for row in grid(SMALL):
        table.append_row(odfdo.Row())
        table.set_row_values(table.height - 1, row)
    table.set_cell((2, 1), odfdo.Cell(12, text="12", formula="of:=6+6"))
    document.body.append(table)
    file = read(packed(document))
    assert file.lines[0].cells[0].is_formula
    assert texts(file)[0] == ["12", "13"]


def test_an_open_document_shows_its_own_text() -> None:
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table("Cijfers")
    table.set_row_values(0, ["Indicator", "Bron", "2021", "2022"])
    table.set_row_values(1, ["Meldingen", "Politie", "", ""])
    table.set_cell((2, 1), odfdo.Cell(0.35, text="35%"))
    table.set_cell((3, 1), odfdo.Cell(4500, text="4.500"))
    document.body.append(table)
    assert texts(read(packed(document))) == [["35%", "4.500"]]


# --- the shape of a worksheet ---------------------------------------------------------------------
def test_a_source_merged_over_rows_goes_for_all_of_them() -> None:
    file = read(as_xlsx(grid("Indicator;Bron;2021\nEen;Politie;1\nTwee;;2\nDrie;;3"), ["B2:B3"]))
    assert [line.source_is_proposed for line in file.lines] == [False, False, True]
    assert [line.printed_source for line in file.lines] == ["Politie", "Politie", ""]


def test_a_label_merged_over_rows_is_two_rows_with_their_own_sources() -> None:
    file = read(as_xlsx(grid("Indicator;Bron;2021\nMeldingen;Politie;1\n;Gemeente;2"), ["A2:A3"]))
    assert [(line.label, line.source) for line in file.lines] == [
        ("Meldingen", "Politie"),
        ("Meldingen", "Gemeente"),
    ]


def test_merged_figures_are_said() -> None:
    file = read(as_xlsx(grid("Indicator;Bron;2021;2022\nMeldingen;Politie;12;\nTwee;;1;2"), ["C2:D2"]))
    assert texts(file)[0] == ["12", ""]
    assert "2 2021: deze cel is samengevoegd met andere." in remarks(file)[0]


@pytest.mark.parametrize(
    ("table", "merge", "said"),
    [
        ("Indicator en bron;;2021;2022\nA;politie;1;2", "A1:B1", "kolom Indicator en bron: "),
        ("Indicator;Bron;2021 en 2022;\nA;politie;1;2", "C1:D1", "kolom 2021 en 2022: "),
        ("Indicator;Bron;2021;\nA;politie;1;2", "C1:D1", "kolom 2021: "),
        ("Jaar;Gebied en onderwerp;;Waarde\n2021;Haarlem;Diefstal;1", "B1:C1", "kolom Gebied en onderwerp: "),
    ],
)
def test_a_merged_heading_is_called_one(table: str, merge: str, said: str) -> None:
    content = as_xlsx(grid(table), [merge])
    assert problems(content) == [
        f"Rij 1, {said}deze cel is samengevoegd ({merge}). Splits hem, en geef elke kolom een eigen kop."
    ]
    assert not needs_mapping(content, "toets.xlsx")


def test_what_a_person_said_of_a_merged_heading_does_not_split_it() -> None:
    content = as_xlsx(grid("Wat;;2021\nA;politie;1"), ["A1:B1"])
    assert "samengevoegd (A1:B1)" in problems(content, Layout(mapping={"Wat": "label"}, source="politie"))[0]


def test_a_merged_heading_above_the_years_or_beside_an_empty_column_is_right() -> None:
    above = "Meting;;Indicator;Bron\n2021;2022;;\n1;2;A;politie"
    assert texts(read(as_xlsx(grid(above), ["A1:B1"]))) == [["1", "2"]]
    beside = grid("Indicator;;Bron;2021\nA;;politie;1")
    assert texts(read(as_xlsx(beside, ["A1:B1"]))) == [["1"]]


def test_hidden_rows_and_columns_are_read_and_said() -> None:
    book, sheet = new_book()
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    file = read(saved(book))
    assert texts(file) == [["12", "13"], ["1", "2"]]
    assert remarks(file) == [
        "1 2021: deze kolom is verborgen in het werkblad. We lezen hem mee.",
        "3 : deze rij is verborgen in het werkblad. We lezen hem mee.",
    ]


def test_the_first_sheet_with_a_table_is_read_and_the_others_are_named() -> None:
    book, sheet = new_book()
    sheet.title = "Jeugd"
    book.create_sheet("Voorblad", 0)["A1"] = "Cijfers 2022"
    other = book.create_sheet("Zorg")
    for row in grid("Indicator;Bron;2021\nBurenruzie;Politie;7"):
        other.append(row)
    content = saved(book)
    assert sheet_names(content, "x.xlsx") == ("Voorblad", "Jeugd", "Zorg")
    file = read(content)
    assert {line.theme for line in file.lines} == {"Jeugd"}
    assert "we lezen het werkblad ‘Jeugd’. In dit bestand staan er meer: Zorg." in remarks(file)[0]
    assert [line.theme for line in read(content, Layout(sheet="Zorg")).lines] == ["Zorg"]


def test_a_problem_names_the_sheet_when_there_are_more() -> None:
    book, sheet = new_book("Indicator;Bron;2021\nMeldingen;;7")
    book.create_sheet("Zorg").append(["Indicator", "Bron", "2021"])
    sheet.title = "Jeugd"
    assert problems(saved(book))[0].startswith(
        "Werkblad ‘Jeugd’: Rij 2, kolom bron: hier moet een bron staan"
    )


def test_a_sheet_without_a_name_of_its_own_takes_that_of_the_file() -> None:
    assert read(as_xlsx(grid(SMALL), title="Blad1"), name="jeugd.xlsx").lines[0].theme == "jeugd"


def test_a_hidden_sheet_is_read_only_when_it_is_chosen() -> None:
    book, _sheet = new_book()
    book.create_sheet("Kladblok", 0).append(["Indicator", "Bron", "2021"])
    book["Kladblok"].sheet_state = "hidden"
    book["Kladblok"].append(["Geheim", "Politie", "1"])
    assert len(read(saved(book)).lines) == 2
    assert read(saved(book), Layout(sheet="Kladblok")).lines[0].label == "Geheim"


def test_open_documents_have_sheets_too() -> None:
    content = as_ods(grid(SMALL), "Jeugd")
    assert sheet_names(content, "x.ods") == ("Jeugd",)
    assert read(content).lines[0].theme == "Jeugd"
    assert sheet_names(b"a;b", "x.csv") == ()


# --- files that cannot be used --------------------------------------------------------------------
def test_a_sheet_that_does_not_exist_is_said() -> None:
    assert problems(as_xlsx(grid(SMALL)), Layout(sheet="Zorg")) == [
        "Het werkblad ‘Zorg’ bestaat niet. In dit bestand staan: Cijfers."
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "heeft een wachtwoord"),
        (b"\xd0\xcf\x11\xe0rest", "oud Excel-bestand"),
        (b"PK\x03\x04rest", "beschadigd"),
        (as_xlsx(grid(SMALL))[:-200], "beschadigd"),
        (with_part(as_xlsx(grid(SMALL)), "xl/vbaProject.bin", b"x"), "macro"),
        (with_part(as_ods(grid(SMALL)), "Basic/Standard/Module1.xml", b"x"), "macro"),
        (with_part(as_xlsx([]), "iets.xml", b" " * (MAX_UNPACKED + 1)), "uitgepakt te groot"),
        (as_xlsx([]), "geen tabel"),
        (with_part(b"", "iets.txt", b"x"), "beschadigd"),
    ],
    ids=["wachtwoord", "xls", "geen zip", "half", "macro", "macro ods", "bom", "leeg", "ander zip"],
)
def test_it_says_what_is_wrong_with_a_workbook_and_what_to_do(content: bytes, says: str) -> None:
    with pytest.raises(TableFileError, match=says):
        read_file(content, "toets.xlsx", max_bytes=10_000_000)


def test_an_open_document_with_a_password_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("META-INF/manifest.xml", '<manifest:encryption-data checksum="x"/>')
        package.writestr("content.xml", b"\x00\x01")
    assert "wachtwoord" in problems(out.getvalue())[0]


def test_a_workbook_that_defines_entities_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("content.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    assert "beschadigd" in problems(out.getvalue())[0]


def test_a_sheet_that_is_far_too_wide_is_refused() -> None:
    book, sheet = new_book()
    sheet.cell(2, 600, "ver weg")
    assert "te groot" in problems(saved(book))[0]


@given(st.binary(max_size=60))
def test_whatever_a_workbook_holds_it_is_read_or_refused(data: bytes) -> None:
    broken = with_part(b"", "xl/workbook.xml", data)
    with pytest.raises(TableFileError):
        read(broken)


def shown_in_english(value: str, text: str, kind: str) -> bytes:
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    sheet = odfdo.Table("Cijfers")
    for number, row in enumerate(grid("Indicator;Bron;2021\nMeldingen;Politie;0")):
        made = odfdo.Row()
        for place, one in enumerate(row):
            made.set_cell(place, odfdo.Cell(one))
        sheet.set_row(number, made)
    sheet.set_cell("C2", odfdo.Cell(float(value), text=text, cell_type=kind))
    document.body.append(sheet)
    return packed(document)


@pytest.mark.parametrize(
    ("value", "text", "kind", "says"),
    [
        ("1204", "1,204", "float", "1.204"),
        ("6.7", "6.7", "float", "6,7"),
        ("1204", "1.204", "float", "1.204"),
        ("1.2042", "1,204", "float", "1,204"),
    ],
)
def test_a_number_in_english_notation_is_read_in_dutch(value: str, text: str, kind: str, says: str) -> None:
    assert texts(read(shown_in_english(value, text, kind))) == [[says]]


def replaced(content: bytes, name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for one in before.infolist():
            after.writestr(one.filename, data if one.filename == name else before.read(one))
    return out.getvalue()


def test_a_sheet_that_repeats_its_cells_without_end_is_refused() -> None:
    rows = (
        b'<table-row number-rows-repeated="199999"><table-cell number-columns-repeated="499"><p>a</p>'
        b"</table-cell></table-row>"
    )
    content = replaced(as_ods(grid(SMALL)), "content.xml", b'<d><table name="x">' + rows + b"</table></d>")
    assert "te groot" in problems(content)[0]


@pytest.mark.parametrize("limit", ["MAX_EVENTS", "MAX_DEPTH"])
def test_a_sheet_with_too_many_or_too_deep_elements_is_refused(
    limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"indicators.reading.package.{limit}", 2)
    assert "uitgepakt te groot" in problems(as_xlsx(grid(SMALL)))[0]


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("xl/worksheets/sheet1.xml", b'r="A1"', b'r="-1"'),
        ("xl/styles.xml", b'numFmtId="0"', b'numFmtId="abc"'),
    ],
)
def test_a_workbook_with_a_broken_part_is_refused(part: str, before: bytes, after: bytes) -> None:
    content = as_xlsx(grid(SMALL))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        data = package.read(part)
    assert before in data
    assert "beschadigd" in problems(replaced(content, part, data.replace(before, after)))[0]


def test_a_heading_over_two_rows_is_asked_about_as_one() -> None:
    content = as_xlsx(grid(";;Meting;Streefwaarde\nIndicator;Bron;2021;2027\nMeldingen;Politie;12;10"))
    guesses = guessed_mapping(content, "x.xlsx")
    assert guesses == {
        "Indicator": "label", "Bron": "source", "Meting 2021": "baseline:2021",
        "Streefwaarde 2027": "target:2027",
    }  # fmt: skip
    assert read(content, Layout(mapping=guesses)) == read(content)
