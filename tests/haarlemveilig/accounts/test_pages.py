"""The pages of allauth look like ours, in Dutch, and keep to the strict policy."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from haarlemveilig.accounts.models import User
from tests.haarlemveilig.accounts.conftest import PASSWORD

OPEN = [
    ("login/", "Inloggen"),
    ("login/code/", "Inloggen met een code"),
    ("signup/", "U kunt hier geen account maken"),
    ("password/reset/", "Wachtwoord vergeten"),
    ("password/reset/done/", "Kijk in uw mail"),
    ("password/reset/key/1-x/", "Deze link werkt niet meer"),
    ("password/reset/key/done/", "Uw wachtwoord is gewijzigd"),
    ("inactive/", "Dit account is uitgezet"),
]
SIGNED_IN = [
    ("logout/", "Uitloggen"),
    ("password/change/", "Wachtwoord kiezen"),
    ("reauthenticate/", "Laat zien dat u het bent"),
    ("2fa/", "Inloggen met twee stappen"),
    ("2fa/totp/activate/", "Tweede stap instellen"),
    ("2fa/webauthn/", "Beveiligingssleutels"),
]
WITH_SECOND_STEP = [
    ("2fa/totp/deactivate/", "App loskoppelen"),
    ("2fa/reauthenticate/", "Laat zien dat u het bent"),
    ("2fa/recovery-codes/", "Uw reservecodes"),
    ("2fa/recovery-codes/generate/", "Nieuwe reservecodes"),
]


def check(page: str, heading: str) -> None:
    assert f'<h1 class="utrecht-heading-1">{heading}</h1>' in page
    assert page.count("<h1") == 1
    assert page.count("<main") == 1
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", page)
    for script in re.findall(r"<script[^>]*>", page):
        assert "src=" in script or 'type="application/json"' in script
    for control in re.findall(r"<input[^>]*>", page):
        assert "utrecht-" in control or "hidden" in control or "checkbox" in control


@pytest.mark.parametrize(("path", "heading"), OPEN)
def test_what_one_sees_before_signing_in(path: str, heading: str, client: Client, city: None) -> None:
    check(client.get(f"/account/{path}", follow=True).content.decode(), heading)


@pytest.mark.parametrize(("path", "heading"), SIGNED_IN)
def test_what_one_manages_once_signed_in(path: str, heading: str, client: Client, colleague: User) -> None:
    client.post("/account/login/", {"login": colleague.email, "password": PASSWORD})
    check(client.get(f"/account/{path}").content.decode(), heading)


@pytest.mark.parametrize(("path", "heading"), WITH_SECOND_STEP)
def test_what_one_manages_with_a_second_step(
    path: str, heading: str, client: Client, colleague: User
) -> None:
    client.post("/account/login/", {"login": colleague.email, "password": PASSWORD})
    RecoveryCodes.activate(colleague)
    TOTP.activate(colleague, generate_totp_secret())
    check(client.get(f"/account/{path}").content.decode(), heading)


def test_the_code_pages_look_like_ours_too(client: Client, colleague: User, secret: str) -> None:
    client.post("/account/login/code/", {"email": colleague.email})
    check(client.get("/account/login/code/confirm/").content.decode(), "Vul de code in")
    client.logout()
    client.post("/account/login/", {"login": colleague.email, "password": PASSWORD})
    check(client.get("/account/2fa/authenticate/").content.decode(), "Tweede stap")


def test_a_form_with_mistakes_starts_with_what_is_wrong(client: Client, city: None) -> None:
    page = client.post("/account/login/", {}).content.decode()
    assert '<div class="hv-errors" role="alert"' in page
    assert 'href="#id_login"' in page
