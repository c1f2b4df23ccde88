from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from haarlemveilig.accounts.models import User
from indicators.models import IndicatorTable, Target
from tests.indicators.conftest import table, take_in

SignIn = Callable[[User | str], Client]
HEADER = "hoofdstuk;thema;groep;indicator;bron;2025;Streefwaarde 2025\n"
ROWS = (
    "1;Doelen;;Klachten;Politie;129;125",
    "1;Doelen;;Meldingen;Politie;129;maximaal 6.500 meldingen",
    "1;Doelen;;Inbraak;Politie;129;≤ 140",
)


@pytest.fixture
def aims(city: None) -> None:
    take_in(table(*ROWS, header=HEADER))


@pytest.fixture
def officer(sign_in: SignIn, aims: None) -> Client:
    return sign_in("beleidsmedewerker")


def current(label: str) -> Target:
    return Target.objects.current().get(series__indicator__name=label)


def address(label: str) -> str:
    return reverse("indicators:interpret", args=[current(label).pk])


def text(client: Client, address: str, **data: Any) -> str:
    response = client.post(address, data, follow=True) if data else client.get(address)
    return response.content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("beleidsmedewerker", 200),
        ("redacteur", 200),
        ("beheerder", 200),
        ("communicatie", 403),
        ("bewoner", 403),
    ],
)
def test_only_who_may_interpret_gets_in(aims: None, sign_in: SignIn, role: str, status: int) -> None:
    assert sign_in(role).get(address("Klachten")).status_code == status


def test_who_did_not_sign_in_is_sent_away(aims: None, client: Client) -> None:
    assert client.get(address("Klachten")).status_code == 302


def test_a_target_without_comparator_is_read_by_a_person(officer: Client) -> None:
    page = text(officer, address("Klachten"))
    assert "hoogstens" in page
    assert "Het getal in de tekst" not in page
    page = text(officer, address("Klachten"), reading="at_most")
    assert "Zo lezen we deze streefwaarde voortaan." in page
    assert current("Klachten").interpretation == "at_most"
    assert "Beleidsmedewerker, " in text(officer, address("Klachten"))


def test_a_text_gets_its_number(officer: Client) -> None:
    text(officer, address("Meldingen"), reading="at_most", value="6.500")
    assert current("Meldingen").value == 6500
    assert 'value="6.500"' in text(officer, address("Meldingen"))


def test_a_text_gets_a_criterion_or_why_it_has_none(officer: Client) -> None:
    text(officer, address("Meldingen"), reading="criterion", criterion="Minder dan vorig jaar.")
    assert current("Meldingen").criterion == "Minder dan vorig jaar."
    text(officer, address("Meldingen"), reading="not_measurable", criterion="want niemand telt dit.")
    assert current("Meldingen").criterion == "Niet meetbaar, want niemand telt dit."


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"reading": ""}, "Kies hoe we deze streefwaarde lezen."),
        ({"reading": "at_most"}, "Vul het getal in dat we vergelijken."),
        ({"reading": "at_most", "value": "zes"}, "Vul één getal in, zoals 6.500 of 12,5."),
        ({"reading": "at_most", "value": "ca. 6"}, "Vul één getal in"),
        ({"reading": "criterion"}, "Schrijf het criterium op."),
        ({"reading": "not_measurable"}, "Schrijf op waarom dit niet te meten is."),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_kept(
    officer: Client, data: dict[str, str], message: str
) -> None:
    page = text(officer, address("Meldingen"), **data)
    assert page.count(message) == 2
    assert current("Meldingen").interpretation == ""


def test_whoever_is_second_sees_what_stands_there_now(officer: Client) -> None:
    before = address("Klachten")
    text(officer, before, reading="at_most")
    response = officer.post(before, {"reading": "at_least"})
    assert response.status_code == 409
    assert "Iemand anders heeft deze streefwaarde intussen veranderd." in response.content.decode()
    assert current("Klachten").interpretation == "at_most"
    assert officer.get(before)["Location"] == address("Klachten")


def test_a_target_that_says_it_itself_asks_nobody(officer: Client) -> None:
    assert officer.get(address("Inbraak")).status_code == 404


def test_the_desk_lists_what_waits_and_the_table_shows_the_verdicts(officer: Client) -> None:
    page = text(officer, reverse("indicators:list"))
    assert "2 streefwaarden om uit te leggen" in page
    assert address("Klachten") in page
    assert address("Inbraak") not in page
    page = text(officer, reverse("indicators:table", args=[IndicatorTable.objects.get().pk]))
    assert "129 voldoet aan de streefwaarde van hoogstens 140: behaald." in page
    assert address("Klachten") in page


def test_who_may_not_interpret_sees_the_verdicts_without_the_link(aims: None, sign_in: SignIn) -> None:
    page = text(sign_in("communicatie"), reverse("indicators:table", args=[IndicatorTable.objects.get().pk]))
    assert "Zijn de streefwaarden gehaald?" in page
    assert address("Klachten") not in page


def test_a_verdict_is_coloured_only_where_somebody_said_what_better_is(officer: Client) -> None:
    target = current("Inbraak")
    page = reverse("indicators:table", args=[IndicatorTable.objects.get().pk])
    assert "utrecht-status-badge--success" not in text(officer, page)
    target.series.indicator.direction = "lower"
    target.series.indicator.save()
    assert "utrecht-status-badge--success" in text(officer, page)


def test_the_page_keeps_to_its_queries(officer: Client, django_assert_max_num_queries: Any) -> None:
    where = address("Klachten")
    officer.get(where)
    with django_assert_max_num_queries(7):
        officer.get(where)


def test_an_unknown_target_is_not_found(officer: Client) -> None:
    assert officer.get(reverse("indicators:interpret", args=[999_999])).status_code == 404
