import datetime as dt
import logging
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.template import Context, engines
from django.template.loader import render_to_string
from django.utils import timezone, translation

from haarlemveilig.mail.models import OutboxMail

logger = logging.getLogger(__name__)

# How long to wait after each failure; after the last one we give up.
PAUSES = (dt.timedelta(minutes=1), dt.timedelta(minutes=5), dt.timedelta(minutes=30), dt.timedelta(hours=2))
MAX_ATTEMPTS = len(PAUSES) + 1
# A worker that takes longer died half-way. The mail may have gone out: twice is better than never.
STUCK_AFTER = dt.timedelta(minutes=10)
UNSENDABLE = "Deze mail kan niet worden verstuurd. De beheerder vindt de oorzaak in het logboek."


def queue(
    *,
    kind: str,
    recipient: str,
    context: dict[str, Any],
    secret: bool = False,
    language: str = "nl",
    attachments: list[dict[str, str]] | None = None,
) -> OutboxMail:
    """Write a mail into the outbox from templates/emails/<kind>/; the caller nudges the worker after commit.

    A secret mail (sign-in codes, links with power) is wiped once it is sent or given up. Attachments are
    dicts of name, media_type and text content.
    """
    with translation.override(language):
        return queue_rendered(
            kind=kind,
            recipient=recipient,
            subject=_plain(f"emails/{kind}/subject.txt", context),
            text=_plain(f"emails/{kind}/body.txt", context),
            html=render_to_string(f"emails/{kind}/body.html", context),
            secret=secret,
            attachments=attachments,
        )


def _plain(template_name: str, context: dict[str, Any]) -> str:
    """Plain text: an & stays an &."""
    template = engines["django"].engine.get_template(template_name)  # type: ignore[attr-defined]
    return template.render(Context(context, autoescape=False))


def queue_rendered(
    *,
    kind: str,
    recipient: str,
    subject: str,
    text: str,
    html: str = "",
    secret: bool = False,
    attachments: list[dict[str, str]] | None = None,
) -> OutboxMail:
    """As `queue`, for a mail that is written out already."""
    return OutboxMail.objects.create(
        kind=kind,
        recipient=recipient,
        is_secret=secret,
        subject=" ".join(subject.split())[:200],
        body_text=text,
        body_html=html,
        attachments=attachments or [],
    )


def deliver(mail_id: int) -> None:
    """Send one queued mail over SMTP. Only one worker can claim it; a failure is tried again later."""
    now = timezone.now()
    claimed = (
        OutboxMail.objects.due(now)
        .filter(pk=mail_id)
        .update(status=OutboxMail.Status.SENDING, attempts=F("attempts") + 1, claimed_at=now)
    )
    if claimed != 1:
        return
    mail = OutboxMail.objects.get(pk=mail_id)
    try:
        _message(mail).send()
    except OSError as error:  # SMTP and connection errors alike
        _put_back(mail, str(error), now)
    except Exception:
        logger.exception("mail %s (%s) cannot be sent", mail.pk, mail.kind)
        _give_up(mail, UNSENDABLE)
    else:
        _mark_sent(mail)


def put_back_stuck(now: dt.datetime) -> None:
    """Queue mails again whose worker died while sending."""
    for mail in OutboxMail.objects.stuck(now - STUCK_AFTER):
        _put_back(mail, "De verzending werd afgebroken.", now)


def _message(mail: OutboxMail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(subject=mail.subject, body=mail.body_text, to=[mail.recipient])
    if mail.body_html:
        message.attach_alternative(mail.body_html, "text/html")
    for attachment in mail.attachments:
        message.attach(attachment["name"], attachment["content"], attachment["media_type"])
    return message


def _put_back(mail: OutboxMail, error: str, now: dt.datetime) -> None:
    if mail.attempts >= MAX_ATTEMPTS:
        _give_up(mail, error)
        return
    mail.status, mail.error = OutboxMail.Status.QUEUED, error[:300]
    mail.not_before = now + PAUSES[mail.attempts - 1]
    mail.save(update_fields=["status", "error", "not_before"])


def _give_up(mail: OutboxMail, error: str) -> None:
    mail.status, mail.error = OutboxMail.Status.FAILED, error[:300]
    _finish(mail)


def _mark_sent(mail: OutboxMail) -> None:
    mail.status, mail.error, mail.sent_at = OutboxMail.Status.SENT, "", timezone.now()
    _finish(mail)


def _finish(mail: OutboxMail) -> None:
    if mail.is_secret:
        mail.body_text = mail.body_html = ""
        mail.attachments = []
    mail.save(update_fields=["status", "error", "sent_at", "body_text", "body_html", "attachments"])
