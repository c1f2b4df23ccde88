import json
from dataclasses import asdict
from typing import Any

import pytest
from django.utils import timezone

from indicators.display import CellView, RowView
from indicators.models import Indicator, IndicatorTable, Observation, Target
from indicators.selectors import table_view, table_views
from indicators.services.targets import Reading, interpret_target
from tests import factories
from tests.indicators.conftest import table, take_in

HEADER = "hoofdstuk;thema;groep;indicator;bron;Meting 2021;2025;Streefwaarde 2025;Streefwaarde 2027\n"
ROWS = (
    "1;Doelen;;Overlast;Politie;812;498;< 600;< 500",
    "1;Doelen;;Klachten;Politie;140;129;125;130",
    "1;Doelen;;Overleg;Gemeente;;12 keer overleg en 3 keer schouw;12 keer overleg en 4 keer schouw;",
    "1;Doelen;;Rust;Gemeente;;wisselend;merkbaar rustiger;volgt",
)


@pytest.fixture
def aims(city: None) -> IndicatorTable:
    """A table with a target with a comparator, two without, a composite, and one in words."""
    take_in(table(*ROWS, header=HEADER))
    return IndicatorTable.objects.get()


def row(found: IndicatorTable, label: str) -> RowView:
    return next(row for row in table_view(found).rows if row.label == label)


def verdicts(cells: tuple[CellView, ...]) -> list[tuple[str, str] | None]:
    return [(cell.verdict.code, cell.verdict.tone) if cell.verdict else None for cell in cells]


def test_a_target_is_judged_by_the_figure_of_its_own_year(aims: IndicatorTable) -> None:
    Indicator.objects.filter(name="Overlast").update(direction="lower")
    found = row(aims, "Overlast")
    assert verdicts(found.cells) == [None, None, ("met", "success"), ("not_assessable", "neutral")]
    now, later = (cell.verdict for cell in found.judged)
    assert now is not None
    assert now.rule == "498 voldoet aan de streefwaarde van minder dan 600: behaald."
    assert later is not None
    assert later.rule == "Nog niet te beoordelen: het cijfer van 2027 is er nog niet."


def test_a_verdict_has_no_colour_until_a_person_says_what_better_means(aims: IndicatorTable) -> None:
    assert [cell.verdict.tone for cell in row(aims, "Overlast").judged if cell.verdict] == [
        "neutral",
        "neutral",
    ]


def test_the_figure_of_a_target_counts_also_where_the_table_has_no_column_for_it(
    aims: IndicatorTable,
) -> None:
    aims.columns = [column for column in aims.columns if column.kind == "target"]
    aims.save()
    assert verdicts(row(aims, "Overlast").cells)[0] == ("met", "neutral")


def test_a_target_is_compared_with_the_one_before_it_also_outside_the_table(aims: IndicatorTable) -> None:
    Indicator.objects.filter(name="Klachten").update(direction="lower")
    aims.columns = [column for column in aims.columns if column.key != "target:2025"]
    aims.save()
    [cell] = row(aims, "Klachten").judged
    assert cell.verdict is not None
    assert cell.verdict.remarks[:2] == (
        "Deze streefwaarde is minder streng dan die van 2025 (125).",
        "Voor 2026 is er geen streefwaarde.",
    )


def test_a_cell_without_a_target_has_no_verdict(aims: IndicatorTable) -> None:
    assert [cell.label for cell in row(aims, "Overleg").judged] == ["Streefwaarde 2025"]


def test_which_targets_wait_for_a_person_shows(aims: IndicatorTable) -> None:
    waiting = {
        (found.label, cell.period)
        for found in table_view(aims).rows
        for cell in found.judged
        if cell.verdict and cell.verdict.waits_for_a_person
    }
    assert waiting == {("Klachten", "2025"), ("Klachten", "2027"), ("Overleg", "2025"), ("Rust", "2025")}


def test_readers_are_not_told_the_name_of_who_read_a_target(aims: IndicatorTable) -> None:
    target = Target.objects.get(printed="125")
    officer = factories.user("redacteur")
    interpret_target(target=target, reading=Reading("at_most"), actor=officer)
    verdict = row(aims, "Klachten").judged[0].verdict
    assert verdict is not None
    assert "Zo gelezen door Redacteur op " in verdict.rule
    assert "Zo gelezen door de gemeente op " in verdict.public_note
    assert str(timezone.localdate().year) in verdict.rule
    assert "Redacteur" not in verdict.public_note


def test_a_table_with_verdicts_is_ready_for_json(aims: IndicatorTable) -> None:
    assert "not_assessable" in json.dumps(asdict(table_view(aims)))


def test_tables_with_targets_need_three_queries_however_many(
    aims: IndicatorTable, django_assert_num_queries: Any
) -> None:
    take_in(table("1;Meer;;Boetes;Politie;1;2;3;4", header=HEADER))
    tables = list(IndicatorTable.objects.all())
    with django_assert_num_queries(3):
        table_views(tables)


def test_an_earlier_figure_that_was_replaced_is_not_judged(aims: IndicatorTable) -> None:
    take_in(table("1;Doelen;;Overlast;Politie;812;601;< 600;< 500", header=HEADER))
    assert Observation.objects.filter(series__indicator__name="Overlast", printed="498").count() == 1
    assert verdicts(row(aims, "Overlast").cells)[2] == ("not_met", "neutral")
