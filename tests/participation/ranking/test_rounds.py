"""Preparing a round, opening it, and giving it more time."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from haarlemveilig.accounts.models import Role
from haarlemveilig.audit.models import AuditEntry
from haarlemveilig.gemeente.models import PopulationCell, Postcode, Theme
from participation.ranking import round_keys, services
from participation.ranking.forms.rounds import fingerprint
from participation.ranking.models import MovedEnd, OpenBallot, Participation, Round
from participation.ranking.selectors import next_step
from tests import factories

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path) -> None:
    settings.KEY_DIR = tmp_path / "keys"


@pytest.fixture
def draft(city: None) -> Round:
    return factories.open_round(status="draft")


@pytest.fixture
def officer(city: None, sign_in: SignIn) -> Client:
    return sign_in(Role.BELEIDSMEDEWERKER)


def filled(**changes: object) -> dict[str, object]:
    """What somebody fills in to make a round."""
    start = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
    form: dict[str, object] = {
        "code": "2027-1",
        "for_year": "2028",
        "kind": "residents",
        "title_nl": "Kies de top 3",
        "title_en": "Choose the top 3",
        "themes": [theme.pk for theme in Theme.objects.safety()],
        "k": "3",
        "wijken": ["WK039209"],
        "ways_in": ["postcode"],
        "asks_remarks": "on",
        "opens_at": f"{start:%Y-%m-%dT%H:%M}",
        "closes_at": f"{start + dt.timedelta(days=14):%Y-%m-%dT%H:%M}",
        "publish_on": f"{start + dt.timedelta(days=30):%Y-%m-%d}",
    }
    return form | changes


# --- preparing --------------------------------------------------------------------------------------
def test_a_colleague_makes_a_round_that_nobody_can_take_part_in_yet(officer: Client, client: Client) -> None:
    page = officer.post(reverse("ranking:round_add"), filled(), follow=True)
    round_ = Round.objects.get()
    assert page.redirect_chain == [(reverse("ranking:round", args=["2027-1"]), 302)]
    assert (round_.status, round_.for_year, dict(round_.title)) == (
        "draft",
        2028,
        {"nl": "Kies de top 3", "en": "Choose the top 3"},
    )
    assert [wijk.code for wijk in round_.wijken.all()] == ["WK039209"]
    assert round_.asks_remarks
    assert not round_.asks_group
    assert "nu niet meedoen" in client.get(reverse("ranking:start")).text
    assert AuditEntry.objects.filter(action="ranking.round_saved").count() == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"code": "2026-1"}, "Deze code heeft een andere ronde al"),
        ({"title_nl": ""}, "Vul in: Titel"),
        ({"themes": []}, "Maak een keuze: Onderwerpen"),
        ({"k": "11"}, "10"),
        ({"k": "9"}, "Kies minstens zoveel onderwerpen"),
        ({"ways_in": []}, "Maak een keuze: Zo kan iemand meedoen"),
        ({"ways_in": ["duif"]}, "duif"),
        ({"closes_at": "2020-01-01T10:00"}, "Het einde ligt voor het begin"),
        ({"publish_on": "2020-01-01"}, "Kies voor de uitslag een dag na het sluiten"),
    ],
)
def test_a_wrong_answer_is_named_and_nothing_typed_is_lost(
    draft: Round, officer: Client, changes: dict[str, object], says: str
) -> None:
    page = officer.post(reverse("ranking:round_add"), filled(intro_nl="Al getypt.", **changes))
    assert page.status_code == 200
    assert says in page.text
    assert page.text.count("Al getypt.") == 1
    assert "<title>Fout:" in page.text
    assert Round.objects.count() == 1


def test_a_draft_can_be_changed(draft: Round, officer: Client) -> None:
    there = reverse("ranking:round_edit", args=[draft.code])
    page = officer.get(there)
    assert page.context["form"]["title_nl"].value() == draft.title["nl"]
    officer.post(there, filled(code=draft.code, seen=fingerprint(draft), kind="entrepreneurs"))
    draft.refresh_from_db()
    assert (draft.kind, draft.for_year) == ("entrepreneurs", 2028)


def test_codes_that_were_made_stay_valid_as_long_as_the_round(draft: Round, officer: Client) -> None:
    services.make_codes(round_=draft, wijken=[factories.area("parkwijk")])
    data = filled(code=draft.code, seen=fingerprint(draft))
    officer.post(reverse("ranking:round_edit", args=[draft.code]), data)
    draft.refresh_from_db()
    assert draft.access_codes.get().expires_at == draft.closes_at


def test_two_colleagues_do_not_overwrite_each_other_unseen(draft: Round, officer: Client) -> None:
    seen = fingerprint(draft)
    Round.objects.update(intro={"nl": "Van een collega."})
    page = officer.post(
        reverse("ranking:round_edit", args=[draft.code]),
        filled(code=draft.code, seen=seen, intro_nl="Van mij."),
    )
    assert "Een collega veranderde deze ronde intussen" in page.text
    assert "Van mij." in page.text
    draft.refresh_from_db()
    assert draft.intro["nl"] == "Van een collega."


def test_an_open_round_cannot_be_changed_any_more(draft: Round, officer: Client) -> None:
    there, data = (
        reverse("ranking:round_edit", args=[draft.code]),
        filled(code=draft.code, seen=fingerprint(draft)),
    )
    services.open_round(round_=draft)
    assert officer.get(there).status_code == 404
    assert officer.post(there, data).status_code == 404


def test_colleagues_see_the_ballot_beforehand_and_nothing_they_send_counts(
    draft: Round, officer: Client
) -> None:
    there = reverse("ranking:round_preview", args=[draft.code])
    page = officer.get(there)
    assert "Voorbeeld" in page.text
    assert "Afval" in page.text
    assert "Kies minstens één onderwerp" in officer.post(there, {}).text
    assert "er is niets geteld" in officer.post(there, {"plaats-afval": "1"}).text
    assert not OpenBallot.objects.exists()
    assert not Participation.objects.exists()


# --- the readiness check ----------------------------------------------------------------------------
def test_a_round_that_is_ready_opens(draft: Round) -> None:
    assert services.faults_before_opening(draft) == []
    services.open_round(round_=draft)
    assert draft.status == "open"
    assert round_keys.exists(draft.code)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"ways_in": []}, "minstens één manier"),
        ({"ways_in": ["raden"]}, "bestaat niet"),
        ({"ways_in": ["letter_code"]}, "nog geen codes"),
        ({"ways_in": ["openid"]}, "geen aanbieder"),
        ({"asks_group": True}, "de bevolking is niet bekend in die groepen"),
        ({"asks_group": True, "kind": "entrepreneurs"}, "alleen aan bewoners"),
        ({"k": 9}, "minder onderwerpen dan plaatsen"),
        ({"title": {}}, "Geef de ronde een titel"),
    ],
)
def test_an_unfinished_or_unprotected_round_does_not_open(
    draft: Round, changes: dict[str, object], says: str
) -> None:
    Round.objects.filter(pk=draft.pk).update(**changes)
    draft.refresh_from_db()
    with pytest.raises(services.RoundError, match=says):
        services.open_round(round_=draft)
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_a_round_does_not_open_without_postcodes(draft: Round) -> None:
    Postcode.objects.all().delete()
    assert any("postcodes" in fault for fault in services.faults_before_opening(draft))


def test_every_theme_says_who_does_what(draft: Round) -> None:
    Theme.objects.filter(code="afval").update(role_politie={})
    (fault,) = services.faults_before_opening(draft)
    assert fault == "Schrijf bij deze onderwerpen wie wat kan doen: Afval."


def test_groups_are_asked_only_where_the_population_is_known_by_them(draft: Round) -> None:
    PopulationCell.objects.create(
        area=factories.area("parkwijk"), year=2024, gender="v", age_from=16, age_below=35, count=10
    )
    Round.objects.update(asks_group=True)
    draft.refresh_from_db()
    assert services.faults_before_opening(draft) == []


def test_a_round_does_not_open_where_its_key_cannot_be_kept(draft: Round, settings, tmp_path) -> None:
    settings.KEY_DIR = tmp_path / "bestand"
    settings.KEY_DIR.write_text("geen map")
    assert any("sleutels" in fault for fault in services.faults_before_opening(draft))


def test_the_page_names_what_is_missing_and_its_button_does_nothing(draft: Round, officer: Client) -> None:
    Round.objects.update(ways_in=[])
    page = officer.get(reverse("ranking:round", args=[draft.code]))
    assert "Kies minstens één manier om mee te doen." in page.text
    assert "disabled" in page.text
    officer.post(reverse("ranking:advance", args=[draft.code]), {"stand": "draft"})
    draft.refresh_from_db()
    assert draft.status == "draft"


# --- more time --------------------------------------------------------------------------------------
def test_the_end_moves_to_later_and_everybody_reads_why(
    draft: Round, officer: Client, client: Client
) -> None:
    services.open_round(round_=draft)
    (code,) = services.make_codes(round_=draft, wijken=[factories.area("parkwijk")])
    later = timezone.localtime(draft.closes_at).replace(second=0, microsecond=0) + dt.timedelta(days=3)
    officer.post(
        reverse("ranking:move_end", args=[draft.code]),
        {"closes_at": f"{later:%Y-%m-%dT%H:%M}", "reason": "De brieven kwamen later aan."},
    )
    draft.refresh_from_db()
    assert draft.closes_at == later
    assert MovedEnd.objects.get().reason == "De brieven kwamen later aan."
    assert draft.access_codes.get().expires_at == later
    assert services.voter_with_code(round_=draft, code=code)
    assert "De brieven kwamen later aan." in officer.get(reverse("ranking:round", args=[draft.code])).text


@pytest.mark.parametrize(("days", "says"), [(-1, "alleen later worden"), (60, "Kies een einde voor die dag")])
def test_the_end_never_moves_to_earlier_nor_past_the_result(
    draft: Round, officer: Client, days: int, says: str
) -> None:
    services.open_round(round_=draft)
    before = draft.closes_at
    moment = timezone.localtime(before) + dt.timedelta(days=days)
    page = officer.post(
        reverse("ranking:move_end", args=[draft.code]),
        {"closes_at": f"{moment:%Y-%m-%dT%H:%M}", "reason": "Mijn reden."},
    )
    assert says in page.text
    assert "Mijn reden." in page.text
    draft.refresh_from_db()
    assert draft.closes_at == before
    assert not MovedEnd.objects.exists()


def test_a_round_whose_time_is_over_gets_no_more(draft: Round) -> None:
    services.open_round(round_=draft)
    over = timezone.now() - dt.timedelta(minutes=1)
    Round.objects.update(closes_at=over)
    draft.refresh_from_db()
    with pytest.raises(services.RoundError, match="niet meer"):
        services.move_end(round_=draft, closes_at=over + dt.timedelta(days=2), reason="x")


# --- what is to be done -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("status", "days", "says"),
    [
        ("draft", 0, "Maak de ronde af"),
        ("open", 0, ""),
        ("open", 11, "sluit de ronde"),
        ("closed", 11, "tel de stembiljetten"),
        ("counted", 11, "publiceer hem."),
        ("counted", 40, "De uitslag is te laat."),
        ("published", 40, ""),
    ],
)
def test_the_desk_says_what_a_round_waits_for(draft: Round, status: str, days: int, says: str) -> None:
    draft.status = status
    step = next_step(draft, timezone.now() + dt.timedelta(days=days))
    assert says in step
    assert bool(step) == bool(says)


def test_what_a_colleague_saved_meanwhile_decides_whether_a_round_opens(draft: Round) -> None:
    Round.objects.update(ways_in=[])
    with pytest.raises(services.RoundError, match="minstens één manier"):
        services.open_round(round_=draft)
