import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from haarlemveilig.accounts.models import Role, User
from haarlemveilig.editions.models import Edition
from haarlemveilig.editions.services import publish
from priorities.models import Weighing
from priorities.selectors import chosen_of, explanations_of
from tests import factories

SignIn = Callable[[User | str], Client]
LIST = "/werk/afwegen/"
PAGE = "/werk/afwegen/2027/parkwijk/"
INSIDERS = set(Role.values) - {"bewoner", "raadslid", "partner", "vrijwilliger"}
CHOICE = {
    "version": "0",
    "theme_1": "afval",
    "reason_1": "Staat bovenaan.",
    "theme_2": "donker",
    "reason_2": "Er zijn veel verhalen.",
    "theme_3": "",
    "reason_3": "",
}
EXPLAINED = {**CHOICE, "departure_verkeer": "De drempels liggen er al."}

pytestmark = pytest.mark.usefixtures("result")


def test_its_addresses_are_as_agreed() -> None:
    assert reverse("priorities:list") == LIST
    assert reverse("priorities:weigh", args=[2027, "parkwijk"]) == PAGE


# --- who may do what ------------------------------------------------------------------------------
@pytest.mark.parametrize("role", Role.values)
def test_insiders_read_and_only_a_beleidsmedewerker_decides(role: str, sign_in: SignIn) -> None:
    browser = sign_in(role)
    may_read = 200 if role in INSIDERS else 403
    assert browser.get(LIST).status_code == may_read
    assert browser.get(PAGE).status_code == may_read
    may_write = 302 if role == "beleidsmedewerker" else 403
    assert browser.post(PAGE, EXPLAINED | {"save": "1"}).status_code == may_write


def test_an_outsider_sees_nothing_and_a_stranger_is_asked_to_sign_in(sign_in: SignIn, client: Client) -> None:
    assert sign_in(factories.outsider()).get(PAGE).status_code == 403
    assert client.get(PAGE)["Location"] == f"/account/login/?next={PAGE}"
    assert client.post(PAGE, EXPLAINED).status_code == 302
    assert not Weighing.objects.exists()


def test_a_colleague_who_may_not_decide_gets_no_form(sign_in: SignIn) -> None:
    page = sign_in("redacteur").get(PAGE).content.decode()
    assert "Bewaar concept" not in page
    assert "Een beleidsmedewerker kiest de top 3" in page


@pytest.mark.parametrize("path", ["2027/nergens/", "1813/parkwijk/", "99999/parkwijk/"])
def test_an_unknown_wijk_or_year_is_not_found(path: str, sign_in: SignIn) -> None:
    assert sign_in("beleidsmedewerker").get(LIST + path).status_code == 404


# --- what it shows --------------------------------------------------------------------------------
def test_the_list_shows_participants_and_where_every_wijk_stands(sign_in: SignIn) -> None:
    browser = sign_in("beleidsmedewerker")
    browser.post(PAGE, CHOICE | {"save": "1"})
    response = browser.get(LIST)
    oost, schalkwijk = response.context["stadsdelen"]
    assert (oost.name, schalkwijk.name) == ("Oost", "Schalkwijk")
    park, slachthuis = oost.wijken
    assert (park.participants, park.weighing.status, park.unexplained) == (214, "draft", 1)
    assert (slachthuis.participants, slachthuis.weighing) == (None, None)
    page = response.content.decode()
    for text in ("Concept", "Nog niet begonnen", "1 reden ontbreekt", "geen uitslag"):
        assert text in page


def test_the_list_opens_at_the_newest_round_and_takes_another_year(sign_in: SignIn) -> None:
    browser = sign_in("beleidsmedewerker")
    assert browser.get(LIST).context["year"] == 2027
    assert browser.get(LIST, {"jaar": "2030"}).context["year"] == 2030
    assert browser.get(LIST, {"jaar": "twee"}).context["year"] == 2027
    assert browser.get(LIST, {"jaar": "1813"}).status_code == 404


def test_the_table_gives_share_places_and_label_from_most_to_least_chosen(sign_in: SignIn) -> None:
    response = sign_in("redacteur").get(PAGE)
    page = response.content.decode()
    assert [row.theme.code for row in response.context["view"].rows][:2] == ["verkeer", "afval"]
    for text in ("52%", "plaats 1–2", "mogelijk in de top 3", "plaats 5", "214 bewoners"):
        assert text in page
    assert "verzonnen stemmen" in page
    assert "geen cijfers" in page


@pytest.mark.parametrize(
    ("path", "words", "shows_share"),
    [
        ("2027/meerwijk/", "41 bewoners mee. Dat is een aanwijzing", True),
        ("2027/molenwijk/", "12 bewoners mee. Dat zijn er te weinig", False),
        ("2027/slachthuiswijk/", "deden te weinig bewoners mee", False),
        ("2029/parkwijk/", "Voor 2029 was er geen ronde.", False),
    ],
)
def test_it_says_honestly_what_the_ranking_is_worth(
    path: str, words: str, shows_share: bool, sign_in: SignIn
) -> None:
    page = sign_in("redacteur").get(LIST + path).content.decode()
    assert words in page
    assert ("%</b>" in page) == shows_share
    assert "plaats" not in page


# --- deciding -------------------------------------------------------------------------------------
def test_a_first_visit_asks_nothing_yet(sign_in: SignIn) -> None:
    page = sign_in("beleidsmedewerker").get(PAGE).content.decode()
    assert "Er gaat iets mis" not in page
    assert "departure_" not in page


def test_a_saved_draft_asks_for_the_reasons_it_lacks(sign_in: SignIn) -> None:
    browser = sign_in("beleidsmedewerker")
    page = browser.post(PAGE, CHOICE | {"save": "1"}, follow=True).content.decode()
    assert "Het concept voor Parkwijk is bewaard." in page
    assert "Er gaat iets mis" not in page
    assert 'name="departure_verkeer"' in page
    assert "maxlength" not in page
    assert "“Verkeer” staat in de top 3 van bewoners (52%)" in page
    assert "Jeugd (36%, plaats 2–5), Parkeren (33%, plaats 3–5)" in page
    assert [choice.theme for choice in chosen_of(Weighing.objects.get())] == ["afval", "donker"]


def test_adopting_without_reasons_is_refused_and_nothing_typed_is_lost(sign_in: SignIn) -> None:
    typed = CHOICE | {"reason_2": "", "reason_1": "Een lange tekst.", "adopt": "1"}
    page = sign_in("beleidsmedewerker").post(PAGE, typed).content.decode()
    assert "<title>Fout:" in page
    assert page.count("Schrijf waarom “Donker” op nummer 2 staat.") == 2
    assert page.count("Schrijf waarom “Verkeer” niet in de top 3 van Parkwijk komt.") == 2
    assert "Een lange tekst." in page
    assert not Weighing.objects.adopted().exists()


def test_adopting_ends_in_a_page_that_only_reads(sign_in: SignIn, result: Edition) -> None:
    browser = sign_in("beleidsmedewerker")
    page = browser.post(PAGE, EXPLAINED | {"adopt": "1"}, follow=True).content.decode()
    for text in ("is vastgesteld", "uur door Beleidsmedewerker", "De drempels liggen er al."):
        assert text in page
    assert "Stel vast" not in page
    weighing = Weighing.objects.get()
    assert weighing.evidence_sha256 in page
    assert weighing.result == result


def test_the_adopted_page_shows_the_evidence_as_it_lay(sign_in: SignIn, result: Edition) -> None:
    browser = sign_in("beleidsmedewerker")
    browser.post(PAGE, EXPLAINED | {"adopt": "1"})
    corrected = json.loads(json.dumps(result.view_model).replace("0.52", "0.57"))
    publish(kind=result.kind, subject=result.subject, title="Verbeterd", view_model=corrected)
    page = browser.get(PAGE).content.decode()
    assert "52%" in page
    assert "57%" not in page


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"theme_2": "afval"}, "Dit onderwerp koos u al."),
        ({"theme_3": "", "reason_3": "Zomaar."}, "Kies een onderwerp bij deze reden"),
        ({"theme_1": "bestaat-niet"}, "bestaat-niet"),
        ({"reason_1": "x" * 1001}, "1000 tekens"),
    ],
)
def test_a_form_that_cannot_be_saved_says_why(changes: dict[str, str], message: str, sign_in: SignIn) -> None:
    response = sign_in("beleidsmedewerker").post(PAGE, CHOICE | changes | {"save": "1"})
    page = response.content.decode()
    assert page.count(message) == 2
    assert not Weighing.objects.exists()


def test_a_reason_for_a_theme_that_is_chosen_after_all_is_parked(sign_in: SignIn) -> None:
    browser = sign_in("beleidsmedewerker")
    chosen_after_all = EXPLAINED | {"theme_3": "verkeer", "reason_3": "Toch wel."}
    page = browser.post(PAGE, chosen_after_all | {"save": "1"}, follow=True).content.decode()
    assert '<input type="hidden" name="departure_verkeer" value="De drempels liggen er al."' in page
    assert explanations_of(Weighing.objects.get()) == {"verkeer": "De drempels liggen er al."}


# --- two people at once ---------------------------------------------------------------------------
def test_the_second_person_is_shown_the_difference_and_keeps_their_text(sign_in: SignIn) -> None:
    browser = sign_in("beleidsmedewerker")
    colleague = User.objects.create_user(
        email="tweede@example.org", name="Tweede", roles=["beleidsmedewerker"]
    )
    sign_in(colleague).post(PAGE, EXPLAINED | {"reason_1": "Tekst van een ander.", "save": "1"})
    page = browser.post(PAGE, EXPLAINED | {"reason_1": "Mijn tekst.", "save": "1"}).content.decode()
    assert "Tweede bewaarde deze afweging op" in page
    assert "<td>Mijn tekst.</td><td>Tekst van een ander.</td>" in page
    assert page.count("Mijn tekst.") == 2
    assert 'name="version" value="1"' in page
    assert chosen_of(Weighing.objects.get())[0].reason == "Tekst van een ander."
    browser.post(PAGE, EXPLAINED | {"reason_1": "Mijn tekst.", "save": "1", "version": "1"})
    assert chosen_of(Weighing.objects.get())[0].reason == "Mijn tekst."


def test_who_saves_after_adoption_reads_what_stands_and_what_they_typed(sign_in: SignIn) -> None:
    browser = sign_in("beleidsmedewerker")
    browser.post(PAGE, EXPLAINED | {"adopt": "1"})
    page = browser.post(PAGE, EXPLAINED | {"reason_1": "Te laat.", "save": "1"}).content.decode()
    assert "De top 3 is vastgesteld en verandert niet meer." in page
    assert "<td>Te laat.</td>" in page
    assert "Bewaar concept" not in page


# --- budgets --------------------------------------------------------------------------------------
def test_the_pages_keep_to_their_budget_of_queries(
    sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = sign_in("beleidsmedewerker")
    browser.post(PAGE, EXPLAINED | {"save": "1"})
    with django_assert_max_num_queries(12):
        browser.get(PAGE)
    with django_assert_max_num_queries(8):
        browser.get(LIST)
