import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from participation.ranking import round_keys, services
from participation.ranking.models import OpenBallot, Participation, Round
from tests import factories

pytestmark = pytest.mark.django_db
START = "/doe-mee/"
BALLOT = "/doe-mee/stembiljet/"


@pytest.fixture
def round_(city: None, settings, tmp_path) -> Round:
    settings.KEY_DIR = tmp_path / "keys"
    made = factories.open_round()
    round_keys.make(made.code)
    return made


@pytest.fixture
def at_the_ballot(client: Client, round_: Round) -> Client:
    client.post(START, {"postcode": "2033 ab"})
    return client


def test_anybody_may_see_where_to_begin(client: Client, round_: Round) -> None:
    response = client.get(START)
    assert response.status_code == 200
    assert "Code uit uw brief" in response.text


def test_a_postcode_leads_to_the_ballot_of_its_wijk(client: Client, round_: Round) -> None:
    response = client.post(START, {"postcode": "2033 ab"}, follow=True)
    assert "Wat is in Parkwijk het belangrijkst?" in response.text


@pytest.mark.parametrize(
    ("postcode", "sentence"),
    [
        ("", "Vul een postcode in, zoals 2033 AB."),
        ("20333", "Vul een postcode in, zoals 2033 AB."),
        ("1012 JS", "Deze postcode ligt niet in deze gemeente."),
    ],
)
def test_a_postcode_that_will_not_do_gets_a_clear_answer(
    client: Client, round_: Round, postcode: str, sentence: str
) -> None:
    response = client.post(START, {"postcode": postcode})
    assert response.text.count(sentence) >= 2, "in the summary and at the field"
    assert "<title>Fout:" in response.text
    assert f'value="{postcode}"' in response.text or not postcode


def test_a_postcode_in_two_wijken_asks_for_the_house_number(client: Client, round_: Round) -> None:
    response = client.post(START, {"postcode": "2033ZZ"})
    assert "Uw postcode ligt in twee wijken" in response.text
    response = client.post(START, {"postcode": "2033ZZ", "huisnummer": "2"}, follow=True)
    assert "Slachthuiswijk" in response.text


def test_a_code_from_a_letter_leads_to_the_ballot_and_a_wrong_one_does_not(
    client: Client, round_: Round
) -> None:
    (code,) = services.make_codes(round_=round_, wijken=[factories.area("meerwijk")])
    response = client.post("/doe-mee/code/", {"code": "AAAA AAAA AAAA"})
    assert response.text.count("Deze code klopt niet") == 2
    response = client.post("/doe-mee/code/", {"code": code.lower()}, follow=True)
    assert "Wat is in Meerwijk het belangrijkst?" in response.text


def test_guessing_codes_stops_after_thirty_tries(client: Client, round_: Round) -> None:
    for _try in range(30):
        client.post("/doe-mee/code/", {"code": "AAAA AAAA AAAA"})
    response = client.post("/doe-mee/code/", {"code": "AAAA AAAA AAAA"})
    assert "Wacht tien minuten" in response.text


def test_the_ballot_without_a_wijk_sends_back_to_the_start(client: Client, round_: Round) -> None:
    response = client.get(BALLOT)
    assert response.status_code == 302
    assert response["Location"] == START


def test_a_ballot_is_counted_and_the_page_says_so(at_the_ballot: Client) -> None:
    response = at_the_ballot.post(BALLOT, {"plaats-afval": "1", "plaats-jeugd": "2"}, follow=True)
    assert "Uw keuze is geteld" in response.text
    assert OpenBallot.objects.get().ranking == "afval>jeugd"
    assert response["Cache-Control"].count("no-store")


def test_the_receipt_can_be_saved_and_matches_the_stored_ballot(at_the_ballot: Client) -> None:
    page = at_the_ballot.post(BALLOT, {"plaats-afval": "1"}, follow=True)
    signed = page.context["signed"]
    file = at_the_ballot.post("/doe-mee/bewijs/", {"bewijs": signed})
    assert file["Content-Type"] == "application/json"
    assert '"top3":["afval"]' in file.text
    forged = at_the_ballot.post("/doe-mee/bewijs/", {"bewijs": signed[:-2]})
    assert forged.status_code == 302


def test_the_receipt_can_be_seen_again_by_reloading_or_going_back(at_the_ballot: Client) -> None:
    first = at_the_ballot.post(BALLOT, {"plaats-afval": "1"}, follow=True)
    again = at_the_ballot.get("/doe-mee/geteld/")
    assert again.context["code"] == first.context["code"]


def test_somebody_else_can_choose_on_the_same_device(at_the_ballot: Client) -> None:
    at_the_ballot.post(BALLOT, {"plaats-afval": "1"})
    at_the_ballot.post("/doe-mee/volgende/")
    assert at_the_ballot.get("/doe-mee/geteld/").status_code == 302
    at_the_ballot.post(START, {"postcode": "2033AB"})
    assert "U stuurde al een keuze" not in at_the_ballot.get(BALLOT).text
    at_the_ballot.post(BALLOT, {"plaats-jeugd": "1"})
    assert OpenBallot.objects.count() == 2


def test_the_next_voter_on_a_device_gets_a_session_that_the_former_one_does_not_know(
    at_the_ballot: Client,
) -> None:
    noted = at_the_ballot.cookies["sessionid"].value
    at_the_ballot.post("/doe-mee/volgende/")
    at_the_ballot.post(START, {"postcode": "2033AB"})
    at_the_ballot.post(BALLOT, {"plaats-jeugd": "1"})
    former = Client()
    former.cookies["sessionid"] = noted
    assert former.get("/doe-mee/geteld/")["Location"] == START


def test_without_a_ballot_nothing_is_said_to_be_counted(at_the_ballot: Client) -> None:
    assert at_the_ballot.get("/doe-mee/geteld/")["Location"] == BALLOT


def test_coming_back_shows_the_earlier_choice_and_sending_again_replaces_it(at_the_ballot: Client) -> None:
    at_the_ballot.post(BALLOT, {"plaats-afval": "1"})
    page = at_the_ballot.get(BALLOT)
    assert "U stuurde al een keuze" in page.text
    at_the_ballot.post(BALLOT, {"plaats-jeugd": "1"})
    assert OpenBallot.objects.get().ranking == "jeugd"
    assert Participation.objects.count() == 1


def test_an_error_keeps_what_was_filled_in(at_the_ballot: Client) -> None:
    page = at_the_ballot.post(BALLOT, {"plaats-afval": "1", "plaats-jeugd": "1"})
    assert page.text.count(' value="1" checked') == 2
    assert "U gaf nummer 1 aan" in page.text
    assert not OpenBallot.objects.exists()


def test_every_voter_has_an_own_order_that_stays(at_the_ballot: Client, round_: Round) -> None:
    def order(client: Client) -> list[str]:
        return [row[0].code for row in client.get(BALLOT).context["rows"]]

    assert order(at_the_ballot) == order(at_the_ballot)
    orders = set()
    for _voter in range(8):
        other = Client()
        other.post(START, {"postcode": "2033AB"})
        orders.add(tuple(order(other)))
    assert len(orders) > 1


def test_a_closed_round_says_when_it_closed(client: Client, round_: Round) -> None:
    Round.objects.update(status="closed", closes_at=timezone.now() - dt.timedelta(days=1))
    response = client.get(START)
    assert "U kunt nu niet meedoen" in response.text
    assert "De laatste ronde sloot op" in response.text


def test_sending_after_the_end_is_told_that_it_did_not_count(at_the_ballot: Client) -> None:
    Round.objects.update(closes_at=timezone.now() - dt.timedelta(seconds=1))
    response = at_the_ballot.post(BALLOT, {"plaats-afval": "1"}, follow=True)
    assert "Deze ronde is gesloten. Uw keuze is niet geteld." in response.text
    assert "U kunt nu niet meedoen" in response.text
    assert not OpenBallot.objects.exists()


def test_sending_from_a_page_that_was_forgotten_is_told_that_it_did_not_count(
    client: Client, round_: Round
) -> None:
    response = client.post(BALLOT, {"plaats-afval": "1"}, follow=True)
    assert "Uw keuze is niet geteld." in response.text


def test_a_round_whose_time_is_over_but_that_nobody_closed_says_so(client: Client, round_: Round) -> None:
    factories.open_round(code="2025-1", status="published", opens_at=round_.opens_at - dt.timedelta(days=365))
    Round.objects.filter(pk=round_.pk).update(closes_at=timezone.now() - dt.timedelta(hours=1))
    assert client.get(START).context["last"].code == round_.code


def test_a_published_round_is_not_announced_for_a_day_in_the_past(client: Client, round_: Round) -> None:
    Round.objects.update(status="published", closes_at=timezone.now() - dt.timedelta(days=1))
    assert "De uitslag staat op deze site." in client.get(START).text


def test_only_the_ways_in_of_the_round_are_open(client: Client, round_: Round) -> None:
    Round.objects.update(ways_in=["letter_code"])
    page = client.post(START, {"postcode": "2033AB"})
    assert page.status_code == 200
    assert "Uw postcode" not in page.text
    assert "Code uit uw brief" in page.text
    (code,) = services.make_codes(round_=round_, wijken=[factories.area("meerwijk")])
    Round.objects.update(ways_in=["postcode"])
    assert client.post("/doe-mee/code/", {"code": code}).status_code == 200
    assert "Code uit uw brief" not in client.get(START).text


def test_who_finds_a_used_code_may_vote_anew_but_does_not_read_what_was_chosen(
    client: Client, round_: Round
) -> None:
    (code,) = services.make_codes(round_=round_, wijken=[factories.area("meerwijk")])
    client.post("/doe-mee/code/", {"code": code})
    client.post(BALLOT, {"plaats-afval": "1"})
    assert "U stuurde al een keuze" in client.get(BALLOT).text
    finder = Client()
    finder.post("/doe-mee/code/", {"code": code})
    page = finder.get(BALLOT)
    assert "Met deze code is al een keuze verstuurd" in page.text
    assert 'value="1" checked' not in page.text
    assert finder.get("/doe-mee/geteld/").status_code == 302
    finder.post(BALLOT, {"plaats-jeugd": "1"})
    assert OpenBallot.objects.get().ranking == "jeugd"


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ({"plaats-afval": "1", "plaats-jeugd": "1"}, "fout-jeugd"),
        ({"plaats-afval": "2"}, "fout-afval"),
        ({"plaats-afval": "1", "geen": "1"}, "fout-geen"),
    ],
)
def test_a_fault_shows_in_the_summary_and_beside_the_theme_it_is_about(
    at_the_ballot: Client, data: dict[str, str], place: str
) -> None:
    page = at_the_ballot.post(BALLOT, data).text
    assert f'aria-describedby="{place}"' in page
    assert f'id="{place}"' in page
    assert page.count("utrecht-form-field-error-message") == 1


def test_no_session_holds_what_somebody_chose(at_the_ballot: Client) -> None:
    at_the_ballot.post(BALLOT, {"plaats-afval": "1"})
    assert "afval" not in str(dict(at_the_ballot.session.items()))


def test_the_ballot_page_stays_within_its_budget(
    at_the_ballot: Client, django_assert_max_num_queries
) -> None:
    at_the_ballot.get(BALLOT)
    with django_assert_max_num_queries(5):
        at_the_ballot.get(BALLOT)
    with django_assert_max_num_queries(8):  # two of them are the savepoint of the test's own transaction
        at_the_ballot.post(BALLOT, {"plaats-afval": "1"})
