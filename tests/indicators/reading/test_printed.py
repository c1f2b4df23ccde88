from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.cells import print_cell
from indicators.periods import Period
from indicators.reading import Layout
from indicators.table_file import TableFile, TableFileError
from tests.indicators.reading.files import HARD_TABLE, as_csv, cell, hard_grid, read, remarks, texts

PLAIN = "Indicator;Bron;2021;2022\nMeldingen;Politie;12;13\n"


@pytest.fixture
def hard() -> TableFile:
    return read(HARD_TABLE.read_bytes())


def problems(content: str | bytes, layout: Layout | None = None) -> list[str]:
    with pytest.raises(TableFileError) as refused:
        read(content, layout)
    return list(refused.value.problems)


# --- the hard table -------------------------------------------------------------------------------
def test_every_printed_text_of_the_hard_table_is_kept(hard: TableFile) -> None:
    rows = dict(enumerate(hard_grid(), start=1))
    for line in hard.lines:
        assert [one.cell.printed for one in line.cells] == rows[line.row][2:]
        assert all(print_cell(one.cell) == one.cell.printed for one in line.cells)
    assert len(hard.lines) == 8


def test_a_heading_over_two_rows_makes_baselines_and_targets(hard: TableFile) -> None:
    assert [column.key for column in hard.columns] == [
        "baseline:2020", "baseline:2021", "baseline:2022", "target:2023", "target:2025", "target:2027",
    ]  # fmt: skip
    assert [column.label for column in hard.columns][2:4] == ["Meting 2022", "Streefwaarde 2023"]


def test_the_title_above_the_table_is_its_name_and_chapter(hard: TableFile) -> None:
    assert {(line.chapter, line.theme) for line in hard.lines} == {
        ("2.5", "Wonen en veiligheid (verzonnen voorbeeld)")
    }


def test_rows_stand_in_their_groups_also_after_a_page_break(hard: TableFile) -> None:
    assert [line.group for line in hard.lines] == ["Fysieke kwaliteit"] * 4 + ["Sociale kwaliteit"] * 4


def test_a_blank_source_is_that_of_the_row_above_within_the_group(hard: TableFile) -> None:
    assert [line.source for line in hard.lines] == [
        "Gemeente", "Gemeente", "Omnibus", "Omnibus", "Gemeente", "Gemeente", "Gemeente", "politie",
    ]  # fmt: skip
    assert [line.source_is_proposed for line in hard.lines] == [
        line.printed_source == "" for line in hard.lines
    ]


def test_a_footnote_may_move_the_year_of_measurement(hard: TableFile) -> None:
    moved = cell(hard, "Meldingen zwerfafval ²", "Meting 2022")
    assert (moved.note, moved.measured) == ("gemeten in 2021", Period.of_year(2021))
    assert moved.cell.value == 4633
    month = cell(hard, "Rapportcijfer openbare ruimte (1-10)", "Meting 2021")
    assert month.measured == Period.of_month(2020, 5)
    assert "6 Meting 2022: de noot zegt: ‘gemeten in 2021’. We lezen dit als gemeten in 2021." in remarks(
        hard
    )


def test_a_footnote_may_say_something_else(hard: TableFile) -> None:
    other = cell(hard, "Overlast zwervers (E41)", "Meting 2021")
    assert (other.note, other.measured, other.cell.value) == ("voorlopig cijfer", None, 343)


def test_a_mark_in_a_label_is_a_note_of_the_row_and_stays_in_the_label(hard: TableFile) -> None:
    assert hard.lines[1].note == "alleen via de app"
    assert {
        line.note for line in hard.lines if line.label in ("Boetes alcohol 18-", "Overlast zwervers (E41)")
    } == {""}


def test_targets_may_be_ranges(hard: TableFile) -> None:
    target = cell(hard, "% bewoners tevreden over de straat", "Streefwaarde 2027").cell
    assert [part.value for part in target.parts] == [Decimal(65), Decimal(75)]
    assert cell(hard, "Rapportcijfer openbare ruimte (1-10)", "Streefwaarde 2025").cell.kind == "range"


def test_what_a_person_should_look_at_is_said(hard: TableFile) -> None:
    said = "\n".join(remarks(hard))
    assert "8 Meting 2022: hier staat een punt: ‘6.5’. Is een komma bedoeld, schrijf dan 6,5." in said
    assert "10 Meting 2022: een deel van ‘12 keer overleg en schouw volgt’ volgt nog." in said
    assert "16 Meting 2022: in ‘22% (24%)’ staan twee getallen." in said
    assert "16 Streefwaarde 2023: in ‘12/13’ staan twee getallen." in said
    assert "21 : ‘Deze tabel is verzonnen.’ staat alleen op deze rij" in said


# --- headings -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("2021", "observation:2021"),
        ("2021 *)", "observation:2021"),
        ("Realisatie 2021", "observation:2021"),
        ("2e kwartaal 2024", "observation:2024-Q2"),
        ("derde kwartaal 2024", "observation:2024-Q3"),
        ("Q1 2024", "observation:2024-Q1"),
        ("2024-Q1", "observation:2024-Q1"),
        ("mei 2024", "observation:2024-05"),
        ("Meting mrt 2024", "baseline:2024-03"),
        ("Meting 2021", "baseline:2021"),
        ("Nulmeting 2021", "baseline:2021"),
        ("0-meting 2021", "baseline:2021"),
        ("0-meting (2021)", "baseline:2021"),
        ("Uitgangswaarde 2021", "baseline:2021"),
        ("Basis 2021", "baseline:2021"),
        ("Streefwaarde 2027", "target:2027"),
        ("streefwaarde\n2027", "target:2027"),
        ("2027 (streefwaarde)", "target:2027"),
        ("Doel eind 2027", "target:2027"),
        ("Doelstelling 2026", "target:2026"),
        ("Streven 2025", "target:2025"),
        ("Ambitie 2027", "target:2027"),
        ("Norm 2025", "target:2025"),
    ],
)
def test_it_knows_what_a_column_is(heading: str, key: str) -> None:
    file = read(as_csv([["Indicator", "Bron", heading], ["Meldingen", "Politie", "12"]]))
    assert [column.key for column in file.columns] == [key]
    assert file.columns[0].label == " ".join(heading.split())


@pytest.mark.parametrize(
    "heading", ["wijkteam", "2019-2022", "trendbreuk", "Streefwaarde", "Doel", "1-1-2024", "Doel 2026-2023"]
)
def test_it_asks_about_a_column_it_does_not_know(heading: str) -> None:
    content = as_csv([["Indicator", "Bron", "2020", heading], ["Meldingen", "Politie", "12", "13"]])
    assert problems(content)[0].startswith(f"Rij 1, kolom {heading}: deze kolom kennen we niet")


def test_a_person_may_say_what_a_column_is() -> None:
    layout = Layout(mapping={"Doel": "target:2027", "trend": "ignore", "wat": "label"})
    file = read("wat;bron;2021;Doel;trend\nMeldingen;Politie;12;10;omlaag", layout)
    assert [column.key for column in file.columns] == ["observation:2021", "target:2027"]
    assert texts(file) == [["12", "10"]]


@pytest.mark.parametrize(
    "head",
    [
        "Indicator;Bron;Meting;;Streefwaarde;\n;;2021;2022;2024;2027",
        ";;Meting;;Streefwaarde;\nIndicator;Bron;2021;2022;2024;2027",
        ";;2021;2022;2024;2027\nIndicator;Bron;Meting;Meting;Streefwaarde;Streefwaarde",
        "Doelen;;Meting;;Streefwaarde;\nIndicator;Bron;2021;2022;2024;2027",
        "Indicator;Bron;Meting 2021;Meting 2022;Streefwaarde;\n;;;;2024;2027",
    ],
)
def test_a_heading_may_stand_on_two_rows(head: str) -> None:
    file = read(f"{head}\nMeldingen;Politie;1;2;3;4")
    assert [column.key for column in file.columns] == [
        "baseline:2021", "baseline:2022", "target:2024", "target:2027",
    ]  # fmt: skip
    assert texts(file) == [["1", "2", "3", "4"]]


def test_a_title_with_the_word_for_targets_is_no_heading() -> None:
    file = read("Doelen met toezicht\nIndicator;Bron;2021\nMeldingen;Politie;1")
    assert (file.columns[0].key, file.lines[0].theme) == ("observation:2021", "Doelen met toezicht")


def test_a_table_may_have_its_name_above_its_labels() -> None:
    file = read("Jeugd;Bron;2021;2022\nMeldingen;Politie;1;2")
    assert (file.lines[0].theme, file.lines[0].label) == ("Jeugd", "Meldingen")
    assert "boven deze kolom staat niet ‘indicator’" in remarks(file)[0]


def test_a_table_without_a_name_is_called_after_its_file_or_as_a_person_says() -> None:
    assert read(PLAIN, name="jeugd 2022.csv").lines[0].theme == "jeugd 2022"
    named = read(PLAIN, Layout(table_name="Jeugd", chapter="2.2")).lines[0]
    assert (named.chapter, named.theme) == ("2.2", "Jeugd")


@pytest.mark.parametrize("second", ["12", "13"])
def test_a_year_may_have_a_baseline_and_a_figure(second: str) -> None:
    file = read(f"Indicator;Bron;Meting 2021;2021\nMeldingen;Politie;12;{second}")
    assert texts(file) == [["12", second]]


@pytest.mark.parametrize("second", ["12", "13"])
def test_a_row_may_stand_twice_in_a_table(second: str) -> None:
    file = read(f"Indicator;Bron;2021\nMeldingen;Politie;12\nMeldingen;Politie;{second}")
    assert texts(file) == [["12"], [second]]


# --- rows -----------------------------------------------------------------------------------------
def test_the_source_may_stand_under_the_table() -> None:
    file = read("Indicator;2021\nMeldingen;12\nBron: politie\n")
    assert (file.lines[0].source, file.lines[0].printed_source) == ("politie", "")
    assert not file.lines[0].source_is_proposed


def test_a_table_without_sources_asks_for_one() -> None:
    content = "Indicator;2021\nMeldingen;12"
    assert problems(content) == [
        "Rij 1, kolom bron: deze kolom ontbreekt. Voeg hem toe, of kies een bron voor alle rijen."
    ]
    assert read(content, Layout(source="Politie")).lines[0].source == "Politie"


def test_the_first_row_of_a_group_needs_a_source_or_gets_the_one_a_person_chose() -> None:
    content = "Indicator;Bron;2021\nEen;Politie;1\nGroep;;\nTwee;;2\nDrie;;3"
    assert problems(content) == [
        f"Rij {row}, kolom bron: hier moet een bron staan, want dit is de eerste rij van een hoofdstuk of groep."
        for row in (4, 5)
    ]
    assert [line.source for line in read(content, Layout(source="Omnibus")).lines] == [
        "Politie",
        "Omnibus",
        "Omnibus",
    ]


def test_two_tables_below_each_other_are_two_tables() -> None:
    file = read(
        "Jeugd;;;\nIndicator;Bron;2021;2022\nMeldingen;Politie;1;2\n\nZorg;;;\nIndicator;Bron;2021;2022\n"
        "Meldingen;Politie;3;4\n\nOndernemers;;;\nIndicator;Bron;Meting 2020;Doel 2024\nInbraak;Politie;5;6"
    )
    assert [line.theme for line in file.lines] == ["Jeugd", "Zorg", "Ondernemers"]
    assert [column.key for column in file.columns] == [
        "baseline:2020", "observation:2021", "observation:2022", "target:2024",
    ]  # fmt: skip
    assert texts(file)[2] == ["5", "6"]


def test_a_mark_without_a_note_is_said() -> None:
    file = read("Indicator;Bron;2021\nMeldingen;Politie;12 *)")
    assert remarks(file) == ["2 2021: bij ‘*)’ staat geen noot onder de tabel."]


def test_a_mark_behind_a_year_is_about_all_figures_of_that_year() -> None:
    file = read("Indicator;Bron;2021;2022*\nMeldingen;Politie;12;13\nInbraak;;1;2\n* voorlopige cijfers")
    assert [one.note for line in file.lines for one in line.cells] == ["", "voorlopige cijfers"] * 2


def test_the_nearest_note_below_goes_for_a_mark_that_comes_twice() -> None:
    head = "Indicator;Bron;2021"
    file = read(f"{head}\nEen;Politie;1 *)\n*) eerste;;\n{head}\nTwee;Politie;2 *)\n*) tweede;;")
    assert [line.cells[0].note for line in file.lines] == ["eerste", "tweede"]


@pytest.mark.parametrize("between", ["\n", " ", "; "])
def test_several_notes_may_stand_in_one_cell(between: str) -> None:
    rows = [["Indicator", "Bron", "2021", "2022"], ["Meldingen", "Politie", "12*", "13 **"]]
    file = read(as_csv([*rows, [f"* uit een steekproef{between}** voorlopig", "", "", ""]]))
    assert [one.note.rstrip(";") for one in file.lines[0].cells] == ["uit een steekproef", "voorlopig"]


def test_a_comma_too_many_says_what_to_do() -> None:
    assert (
        "Sla het bestand dan op met een puntkomma" in problems("Indicator,Bron,2021\nCijfer,Politie,6,7")[0]
    )


@pytest.mark.parametrize(
    ("note", "measured"),
    [
        ("gemeten in 2021", Period.of_year(2021)),
        ("Meting van 2021", Period.of_year(2021)),
        ("cijfer uit 2021", Period.of_year(2021)),
        ("peiljaar 2021", Period.of_year(2021)),
        ("Peildatum: 2e kwartaal 2021", Period.of_quarter(2021, 2)),
        ("gemeten in 2022", None),
        ("voorlopig cijfer", None),
        ("meting in 2023 volgt", None),
    ],
)
def test_a_note_that_names_another_period_is_a_proposal(note: str, measured: Period | None) -> None:
    file = read(f"Indicator;Bron;2022\nMeldingen;Politie;12 *)\n*) {note};;")
    assert file.lines[0].cells[0].measured == measured
    assert bool(remarks(file)) == (measured is not None)


def test_a_note_that_only_names_another_year_leaves_it_to_a_person() -> None:
    file = read(
        "Indicator;Bron;2022;Streefwaarde 2027\nMeldingen;Politie;12 *);12 *)\n*) nieuwe vraag sinds 2020;;"
    )
    assert file.lines[0].cells[0].measured is None
    assert remarks(file) == [
        "2 2022: de noot zegt: ‘nieuwe vraag sinds 2020’. Is het cijfer gemeten in 2020? We lezen het als 2022."
    ]


def test_a_numbered_line_heads_a_group_when_no_cell_has_its_mark() -> None:
    file = read("Indicator;Bron;2021\na) Fysiek;;\nMeldingen;Politie;12")
    assert file.lines[0].group == "a) Fysiek"


def test_notes_may_stand_below_a_table_with_themes() -> None:
    file = read("thema;indicator;bron;2021\nJeugd;Meldingen;Politie;12 *)\n*) gemeten in 2020;;;")
    assert file.lines[0].cells[0].measured == Period.of_year(2020)


@pytest.mark.parametrize(
    ("note", "of_cells", "of_row"),
    [
        ("*) gemeten in 2020", ["gemeten in 2020", ""], ""),
        ("gemeten in 2020", ["gemeten in 2020", ""], ""),
        ("*) gemeten in 2020 **) voorlopig", ["gemeten in 2020", ""], "**) voorlopig"),
    ],
)
def test_a_mark_may_have_its_note_in_a_column_of_its_row(note: str, of_cells: list[str], of_row: str) -> None:
    file = read(f"Indicator;Bron;2021;2022;noot\nMeldingen;politie;22% *);2%;{note}\nBoetes;politie;1;2;")
    assert ([one.note for one in file.lines[0].cells], file.lines[0].note) == (of_cells, of_row)
    assert file.lines[0].cells[0].measured == Period.of_year(2020)
    assert len(remarks(file)) == 1


def test_a_note_in_the_row_goes_before_one_below_the_table() -> None:
    head = "Indicator;Bron;2021;noot\nMeldingen;politie;22% *);{}\nBoetes;politie;1 *);\n*) voorlopig;;;"
    notes = [line.cells[0].note for line in read(head.format("*) zonder Schalkwijk")).lines]
    assert notes == ["zonder Schalkwijk", "voorlopig"]
    about_row = read(head.format("zonder Schalkwijk")).lines[0]
    assert (about_row.cells[0].note, about_row.note) == ("voorlopig", "zonder Schalkwijk")


def test_a_note_of_a_whole_row_that_names_a_year_asks_a_person() -> None:
    file = read("Indicator;Bron;2021;noot\nMeldingen;politie;22%;gemeten in 2020")
    assert (file.lines[0].note, file.lines[0].cells[0].measured) == ("gemeten in 2020", None)
    assert remarks(file) == [
        "2 : de noot bij deze rij zegt: ‘gemeten in 2020’. We lezen elk cijfer als van het jaar in zijn kop."
    ]


def test_broken_letters_are_named() -> None:
    content = "Indicator;Bron;2021\nBasisvoorziÃ«ning;Politie;12"
    assert problems(content) == [
        "Rij 2, kolom Indicator: de letters zijn stuk: ‘BasisvoorziÃ«ning’. "
        "Sla het bestand in Excel op als ‘CSV UTF-8’ en kies het opnieuw."
    ]
    assert read("Indicator;Bron;2021\nBasisvoorziëning Â;Politie;12").lines


# --- whatever stands there ------------------------------------------------------------------------
CELLS = st.lists(
    st.lists(st.text(alphabet="0123456789.,%<≥*;\"' volgten\n", max_size=10), min_size=3, max_size=3),
    min_size=1,
    max_size=5,
)


@given(CELLS, st.sampled_from([";", ",", "\t"]))
def test_no_cell_of_any_grid_is_lost_or_changed(cells: list[list[str]], separator: str) -> None:
    head = ["Thema", "Indicator", "Bron", "Nulmeting 2020", "2021", "Streefwaarde 2027"]
    rows = [["Jeugd", f"Rij {number}", "Politie", *row] for number, row in enumerate(cells)]
    file = read(as_csv([head, *rows], separator))
    assert texts(file) == [[text.strip() for text in row] for row in cells]
    assert all(print_cell(one.cell) == one.cell.printed for line in file.lines for one in line.cells)


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Streefwaarde 2023-2026", "target:2026"),
        ("Streven 2024 t/m 2026", "target:2026"),
        ("Doel 2023 – 2027", "target:2027"),
        ("Doel 2026 e.v.", "target:2026"),
    ],
)
def test_a_target_for_several_years_is_one_for_the_last(heading: str, key: str) -> None:
    file = read(f"Indicator;Bron;2021;{heading}\nMeldingen;Politie;12;10")
    assert file.columns[1].key == key
    assert any("voor meer jaren" in one for one in remarks(file)) == ("e.v." not in heading)


@pytest.mark.parametrize("heading", ["Trend", "Verschil 2021-2022", "Ontwikkeling t.o.v. 2021"])
def test_a_column_that_follows_from_the_figures_is_passed_over_with_a_remark(heading: str) -> None:
    file = read(f"Indicator;Bron;2021;2022;{heading}\nMeldingen;Politie;12;10;-2")
    assert texts(file) == [["12", "10"]]
    assert remarks(file) == [f"1 {heading}: deze kolom lezen we niet in."]


def test_a_comma_that_may_mean_thousands_is_a_question() -> None:
    file = read("Indicator;Bron;2021;2022\nMeldingen;Politie;1,204;0,125")
    assert remarks(file) == [
        "2 2021: hier staat een komma: ‘1,204’. Zijn het duizenden, schrijf dan 1.204.",
    ]
    assert texts(file) == [["1,204", "0,125"]]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (
            "45%;0,47;48 %;51",
            [
                "2 2022: 0,47 staat tussen procenten. Is 47% bedoeld?",
                "2 2024: 51 staat tussen procenten. Is 51% bedoeld?",
            ],
        ),
        ("45%;0,475;48%;volgt", ["2 2022: 0,475 staat tussen procenten. Is 47,5% bedoeld?"]),
        ("0,5%;0,4;0,6%;", ["2 2022: 0,4 staat tussen procenten. Is 0,4% bedoeld?"]),
        ("<45%;< 51;48%;", ["2 2022: < 51 staat tussen procenten. Is < 51% bedoeld?"]),
        ("45;47;48 %;51", ["2 2023: 48 % staat tussen getallen zonder procentteken. Is 48 bedoeld?"]),
        ("45%;47%;48%;", []),
        ("45;47;48;12 keer overleg en 4 keer schouw", []),
    ],
)
def test_percentages_among_other_numbers_are_a_question(row: str, says: list[str]) -> None:
    file = read(f"Indicator;Bron;2021;2022;2023;2024\nVoelt zich veilig;Omnibus;{row}")
    assert remarks(file) == says


@pytest.mark.parametrize("separator", [";", "\t"])
def test_the_unicode_text_of_excel_is_read(separator: str) -> None:
    text = "Indicator;Bron;2021\r\nMeldingen café;Politie;≤ 12".replace(";", separator)
    assert texts(read(text.encode("utf-16"))) == [["≤ 12"]]
