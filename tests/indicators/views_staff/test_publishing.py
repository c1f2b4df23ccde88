from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from haarlemveilig.accounts.models import User
from indicators.models import Indicator
from tests.indicators.conftest import table, take_in

SignIn = Callable[[User | str], Client]
READY = {"definition": "Wat het is.", "unit": "aantal", "owner": "Team", "direction": "lower"}
CHOOSE, CONFIRM = "/werk/cijfers/openbaar/", "/werk/cijfers/openbaar/bevestigen/"


@pytest.fixture
def figures(city: None) -> None:
    rows = ("1;Jeugd;;Boetes;Politie;1;volgt", "1;Jeugd;;Meldingen;Politie;3;4", "1;Jeugd;;Ruzie;Politie;5;6")
    take_in(table(*rows))
    Indicator.objects.exclude(name="Ruzie").update(**READY)


@pytest.fixture
def officer(sign_in: SignIn, figures: None) -> Client:
    return sign_in("communicatie")


def public() -> set[str]:
    return set(Indicator.objects.published().values_list("name", flat=True))


def key(name: str) -> int:
    return Indicator.objects.get(name=name).pk


def confirm(client: Client, *names: str) -> Any:
    page = client.get(CONFIRM, {"indicator": [key(name) for name in names]})
    return client.post(CONFIRM, page.context["form"].initial, follow=True)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("beleidsmedewerker", 200),
        ("communicatie", 200),
        ("beheerder", 200),
        ("redacteur", 403),
        ("bewoner", 403),
    ],
)
def test_only_who_may_publish_gets_in(figures: None, sign_in: SignIn, role: str, status: int) -> None:
    client = sign_in(role)
    assert client.get(CHOOSE).status_code == status
    assert client.get(CONFIRM, {"indicator": key("Boetes")}).status_code == status


def test_who_did_not_sign_in_is_sent_away(figures: None, client: Client) -> None:
    assert {client.get(CHOOSE).status_code, client.post(CONFIRM).status_code} == {302}


def test_what_was_chosen_becomes_public_after_a_second_look(officer: Client) -> None:
    page = officer.get(CONFIRM, {"indicator": key("Boetes")}).content.decode()
    assert "Politie, 2019" in page
    assert public() == set()
    assert "1 indicator is nu openbaar." in confirm(officer, "Boetes").content.decode()
    assert public() == {"Boetes"}


def test_all_that_are_ready_can_be_chosen_at_once(officer: Client) -> None:
    ready = officer.get(CHOOSE).context["ready_ids"]
    page = officer.get(CONFIRM, {"indicator": ready})
    officer.post(CONFIRM, page.context["form"].initial)
    assert public() == {"Boetes", "Meldingen"}


def test_several_become_public_at_once_though_names_and_numbers_go_in_another_order(officer: Client) -> None:
    take_in(table("1;Jeugd;;Zwerfvuil;Politie;1;2", "1;Jeugd;;Aangiften;Politie;3;4"))
    Indicator.objects.exclude(name="Ruzie").update(**READY)
    names = ["Aangiften", "Boetes", "Meldingen", "Zwerfvuil"]
    assert sorted(names, key=key) != names
    assert "4 indicatoren zijn nu openbaar." in confirm(officer, *names).content.decode()
    assert public() == set(names)


def test_what_is_not_ready_says_what_is_missing_and_where(officer: Client) -> None:
    page = officer.get(CHOOSE).content.decode()
    assert "De omschrijving in gewone taal ontbreekt." in page
    assert reverse("indicators:definition", args=["ruzie"]) in page
    page = officer.get(CONFIRM, {"indicator": [key("Boetes"), key("Ruzie")]}).content.decode()
    assert "Deze kunnen nog niet mee:" in page
    response = officer.get(CONFIRM, {"indicator": key("Ruzie")}, follow=True)
    assert "Kies ten minste één indicator die klaar is." in response.content.decode()


def test_nothing_becomes_public_that_came_in_after_the_look(officer: Client) -> None:
    seen = officer.get(CONFIRM, {"indicator": key("Boetes")}).context["form"].initial
    take_in(table("1;Jeugd;;Boetes;Politie;1;12"))
    page = officer.post(CONFIRM, seen).content.decode()
    assert "Er is niets openbaar gemaakt." in page
    assert "nieuw: 12" in page
    assert public() == set()


def test_a_revision_shows_what_readers_see_now_and_what_it_becomes(officer: Client) -> None:
    confirm(officer, "Boetes", "Meldingen")
    take_in(table("1;Jeugd;;Boetes;Politie;1;12"))
    assert "was volgt, wordt 12" in officer.get(CHOOSE).content.decode()


@pytest.mark.parametrize("sent", [{}, {"chosen": "x", "expected": "y"}, {"chosen": "1,2", "expected": ""}])
def test_a_form_that_was_tampered_with_starts_again(officer: Client, sent: dict[str, str]) -> None:
    assert officer.post(CONFIRM, sent).status_code in (200, 302)
    assert public() == set()


def test_it_can_be_taken_back_with_a_reason(officer: Client) -> None:
    confirm(officer, "Boetes")
    address = reverse("indicators:withdraw", args=["boetes"])
    assert officer.post(address, {"reason": ""}).content.decode().count("Schrijf op waarom") == 2
    assert public() == {"Boetes"}
    officer.post(address, {"reason": "De telling klopt niet."})
    assert public() == set()
    assert officer.get(address).status_code == 404


def test_when_everything_is_public_the_page_says_so(officer: Client) -> None:
    Indicator.objects.update(**READY)
    confirm(officer, "Boetes", "Meldingen", "Ruzie")
    assert "Lezers zien alles al" in officer.get(CHOOSE).content.decode()


def test_the_pages_keep_to_their_queries(officer: Client, django_assert_max_num_queries: Any) -> None:
    officer.get(CHOOSE)
    with django_assert_max_num_queries(11):
        officer.get(CHOOSE)
