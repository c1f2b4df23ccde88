"""The start page, and the ways in that need no other site: letter, e-mail, postcode."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from haarlemveilig.mail.models import OutboxMail
from participation.ranking import round_keys, services
from participation.ranking.models import MovedEnd, OpenBallot, Participation, Round
from participation.ranking.services import email_codes
from tests import factories

pytestmark = pytest.mark.django_db
START = "/doe-mee/"
BALLOT = "/doe-mee/stembiljet/"
EMAIL = "/doe-mee/e-mail/"
EMAIL_CODE = "/doe-mee/e-mail/code/"
NEW_CODE = "/doe-mee/e-mail/nieuwe-code/"
ALL_WAYS = ["postcode", "email_code", "letter_code"]


@pytest.fixture
def round_(city: None, settings: Settings, tmp_path) -> Round:
    settings.KEY_DIR = tmp_path / "keys"
    made = factories.open_round(ways_in=ALL_WAYS)
    round_keys.make(made.code)
    return made


@pytest.fixture
def business_round(round_: Round) -> Round:
    made = factories.open_round(
        code="2026-ond", kind="entrepreneurs", title={"nl": "Veilig ondernemen"}, ways_in=["postcode"]
    )
    round_keys.make(made.code)
    return made


def letter_code(round_: Round, slug: str = "meerwijk") -> str:
    (code,) = services.make_codes(round_=round_, wijken=[factories.area(slug)])
    return code


# --- the start page ---------------------------------------------------------------------------------
def test_the_strongest_way_is_asked_and_the_others_are_links(client: Client, round_: Round) -> None:
    page = client.get(START).text
    assert "Code uit uw brief" in page
    assert "Uw postcode" not in page
    assert 'href="/doe-mee/?ronde=2026-1&amp;manier=e-mail"' in page
    assert page.index("Ik krijg een code per e-mail") < page.index("Ik vul alleen een postcode in")


def test_a_link_puts_another_way_on_top_and_one_that_is_not_there_changes_nothing(
    client: Client, round_: Round
) -> None:
    assert "Uw postcode" in client.get(START, {"manier": "postcode"}).text
    assert "Code uit uw brief" in client.get(START, {"manier": "inloggen"}).text


def test_a_moved_end_is_told_with_its_reason(client: Client, round_: Round) -> None:
    after = round_.closes_at
    MovedEnd.objects.create(
        round=round_, before=after - dt.timedelta(days=7), after=after, reason="De post was laat."
    )
    assert re.search(r"De ronde is verlengd tot .* uur\. Reden: De post was laat\.", client.get(START).text)


def test_with_two_rounds_open_one_chooses_and_each_has_its_own_address(
    client: Client, round_: Round, business_round: Round
) -> None:
    page = client.get(START).text
    assert "Waaraan wilt u meedoen?" in page
    assert 'href="/doe-mee/?ronde=2026-ond"' in page
    assert "Postcode van uw bedrijf" in client.get(START, {"ronde": "2026-ond"}).text
    assert "Code uit uw brief" in client.get(START, {"ronde": "2026-1"}).text
    assert "Waaraan wilt u meedoen?" in client.get(START, {"ronde": "bestaat-niet"}).text


def test_a_voter_stays_at_the_round_that_they_chose(
    client: Client, round_: Round, business_round: Round
) -> None:
    for code, theme in (("2026-1", "afval"), ("2026-ond", "jeugd"), ("2026-1", "verkeer")):
        client.post(START, {"ronde": code, "postcode": "2033AB"})
        client.post(BALLOT, {f"plaats-{theme}": "1"})
    rankings = dict(OpenBallot.objects.values_list("round__code", "ranking"))
    assert rankings == {"2026-1": "verkeer", "2026-ond": "jeugd"}
    assert Participation.objects.count() == 2, "coming back replaces, also after another round"


def test_when_the_chosen_round_closed_the_ballot_does_not_slip_into_another(
    client: Client, round_: Round, business_round: Round
) -> None:
    client.post(START, {"ronde": "2026-1", "postcode": "2033AB"})
    Round.objects.filter(pk=round_.pk).update(status="closed")
    page = client.post(BALLOT, {"plaats-afval": "1"}, follow=True)
    assert "Deze ronde is gesloten. Uw keuze is niet geteld." in page.text
    assert not OpenBallot.objects.exists()


def test_a_postcode_from_the_home_page_goes_to_the_round_for_residents(
    client: Client, round_: Round, business_round: Round
) -> None:
    client.post(START, {"postcode": "2033AB"})
    client.post(BALLOT, {"plaats-afval": "1"})
    assert OpenBallot.objects.get().round == round_


# --- a round for some wijken ------------------------------------------------------------------------
def test_who_lives_elsewhere_hears_so_whatever_their_way_in(client: Client, round_: Round) -> None:
    code = letter_code(round_, "parkwijk")
    round_.wijken.set([factories.area("meerwijk")])
    answers = [
        client.post(START, {"postcode": "2033AB"}),
        client.post("/doe-mee/code/", {"code": code}),
        client.get(f"/l/{code}"),
        client.post(EMAIL, {"postcode": "2033AB", "email": "jan@example.org"}),
    ]
    assert {answer["Location"] for answer in answers} == {"/doe-mee/andere-wijk/parkwijk/?ronde=2026-1"}
    assert not OutboxMail.objects.exists()
    page = client.get(answers[0]["Location"]).text
    assert "Parkwijk doet niet mee aan deze ronde" in page
    assert 'href="/wijken/parkwijk/"' in page
    assert client.get(BALLOT)["Location"] == START


def test_who_lives_in_a_wijk_of_the_round_comes_in(client: Client, round_: Round) -> None:
    round_.wijken.set([factories.area("parkwijk")])
    assert client.post(START, {"postcode": "2033AB"})["Location"] == BALLOT


# --- letter -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("end", ["", "/"])
def test_the_address_on_a_letter_leads_to_the_ballot_without_the_code(
    client: Client, round_: Round, end: str
) -> None:
    answer = client.get(f"/l/{letter_code(round_)}{end}")
    assert (answer.status_code, answer["Location"]) == (302, BALLOT)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert "Wat is in Meerwijk het belangrijkst?" in client.get(BALLOT).text


def test_opening_a_letters_address_registers_nothing_and_the_session_does_not_hold_the_code(
    client: Client, round_: Round
) -> None:
    code = letter_code(round_)
    client.get(f"/l/{code}")
    client.head(f"/l/{code}/")
    assert not Participation.objects.exists()
    assert code not in str(dict(client.session.items()))


def test_a_wrong_or_old_code_in_an_address_leads_to_the_start_with_a_sentence(
    client: Client, round_: Round
) -> None:
    code = letter_code(round_)
    for path, sentence in (("AAAA-AAAA-AAAA", "Deze code klopt niet."), (code, "niet meer geldig")):
        round_.access_codes.update(expires_at=timezone.now())
        answer = client.get(f"/l/{path}/")
        assert answer["Location"] == START
        assert sentence in client.get(START).text


def test_a_code_of_a_round_that_closed_says_so(client: Client, round_: Round) -> None:
    code = letter_code(round_)
    Round.objects.update(status="closed")
    client.get(f"/l/{code}")
    page = client.get(START).text
    assert "De ronde van deze code is nu niet open." in page
    assert "U kunt nu niet meedoen" in page


def test_a_letter_finds_its_round_among_several(client: Client, round_: Round, business_round: Round) -> None:
    Round.objects.update(ways_in=ALL_WAYS)
    client.get(f"/l/{letter_code(business_round)}")
    client.post(BALLOT, {"plaats-afval": "1"})
    assert OpenBallot.objects.get().round == business_round


def test_guessing_in_addresses_and_in_the_form_counts_together(client: Client, round_: Round) -> None:
    for _try in range(15):
        client.get("/l/AAAA-AAAA-AAAA")
        client.post("/doe-mee/code/", {"code": "AAAA AAAA AAAA"})
    client.get(f"/l/{letter_code(round_)}")
    assert "Wacht tien minuten" in client.get(START).text


# --- e-mail -----------------------------------------------------------------------------------------
def ask(client: Client, email: str = "jan@example.org", postcode: str = "2033AB") -> str:
    """The code in the mail that was sent."""
    client.post(EMAIL, {"ronde": "2026-1", "postcode": postcode, "email": email})
    return mailed_code()


def mailed_code() -> str:
    mail = OutboxMail.objects.order_by("-pk").first()
    assert mail
    found = re.search(r"^(\w{3}-\w{3})$", mail.body_text, re.MULTILINE)
    assert found
    return found[1]


def vote_by_email(client: Client, email: str, theme: str, postcode: str = "2033AB") -> None:
    code = ask(client, email, postcode)
    client.post(EMAIL_CODE, {"code": code})
    client.post(BALLOT, {f"plaats-{theme}": "1"})


def test_a_code_by_mail_leads_to_the_ballot(client: Client, round_: Round) -> None:
    code = ask(client)
    assert "We stuurden een code naar jan@example.org." in client.get(EMAIL_CODE).text
    answer = client.post(EMAIL_CODE, {"code": code.lower().replace("-", " ")})
    assert answer["Location"] == BALLOT
    assert "Wat is in Parkwijk het belangrijkst?" in client.get(BALLOT).text


def test_the_mail_is_secret_and_no_other_row_nor_the_session_holds_the_address_or_the_code(
    client: Client, round_: Round
) -> None:
    code = ask(client)
    assert OutboxMail.objects.get().is_secret
    kept = str(dict(client.session.items()))
    assert "jan@" not in kept
    assert code.replace("-", "") not in kept.upper()
    client.post(EMAIL_CODE, {"code": code})
    assert "awaited_code" not in client.session
    client.post(BALLOT, {"plaats-afval": "1"})
    assert "jan@" not in str([list(model.objects.values()) for model in (Participation, OpenBallot)])


def test_one_address_has_one_ballot_however_it_is_written_and_from_whatever_browser(round_: Round) -> None:
    for email, theme in (("jan@example.org", "afval"), (" Jan@Example.ORG ", "jeugd")):
        vote_by_email(Client(), email, theme)
    assert OpenBallot.objects.get().ranking == "jeugd"
    assert Participation.objects.get().way_in == "email_code"
    vote_by_email(Client(), "anna@example.org", "verkeer")
    assert OpenBallot.objects.count() == 2


def test_nobody_learns_whether_an_address_took_part_before(round_: Round) -> None:
    vote_by_email(Client(), "jan@example.org", "afval")
    pages = []
    for email in ("jan@example.org", "ann@example.org"):
        browser = Client()
        ask(browser, email)
        text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", browser.get(EMAIL_CODE).text)
        pages.append(text.replace(email, ""))
    assert pages[0] == pages[1]


def test_a_wrong_code_may_be_tried_five_times_and_then_even_the_right_one_fails(
    client: Client, round_: Round
) -> None:
    code = ask(client)
    for _try in range(5):
        assert "Deze code klopt niet." in client.post(EMAIL_CODE, {"code": "AAAAAA"}).text
    assert "Deze code is te vaak geprobeerd." in client.post(EMAIL_CODE, {"code": code}).text


def test_a_code_works_for_a_quarter_of_an_hour(client: Client, round_: Round) -> None:
    code = ask(client)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=14), tick=False):
        assert client.post(EMAIL_CODE, {"code": code}).status_code == 302
    other = Client()
    code = ask(other)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16), tick=False):
        assert "Deze code is niet meer geldig." in other.post(EMAIL_CODE, {"code": code}).text


def test_a_code_works_only_in_the_browser_that_asked_for_it(client: Client, round_: Round) -> None:
    code = ask(client)
    assert Client().post(EMAIL_CODE, {"code": code})["Location"] == START


def test_a_new_code_can_be_asked_and_only_the_newest_works(client: Client, round_: Round) -> None:
    first = ask(client)
    assert "We stuurden een nieuwe code." in client.post(NEW_CODE, follow=True).text
    assert "Deze code klopt niet." in client.post(EMAIL_CODE, {"code": first}).text
    assert client.post(EMAIL_CODE, {"code": mailed_code()})["Location"] == BALLOT


def test_one_address_gets_five_mails_an_hour_from_whomever(round_: Round) -> None:
    for _time in range(5):
        ask(Client(), "jan@example.org")
    page = Client().post(EMAIL, {"postcode": "2033AB", "email": "JAN@example.org"})
    assert "We stuurden al een paar codes naar dit adres." in page.text
    assert OutboxMail.objects.count() == 5


def test_one_visitor_cannot_send_mails_without_end(client: Client, round_: Round) -> None:
    for number in range(40):
        ask(client, f"jan{number}@example.org")
    page = client.post(EMAIL, {"postcode": "2033AB", "email": "ander@example.org"})
    assert "Er zijn nu te veel codes gevraagd." in page.text
    assert OutboxMail.objects.count() == 40


def test_a_house_number_is_asked_where_the_postcode_lies_in_two_wijken(client: Client, round_: Round) -> None:
    asked = {"postcode": "2033ZZ", "email": "jan@example.org"}
    page = client.post(EMAIL, asked)
    assert "Uw postcode ligt in twee wijken" in page.text
    assert 'value="jan@example.org"' in page.text
    client.post(EMAIL, {**asked, "huisnummer": "2"})
    client.post(EMAIL_CODE, {"code": mailed_code()})
    assert "Slachthuiswijk" in client.get(BALLOT).text


def test_faults_in_the_form_keep_the_e_mail_way_on_top(client: Client, round_: Round) -> None:
    page = client.post(EMAIL, {"postcode": "2033AB", "email": "jan"})
    assert page.text.count("Vul een e-mailadres in, zoals naam@voorbeeld.nl.") == 2
    assert "<title>Fout:" in page.text


def test_e_mail_is_no_way_in_where_the_round_does_not_have_it(client: Client, round_: Round) -> None:
    Round.objects.update(ways_in=["postcode"])
    client.post(EMAIL, {"postcode": "2033AB", "email": "jan@example.org"})
    assert not OutboxMail.objects.exists()


def test_once_the_round_closed_a_code_that_was_asked_for_leads_to_the_closed_page(
    client: Client, round_: Round
) -> None:
    code = ask(client)
    Round.objects.update(status="closed")
    assert "U kunt nu niet meedoen" in client.post(EMAIL_CODE, {"code": code}, follow=True).text


def test_the_next_voter_on_a_device_does_not_find_a_code_that_is_awaited(
    client: Client, round_: Round
) -> None:
    ask(client)
    client.post("/doe-mee/volgende/")
    assert client.get(EMAIL_CODE)["Location"] == START


@pytest.mark.parametrize("address", ["Jan@Example.org", " jan@example.org ", "jan+politie@example.org"])
def test_capitals_and_labels_make_no_other_mailbox(address: str) -> None:
    assert email_codes.mailbox(address) == "jan@example.org"
