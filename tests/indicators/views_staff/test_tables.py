from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from haarlemveilig.accounts.models import User
from haarlemveilig.gemeente.models import Area
from indicators.models import Indicator, IndicatorTable
from tests import factories
from tests.indicators.conftest import table, take_in

SignIn = Callable[[User | str], Client]
LIST = "/werk/cijfers/"


@pytest.fixture
def officer(sign_in: SignIn, haarlem: Area) -> Client:
    return sign_in("beleidsmedewerker")


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_desk_says_what_waits(officer: Client) -> None:
    page = text(officer, LIST)
    assert "42 indicatoren hebben cijfers die lezers nog niet zien." in page
    assert "42 indicatoren missen nog een omschrijving" in page
    assert "28 rijen zijn nog een voorstel" in page
    assert "om uit te leggen" not in page


def test_when_nothing_waits_the_desk_says_so(city: None, sign_in: SignIn) -> None:
    # Read in by a person, so that nothing is a proposal.
    take_in(table("1;Jeugd;;Boetes;Politie;1;2"), recorded_by=factories.user("redacteur"))
    ready = {"definition": "Wat het is.", "unit": "aantal", "owner": "Team", "direction": "lower"}
    Indicator.objects.update(**ready, published_at="2100-01-01T00:00Z")
    assert "Niets. Alle cijfers zijn bevestigd" in text(sign_in("beleidsmedewerker"), LIST)


@pytest.mark.parametrize(
    ("role", "links"),
    [
        ("beleidsmedewerker", {"import", "publish", "definitions"}),
        ("redacteur", {"import", "definitions"}),
        ("communicatie", {"publish", "definitions"}),
    ],
)
def test_everybody_is_led_only_where_they_may_go(
    haarlem: Area, sign_in: SignIn, role: str, links: set[str]
) -> None:
    page = text(sign_in(role), LIST)
    names = ("import", "publish", "definitions")
    assert {name for name in names if f'href="{reverse(f"indicators:{name}")}"' in page} == links


def test_better_and_worse_are_said_only_where_a_person_said_what_better_is(officer: Client) -> None:
    address = reverse("indicators:table", args=[IndicatorTable.objects.get(name="High Impact Crimes").pk])
    page = text(officer, address)
    assert "hv-change--neutral" in page
    assert "hv-change--success" not in page
    Indicator.objects.update(direction="lower")
    assert "beter</span>" in text(officer, address)


def test_the_pages_keep_to_their_queries(officer: Client, django_assert_max_num_queries: Any) -> None:
    address = reverse("indicators:table", args=[IndicatorTable.objects.all()[0].pk])
    officer.get(LIST)
    with django_assert_max_num_queries(8):
        officer.get(LIST)
    with django_assert_max_num_queries(6):
        officer.get(address)
