import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from pytest_django import Settings

from haarlemveilig.accounts.models import User
from haarlemveilig.mail.models import OutboxMail
from tests import factories
from tests.haarlemveilig.accounts.conftest import PASSWORD, totp

LOGIN = "/account/login/"
ACTIVATE = "/account/2fa/totp/activate/"
AUTHENTICATE = "/account/2fa/authenticate/"


def log_in(client: Client, email: str, password: str = PASSWORD, **fields: str) -> str:
    """Send the sign-in form; returns where it leads, or the page that came back."""
    response = client.post(LOGIN, {"login": email, "password": password, **fields})
    return response.headers.get("Location") or response.content.decode()


def is_signed_in(client: Client) -> bool:
    return client.get("/werk/").headers.get("Location", "") != f"{LOGIN}?next=/werk/"


def test_a_colleague_sets_up_the_second_step_once_and_needs_it_ever_after(
    client: Client, colleague: User
) -> None:
    with time_machine.travel("2026-11-02 09:00+0100") as clock:
        assert log_in(client, colleague.email) == "/werk/"
        assert client.get("/werk/")["Location"] == ACTIVATE
        page = client.get(ACTIVATE).content.decode()
        assert "Stel eerst de tweede stap van het inloggen in." in page
        found = re.search(r'<span class="hv-code">([A-Z2-7]+)</span>', page)
        assert found
        activated = client.post(ACTIVATE, {"code": totp(found[1])}, follow=True).content.decode()
        assert activated.count('<span class="hv-code">') == 10
        assert client.get("/werk/").status_code == 200
        client.post("/account/logout/")
        assert not is_signed_in(client)

        clock.shift(60)
        assert log_in(client, colleague.email) == AUTHENTICATE
        assert not is_signed_in(client)
        refused = client.post(AUTHENTICATE, {"code": "000000"}).content.decode()
        assert refused.count("Deze code klopt niet. Wacht op de volgende code") == 2
        assert client.post(AUTHENTICATE, {"code": totp(found[1])})["Location"] == "/werk/"
        assert client.get("/werk/").status_code == 200


def test_it_leads_to_the_page_that_was_asked_for(client: Client, colleague: User, secret: str) -> None:
    log_in(client, colleague.email, next="/werk/afwegen/")
    assert client.post(AUTHENTICATE, {"code": totp(secret)})["Location"] == "/werk/afwegen/"


def test_a_recovery_code_opens_the_door_once(client: Client, colleague: User, secret: str) -> None:
    code = RecoveryCodes.activate(colleague).get_unused_codes()[0]
    log_in(client, colleague.email)
    assert client.post(AUTHENTICATE, {"code": code})["Location"] == "/werk/"
    client.post("/account/logout/")
    log_in(client, colleague.email)
    assert "Deze code klopt niet." in client.post(AUTHENTICATE, {"code": code}).content.decode()


def test_a_wrong_password_is_told_in_plain_dutch_and_the_address_stays(
    client: Client, colleague: User
) -> None:
    page = log_in(client, colleague.email, "iets-heel-anders")
    assert "Het e-mailadres of het wachtwoord klopt niet." in page
    assert f'value="{colleague.email}"' in page
    assert "<title>Fout:" in page
    assert not is_signed_in(client)


def test_capitals_in_the_address_make_no_difference(client: Client, colleague: User) -> None:
    assert log_in(client, "Beleidsmedewerker@Example.org") == "/werk/"


def test_an_account_that_was_put_out_of_use_stays_out(client: Client, colleague: User) -> None:
    User.objects.update(is_active=False)
    assert log_in(client, colleague.email) == "/account/inactive/"
    assert not is_signed_in(client)


def test_after_ten_wrong_passwords_one_has_to_wait(client: Client, colleague: User) -> None:
    pages = [log_in(client, colleague.email, f"fout-{number}") for number in range(11)]
    assert "U probeerde het te vaak." in pages[-1]


def test_nobody_makes_an_account_by_themselves(client: Client, city: None) -> None:
    answer = {"email": "nieuw@example.org", "password1": PASSWORD}
    page = client.post("/account/signup/", answer).content.decode()
    assert "U kunt hier geen account maken" in page
    assert not User.objects.exists()


# --- who needs the second step --------------------------------------------------------------------
@pytest.mark.parametrize("path", ["/werk/", "/werk/afwegen/", "/werk/uitgaande-mail/", "/beheer/", "/stijl/"])
def test_no_private_page_opens_before_the_second_step_is_set_up(
    path: str, client: Client, colleague: User
) -> None:
    client.force_login(colleague)
    assert client.get(path)["Location"] == ACTIVATE


def test_a_raadslid_needs_no_second_step(client: Client, city: None) -> None:
    client.force_login(factories.user("raadslid"))
    assert client.get("/werk/afwegen/").status_code == 403


def test_a_colleague_keeps_at_least_one_second_factor(client: Client, colleague: User, secret: str) -> None:
    log_in(client, colleague.email)
    client.post(AUTHENTICATE, {"code": totp(secret)})
    page = client.post("/account/2fa/totp/deactivate/", {}).content.decode()
    assert "U hebt een tweede stap nodig." in page
    assert Authenticator.objects.filter(type="totp").exists()


def test_the_admin_has_no_sign_in_of_its_own(client: Client, city: None) -> None:
    assert client.get("/beheer/login/")["Location"].startswith(LOGIN)


# --- demo accounts --------------------------------------------------------------------------------
@pytest.fixture
def demo_account(city: None) -> User:
    return factories.user("raadslid", password=PASSWORD, is_demo=True)


def test_a_demo_account_gets_in_in_demo_mode(client: Client, demo_account: User, settings: Settings) -> None:
    settings.DEMO = True
    assert log_in(client, demo_account.email) == "/werk/"
    assert is_signed_in(client)


def test_a_demo_account_is_refused_outside_demo_mode(client: Client, demo_account: User) -> None:
    assert log_in(client, demo_account.email) == "/account/inactive/"
    assert not is_signed_in(client)


def test_a_session_from_demo_mode_ends_with_it(
    client: Client, demo_account: User, settings: Settings
) -> None:
    settings.DEMO = True
    client.force_login(demo_account)
    assert is_signed_in(client)
    settings.DEMO = False
    assert not is_signed_in(client)


def test_a_code_by_mail_does_not_let_a_demo_account_in(client: Client, demo_account: User) -> None:
    client.post("/account/login/code/", {"email": demo_account.email})
    code = OutboxMail.objects.get().body_text.split("\n\n")[2]
    client.post("/account/login/code/confirm/", {"code": code})
    assert not is_signed_in(client)
