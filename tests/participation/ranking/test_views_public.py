import datetime as dt
import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from haarlemveilig.gemeente.models import PopulationCell
from haarlemveilig.gemeente.selectors import wijk
from participation.ranking import round_keys, services
from participation.ranking.ballot_page import ballot_context
from participation.ranking.models import OpenBallot, OpenRemark, Participation, Round
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
def asking_round(round_: Round) -> Round:
    """A round that also asks for a group and for remarks."""
    cells = [(first, below, gender) for first, below in ((16, 35), (35, 65), (65, None)) for gender in "mv"]
    for first, below, gender in cells:
        PopulationCell.objects.create(
            area=factories.area("parkwijk"),
            year=2024,
            gender=gender,
            age_from=first,
            age_below=below,
            count=900,
        )
    round_.asks_group = round_.asks_remarks = True
    round_.save()
    return round_


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


def test_right_codes_from_one_address_are_never_too_many(client: Client, round_: Round) -> None:
    codes = services.make_codes(round_=round_, wijken=[factories.area("parkwijk")] * 40)
    answers = [Client().post("/doe-mee/code/", {"code": code}) for code in codes]
    assert {answer["Location"] for answer in answers} == {BALLOT}


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


def draft_key(page: str) -> str:
    (key,) = re.findall(r'data-draft="(.*?)"', page)
    return key


def test_the_draft_in_a_browser_has_a_name_of_its_own_for_each_voter(at_the_ballot: Client) -> None:
    own = draft_key(at_the_ballot.get(BALLOT).text)
    assert re.fullmatch(r"stembiljet-[0-9a-f]{6}", own)
    assert own.rpartition("-")[2] not in str(dict(at_the_ballot.session.items())), "it tells of nobody"
    at_the_ballot.post(START, {"postcode": "2033AB"})
    assert draft_key(at_the_ballot.get(BALLOT).text) == own
    counted = at_the_ballot.post(BALLOT, {"plaats-afval": "1"}, follow=True)
    assert draft_key(counted.text) == own, "sent, so that the page can erase it"
    at_the_ballot.post("/doe-mee/volgende/")
    at_the_ballot.post(START, {"postcode": "2033AB"})
    assert draft_key(at_the_ballot.get(BALLOT).text) != own


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


def stamp_on(page: str) -> str:
    found = re.search(r'name="sinds" value="([^"]+)"', page)
    assert found
    return found[1]


def test_two_letters_in_two_tabs_never_count_for_each_other(client: Client, round_: Round) -> None:
    codes = services.make_codes(
        round_=round_, wijken=[factories.area("parkwijk"), factories.area("meerwijk")]
    )
    stamps = []
    for code in codes:
        client.post(f"{START}code/", {"code": code})
        stamps.append(stamp_on(client.get(BALLOT).text))
    refused = client.post(BALLOT, {"plaats-afval": "1", "sinds": stamps[0]}, follow=True)
    assert "Deze keuze is niet geteld." in refused.text
    assert "Wat is in Meerwijk het belangrijkst?" in refused.text
    assert not OpenBallot.objects.exists()
    client.post(BALLOT, {"plaats-jeugd": "1", "sinds": stamps[1]})
    assert [(one.wijk.slug, one.ranking) for one in OpenBallot.objects.all()] == [("meerwijk", "jeugd")]


def test_nobody_is_promised_longer_than_their_browser_remembers_them(
    client: Client, at_the_ballot: Client, round_: Round
) -> None:
    """Who gave only a postcode exists in this session alone; who has a letter can always come back."""
    assert "Zolang u deze browser open laat" in at_the_ballot.get(BALLOT).text
    page = at_the_ballot.post(BALLOT, {"plaats-afval": "1"}, follow=True)
    assert "kan zolang u deze browser open laat" in page.text
    (code,) = services.make_codes(round_=round_, wijken=[factories.area("parkwijk")])
    with_letter = Client()
    with_letter.post(f"{START}code/", {"code": code})
    end = f"{timezone.localtime(round_.closes_at).day} "
    assert f"tot en met {end}" in with_letter.get(BALLOT).text


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
    at_the_ballot: Client, asking_round: Round, django_assert_max_num_queries
) -> None:
    sent = {"plaats-afval": "1", "leeftijd": "65+", "geslacht": "m", "eigen": "Duiven"}
    at_the_ballot.get(BALLOT)
    with django_assert_max_num_queries(5):
        at_the_ballot.get(BALLOT)
    with django_assert_max_num_queries(8):  # two of them are the savepoint of the test's own transaction
        at_the_ballot.post(BALLOT, sent)
    assert OpenRemark.objects.exists()


def test_group_and_remarks_come_along_with_the_ballot(at_the_ballot: Client, asking_round: Round) -> None:
    page = at_the_ballot.get(BALLOT).text
    assert "35 tot en met 64 jaar" in page
    assert "65 jaar of ouder" in page
    texts = {"eigen": "Duiven", "waarom": "Het stinkt.", "zelf": "Ik ruim op."}
    at_the_ballot.post(BALLOT, {"plaats-afval": "1", "leeftijd": "35-64", "geslacht": "v", **texts})
    assert OpenBallot.objects.get().cell == "35-64/v"
    kept = dict(OpenRemark.objects.values_list("kind", "text"))
    assert kept == {"suggestion": "Duiven", "motivation": "Het stinkt.", "own_part": "Ik ruim op."}


def test_above_every_free_text_stands_whom_to_call_and_not_to_name_people(
    at_the_ballot: Client, asking_round: Round
) -> None:
    before_each = at_the_ballot.get(BALLOT).text.split("<textarea")[:-1]
    assert len(before_each) == 3
    for text in before_each:
        assert "tel:112" in text
        assert "Noem hier geen namen van mensen" in text


def test_what_the_round_does_not_ask_is_neither_shown_nor_kept(at_the_ballot: Client, round_: Round) -> None:
    page = at_the_ballot.get(BALLOT).text
    assert "leeftijd" not in page
    assert "<textarea" not in page
    at_the_ballot.post(BALLOT, {"plaats-afval": "1", "leeftijd": "65+", "geslacht": "m", "eigen": "Duiven"})
    assert OpenBallot.objects.get().cell == ""
    assert not OpenRemark.objects.exists()


def test_a_text_that_is_too_long_says_so_twice_and_loses_nothing(
    at_the_ballot: Client, asking_round: Round
) -> None:
    sent = {"plaats-afval": "1", "leeftijd": "65+", "geslacht": "-", "eigen": "Duiven", "zelf": "c" * 501}
    page = at_the_ballot.post(BALLOT, sent).text
    assert page.count("Uw tekst is 501 tekens lang") == 2
    assert 'href="#zelf"' in page
    assert 'aria-describedby="fout-zelf"' in page
    assert "c" * 501 in page
    assert "Duiven" in page
    assert 'value="65+" checked' in page
    assert 'name="geslacht" value="-" checked' in page
    assert ' value="1" checked' in page
    assert not OpenBallot.objects.exists()


def test_coming_back_does_not_read_back_group_and_remarks_and_says_so(
    at_the_ballot: Client, asking_round: Round
) -> None:
    sent = {"plaats-afval": "1", "leeftijd": "65+", "geslacht": "m", "eigen": "Duiven"}
    at_the_ballot.post(BALLOT, sent)
    page = at_the_ballot.get(BALLOT).text
    assert "laten we niet opnieuw zien" in page
    assert "Duiven" not in page
    assert 'value="65+" checked' not in page
    assert ' value="1" checked' in page


def test_the_browser_takes_part_in_the_secret_number_and_nonsense_does_no_harm(
    at_the_ballot: Client, monkeypatch
) -> None:
    monkeypatch.setattr(
        "participation.ranking.services.casting.secrets.token_bytes", lambda size: b"\1" * size
    )
    at_the_ballot.post(BALLOT, {"plaats-afval": "1", "toeval": "ff" * 16})
    assert OpenBallot.objects.get().nonce == "fe" * 16
    at_the_ballot.post(BALLOT, {"plaats-afval": "1", "toeval": "zz"})
    assert OpenBallot.objects.get().nonce == "01" * 16


def test_the_words_of_the_script_are_public_and_may_be_kept_by_the_browser(client: Client) -> None:
    response = client.get("/doe-mee/stembiljet/woorden/?nl")
    assert response.json()["restore"] == "Zet mijn keuze terug"
    assert "max-age" in response["Cache-Control"]
    assert not response.cookies


def test_the_thanks_of_the_round_and_the_whole_receipt_are_on_the_page_that_says_it_counted(
    at_the_ballot: Client, round_: Round
) -> None:
    Round.objects.update(thanks={"nl": "De burgemeester dankt u."})
    page = at_the_ballot.post(BALLOT, {"plaats-afval": "1"}, follow=True)
    assert "De burgemeester dankt u." in page.text
    assert OpenBallot.objects.get().leaf in page.text
    assert page.context["canonical"].replace('"', "&quot;") in page.text


@pytest.mark.parametrize(
    ("k", "sentence"),
    [
        (1, "Kies het onderwerp dat u het belangrijkst vindt."),
        (3, "Kies 1, 2 of 3 onderwerpen."),
        (5, "Kies minstens 1 en hoogstens 5 onderwerpen."),
    ],
)
def test_the_ballot_says_how_many_one_may_choose(at_the_ballot: Client, k: int, sentence: str) -> None:
    Round.objects.update(k=k)
    page = at_the_ballot.get(BALLOT).text
    assert sentence in page
    assert "telt als minder belangrijk dan wat u wel kiest" in page
    assert page.count(f' value="{k}"') >= 5


def test_a_draft_can_be_looked_at_as_a_ballot_that_counts_nothing(city: None) -> None:
    draft = factories.open_round(status="draft")
    context = ballot_context(draft, wijk=wijk("parkwijk"), seed=1, preview=True)
    page = render_to_string("ranking/ballot.html", context)
    assert "Voorbeeld: er wordt niets geteld." in page
    assert '<form class="hv-ballot" method="post"' in page
    assert "data-draft" not in page
    draft.themes.remove(draft.themes.get(code="afval"))
    again = ballot_context(draft, wijk=wijk("parkwijk"), seed=1, preview=True)
    assert "Afval" not in render_to_string("ranking/ballot.html", again)
