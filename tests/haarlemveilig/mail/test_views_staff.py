from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from haarlemveilig.accounts.models import Role, User
from haarlemveilig.mail.models import OutboxMail
from haarlemveilig.mail.services import queue_rendered
from tests import factories

SignIn = Callable[[User | str], Client]
OUTBOX = "/werk/uitgaande-mail/"

pytestmark = pytest.mark.usefixtures("city")


def mail(**fields: object) -> OutboxMail:
    defaults = {"kind": "signup", "recipient": "an@example.org", "subject": "Uw plek", "text": "Tot dan."}
    return queue_rendered(**(defaults | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize("role", Role.values)
def test_only_beheerder_and_communicatie_see_the_outbox(role: str, sign_in: SignIn) -> None:
    browser = sign_in(role)
    expected = 200 if role in ("beheerder", "communicatie") else 403
    assert browser.get(OUTBOX).status_code == expected
    assert browser.get(f"{OUTBOX}{mail().pk}/").status_code == expected


def test_outsiders_and_strangers_do_not(sign_in: SignIn, client: Client) -> None:
    assert sign_in(factories.outsider()).get(OUTBOX).status_code == 403
    assert client.get(OUTBOX).status_code == 302


def test_the_outbox_shows_who_what_and_how_it_went(sign_in: SignIn) -> None:
    mail()
    OutboxMail.objects.update(status="failed", error="Geen verbinding")
    page = sign_in("communicatie").get(OUTBOX).content.decode()
    for text in ("an@example.org", "Uw plek", "signup", "niet gelukt"):
        assert text in page


def test_an_empty_outbox_says_what_will_come(sign_in: SignIn) -> None:
    assert "Er is nog geen mail verstuurd" in sign_in("communicatie").get(OUTBOX).content.decode()


def test_a_mail_can_be_read(sign_in: SignIn) -> None:
    assert "Tot dan." in sign_in("communicatie").get(f"{OUTBOX}{mail().pk}/").content.decode()


@pytest.mark.parametrize("status", OutboxMail.Status.values)
def test_the_text_of_a_secret_mail_is_never_shown(status: str, sign_in: SignIn) -> None:
    secret = mail(secret=True, text="CODE123", html="<p>CODE123</p>")
    OutboxMail.objects.update(status=status)
    page = sign_in("beheerder").get(f"{OUTBOX}{secret.pk}/").content.decode()
    assert "CODE123" not in page
    assert "Deze mail is geheim." in page


def test_a_full_page_of_mails_costs_few_queries(
    sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        mail(subject=f"Mail {number}")
    browser = sign_in("beheerder")
    browser.get(OUTBOX)
    with django_assert_max_num_queries(4):
        page = browser.get(OUTBOX, {"page": "2"}).content.decode()
    assert page.count("Mail ") == 10
