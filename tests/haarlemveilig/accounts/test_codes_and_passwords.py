import re

import pytest
from django.core import mail as django_mail
from django.test import Client

from haarlemveilig.accounts.models import User
from haarlemveilig.mail import services
from haarlemveilig.mail.models import OutboxMail
from tests.haarlemveilig.accounts.conftest import PASSWORD, totp

CONFIRM = "/account/login/code/confirm/"
AUTHENTICATE = "/account/2fa/authenticate/"


def ask_code(client: Client, email: str) -> OutboxMail:
    client.post("/account/login/code/", {"email": email})
    return OutboxMail.objects.latest("pk")


def code_in(mail: OutboxMail) -> str:
    found = re.search(r"^[A-Z0-9-]{6,}$", mail.body_text, re.MULTILINE)
    assert found
    return found[0]


def test_a_sign_in_code_goes_through_the_outbox_and_is_wiped_on_sending(
    client: Client, colleague: User
) -> None:
    mail = ask_code(client, colleague.email)
    code = code_in(mail)
    assert (mail.kind, mail.is_secret, mail.status) == ("login_code", True, "queued")
    assert mail.subject == "Uw code om in te loggen"
    services.deliver(mail.pk)
    assert code in django_mail.outbox[0].body
    mail.refresh_from_db()
    assert (mail.status, mail.body_text, mail.body_html) == ("sent", "", "")


def test_a_code_by_mail_replaces_the_password_but_not_the_second_step(
    client: Client, colleague: User, secret: str
) -> None:
    code = code_in(ask_code(client, colleague.email))
    assert client.post(CONFIRM, {"code": code})["Location"] == AUTHENTICATE
    assert client.post(AUTHENTICATE, {"code": totp(secret)})["Location"] == "/werk/"


def test_a_wrong_code_is_told_at_the_field(client: Client, colleague: User) -> None:
    ask_code(client, colleague.email)
    page = client.post(CONFIRM, {"code": "VERKEERD"}).content.decode()
    assert page.count("Deze code klopt niet. Kijk in de nieuwste mail.") == 2


def test_an_unknown_address_gets_the_same_page_and_a_mail_that_lets_nobody_in(
    client: Client, colleague: User
) -> None:
    mail = ask_code(client, "onbekend@example.org")
    assert mail.kind == "unknown_account"
    assert "http" not in mail.body_text
    assert client.get(CONFIRM).status_code == 200


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(client: Client, colleague: User) -> None:
    client.post("/account/password/reset/", {"email": colleague.email})
    mail = OutboxMail.objects.get()
    assert (mail.kind, mail.is_secret) == ("password_reset_key", True)
    link = re.search(r"http://testserver(/\S+)", mail.body_text)
    assert link
    form = client.get(link[1], follow=True)
    new = {"password1": "een-ander-wachtwoord", "password2": "een-ander-wachtwoord"}
    assert client.post(form.redirect_chain[-1][0], new).status_code == 302
    colleague.refresh_from_db()
    assert colleague.check_password("een-ander-wachtwoord")
    assert "Deze link werkt niet meer" in Client().get(link[1], follow=True).content.decode()


@pytest.mark.parametrize(
    ("password", "message"),
    [("kort", "Gebruik minstens 12 tekens."), ("wachtwoord12", "")],
    ids=["short", "long"],
)
def test_a_new_password_has_at_least_twelve_signs(
    password: str, message: str, client: Client, colleague: User
) -> None:
    client.post("/account/login/", {"login": colleague.email, "password": PASSWORD})
    answer = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    page = client.post("/account/password/change/", answer)
    colleague.refresh_from_db()
    assert colleague.check_password(password) == (not message)
    assert message in page.content.decode()
