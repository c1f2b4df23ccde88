import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from haarlemveilig.gemeente.models import Area
from indicators.models import Observation, Series, Target

START = dt.date(2019, 1, 1)


@pytest.fixture
def series(haarlem: Area) -> Series:
    return Series.objects.get(indicator__name="Burenruzie")


REPLACED = {"is_current": False, "superseded_at": dt.datetime(2031, 1, 1, tzinfo=dt.UTC)}


def refuses(series: Series, **fields: object) -> bool:
    defaults = {
        "period_start": dt.date(2030, 1, 1),
        "period_end": dt.date(2030, 12, 31),
        "value": Decimal(1),
        "provenance": "toets",
    }
    try:
        with transaction.atomic():
            Observation.objects.create(series=series, **(defaults | fields))
    except IntegrityError:
        return True
    return False


def test_the_database_refuses_a_value_with_a_missing_status(series: Series) -> None:
    assert refuses(series, status="pending", reason="volgt nog")


def test_the_database_refuses_a_normal_cell_without_a_value(series: Series) -> None:
    assert refuses(series, value=None)


def test_the_database_refuses_a_missing_cell_that_does_not_say_why(series: Series) -> None:
    assert refuses(series, value=None, status="pending")
    assert not refuses(series, value=None, status="pending", reason="volgt nog")


def test_the_database_refuses_two_current_observations_of_one_cell(series: Series) -> None:
    assert refuses(series, period_start=START, period_end=dt.date(2019, 12, 31))
    assert not refuses(series, period_start=START, period_end=dt.date(2019, 12, 31), **REPLACED)


def test_the_database_refuses_a_period_that_ends_before_it_begins(series: Series) -> None:
    assert refuses(series, period_end=dt.date(2029, 12, 31))


def test_the_database_refuses_a_composite_without_parts_and_parts_without_a_composite(series: Series) -> None:
    parts = [{"value": "12", "unit": "keer overleg"}, {"value": "4", "unit": "keer schouw"}]
    assert refuses(series, value=None, status="composite")
    assert refuses(series, parts=parts)
    assert not refuses(series, value=None, status="composite", parts=parts)


def test_the_database_refuses_half_a_margin(series: Series) -> None:
    assert refuses(series, margin_low=Decimal(1))
    assert not refuses(series, margin_low=Decimal(1), margin_high=Decimal(2))


def test_the_database_refuses_to_change_or_remove_what_an_observation_says(series: Series) -> None:
    cell = Observation.objects.filter(series=series).first()
    for change in (
        lambda: Observation.objects.filter(pk=cell.pk).update(value=Decimal(7)),
        lambda: Observation.objects.filter(pk=cell.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()
    Observation.objects.filter(pk=cell.pk).update(**REPLACED)


def test_the_database_refuses_to_move_the_day_on_which_a_figure_was_replaced(series: Series) -> None:
    cell = Observation.objects.filter(series=series).first()
    Observation.objects.filter(pk=cell.pk).update(**REPLACED)
    for change in (
        {"superseded_at": dt.datetime(2032, 1, 1, tzinfo=dt.UTC)},
        {"superseded_at": None, "is_current": True},
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Observation.objects.filter(pk=cell.pk).update(**change)


def test_the_database_refuses_an_interpretation_by_nobody(series: Series) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.create(
            series=series, period_start=START, period_end=dt.date(2019, 12, 31), value=Decimal(6500),
            printed="6.500", provenance="toets", interpretation="at_most",
        )  # fmt: skip
