from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from haarlemveilig.accounts.models import User
from indicators.models import Indicator, IndicatorAlias, Source
from indicators.services.definitions import save_definition, values_of
from indicators.views_staff import definitions
from tests.indicators.conftest import table, take_in

SignIn = Callable[[User | str], Client]


@pytest.fixture
def figures(city: None) -> None:
    take_in(table("1;Jeugd;;Boetes;Politie;1;2", "1;Jeugd;;Meldingen;Gemeente;3;4"))


@pytest.fixture
def officer(sign_in: SignIn, figures: None) -> Client:
    return sign_in("beleidsmedewerker")


def boetes() -> Indicator:
    return Indicator.objects.get(slug="boetes")


ADDRESS = "/werk/cijfers/indicatoren/boetes/"


def filled_in(client: Client, address: str = ADDRESS, **changes: str) -> dict[str, str]:
    """What a browser would send from the page as it stands."""
    form = client.get(address).context["form"]
    data = {name: form[name].value() for name in form.fields}
    return {name: str(value) for name, value in data.items() if value not in (None, False)} | changes


GOOD = {
    "definition": "Boetes die zijn gegeven.",
    "unit": "aantal",
    "direction": "lower",
    "owner": "Team Jeugd",
}


def test_a_definition_is_saved(officer: Client) -> None:
    response = officer.post(
        ADDRESS, filled_in(officer, **GOOD, aliases="Bekeuringen\n\nBonnen\n"), follow=True
    )
    assert "Bewaard." in response.content.decode()
    assert (boetes().definition, boetes().direction) == ("Boetes die zijn gegeven.", "lower")
    assert values_of(boetes())["aliases"] == ["Bekeuringen", "Bonnen"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"direction": "ambiguous"}, "Leg uit waarom hoger of lager niet zomaar beter is."),
        ({"direction": "band"}, "Vul in tussen welke twee getallen het goed is."),
        ({"direction": "band", "band_low": "20", "band_high": "6,5"}, "Dit getal is kleiner dan waar"),
        ({"name": "Meldingen"}, "Deze naam hoort al bij ‘Meldingen’."),
        ({"aliases": "meldingen"}, "‘meldingen’ hoort al bij ‘Meldingen’."),
        ({"aliases": "x" * 201}, "hoogstens 200 tekens"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(
    officer: Client, data: dict[str, str], message: str
) -> None:
    page = officer.post(ADDRESS, filled_in(officer, **(GOOD | data))).content.decode()
    assert page.count(message) >= 2
    assert "Boetes die zijn gegeven." in page
    assert "<title>Fout: " in page
    assert boetes().definition == ""


def test_a_band_takes_dutch_numbers(officer: Client) -> None:
    officer.post(
        ADDRESS, filled_in(officer, **(GOOD | {"direction": "band", "band_low": "6,5", "band_high": "7"}))
    )
    assert (boetes().band_low, boetes().band_high) == (6.5, 7)
    assert 'value="6,5' in officer.get(ADDRESS).content.decode()


def test_whoever_is_second_is_shown_the_difference_and_may_go_on(officer: Client) -> None:
    first, second = filled_in(officer, **GOOD), filled_in(officer, **(GOOD | {"owner": "Team Zorg"}))
    officer.post(ADDRESS, first)
    response = officer.post(ADDRESS, second)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Iemand anders heeft dit intussen veranderd." in page
    assert "<td>Team Zorg</td><td>Team Jeugd</td>" in page
    assert boetes().owner == "Team Jeugd"
    officer.post(ADDRESS, second | {"seen": response.context["form"]["seen"].value()})
    assert boetes().owner == "Team Zorg"


@pytest.mark.parametrize(("role", "may"), [("redacteur", True), ("beheerder", True), ("communicatie", False)])
def test_who_may_not_define_reads_a_closed_form(figures: None, sign_in: SignIn, role: str, may: bool) -> None:
    client = sign_in(role)
    page = client.get(ADDRESS)
    assert page.status_code == 200
    assert ("disabled" not in page.content.decode()) == may
    assert client.post(ADDRESS, filled_in(client, **GOOD)).status_code == (302 if may else 403)


def test_outsiders_and_visitors_see_nothing(figures: None, sign_in: SignIn, client: Client) -> None:
    for address in (ADDRESS, reverse("indicators:definitions")):
        assert sign_in("raadslid" if address == ADDRESS else "bewoner").get(address).status_code == 403
        assert client.get(address).status_code == 302


def test_the_list_finds_by_word_and_by_what_is_missing(officer: Client) -> None:
    address = reverse("indicators:definitions")
    officer.post(ADDRESS, filled_in(officer, **GOOD, aliases="Bonnen"))
    for query, found in {
        "?zoek=bon": {"Boetes"},
        "?onaf=1": {"Meldingen"},
        "": {"Boetes", "Meldingen"},
    }.items():
        lines = officer.get(address + query).context["page"].object_list
        assert {line.indicator.name for line in lines} == found
    assert "Niets gevonden" in officer.get(f"{address}?zoek=zeppelin").content.decode()


def test_a_source_is_described(officer: Client) -> None:
    source = Source.objects.get(name="Politie")
    address = reverse("indicators:source", args=[source.pk])
    changes = {"method": "De politie telt meldingen.", "url": "politie.nl", "next_release": "2027-03-01"}
    officer.post(address, filled_in(officer, address, **changes))
    source.refresh_from_db()
    assert (source.method, source.url) == ("De politie telt meldingen.", "https://politie.nl")
    page = officer.get(address).content.decode()
    assert 'value="2027-03-01"' in page
    assert ADDRESS in page


def test_the_pages_keep_to_their_queries(officer: Client, django_assert_max_num_queries: Any) -> None:
    officer.get(ADDRESS)
    for address, most in ((ADDRESS, 7), (reverse("indicators:definitions"), 5)):
        with django_assert_max_num_queries(most):
            officer.get(address)


def test_two_people_who_give_the_same_name_at_once_lose_nothing(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def after_a_colleague(**said: Any) -> tuple[str, ...]:
        IndicatorAlias.objects.create(indicator=Indicator.objects.get(slug="meldingen"), name="Bonnen")
        return save_definition(**said)

    monkeypatch.setattr(definitions, "save_definition", after_a_colleague)
    answer = officer.post(ADDRESS, filled_in(officer, **GOOD, aliases="Bonnen"))
    assert answer.status_code == 409
    assert "‘Bonnen’ hoort al bij ‘Meldingen’." in answer.content.decode()
    assert "Bonnen" in answer.context["form"]["aliases"].value()
    assert boetes().definition == ""
