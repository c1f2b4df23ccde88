"""What readers see: nothing before it is made public, and then what was known at that moment."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from haarlemveilig.gemeente.models import Area
from indicators.models import Indicator, Publication, Series, Source
from indicators.periods import Period
from indicators.selectors.published import PublishedSeries, published_series
from indicators.services.observations import Figure, Origin, record_observations
from tests import factories

START = dt.datetime(2026, 5, 1, 9, tzinfo=dt.UTC)
YEAR = Period.of_year(2022)


@pytest.fixture
def indicator(city: None) -> Indicator:
    return Indicator.objects.create(name="Overvallen", slug="overvallen")


def figure(value: int | None) -> Figure:
    if value is None:
        return Figure("volgt", "pending", reason="Dit cijfer komt nog.")
    return Figure(str(value), "normal", Decimal(value))


def say(
    indicator: Indicator,
    value: int | None,
    *,
    after: int = 0,
    area: str = "haarlem",
    source: str = "Politie",
    period: Period = YEAR,
) -> None:
    counted, _new = Source.objects.get_or_create(name=source)
    series, _new = Series.objects.get_or_create(
        indicator=indicator, source=counted, area=factories.area(area), breakdown=""
    )
    moment = START + dt.timedelta(days=after)
    record_observations({(series.pk, period): figure(value)}, Origin("toets", recorded_at=moment))


def publish(indicator: Indicator, *, after: int) -> None:
    indicator.published_at = START + dt.timedelta(days=after)
    indicator.save()
    Publication.objects.create(indicator=indicator, published_at=indicator.published_at)


def printed(found: list[PublishedSeries]) -> list[str]:
    return [cell.printed for one in found for cell in one.cells]


def test_what_nobody_made_public_is_not_shown(indicator: Indicator) -> None:
    say(indicator, 12)
    assert published_series() == []


def test_a_figure_that_came_after_the_publication_is_not_shown_yet(indicator: Indicator) -> None:
    say(indicator, None)
    publish(indicator, after=1)
    say(indicator, 12, after=2)
    assert printed(published_series()) == ["volgt"]
    publish(indicator, after=3)
    assert printed(published_series()) == ["12"]


def test_readers_of_an_earlier_day_saw_what_was_public_then(indicator: Indicator) -> None:
    for day, value in enumerate((None, 12, 13)):
        say(indicator, value, after=10 * day)
        publish(indicator, after=10 * day + 5)
    at = [START + dt.timedelta(days=days) for days in (0, 7, 18, 27)]
    assert [printed(published_series(at=moment)) for moment in at] == [[], ["volgt"], ["12"], ["13"]]


def test_a_withdrawn_indicator_stays_out_also_for_an_earlier_day(indicator: Indicator) -> None:
    say(indicator, 12)
    publish(indicator, after=1)
    Indicator.objects.update(published_at=None)
    assert published_series(at=START + dt.timedelta(days=2)) == []


def test_a_small_count_of_a_wijk_is_hidden_also_if_only_that_wijk_is_asked(indicator: Indicator) -> None:
    Indicator.objects.update(is_sensitive=True)
    for slug, value in {"slachthuiswijk": 3, "parkwijk": 30, "molenwijk": 12}.items():
        say(indicator, value, area=slug)
    say(indicator, 45)
    publish(Indicator.objects.get(), after=1)
    assert printed(published_series(area_ids=[factories.area("molenwijk").pk])) == [""]
    assert printed(published_series(area_ids=[factories.area("parkwijk").pk])) == ["30"]
    assert printed(published_series(area_ids=[factories.area("haarlem").pk])) == ["45"]


@pytest.fixture
def sensitive(indicator: Indicator) -> Indicator:
    Indicator.objects.update(is_sensitive=True)
    indicator.refresh_from_db()
    return indicator


def of(area: str, at: dt.datetime | None = None) -> list[str]:
    return printed(published_series(area_ids=[factories.area(area).pk], at=at))


def test_an_earlier_day_and_today_together_give_no_small_count_away(sensitive: Indicator) -> None:
    for slug, value in {"haarlem": 45, "slachthuiswijk": 3, "parkwijk": 30, "molenwijk": 12}.items():
        say(sensitive, value, area=slug)
    publish(sensitive, after=1)
    say(sensitive, 47, after=2)
    say(sensitive, 5, after=2, area="slachthuiswijk")
    publish(sensitive, after=3)
    assert (of("slachthuiswijk"), of("molenwijk"), of("haarlem")) == (["5"], ["12"], ["47"])
    before = START + dt.timedelta(days=2)
    assert (of("slachthuiswijk", before), of("molenwijk", before), of("haarlem", before)) == (
        [""],
        [""],
        ["45"],
    )
    assert of("molenwijk", START + dt.timedelta(days=4)) == ["12"]


def test_another_source_does_not_show_what_is_hidden_in_the_first(sensitive: Indicator) -> None:
    for slug, value in {"haarlem": 45, "slachthuiswijk": 3, "parkwijk": 30, "molenwijk": 12}.items():
        say(sensitive, value, area=slug)
    for slug, value in {"parkwijk": 30, "molenwijk": 12}.items():
        say(sensitive, value, area=slug, source="CBS")
    publish(sensitive, after=1)
    assert of("molenwijk") == ["", ""]


def test_quarters_do_not_add_up_to_a_hidden_quarter(sensitive: Indicator) -> None:
    for quarter, value in enumerate((3, 9, 12, 30), start=1):
        say(sensitive, value, area="parkwijk", period=Period.of_quarter(2022, quarter))
    say(sensitive, 54, area="parkwijk")
    publish(sensitive, after=1)
    assert sorted(of("parkwijk")) == ["", "", "", "", "54"]


def test_a_figure_with_answers_is_a_survey_whatever_its_source_is_called(indicator: Indicator) -> None:
    source = Source.objects.create(name="Politie")
    series = Series.objects.create(
        indicator=indicator, source=source, area=factories.area("parkwijk"), breakdown=""
    )
    record_observations(
        {(series.pk, YEAR): Figure("20%", "normal", Decimal(20), n=5)}, Origin("toets", recorded_at=START)
    )
    publish(indicator, after=1)
    assert of("parkwijk") == [""]


def test_it_takes_four_queries_however_many_series(
    indicator: Indicator, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    for slug in Area.objects.filter(level="wijk").values_list("slug", flat=True):
        say(indicator, 30, area=slug)
    publish(indicator, after=1)
    published_series()
    with django_assert_max_num_queries(4):
        assert len(published_series(at=timezone.now())) > 2
