import datetime as dt

from pytest_django import DjangoAssertNumQueries

from haarlemveilig.editions.models import Edition
from haarlemveilig.gemeente.models import Theme
from haarlemveilig.gemeente.selectors import WijkName, wijk
from indicators.models import Indicator, Observation, Series, Source
from priorities import selectors, services
from priorities.departures import Choice
from priorities.models import Weighing
from tests import factories


def adopt(slug: str, year: int) -> None:
    found = wijk(slug)
    assert found
    services.adopt(
        wijk=found,
        weighing=Weighing.objects.first_or_new(found.area_id, year),
        chosen=[Choice(1, "afval", "Bovenaan."), Choice(2, "donker", "Veel verhalen.")],
        explanations={"verkeer": "Loopt al."},
        version=0,
        actor=None,
    )


def series(slug: str, theme: str, values: dict[int, int], *, synthetic: bool = False) -> None:
    source, _new = Source.objects.get_or_create(name="Politie", defaults={"is_synthetic": synthetic})
    indicator, _new = Indicator.objects.get_or_create(
        name=f"Meldingen {theme}", slug=f"meldingen-{theme}", theme=Theme.objects.get(code=theme)
    )
    one = Series.objects.create(indicator=indicator, source=source, area=factories.area(slug))
    for year, value in values.items():
        Observation.objects.create(
            series=one,
            period_start=dt.date(year, 1, 1),
            period_end=dt.date(year, 12, 31),
            value=value,
            printed=str(value),
            provenance="test",
        )


def test_a_theme_has_figures_of_wijk_and_city_beside_its_share(result: Edition, parkwijk: WijkName) -> None:
    series("parkwijk", "verkeer", {2023: 18, 2025: 21}, synthetic=True)
    series("haarlem", "verkeer", {2025: 480, 2020: 1})
    series("meerwijk", "verkeer", {2025: 7})
    first = selectors.weighing_view(parkwijk, 2027).rows[0]
    assert (first.theme.name, first.theme.share, first.place) == ("Verkeer", 0.52, "plaats 1–2")
    (own,) = first.theme.wijk_figures
    assert (own.latest, own.latest_year, own.source, own.is_synthetic) == ("21", 2025, "Politie", True)
    assert own.points == (18.0, None, 21.0)
    (city,) = first.theme.city_figures
    assert (city.latest, city.points) == ("480", (1.0, None, None, None, None, 480.0))


def test_a_wijk_with_everything_stays_within_twelve_queries(
    result: Edition, parkwijk: WijkName, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for theme in factories.THEMES:
        series("parkwijk", theme, {2025: 3})
        series("haarlem", theme, {2025: 30})
    adopt("meerwijk", 2027)
    with django_assert_max_num_queries(12):
        assert selectors.weighing_view(parkwijk, 2027).rows


def test_the_overview_of_all_wijken_takes_at_most_eight_queries(
    result: Edition, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for slug in ("parkwijk", "meerwijk", "molenwijk"):
        adopt(slug, 2027)
    with django_assert_max_num_queries(8):
        assert len(selectors.overview(2027)) == 2


def test_adopted_priorities_come_out_with_reasons_and_departures(result: Edition, parkwijk: WijkName) -> None:
    adopt("parkwijk", 2027)
    adopted = selectors.adopted_for(parkwijk.area_id)
    assert adopted is not None
    assert (adopted.wijk, adopted.year) == ("Parkwijk", 2027)
    assert [(one.rank, one.name, one.reason) for one in adopted.priorities] == [
        (1, "Afval", "Bovenaan."),
        (2, "Donker", "Veel verhalen."),
    ]
    assert [(one.name, one.reason) for one in adopted.departures] == [("Verkeer", "Loopt al.")]
    assert adopted.ranking_sentence == "In Parkwijk deden 214 bewoners mee."


def test_without_a_round_the_public_sentence_says_so(city: None, parkwijk: WijkName) -> None:
    adopt("parkwijk", 2029)
    adopted = selectors.adopted_for(parkwijk.area_id)
    assert adopted
    assert adopted.ranking_sentence == "Voor 2029 was er geen ronde. Er is dus geen ranglijst van bewoners."
    assert adopted.departures == ()


def test_a_draft_is_nothing_that_others_may_see(result: Edition, parkwijk: WijkName) -> None:
    Weighing.objects.first_or_new(parkwijk.area_id, 2027)
    assert selectors.adopted_for(parkwijk.area_id) is None
    assert selectors.adopted_in_year(2027) == []


def test_the_newest_year_stands(result: Edition, parkwijk: WijkName) -> None:
    for year in (2027, 2028):
        adopt("parkwijk", year)
    newest = selectors.adopted_for(parkwijk.area_id)
    assert newest
    assert newest.year == 2028


def test_a_year_lists_its_adopted_wijken_in_few_queries(
    result: Edition, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for slug in ("parkwijk", "meerwijk"):
        adopt(slug, 2027)
    with django_assert_max_num_queries(8):
        assert [one.wijk for one in selectors.adopted_in_year(2027)] == ["Parkwijk", "Meerwijk"]


def test_the_years_on_offer_are_those_with_a_round_or_a_weighing(result: Edition, parkwijk: WijkName) -> None:
    Weighing.objects.first_or_new(parkwijk.area_id, 2025)
    assert selectors.years(dt.date(2027, 3, 1)) == [2027, 2025]


def test_before_the_first_round_one_weighs_for_next_year(city: None) -> None:
    assert selectors.years(dt.date(2027, 3, 1)) == [2028]
