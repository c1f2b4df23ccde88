"""Helping somebody on the telephone or at the counter: half an hour, on the log, without whom or what."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from haarlemveilig.accounts.models import Role
from haarlemveilig.audit.models import AuditEntry
from participation.ranking import round_keys, services
from participation.ranking.models import OpenBallot, Participation, Round
from tests import factories

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
HELP = "/werk/rondes/2026-1/helpen/"
DONE = f"{HELP}klaar/"
BALLOT = "/doe-mee/stembiljet/"
BY_TELEPHONE = {"kanaal": "telephone", "postcode": "2033 ab"}


@pytest.fixture
def round_(city: None, settings, tmp_path) -> Round:
    settings.KEY_DIR = tmp_path / "keys"
    made = factories.open_round()
    round_keys.make(made.code)
    return made


@pytest.fixture
def browser(round_: Round, sign_in: SignIn) -> Client:
    return sign_in(Role.BALIE)


@pytest.fixture
def half_an_hour_later() -> Iterator[None]:
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=30), tick=False):
        yield


def outcomes() -> list[tuple[str, str]]:
    ended = AuditEntry.objects.filter(action="ranking.assisting_ended").order_by("pk")
    return [(entry.details["outcome"], entry.details["ended"]) for entry in ended]


def test_a_helped_ballot_counts_in_the_same_tally_with_its_channel(browser: Client) -> None:
    page = browser.post(HELP, BY_TELEPHONE, follow=True)
    assert "Wat is in Parkwijk het belangrijkst?" in page.text
    assert "U helpt iemand (telefoon)." in page.text
    assert "Nog 30 minuten." in page.text
    counted = browser.post(BALLOT, {"plaats-afval": "1"}, follow=True)
    assert "Uw keuze is geteld" in counted.text
    assert "Klaar: volgende persoon" in counted.text
    assert Participation.objects.get().channel == "telephone"
    assert OpenBallot.objects.get().ranking == "afval"


def test_a_code_is_enough_too(browser: Client, round_: Round) -> None:
    (code,) = services.make_codes(round_=round_, wijken=[factories.area("meerwijk")])
    browser.post(HELP, {"kanaal": "counter", "code": code.lower()})
    browser.post(BALLOT, {"plaats-afval": "1"})
    voted = Participation.objects.get()
    assert (voted.channel, voted.way_in, voted.wijk.slug) == ("counter", "letter_code", "meerwijk")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"postcode": "2033AB"}, "Maak een keuze: Hoe helpt u?"),
        ({"kanaal": "counter"}, "Vul de code of de postcode in."),
        ({"kanaal": "counter", "postcode": "1012JS"}, "Deze postcode ligt niet in deze gemeente."),
        ({"kanaal": "counter", "postcode": "2033ZZ"}, "Uw postcode ligt in twee wijken."),
        ({"kanaal": "counter", "code": "AAAA"}, "Een code heeft 12 tekens."),
        ({"kanaal": "counter", "code": "AAAA-AAAA-AAAA"}, "Deze code klopt niet"),
        ({"kanaal": "counter", "code": "AAAA-AAAA-AAAA", "postcode": "2033AB"}, "Niet allebei."),
    ],
)
def test_what_will_not_do_gets_a_clear_answer_and_starts_nothing(
    browser: Client, data: dict[str, str], sentence: str
) -> None:
    page = browser.post(HELP, data).text
    assert page.count(sentence) >= 2, "in the summary and at the field"
    assert not AuditEntry.objects.filter(action="ranking.assisting_started").exists()
    assert "U helpt iemand (" not in page


def test_a_house_number_decides_between_two_wijken(browser: Client) -> None:
    page = browser.post(HELP, {"kanaal": "counter", "postcode": "2033ZZ", "huisnummer": "2"}, follow=True)
    assert "Slachthuiswijk" in page.text


def test_the_banner_stands_on_every_page_until_the_help_ends(browser: Client) -> None:
    browser.post(HELP, BY_TELEPHONE)
    for address in ("/", "/doe-mee/", "/privacy/", HELP):
        assert "U helpt iemand (telefoon)." in browser.get(address).text
    browser.post(DONE)
    assert "U helpt iemand (telefoon)." not in browser.get("/").text


def test_a_visitor_without_a_session_costs_no_query_for_the_banner(
    client: Client, round_: Round, django_assert_num_queries
) -> None:
    client.get("/privacy/")
    with django_assert_num_queries(0):
        page = client.get("/privacy/")
    assert "sessionid" not in page.cookies


def test_stop_ends_the_help_with_nothing_sent(browser: Client) -> None:
    browser.post(HELP, BY_TELEPHONE)
    page = browser.post(DONE, follow=True)
    assert "Er is niets verstuurd." in page.text
    assert outcomes() == [("nothing", "by_hand")]
    assert browser.get(BALLOT)["Location"] == "/doe-mee/"
    assert not Participation.objects.exists()


def test_after_thirty_minutes_nothing_is_cast_and_the_page_says_why(
    browser: Client, half_an_hour_later: None
) -> None:
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=30), tick=False):
        browser.post(HELP, BY_TELEPHONE)
    page = browser.post(BALLOT, {"plaats-afval": "1"}, follow=True)
    assert "De tijd om te helpen is voorbij." in page.text
    assert "Er is niets verstuurd." in page.text
    assert not OpenBallot.objects.exists()
    browser.post(DONE)
    assert outcomes() == [("nothing", "by_itself")]


def test_what_was_sent_in_time_stays_and_can_no_longer_be_read_back(
    browser: Client, half_an_hour_later: None
) -> None:
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=30), tick=False):
        browser.post(HELP, BY_TELEPHONE)
        browser.post(BALLOT, {"plaats-afval": "1"})
    page = browser.get("/doe-mee/geteld/", follow=True)
    assert "De keuze was al verstuurd en is geteld." in page.text
    assert "bewijs" not in page.context
    assert OpenBallot.objects.get().ranking == "afval"


def test_the_next_person_gets_a_ballot_of_their_own(browser: Client) -> None:
    for theme in ("afval", "jeugd"):
        browser.post(HELP, BY_TELEPHONE)
        assert "U stuurde al een keuze" not in browser.get(BALLOT).text
        browser.post(BALLOT, {f"plaats-{theme}": "1"})
    browser.post(DONE)
    assert sorted(OpenBallot.objects.values_list("ranking", flat=True)) == ["afval", "jeugd"]
    assert outcomes() == [("sent", "by_hand"), ("sent", "by_hand")]


def test_the_next_voter_on_this_device_is_helped_only_when_a_colleague_begins_anew(browser: Client) -> None:
    browser.post(HELP, BY_TELEPHONE)
    browser.post(BALLOT, {"plaats-afval": "1"})
    page = browser.post("/doe-mee/volgende/", follow=True)
    assert page.request["PATH_INFO"] == HELP
    assert "De keuze is geteld. U kunt de volgende persoon helpen." in page.text
    assert outcomes() == [("sent", "by_hand")]
    assert browser.get(BALLOT)["Location"] == "/doe-mee/"
    browser.post("/doe-mee/", {"postcode": "2033AB"})
    browser.post(BALLOT, {"plaats-afval": "1"})
    assert sorted(Participation.objects.values_list("channel", flat=True)) == ["telephone", "web"]


def test_one_help_sends_one_ballot_however_one_comes_in_again(browser: Client, round_: Round) -> None:
    codes = services.make_codes(round_=round_, wijken=[factories.area("meerwijk")] * 3)
    browser.post(HELP, {"kanaal": "counter", "code": codes[0]})
    browser.post(BALLOT, {"plaats-afval": "1"})
    page = browser.post("/doe-mee/code/", {"code": codes[1]}, follow=True)
    assert "U helpt nu niemand meer." in page.text
    assert "U helpt iemand (" not in page.text
    assert outcomes() == [("sent", "by_hand")]
    for code in codes[1:]:
        browser.post("/doe-mee/code/", {"code": code})
        browser.post(BALLOT, {"plaats-jeugd": "1"})
    assert sorted(Participation.objects.values_list("channel", flat=True)) == ["counter", "web", "web"]


def test_one_help_sends_no_second_ballot_in_another_round(browser: Client) -> None:
    other = factories.open_round(code="2026-2", kind="entrepreneurs")
    round_keys.make(other.code)
    browser.post(HELP, BY_TELEPHONE)
    for code in ("2026-1", "2026-2", "2026-1"):
        browser.post("/doe-mee/", {"postcode": "2033AB", "ronde": code})
        browser.post(BALLOT, {"plaats-afval": "1"})
    assert Participation.objects.filter(channel="telephone").count() == 1
    assert outcomes() == [("sent", "by_hand")]


def test_who_is_helped_may_still_change_what_was_sent(browser: Client) -> None:
    browser.post(HELP, BY_TELEPHONE)
    for theme in ("afval", "jeugd"):
        browser.post("/doe-mee/", {"postcode": "2033AB"})
        browser.post(BALLOT, {f"plaats-{theme}": "1"})
    assert Participation.objects.get().channel == "telephone"
    assert OpenBallot.objects.get().ranking == "jeugd"
    assert outcomes() == []


def test_a_helper_does_not_see_what_somebody_chose_before(browser: Client, round_: Round) -> None:
    (code,) = services.make_codes(round_=round_, wijken=[factories.area("meerwijk")])
    voter = services.voter_with_code(round_=round_, code=code)
    services.cast(round_=round_, voter=voter, choice=services.Choice(("afval",)))
    for _time in range(2):
        browser.post(HELP, {"kanaal": "counter", "code": code})
        page = browser.get(BALLOT)
        assert "Met deze code is al een keuze verstuurd" in page.text
        assert 'value="1" checked' not in page.text
        assert browser.get("/doe-mee/geteld/")["Location"] == BALLOT
        browser.post(BALLOT, {"plaats-jeugd": "1"})
    assert Participation.objects.get().channel == "counter"


def test_another_wijk_given_while_helping_stays_in_the_same_channel(browser: Client) -> None:
    browser.post(HELP, BY_TELEPHONE)
    browser.post("/doe-mee/", {"postcode": "2033ZZ", "huisnummer": "2"})
    browser.post(BALLOT, {"plaats-afval": "1"})
    voted = Participation.objects.get()
    assert (voted.channel, voted.wijk.slug) == ("telephone", "slachthuiswijk")


def test_the_session_of_the_colleague_and_the_log_hold_no_choice_and_nobody(browser: Client) -> None:
    browser.post(HELP, BY_TELEPHONE)
    browser.post(BALLOT, {"plaats-afval": "1"})
    assert "afval" not in str(dict(browser.session.items()))
    participation = str(Participation.objects.get().pk)
    browser.post(DONE)
    kept = str(dict(browser.session.items()))
    log = str(list(AuditEntry.objects.values_list("details", "target_id")))
    for telltale in (participation, "afval", "2033"):
        assert telltale not in kept
        assert telltale not in log


def test_a_round_that_is_over_cannot_be_helped_with(browser: Client) -> None:
    Round.objects.update(closes_at=timezone.now() - dt.timedelta(minutes=1))
    assert "Deze ronde is niet open." in browser.post(HELP, BY_TELEPHONE).text


def test_a_round_for_some_wijken_is_not_for_others(browser: Client, round_: Round) -> None:
    round_.wijken.set([factories.area("meerwijk")])
    assert "Deze ronde is niet voor de wijk van deze postcode." in browser.post(HELP, BY_TELEPHONE).text
    own, other = services.make_codes(
        round_=round_, wijken=[factories.area("meerwijk"), factories.area("parkwijk")]
    )
    refused = browser.post(HELP, {"kanaal": "counter", "code": other})
    assert "Deze ronde is niet voor de wijk van deze code." in refused.text
    assert not AuditEntry.objects.filter(action="ranking.assisting_started").exists()
    assert browser.post(HELP, {"kanaal": "counter", "code": own})["Location"] == BALLOT


def test_no_draft_of_whom_is_helped_stays_behind_in_the_browser_of_the_colleague(browser: Client) -> None:
    browser.post(HELP, BY_TELEPHONE)
    assert "data-draft" not in browser.get(BALLOT).text
