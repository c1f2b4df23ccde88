import datetime as dt
from decimal import Decimal

from django.utils import timezone

from indicators.models import Observation, Series
from indicators.periods import Period
from indicators.services.observations import Figure, Origin, record_observations
from tests.indicators.conftest import table, take_in


def test_what_is_added_in_bulk_reads_back_as_the_model_writes_it(city: None) -> None:
    take_in(table("1;Jeugd;;Meldingen;Politie;1;2"))
    series = Series.objects.get()
    moment = timezone.now()
    parts = (("12", "keer ‘overleg’"), ("4", "keer\tschouw\\n"))
    figures = {
        (series.pk, Period.of_month(2022, 5)): Figure(
            "x", "normal", Decimal("0.100000"), "<", note="regel 1\nregel 2", measured=Period.of_year(2020),
            n=10, low=Decimal("0.05"), high=Decimal("0.15"),
        ),
        (series.pk, Period.of_quarter(2022, 2)): Figure("y", "composite", parts=parts),
        (series.pk, Period.of_year(2022)): Figure("-1", "normal", Decimal("-1")),
    }  # fmt: skip
    origin = Origin("toets", None, dt.date(2026, 1, 2), moment, "omdat")
    record_observations(figures, origin)
    assert record_observations(figures, origin).changed == {}
    month = Observation.objects.get(granularity="month")
    assert (month.value, month.recorded_at, month.vintage) == (Decimal("0.1"), moment, dt.date(2026, 1, 2))
    assert (month.note, month.change_reason) == ("regel 1\nregel 2", "omdat")
    assert Observation.objects.filter(recorded_at=moment, period_start=dt.date(2022, 5, 1)).exists()
    again = Observation.objects.get(granularity="quarter")
    assert again.parts == [{"value": value, "unit": unit} for value, unit in parts]
