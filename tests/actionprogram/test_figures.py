import html
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from actionprogram import document
from actionprogram.figures import VerdictNote, as_csv, remarks, verdict_notes
from actionprogram.models import Actieprogramma
from actionprogram.selectors import programme_view
from actionprogram.services import publish_programme
from actionprogram.view_model import ProgrammeView, from_json, to_json
from indicators.models import Indicator, TableRow
from indicators.reading import read_file
from indicators.selectors import city as whole_city
from indicators.services import import_table
from tests.pdf_policy import check


def test_every_cell_without_a_figure_is_explained_below_the_table(view: ProgrammeView) -> None:
    lines = remarks(view.sections[2].tables[0])
    assert len(lines) == 2
    assert lines[0].startswith("Meldingen jeugdoverlast, 2022: ")
    assert lines[1].startswith("Gele kaarten, 2021: ")


def test_the_csv_holds_the_same_cells_as_the_table(view: ProgrammeView) -> None:
    lines = as_csv(view.sections[2].tables[0]).splitlines()
    assert lines[0] == "groep;indicator;bron;kolom;waarde;zoals gedrukt;status;uitleg;bron voluit"
    assert lines[1] == ";Meldingen jeugdoverlast;politie;2021;1046;1046;normal;;politie"
    assert lines[4].startswith(";Meldingen jeugdoverlast;gemeente;2022;;volgt;pending;")
    assert len(lines) == 1 + 6


def test_a_blank_source_is_blank_in_each_form_and_explained(programme: Actieprogramma) -> None:
    TableRow.objects.filter(label="Gele kaarten").update(group="", printed_source="")
    view = programme_view(programme)
    [table] = view.sections[2].tables
    assert remarks(table)[0] == "Staat er geen bron, dan is het die van de rij erboven."
    line = next(line for line in as_csv(table).splitlines() if "Gele kaarten" in line)
    assert line.startswith(";Gele kaarten;;2021;")
    assert line.endswith(";gemeente")
    row = re.search(r"<tr[^>]*><th[^>]*>Gele kaarten.*?</tr>", document.html(view), re.DOTALL)
    assert row is not None
    assert '<td class="p-td"></td>' in row[0]


def test_no_text_of_the_csv_is_a_formula_to_a_spreadsheet(view: ProgrammeView) -> None:
    table = view.sections[2].tables[0]
    [group, *_others] = table.groups
    row = replace(group.rows[0], label="=1+1", source="@politie")
    lines = as_csv(replace(table, groups=(replace(group, rows=(row,)),))).splitlines()
    assert lines[1].startswith(";'=1+1;'@politie;2021;1046;1046;")


# --- targets ------------------------------------------------------------------------------------------
AIMS = """\
hoofdstuk;thema;groep;indicator;bron;2022;Streefwaarde 2022;Streefwaarde 2027
2.1;Jeugd;;Meldingen jeugdoverlast;politie;981;≤ 900;≤ 800
2.1;Jeugd;Op straat;Gele kaarten;gemeente;236;≥ 200;≥ 250
"""


@pytest.fixture
def with_targets(programme: Actieprogramma) -> ProgrammeView:
    """The small programme, two rows of whose table have targets."""
    table = read_file(AIMS.encode(), "doelen.csv", max_bytes=10_000)
    import_table(table, area=whole_city(), provenance="doelen")
    Indicator.objects.filter(name="Gele kaarten").update(direction="higher")
    return programme_view(programme)


def notes(view: ProgrammeView) -> list[VerdictNote]:
    return [note for note in verdict_notes(view.sections[2].tables[0]) if "2022" in note.verdict.column]


def test_each_target_gets_its_verdict_with_the_rule_below_the_table(with_targets: ProgrammeView) -> None:
    assert [(note.rows, note.verdict.word, note.verdict.tone, note.verdict.note) for note in notes(with_targets)] == [
        (
            "Meldingen jeugdoverlast (politie)", "niet behaald", "neutral",
            "981 is meer dan de streefwaarde van hoogstens 900: niet behaald.",
        ),
        (
            "Gele kaarten", "behaald", "success",
            "236 voldoet aan de streefwaarde van ten minste 200: behaald.",
        ),
    ]  # fmt: skip


def test_rows_that_wait_for_the_same_year_share_a_note(with_targets: ProgrammeView) -> None:
    [note] = [
        note for note in verdict_notes(with_targets.sections[2].tables[0]) if "2027" in note.verdict.column
    ]
    assert note.rows == "Meldingen jeugdoverlast (politie) en Gele kaarten"
    assert note.verdict.note.startswith("Nog niet te beoordelen: het cijfer van 2027 is er nog niet.")


def test_page_and_paper_say_the_same_verdicts_and_their_cells_stay_as_printed(
    with_targets: ProgrammeView, programme: Actieprogramma, client: Client
) -> None:
    publish_programme(programme=programme, pdf=b"%PDF-1.7 not a real one")
    page = client.get("/actieprogramma/2023/jeugd-en-veiligheid/").content.decode()
    paper = document.html(with_targets)
    for note in notes(with_targets):
        assert note.verdict.note in page
        assert note.verdict.note in paper
    cells = [cell.text for row in with_targets.sections[2].tables[0].rows for cell in row.cells if cell.text]
    shown = {html.unescape(cell) for cell in re.findall(r'<td class="hv-right">(.*?)</td>', page)}
    printed = {html.unescape(cell) for cell in re.findall(r'<td class="p-td p-num">(.*?)</td>', paper)}
    assert set(cells) <= shown
    assert set(cells) <= printed
    assert all(f";{cell};" in as_csv(with_targets.sections[2].tables[0]) for cell in cells)


def test_the_paper_with_targets_keeps_to_the_rules_of_paper(with_targets: ProgrammeView, pdf_of: Any) -> None:
    assert check(pdf_of(with_targets), document.html(with_targets)) == []


def test_an_edition_from_before_there_were_verdicts_can_still_be_read(with_targets: ProgrammeView) -> None:
    data = json.loads(json.dumps(to_json(with_targets)))
    for section in data["sections"]:
        for table in section["tables"]:
            for group in table["groups"]:
                for row in group["rows"]:
                    del row["verdicts"]
    assert verdict_notes(from_json(data).sections[2].tables[0]) == ()
