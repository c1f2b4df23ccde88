import datetime as dt
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from haarlemveilig.gemeente.models import AreaVersion
from participation.ranking import round_keys, services
from participation.ranking.models import Round
from participation.wijkgesprekken.models import Wijkgesprek
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(city: None, settings, tmp_path) -> Round:
    """A published round: Parkwijk with 110 participants, Molenwijk with 12, Meerwijk with 3."""
    settings.KEY_DIR = tmp_path / "keys"
    round_ = factories.open_round(code="2025-1", for_year=2026)
    round_keys.make(round_.code)
    for slug, ranking, times in (
        ("parkwijk", ("verkeer", "afval"), 80),
        ("parkwijk", ("jeugd",), 30),
        ("slachthuiswijk", ("afval",), 40),
        ("molenwijk", ("afval",), 12),
        ("meerwijk", ("donker",), 3),
    ):
        wijk = factories.area(slug)
        for _time in range(times):
            voter = services.Voter(uuid.uuid4(), wijk.pk, wijk.code, "postcode")
            services.cast(round_=round_, voter=voter, choice=services.Choice(ranking))
    services.close_round(round_=round_)
    services.count_round(round_=round_)
    services.publish_round(round_=round_)
    return round_


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/wijken/",
        "/wijken/parkwijk/",
        "/wat-is-ermee-gedaan/",
        "/privacy/",
        "/toegankelijkheid/",
        "/gezond/",
    ],
)
def test_anybody_may_read_the_public_pages_even_before_any_round(
    client: Client, city: None, path: str
) -> None:
    assert client.get(path).status_code == 200


def test_an_unknown_wijk_is_not_found(client: Client, city: None) -> None:
    response = client.get("/wijken/atlantis/")
    assert response.status_code == 404


def test_the_result_is_one_sentence_before_it_is_a_chart(client: Client, published: Round) -> None:
    page = client.get("/wijken/parkwijk/").text
    assert "Parkwijk wil eerst iets doen aan" in page
    assert "110" in page
    assert page.index("Parkwijk wil eerst iets doen aan") < page.index("<svg")


def test_a_wijk_between_30_and_100_participants_gets_no_places(client: Client, published: Round) -> None:
    page = client.get("/wijken/slachthuiswijk/").text
    assert "Een eerste indruk van Slachthuiswijk" in page
    assert "plaats 1" not in page


def test_a_wijk_with_too_few_shows_no_share_at_all_and_names_its_partner(
    client: Client, published: Round
) -> None:
    page = client.get("/wijken/meerwijk/").text
    assert "Te weinig bewoners van Meerwijk deden mee" in page
    assert "We telden Meerwijk en Molenwijk samen." in page
    assert "hv-bars" not in page


def test_a_result_of_wijken_together_is_not_told_as_that_of_one(client: Client, published: Round) -> None:
    page = client.get("/wijken/meerwijk/").text
    assert "bewoners deden mee in Meerwijk en Molenwijk" in page
    assert "Wijken die we samen telden" in client.get("/wijken/parkwijk/").text


def test_a_wijk_without_a_decision_says_so(client: Client, published: Round) -> None:
    page = client.get("/wijken/parkwijk/").text
    assert "nog geen top 3 voor 2026 vastgesteld" in page


def test_finding_a_wijk_by_postcode_leads_to_its_page(client: Client, published: Round) -> None:
    response = client.get("/wijken/", {"postcode": "2033ab"})
    assert response["Location"] == "/wijken/parkwijk/"
    assert "Deze postcode ligt niet in deze gemeente" in client.get("/wijken/", {"postcode": "1012 JS"}).text


def test_the_page_of_a_wijk_lists_its_meetings(client: Client, published: Round) -> None:
    begin = timezone.now() + dt.timedelta(days=3)
    Wijkgesprek.objects.create(
        title={"nl": "Praten over Parkwijk"},
        wijk=factories.area("parkwijk"),
        starts_at=begin,
        ends_at=begin + dt.timedelta(hours=1),
        place="Hier",
        capacity=10,
    )
    assert "Praten over Parkwijk" in client.get("/wijken/parkwijk/").text


def test_the_result_page_stays_within_its_budget(
    client: Client, published: Round, django_assert_max_num_queries
) -> None:
    client.get("/wijken/parkwijk/")
    with django_assert_max_num_queries(3):
        client.get("/wijken/parkwijk/")


def test_no_public_page_of_a_round_names_a_count_under_ten(client: Client, published: Round) -> None:
    for slug in ("meerwijk", "molenwijk"):
        response = client.get(f"/wijken/{slug}/")
        assert response.context["page"].participants == 15


def test_a_long_name_on_the_map_breaks_where_the_municipality_says_it_may(client: Client, city: None) -> None:
    AreaVersion.objects.filter(area__slug="oost").update(
        tile_row=1, tile_column=1, hyphenated_name="Oos|ter|deel"
    )
    assert "Oos\u00adter\u00addeel</li>" in client.get("/").text


def test_the_home_page_says_that_a_postcode_leads_to_the_ballot_and_where_one_only_reads(
    client: Client, city: None
) -> None:
    factories.open_round()
    page = client.get("/").text
    assert "Doe mee: kies wat in uw wijk het eerst veiliger moet" in page
    assert "Ga naar het stembiljet" in page
    assert '<a class="utrecht-link" href="/wijken/">Alleen lezen over mijn wijk</a>' in page


def test_without_an_open_round_a_postcode_leads_to_the_wijk(client: Client, city: None) -> None:
    page = client.get("/").text
    assert "Zoek mijn wijk" in page
    assert "stembiljet" not in page


def test_between_closing_and_publishing_the_home_page_says_when_the_result_comes(
    client: Client, published: Round
) -> None:
    assert "De uitslag staat op deze site" in client.get("/").text
    now = timezone.now()
    Round.objects.filter(pk=published.pk).update(opens_at=now - dt.timedelta(days=400))
    closed = factories.open_round(code="2026-1", for_year=2027)
    Round.objects.filter(pk=closed.pk).update(
        opens_at=now - dt.timedelta(days=30), closes_at=now - dt.timedelta(days=1),
        publish_on=dt.date(2199, 10, 12),
    )  # fmt: skip
    page = client.get("/").text
    assert "De ronde is gesloten" in page
    assert "De uitslag komt op zaterdag 12 oktober." in page
    assert "Bekijk intussen de vorige uitslag (voor 2026)." in page
    assert "De uitslag staat op deze site" not in page


def test_a_result_that_is_late_comes_as_soon_as_possible(client: Client, city: None) -> None:
    now = timezone.now()
    closed = factories.open_round()
    Round.objects.filter(pk=closed.pk).update(
        opens_at=now - dt.timedelta(days=30), closes_at=now - dt.timedelta(days=9),
        publish_on=now - dt.timedelta(days=2),
    )  # fmt: skip
    page = client.get("/").text
    assert "De uitslag komt zo snel mogelijk." in page
    assert "vorige uitslag" not in page


def test_a_wrong_postcode_is_in_the_title(client: Client, city: None) -> None:
    assert "<title>Fout: Mijn wijk" in client.get("/wijken/", {"postcode": "9999zz"}).text
    assert "<title>Mijn wijk" in client.get("/wijken/").text


def test_a_result_of_entrepreneurs_never_takes_the_place_of_that_of_residents(
    client: Client, published: Round
) -> None:
    theirs = factories.open_round(code="2025-o", for_year=2026, kind="entrepreneurs", asks_group=True)
    round_keys.make(theirs.code)
    wijk = factories.area("parkwijk")
    for _time in range(35):
        voter = services.Voter(uuid.uuid4(), wijk.pk, wijk.code, "postcode")
        services.cast(round_=theirs, voter=voter, choice=services.Choice(("donker",), cell="16-34/v"))
    services.close_round(round_=theirs)
    services.count_round(round_=theirs)
    edition = services.publish_round(round_=theirs)
    assert not any(area["is_weighted"] for area in edition.view_model["areas"].values())
    page = client.get("/wijken/parkwijk/").text
    assert "110" in page
    assert "ondernemers deden mee" not in page
