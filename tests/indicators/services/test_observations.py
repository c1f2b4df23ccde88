from dataclasses import replace
from decimal import Decimal

import pytest

from indicators.cells import parse, parse_target
from indicators.models import Observation, Target
from indicators.periods import Period
from indicators.services.observations import Figure, Origin, record_observations, record_targets
from tests import factories
from tests.indicators.conftest import table, take_in

YEAR = Period.of_year(2019)


def stood(text: str) -> Observation:
    take_in(table(f"1;Jeugd;;Meldingen;Politie;{text};1"))
    return Observation.objects.current().get(period_start__year=2019)


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [
        ("volgt", "12", "first"),
        ("12O", "120", "first"),
        ("12", "13", "value"),
        ("12", "volgt", "value"),
        ("20", "<20", "value"),
        ("45", "45%", "value"),
        ("2 keer overleg en 1 schouw", "2 keer overleg en 2 schouw", "value"),
        ("1024", "1.024", "spelling"),
        ("<20", "< 20", "spelling"),
        ("6,5", "6,50", "spelling"),
    ],
)
def test_a_cell_differs_in_value_or_in_spelling(city: None, before: str, after: str, difference: str) -> None:
    assert Figure.of_cell(parse(after)).differs_from(stood(before)) == difference


def test_a_note_or_a_margin_is_no_other_value(city: None) -> None:
    row = stood("12")
    same = Figure.of_cell(parse("12"))
    assert replace(same, note="Voorlopig.").differs_from(row) == "beside"
    assert replace(same, low=Decimal(1), high=Decimal(2)).differs_from(row) == "beside"
    record_observations({(row.series_id, YEAR): replace(same, low=Decimal(1), high=Decimal(2))}, Origin("x"))
    assert same.differs_from(Observation.objects.current().get(period_start=YEAR.start)) == "beside"


def test_a_target_with_another_far_end_has_another_value(city: None) -> None:
    series = stood("12").series_id
    record_targets({(series, YEAR): Figure.of_cell(parse_target("6 tot 7"))}, Origin("x"))
    target = Target.objects.get()
    assert Figure.of_cell(parse_target("6 tot 8")).differs_from(target) == "value"
    assert Figure.of_cell(parse_target("6,0 tot 7,0")).differs_from(target) == "spelling"


def test_there_is_nothing_to_explain_in_an_empty_place(city: None) -> None:
    assert factories.area("haarlem")
    assert Figure.of_cell(parse("12")).differs_from(None) == "first"
