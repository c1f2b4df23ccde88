import datetime as dt
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from haarlemveilig.gemeente import selectors as gemeente
from haarlemveilig.gemeente.models import Area, Theme
from indicators.models import Indicator, Series
from tests.indicators.publishing import aim, make_series, publish, published, record

pytestmark = pytest.mark.usefixtures("city")


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", plain)


def heading(client: Client, address: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", client.get(address).content.decode(), re.DOTALL)
    assert found
    return found[1]


def test_the_first_thing_one_reads_is_the_answer(client: Client) -> None:
    published("Aantal woninginbraken", {2021: "166", 2022: "246"}, definition="Inbraken in woningen.")
    assert (
        heading(client, "/cijfers/aantal-woninginbraken/")
        == "In 2022 waren er 246 woninginbraken in Haarlem."
    )
    text = text_of(client, "/cijfers/aantal-woninginbraken/")
    assert text.index("Dat is meer dan in 2021 (166).") < text.index("Inbraken in woningen.")
    assert text.index("Inbraken in woningen.") < text.index("Hoe het ging in Haarlem")


def test_what_is_not_published_is_not_there(client: Client) -> None:
    record(make_series("Burenruzie"), {2022: "403"})
    assert client.get("/cijfers/burenruzie/").status_code == 404
    assert client.get("/cijfers/bestaat-niet/").status_code == 404
    assert client.get("/cijfers/thema/bestaat-niet/").status_code == 404
    assert client.get("/wijken/bestaat-niet/cijfers/").status_code == 404


def test_made_up_figures_are_marked_wherever_they_are_shown(client: Client) -> None:
    theme = Theme.objects.get(code="jeugd")
    for area in ("haarlem", "parkwijk"):
        published("Inbraak", {2024: "12"}, source="CBS-vorm", area=area, is_synthetic=True, theme=theme)
    for address in ("/cijfers/inbraak/", "/cijfers/thema/jeugd/", "/wijken/parkwijk/cijfers/"):
        assert "verzonnen" in text_of(client, address), address


def test_a_missing_last_year_says_so(client: Client) -> None:
    published("Burenruzie", {2022: "403", 2023: "volgt"})
    assert "Het cijfer over 2023 volgt nog." in text_of(client, "/cijfers/burenruzie/")


def test_looking_back_has_a_banner_and_the_figures_of_then(client: Client) -> None:
    series = make_series("Burenruzie")
    for day, text in ((1, "12"), (20, "13")):
        moment = dt.datetime(2026, 5, day, tzinfo=dt.UTC)
        record(series, {2022: text}, moment)
        publish(series, when=moment)
    then = text_of(client, "/cijfers/burenruzie/?opDatum=2026-05-02")
    assert "U kijkt terug." in then
    assert "Zo stonden de cijfers hier op 2 mei 2026." in then
    assert "12 in 2022" in then
    assert "13 in 2022" in text_of(client, "/cijfers/burenruzie/")
    before = text_of(client, "/cijfers/burenruzie/?opDatum=2026-04-02")
    assert "Op 2 april 2026 stond dit cijfer nog niet op deze site." in before


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("gisteren", "Deze datum kennen we niet."),
        ("2026-13-01", "Deze datum kennen we niet."),
        ("2999-01-01", "Deze datum moet nog komen."),
    ],
)
def test_a_date_that_cannot_be_says_so_and_shows_today(client: Client, typed: str, said: str) -> None:
    published("Burenruzie", {2022: "403"})
    text = text_of(client, f"/cijfers/burenruzie/?opDatum={typed}")
    assert said in text
    assert "403 in 2022" in text


def test_a_wijk_without_this_figure_says_so(client: Client) -> None:
    published("Burenruzie", {2022: "403"})
    assert "Voor Parkwijk is dit cijfer er niet." in text_of(client, "/cijfers/burenruzie/?wijk=parkwijk")
    assert "403 in 2022" in text_of(client, "/cijfers/burenruzie/?wijk=bestaat-niet")


def test_a_suppressed_figure_is_nowhere_on_the_page_and_the_reason_is(client: Client) -> None:
    made = [
        make_series("Straatroof", area=area, is_sensitive=True)
        for area in ("parkwijk", "slachthuiswijk", "meerwijk", "molenwijk")
    ]
    for series, text in zip(made, ("3", "977", "978", "979"), strict=True):
        record(series, {2024: text})
    publish(made[0])
    page = client.get("/cijfers/straatroof/").content.decode()
    assert "<b>3</b>" not in page
    # Above the map, where somebody looks for a figure, and below the table.
    assert page.index("Minder dan 5, of anders te herleiden") < page.index('class="hv-tiles"')
    assert page.count("Minder dan 5, of anders te herleiden") == 2
    assert "In 2 van de 4 blokjes staat een streepje: daar tonen we geen getal." in page
    wijk = text_of(client, "/wijken/parkwijk/cijfers/")
    assert "In Parkwijk zijn de aantallen zo klein dat we er geen cijfer van laten zien." in wijk


def test_a_map_with_hardly_any_figure_does_not_invite_to_choose(client: Client) -> None:
    invitation = "Kies een wijk om het cijfer van die wijk te lezen."
    for area, text in (("parkwijk", "3"), ("slachthuiswijk", "2"), ("meerwijk", "1"), ("molenwijk", "0")):
        published("Straatroof", {2024: text}, area=area)
    assert invitation in client.get("/cijfers/straatroof/").text
    Indicator.objects.update(is_sensitive=True)
    assert invitation not in client.get("/cijfers/straatroof/").text


def test_two_sources_stand_side_by_side_and_are_not_added_up(client: Client) -> None:
    for source, text in (("politie", "981"), ("gemeente", "1024")):
        record(make_series("Meldingen jeugdoverlast", source), {2022: text})
    publish(*make_public("Meldingen jeugdoverlast"))
    text = text_of(client, "/cijfers/meldingen-jeugdoverlast/")
    assert "politie: 981 in 2022." in text
    assert "gemeente: 1024 in 2022." in text
    assert "Tel deze cijfers niet bij elkaar op." in text
    assert "2005" not in text


def make_public(name: str) -> list[Series]:
    return list(Series.objects.filter(indicator__name=name)[:1])


# --- ways to a figure -----------------------------------------------------------------------------
def test_a_search_finds_by_part_of_a_word_and_says_when_it_finds_nothing(client: Client) -> None:
    published("Aantal woninginbraken", {2022: "246"})
    assert "1 cijfer over ‘inbraak’" in text_of(client, "/cijfers/?zoek=inbraak")
    alike = text_of(client, "/cijfers/?zoek=inbraak gepleegd")
    assert "We vonden niets met alle woorden. Dit lijkt erop:" in alike
    assert "Niets gevonden over ‘inbraak gepleegd’" in alike
    assert "Niets gevonden over ‘zzzz’" in text_of(client, "/cijfers/?zoek=zzzz")
    nothing = text_of(client, "/cijfers/?zoek=olifant")
    assert "Niets gevonden over ‘olifant’" in nothing
    assert "Probeer een ander of korter woord" in nothing


def test_a_search_that_names_a_wijk_leads_to_that_wijk(client: Client) -> None:
    published("Aantal inbraken", {2022: "246"})
    published("Woninginbraak", {2024: "12"}, area="parkwijk")
    page = client.get("/cijfers/?zoek=inbraak in Parkwijk").content.decode()
    assert page.index("/cijfers/woninginbraak/?wijk=parkwijk") < page.index("/cijfers/aantal-inbraken/")
    assert "/wijken/parkwijk/cijfers/" in page


def test_what_is_typed_is_kept_and_harmless(client: Client) -> None:
    page = client.get("/cijfers/", {"zoek": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_postcode_leads_to_the_figures_of_its_wijk(client: Client) -> None:
    response = client.get("/wijken/?naar=cijfers&postcode=2033ab")
    assert response["Location"] == "/wijken/parkwijk/cijfers/"
    assert client.get("/wijken/?postcode=2033ab")["Location"] == "/wijken/parkwijk/"


def test_a_wrong_postcode_does_not_lose_where_one_was_going(client: Client) -> None:
    assert 'name="naar" value="cijfers"' in client.get("/wijken/?naar=cijfers&postcode=x").content.decode()


@pytest.mark.parametrize("address", ["/cijfers/", "/cijfers/thema/jeugd/", "/wijken/parkwijk/cijfers/"])
def test_an_empty_page_says_why(client: Client, address: str) -> None:
    text = text_of(client, address)
    assert "geen" in text
    assert "controleert" in text


def test_the_home_page_the_menu_and_the_wijk_lead_to_figures(client: Client) -> None:
    assert client.get("/").content.decode().count('href="/cijfers/"') >= 3
    assert 'href="/wijken/parkwijk/cijfers/"' in client.get("/wijken/parkwijk/").content.decode()


def test_the_page_of_a_wijk_shows_its_figures_beside_the_city(client: Client) -> None:
    for area, text in (("haarlem", "400"), ("parkwijk", "12")):
        published("Inbraak", {2024: text}, area=area)
    text = text_of(client, "/wijken/parkwijk/cijfers/")
    assert "1 cijfer over Parkwijk" in text
    assert "12 in 2024." in text
    assert "Hele stad: 400." in text
    assert "Het cijfer van de hele stad staat erbij." in text


def test_the_page_of_a_wijk_promises_no_figure_of_the_city_that_is_not_there(client: Client) -> None:
    published("Inbraak", {2024: "12"}, area="parkwijk")
    published("Fietsendiefstal", {2024: "15"}, area="parkwijk")
    text = text_of(client, "/wijken/parkwijk/cijfers/")
    assert "2 cijfers over Parkwijk. Een cijfer van de hele stad uit dezelfde bron is er niet." in text
    published("Inbraak", {2024: "400"}, source="Politie", area="haarlem")
    assert "Bij 1 staat ook het cijfer van de hele stad." in text_of(client, "/wijken/parkwijk/cijfers/")


# --- what it costs --------------------------------------------------------------------------------
@pytest.fixture
def busy(city: None) -> str:
    """An indicator with a history, a target and figures of every area; the map and the profile are cached."""
    made = [make_series("Inbraak", area=area.slug) for area in Area.objects.exclude(level="stadsdeel")]
    for day in (1, 15):
        moment = dt.datetime(2026, 5, day, tzinfo=dt.UTC)
        for series in made:
            record(series, {year: str(20 + day) for year in range(2012, 2024)}, moment)
        publish(made[0], when=moment)
    aim(made[0], {2022: "≤ 18"})
    publish(made[0])
    gemeente.wijken()
    return "/cijfers/inbraak/"


@pytest.mark.parametrize("query", ["", "?wijk=parkwijk", "?opDatum=2026-05-02"])
def test_the_page_of_an_indicator_takes_six_queries(
    client: Client, busy: str, query: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(6):
        assert client.get(busy + query).status_code == 200


@pytest.mark.parametrize(
    "address", ["/cijfers/", "/cijfers/?zoek=inbraak", "/cijfers/thema/jeugd/", "/wijken/parkwijk/cijfers/"]
)
@pytest.mark.usefixtures("busy")
def test_the_other_pages_take_six_queries_at_most(
    client: Client, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(6):
        assert client.get(address).status_code == 200
