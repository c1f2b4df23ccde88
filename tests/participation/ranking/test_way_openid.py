"""Signing in at the residents' provider: a real one, and what must never come of it."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.messages import get_messages
from django.test import Client
from pytest_django import Settings

from haarlemveilig.accounts.models import User
from participation.ranking import round_keys
from participation.ranking.models import OpenBallot, Participation, Round
from tests import factories
from tests.haarlemveilig.accounts.oidc import provider_app, running_provider, sign_in_at_provider

pytestmark = pytest.mark.django_db
BALLOT = "/doe-mee/stembiljet/"
ON_TOP = "/doe-mee/?ronde=2026-1&manier=inloggen"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with running_provider("bewoners") as address:
        yield address


def set_provider(settings: Settings, address: str) -> None:
    app = provider_app("bewoners", address, scope=["openid"], fetch_userinfo=False)
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    settings.RESIDENT_OIDC = "bewoners"


@pytest.fixture
def round_(city: None, settings: Settings, tmp_path) -> Round:
    settings.KEY_DIR = tmp_path / "keys"
    made = factories.open_round(ways_in=["openid", "postcode"])
    round_keys.make(made.code)
    return made


def come_back_as(client: Client, name: str) -> str:
    """Where our callback leads after `name` signed in at the provider."""
    began = client.get("/doe-mee/inloggen/", {"ronde": "2026-1"})
    return client.get(sign_in_at_provider(began["Location"], name))["Location"]


def vote(client: Client, theme: str) -> None:
    client.post("/doe-mee/ingelogd/", {"ronde": "2026-1", "postcode": "2033AB"})
    client.post(BALLOT, {f"plaats-{theme}": "1"})


def test_a_resident_signs_in_gives_a_postcode_and_votes(
    client: Client, round_: Round, provider: str, settings: Settings
) -> None:
    set_provider(settings, provider)
    assert 'href="/doe-mee/inloggen/?ronde=2026-1"' in client.get("/doe-mee/").text
    assert come_back_as(client, "alice") == ON_TOP
    assert "U bent ingelogd. Waar woont u?" in client.get(ON_TOP).text
    vote(client, "afval")
    assert OpenBallot.objects.get().ranking == "afval"
    assert Participation.objects.get().way_in == "openid"


def test_one_person_has_one_ballot_in_every_browser_and_another_person_another(
    round_: Round, provider: str, settings: Settings
) -> None:
    set_provider(settings, provider)
    for name, theme in (("alice", "afval"), ("alice", "jeugd"), ("bob", "verkeer")):
        browser = Client()
        come_back_as(browser, name)
        vote(browser, theme)
    assert sorted(OpenBallot.objects.values_list("ranking", flat=True)) == ["jeugd", "verkeer"]
    assert Participation.objects.count() == 2


def test_no_account_is_made_and_no_claim_is_kept_not_even_in_the_session(
    client: Client, round_: Round, provider: str, settings: Settings
) -> None:
    set_provider(settings, provider)
    come_back_as(client, "alice")
    assert not User.objects.exists()
    assert not SocialAccount.objects.exists()
    kept = str(dict(client.session.items()))
    assert not [claim for claim in ("alice", "Jan", "999990019", "example.org") if claim in kept]


def test_only_who_somebody_is_is_asked_with_a_challenge_and_a_state(
    client: Client, round_: Round, provider: str, settings: Settings
) -> None:
    set_provider(settings, provider)
    asked = parse_qs(urlsplit(client.get("/doe-mee/inloggen/")["Location"]).query)
    assert asked["scope"] == ["openid"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["state"]


def test_the_session_gets_a_new_key_when_somebody_signed_in(
    client: Client, round_: Round, provider: str, settings: Settings
) -> None:
    set_provider(settings, provider)
    began = client.get("/doe-mee/inloggen/")
    noted = client.cookies["sessionid"].value
    client.get(sign_in_at_provider(began["Location"], "alice"))
    assert client.cookies["sessionid"].value != noted


def test_the_residents_provider_lets_nobody_into_an_account_of_a_colleague(
    client: Client, round_: Round, provider: str, settings: Settings
) -> None:
    set_provider(settings, provider)
    colleague = factories.user("beheerder")
    User.objects.filter(pk=colleague.pk).update(email="jan@example.org")
    page = client.get("/account/oidc/bewoners/login/?next=/werk/")
    assert page.status_code == 200
    began = client.post("/account/oidc/bewoners/login/?next=/werk/")
    client.get(sign_in_at_provider(began["Location"], "alice"))
    assert "_auth_user_id" not in client.session
    assert client.get("/werk/")["Location"].startswith("/account/login/")


def test_a_colleague_cannot_join_a_residents_identity_to_their_account(
    round_: Round, provider: str, settings: Settings, sign_in
) -> None:
    set_provider(settings, provider)
    browser = sign_in("beheerder")
    began = browser.post("/account/oidc/bewoners/login/?process=connect")
    browser.get(sign_in_at_provider(began["Location"], "alice"))
    assert not SocialAccount.objects.exists()


def test_the_sign_in_page_of_colleagues_does_not_offer_the_residents_provider(
    client: Client, city: None, settings: Settings
) -> None:
    set_provider(settings, "https://id.example.org")
    assert "DigiD" not in client.get("/account/login/").text


def test_who_breaks_off_at_the_provider_is_back_at_the_start_with_a_sentence(
    client: Client, round_: Round, provider: str, settings: Settings
) -> None:
    set_provider(settings, provider)
    state = parse_qs(urlsplit(client.get("/doe-mee/inloggen/")["Location"]).query)["state"][0]
    back = client.get("/account/oidc/bewoners/login/callback/", {"error": "access_denied", "state": state})
    assert back["Location"] == ON_TOP
    assert "Inloggen is niet gelukt." in client.get(ON_TOP).text


def test_a_provider_that_is_away_leaves_the_other_ways(
    client: Client, round_: Round, settings: Settings
) -> None:
    set_provider(settings, "http://127.0.0.1:9")
    answer = client.get("/doe-mee/inloggen/")
    assert answer["Location"] == ON_TOP
    assert [str(said) for said in get_messages(answer.wsgi_request)] == [
        "Inloggen lukt nu niet. Probeer het later, of kies een andere manier."
    ]


def test_without_a_provider_there_is_no_button_and_no_way_in(client: Client, round_: Round) -> None:
    assert "inloggen" not in client.get("/doe-mee/").text
    assert client.get("/doe-mee/inloggen/").status_code == 200


def test_a_postcode_alone_does_not_count_as_signed_in(
    client: Client, round_: Round, settings: Settings
) -> None:
    set_provider(settings, "https://id.example.org")
    page = client.post("/doe-mee/ingelogd/", {"ronde": "2026-1", "postcode": "2033AB"})
    assert page.status_code == 200
    assert client.get(BALLOT).status_code == 302


def test_the_next_voter_on_a_device_is_not_signed_in(
    client: Client, round_: Round, provider: str, settings: Settings
) -> None:
    set_provider(settings, provider)
    come_back_as(client, "alice")
    vote(client, "afval")
    client.post("/doe-mee/volgende/")
    assert "U bent ingelogd" not in client.get(ON_TOP).text
