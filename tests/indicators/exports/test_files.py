"""The files themselves: no formula anywhere, the same bytes for the same figures, and types as described."""

import csv
import io
import zipfile
from collections.abc import Callable

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from odfdo import Document as Package
from openpyxl import load_workbook

from indicators.exports import WRITERS, Document, csv_metadata, ods_bytes, xlsx_bytes
from indicators.exports.csv_file import csv_bytes
from tests.indicators.exports.documents import TARGET, THEN, cell, document, row

DANGEROUS = [
    "=1+1",
    "+31 6",
    "-5",
    "@som",
    "\t=1",
    "\r=1",
    " =1",
    "'=1",
    "＝1",
    '=HYPERLINK("https://example.org")',
]
LATER = THEN.replace(year=2030)


def risky(text: str) -> Document:
    """A table in which everything that can be text is `text`."""
    written = cell(text, status="text_only", value=None, reason=text, note=text)
    return document(
        row(
            written,
            label=text,
            group=text,
            indicator=text,
            source=text,
            printed_source=text,
            note=text,
            unit=text,
        ),
        title=text,
    )


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_in_a_csv_file_starts_a_formula(text: str) -> None:
    content = csv_bytes(risky(text)).decode("utf-8-sig")
    for one in csv.reader(io.StringIO(content, newline=""), delimiter=";"):
        assert not any(part.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for part in one)


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_spreadsheet_is_a_formula(text: str) -> None:
    book = load_workbook(io.BytesIO(xlsx_bytes(risky(text))))
    assert {one.data_type for sheet in book for line in sheet.iter_rows() for one in line} <= {
        "s",
        "n",
        "inlineStr",
    }
    with zipfile.ZipFile(io.BytesIO(ods_bytes(risky(text)))) as package:
        assert b"table:formula" not in package.read("content.xml")


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_the_same_figures_give_the_same_bytes_on_another_day(write: Callable[[Document], bytes]) -> None:
    with time_machine.travel(THEN):
        first = write(document(row(cell())))
    with time_machine.travel(LATER):
        assert write(document(row(cell()))) == first


def test_both_spreadsheets_say_the_same() -> None:
    made = document(
        row(cell("6,7"), cell("≤ 350", TARGET, note="Een\nnoot  met \t wit"), group="Buren"),
        as_of="1 mei 2026",
    )
    xlsx = load_workbook(io.BytesIO(xlsx_bytes(made)))
    ods = Package(io.BytesIO(ods_bytes(made)))
    assert [table.name for table in ods.body.tables] == xlsx.sheetnames == ["Gegevens", "Tabel", "Uitleg"]
    for name in xlsx.sheetnames:
        assert _texts(ods.body.get_table(name=name).get_values()) == _texts(
            xlsx[name].iter_rows(values_only=True)
        )


def _texts(rows: object) -> list[list[str]]:
    texts = [["" if value is None else str(value) for value in line] for line in rows]  # type: ignore[attr-defined]
    return [" ".join("".join(line).split()) for line in texts]  # type: ignore[misc]


def test_numbers_are_numbers_in_a_spreadsheet() -> None:
    sheet = load_workbook(io.BytesIO(xlsx_bytes(document(row(cell())))))["Gegevens"]
    names = [one.value for one in sheet[1]]
    assert sheet[2][names.index("waarde")].value == 12
    assert sheet[2][names.index("periode")].value == "2021"


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
@given(text=st.text(max_size=30))
def test_no_text_breaks_a_file(write: Callable[[Document], bytes], text: str) -> None:
    assert write(risky(text))


def test_the_description_says_how_to_read_each_column() -> None:
    made = document(row(cell()), row(cell(), order=2, is_synthetic=True), as_of="1 mei 2026")
    metadata = csv_metadata(made, "https://veilig.example.org/cijfers/overlast.csv")
    types = {one["name"]: one["datatype"] for one in metadata["tableSchema"]["columns"]}
    assert (types["waarde"], types["periode"]) == ("decimal", "string")
    assert metadata["dc:description"].endswith(
        "Zoals bekend op 1 mei 2026. Deze cijfers zijn (deels) verzonnen, als voorbeeld."
    )
    assert metadata["dc:modified"]["@value"] == "2026-05-15"


def test_a_program_reads_the_figures_first_and_a_person_sees_the_table() -> None:
    made = document(row(cell()))
    book = load_workbook(io.BytesIO(xlsx_bytes(made)))
    assert (book.worksheets[0].title, book.active.title) == ("Gegevens", "Tabel")
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == ["Tabel"]
    with zipfile.ZipFile(io.BytesIO(ods_bytes(made))) as package:
        assert b'"ActiveTable" config:type="string">Tabel<' in package.read("settings.xml")
