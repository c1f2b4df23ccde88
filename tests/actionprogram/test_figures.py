from actionprogram.figures import as_csv, remarks
from actionprogram.view_model import ProgrammeView


def test_every_cell_without_a_figure_is_explained_below_the_table(view: ProgrammeView) -> None:
    lines = remarks(view.sections[2].tables[0])
    assert len(lines) == 2
    assert lines[0].startswith("Meldingen jeugdoverlast, 2022: ")
    assert lines[1].startswith("Gele kaarten, 2021: ")


def test_the_csv_holds_the_same_cells_as_the_table(view: ProgrammeView) -> None:
    lines = as_csv(view.sections[2].tables[0]).splitlines()
    assert lines[0] == "groep;indicator;bron;kolom;waarde;zoals gedrukt;status;uitleg"
    assert lines[1] == ";Meldingen jeugdoverlast;politie;2021;1046;1046;normal;"
    assert lines[4].startswith(";Meldingen jeugdoverlast;gemeente;2022;;volgt;pending;")
    assert len(lines) == 1 + 6
