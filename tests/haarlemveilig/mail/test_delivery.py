"""Mail goes over a real SMTP connection to a peer in this process."""

import datetime as dt
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone
from pytest_django import Settings

from haarlemveilig.mail import services, tasks
from haarlemveilig.mail.models import OutboxMail

pytestmark = pytest.mark.django_db
NOW = timezone.now()


class Peer:
    """A mail server that keeps what it gets, or answers with `refusal`."""

    refusal = ""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        if self.refusal:
            return self.refusal
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def peer(settings: Settings) -> Iterator[Peer]:
    handler = Peer()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield handler
    controller.stop()


def queued(**fields: Any) -> OutboxMail:
    defaults = {
        "kind": "signup",
        "recipient": "an@example.org",
        "subject": "Uw  plek\nis vast",
        "text": "Tot dan & dag.",
    }
    return services.queue_rendered(**(defaults | fields))


def after(mail: OutboxMail) -> OutboxMail:
    mail.refresh_from_db()
    return mail


def test_a_queued_mail_arrives_as_written(peer: Peer) -> None:
    mail = queued(
        html="<p>Tot dan &amp; dag.</p>",
        attachments=[{"name": "gesprek.ics", "media_type": "text/calendar", "content": "BEGIN:VCALENDAR"}],
    )
    services.deliver(mail.pk)
    (message,) = peer.received
    assert (message["To"], message["Subject"]) == ("an@example.org", "Uw plek is vast")
    body = message.get_body(("plain",))
    assert body
    assert body.get_content().strip() == "Tot dan & dag."
    html = message.get_body(("html",))
    assert html
    assert "&amp;" in html.get_content()
    assert [part.get_filename() for part in message.iter_attachments()] == ["gesprek.ics"]
    assert (after(mail).status, mail.attempts, mail.error) == ("sent", 1, "")
    assert mail.sent_at
    assert mail.body_text


def test_a_plain_mail_has_no_empty_html_part(peer: Peer) -> None:
    services.deliver(queued().pk)
    assert peer.received[0].get_content_type() == "text/plain"


def test_a_secret_is_wiped_once_it_is_sent(peer: Peer) -> None:
    mail = queued(secret=True, text="code 123", html="<p>code 123</p>")
    services.deliver(mail.pk)
    assert "code 123" in peer.received[0].as_string()
    assert (after(mail).body_text, mail.body_html, mail.attachments) == ("", "", [])


def test_a_mail_is_never_sent_twice(peer: Peer) -> None:
    mail = queued()
    services.deliver(mail.pk)
    services.deliver(mail.pk)
    assert len(peer.received) == 1


def test_after_a_failure_it_waits_and_tries_again(peer: Peer) -> None:
    mail = queued(secret=True)
    peer.refusal = "451 Probeer het later"
    services.deliver(mail.pk)
    assert (after(mail).status, mail.attempts) == ("queued", 1)
    assert "451" in mail.error
    assert mail.body_text
    peer.refusal = ""
    tasks.deliver_queued()
    assert peer.received == []
    OutboxMail.objects.update(not_before=timezone.now())
    tasks.deliver_queued()
    assert len(peer.received) == 1
    assert (after(mail).status, mail.attempts, mail.error) == ("sent", 2, "")


def test_it_gives_up_in_the_end_and_a_secret_is_wiped_then_too(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    mail = queued(secret=True)
    for attempt in range(1, services.MAX_ATTEMPTS + 1):
        OutboxMail.objects.update(not_before=None)
        services.deliver(mail.pk)
        assert after(mail).attempts == attempt
    assert (mail.status, mail.body_text) == ("failed", "")
    assert mail.error
    services.deliver(mail.pk)
    assert after(mail).attempts == services.MAX_ATTEMPTS


def test_a_mail_that_cannot_be_written_fails_at_once_and_says_so(
    peer: Peer, caplog: pytest.LogCaptureFixture
) -> None:
    mail = queued(attachments=[{"name": "zonder inhoud"}])
    services.deliver(mail.pk)
    assert (after(mail).status, mail.error) == ("failed", services.UNSENDABLE)
    assert "cannot be sent" in caplog.text


@pytest.mark.parametrize(("minutes", "status"), [(9, "sending"), (11, "queued")])
def test_a_mail_whose_worker_died_is_queued_again(minutes: int, status: str) -> None:
    mail = queued()
    OutboxMail.objects.update(status="sending", attempts=1, claimed_at=NOW - dt.timedelta(minutes=minutes))
    services.put_back_stuck(NOW)
    assert after(mail).status == status


def test_mails_leave_in_the_order_in_which_they_were_queued(peer: Peer) -> None:
    for name in ("een", "twee", "drie"):
        queued(subject=name)
    tasks.deliver_queued()
    assert [message["Subject"] for message in peer.received] == ["een", "twee", "drie"]
