import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from haarlemveilig.gemeente.models import Area
from indicators.models import Observation, Series

START = dt.date(2019, 1, 1)


@pytest.fixture
def series(haarlem: Area) -> Series:
    return Series.objects.get(indicator__name="Burenruzie")


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
    assert not refuses(series, period_start=START, period_end=dt.date(2019, 12, 31), is_current=False)


def test_the_database_refuses_a_period_that_ends_before_it_begins(series: Series) -> None:
    assert refuses(series, period_end=dt.date(2029, 12, 31))
