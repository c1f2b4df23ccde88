import json
from dataclasses import asdict
from typing import Any

import pytest

from haarlemveilig.gemeente.models import Area, Municipality, Theme
from indicators.columns import year_column
from indicators.crime_file import CrimeKind, read_crime
from indicators.models import IndicatorTable
from indicators.selectors import figures_for, table_summaries, table_view, table_views
from indicators.services import import_crime
from tests import factories
from tests.indicators.conftest import table, take_in
from tests.indicators.test_crime_file import crime, crime_file


def view(name: str) -> Any:
    return table_view(IndicatorTable.objects.get(name=name))


def test_a_table_has_its_rows_in_groups(haarlem: Area) -> None:
    found = view("Leefbaarheid van wijken en buurten")
    assert [(group.heading, len(group.rows)) for group in found.groups] == [
        ("Fysieke kwaliteit", 8),
        ("Sociale kwaliteit", 2),
        ("Veiligheidsbeleving", 3),
    ]
    assert found.chapter == "2.3"
    assert [column.label for column in found.columns] == ["2019", "2020", "2021", "2022"]


def test_an_empty_cell_is_explained_and_leaves_a_gap_in_the_line(haarlem: Area) -> None:
    row = next(
        row for row in view("Ondermijnende criminaliteit").rows if row.label == "Aantal integrale controles"
    )
    assert [cell.printed for cell in row.cells] == ["", "", "", "183"]
    assert all(cell.explanation for cell in row.cells[:3])
    assert row.points == (None, None, None, 183.0)
    assert row.trend == "Aantal integrale controles, Gemeente: 183 in 2022"


def test_volgt_stays_volgt(haarlem: Area) -> None:
    found = view("Veiligheid grote evenementen")
    assert found.rows[0].cells[3].printed == "volgt"
    assert [(note.mark, note.text) for note in found.explanations] == [("a", "Dit cijfer komt nog.")]
    assert (
        found.rows[0].trend
        == "Meldingen geluidsoverlast evenementen, Gemeente: van 27 in 2019 naar 9 in 2021"
    )


def test_a_table_is_ready_for_json(haarlem: Area) -> None:
    found = view("High Impact Crimes")
    assert json.loads(json.dumps(asdict(found)))["caption"] == "High Impact Crimes"


def test_a_year_without_any_observation_is_explained(city: None) -> None:
    take_in(table("1;Jeugd;;Boetes;Politie;1;2"))
    columns = [year_column(year).to_json() for year in (2019, 2020, 2021)]
    IndicatorTable.objects.update(column_data=columns)
    cell = view("Jeugd").rows[0].cells[2]
    assert (cell.printed, cell.explanation) == ("", "Voor 2021 is nog niets ingelezen.")


def test_the_list_counts_rows_and_missing_cells(haarlem: Area) -> None:
    summaries = {one.name: one for one in table_summaries()}
    first = summaries["Ondermijnende criminaliteit"]
    assert (first.rows, first.cells, first.missing, first.proposed) == (7, 28, 3, 5)
    assert sum(one.missing for one in summaries.values()) == 4


def test_tables_need_two_queries_however_many(haarlem: Area, django_assert_num_queries: Any) -> None:
    tables = list(IndicatorTable.objects.all())
    with django_assert_num_queries(2):
        table_views(tables)
    with django_assert_num_queries(3):
        table_summaries()


@pytest.fixture
def figures(profile: Municipality) -> dict[int, list[Any]]:
    """What the weighing page asks for Parkwijk, about two themes."""
    file = read_crime(crime_file(crime(), crime(Perioden="2021JJ00"), crime(WijkenEnBuurten="WK039221")))
    kinds = {"1.1.1": CrimeKind("Inbraak", "jeugd")}
    import_crime(file, municipality=profile, kinds=kinds, provenance="toets")
    take_in(table("1;Jeugd;;Boetes;Politie;1;volgt"))
    ids = list(Theme.objects.filter(code__in=["jeugd", "afval"]).values_list("pk", flat=True))
    return figures_for(factories.area("parkwijk").pk, ids, range(2019, 2023))


def test_figures_are_those_of_the_wijk_and_of_the_city(figures: dict[int, list[Any]]) -> None:
    jeugd = Theme.objects.get(code="jeugd").pk
    found = {figure.label: figure for figure in figures[jeugd]}
    assert set(found) == {"Boetes", "Inbraak"}
    assert found["Boetes"].is_city
    assert not found["Boetes"].is_synthetic
    assert not found["Inbraak"].is_city
    assert found["Inbraak"].is_synthetic


def test_figures_know_their_latest_value_and_history(figures: dict[int, list[Any]]) -> None:
    boetes, inbraak = figures[Theme.objects.get(code="jeugd").pk]
    assert (boetes.latest.printed, boetes.latest.label) == ("1", "2019")
    assert inbraak.points == (None, None, 49.0, 49.0)
    assert inbraak.trend.endswith("van 49 in 2021 naar 49 in 2022")


def test_a_theme_without_figures_has_an_empty_list(figures: dict[int, list[Any]]) -> None:
    assert figures[Theme.objects.get(code="afval").pk] == []


def test_figures_need_two_queries(figures: dict[int, list[Any]], django_assert_num_queries: Any) -> None:
    area, ids = factories.area("parkwijk").pk, list(figures)
    with django_assert_num_queries(2):
        figures_for(area, ids, range(2019, 2023))
