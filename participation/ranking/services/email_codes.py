"""Codes by e-mail: who has the address may take part once with it. No account, and no address in our tables."""

import datetime as dt
import hmac
import secrets
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import get_language

from haarlemveilig.mail.models import OutboxMail
from haarlemveilig.mail.services import queue
from participation.ranking.codes import ALPHABET, normalise
from participation.ranking.models import Round
from participation.ranking.services.codes import code_key

LENGTH = 6
LASTS = dt.timedelta(minutes=15)
TRIES = 5


@dataclass(frozen=True)
class SentCode:
    """A mail with a code, and the keyed hash under which the code is known again."""

    mail: OutboxMail
    code_hash: str


@transaction.atomic
def send_code(*, round_: Round, address: str, participation: uuid.UUID) -> SentCode:
    """Put a mail with a new code in the outbox, to be wiped once sent; the caller nudges the worker."""
    code = "".join(secrets.choice(ALPHABET) for _sign in range(LENGTH))
    minutes = int(LASTS.total_seconds() // 60)
    mail = queue(
        kind="participation_code",
        recipient=address,
        context={"code": f"{code[:3]}-{code[3:]}", "round": round_, "minutes": minutes},
        secret=True,
        language=get_language() or "nl",
    )
    return SentCode(mail=mail, code_hash=_hash(code, participation))


def mailbox(address: str) -> str:
    """Whose mailbox an address is, as far as it says: capitals and a "+label" make no other one.

    Who has a domain of their own has as many mailboxes as they like: staff choose which ways in a round has.
    """
    local, _at, domain = address.strip().casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def is_right(code: str, *, code_hash: str, participation: uuid.UUID) -> bool:
    """Whether this is the code that was sent for this participation, however it was typed."""
    return hmac.compare_digest(_hash(code, participation), code_hash)


def _hash(code: str, participation: uuid.UUID) -> str:
    return hmac.digest(code_key(), f"email-code:{participation}:{normalise(code)}".encode(), "sha256").hex()
