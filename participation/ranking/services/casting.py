"""Casting a ballot: who took part and what was chosen, stored apart."""

import secrets
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.ranking import round_keys
from participation.ranking.ballots import ranking_from, ranking_text
from participation.ranking.models import OpenBallot, OpenRemark, Participation, Round
from participation.ranking.receipts import NONCE_BYTES, Receipt, mix
from participation.ranking.services.errors import RoundClosed


@dataclass(frozen=True)
class Voter:
    """Who casts, as far as the platform knows: a participation of its own, a wijk, and how they came in."""

    participation: uuid.UUID
    wijk_id: int
    wijk_code: str
    way_in: str
    access_code_id: int | None = None
    channel: str = Participation.Channel.WEB


@dataclass(frozen=True)
class Choice:
    """What somebody sends: theme codes, first choice first, and what they may leave out.

    `cell` is their group ("35-64/v"), `remarks` has texts by kind, `browser_nonce` 16 bytes that the browser
    made, `flags` what two people may have to judge (codes of `Quarantine.Flag`).
    """

    ranking: tuple[str, ...]
    cell: str = ""
    remarks: Mapping[str, str] | None = None
    browser_nonce: bytes | None = None
    flags: Collection[str] = ()


@transaction.atomic
def cast(*, round_: Round, voter: Voter, choice: Choice) -> Receipt:
    """Store a ballot in place of an earlier one of this participation; RoundClosed when it came too late.

    Person and choice are stored apart and meet nowhere in a column: that takes the round key, which is not in
    the database. README.md says what the database itself still tells until closing.
    """
    hold_open(round_, voter)
    _put_participation(round_, voter)
    receipt = Receipt(
        area=voter.wijk_code,
        round=round_.code,
        ranking=choice.ranking,
        nonce=mix(secrets.token_bytes(NONCE_BYTES), choice.browser_nonce),
    )
    _put_ballot(round_, voter, receipt, choice)
    if round_.asks_remarks:
        _put_remarks(round_, voter, choice.remarks or {})
    return receipt


def hold_open(round_: Round, voter: Voter) -> None:
    """Make sure that the round is open, this way in too, and that it stays so until the ballot is stored.

    PostgreSQL: a shared lock, which the UPDATE of closing waits for. SQLite: the transaction is
    immediate, so nobody else writes meanwhile. Paper that came in on time is typed over until somebody closes.
    """
    lock = " FOR SHARE" if connection.vendor == "postgresql" else ""
    fresh = Round.objects.raw(f"SELECT * FROM ranking_round WHERE id = %s{lock}", [round_.pk])[0]  # noqa: S608
    now = timezone.now()
    is_over = now >= fresh.closes_at and voter.channel != Participation.Channel.PAPER
    if fresh.status != Round.Status.OPEN or now < fresh.opens_at or is_over:
        raise RoundClosed(_("Deze ronde is gesloten. Uw keuze is niet geteld."))
    if voter.way_in not in fresh.ways_in:
        raise RoundClosed(_("Op deze manier kunt u aan deze ronde niet meedoen. Uw keuze is niet geteld."))


def _put_participation(round_: Round, voter: Voter) -> None:
    participation = Participation(
        id=voter.participation,
        round=round_,
        wijk_id=voter.wijk_id,
        way_in=voter.way_in,
        channel=voter.channel,
        access_code_id=voter.access_code_id,
    )
    Participation.objects.bulk_create(
        [participation], update_conflicts=True, unique_fields=["id"], update_fields=["wijk", "channel"]
    )


def _put_ballot(round_: Round, voter: Voter, receipt: Receipt, choice: Choice) -> None:
    ballot = OpenBallot(
        id=round_keys.ballot_id(round_.code, voter.participation),
        round=round_,
        wijk_id=voter.wijk_id,
        ranking=ranking_text(receipt.ranking),
        cell=choice.cell,
        nonce=receipt.nonce.hex(),
        leaf=receipt.leaf().hex(),
        flags=",".join(sorted(choice.flags)),
    )
    OpenBallot.objects.bulk_create(
        [ballot],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["wijk", "ranking", "cell", "nonce", "leaf", "flags"],
    )


def _put_remarks(round_: Round, voter: Voter, remarks: Mapping[str, str]) -> None:
    """One row per kind, also for an empty text: it takes the place of an earlier one."""
    OpenRemark.objects.bulk_create(
        [
            OpenRemark(
                id=round_keys.tied(round_.code, voter.participation.bytes + kind.encode()),
                round=round_,
                wijk_id=voter.wijk_id,
                kind=kind,
                text=remarks.get(kind, ""),
            )
            for kind in OpenRemark.Kind.values
        ],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["wijk", "text"],
    )


def receipt_of(*, round_: Round, participation: uuid.UUID) -> Receipt | None:
    """The receipt of what this participation sent, while its round is open; None when nothing was sent."""
    try:
        ballot_id = round_keys.ballot_id(round_.code, participation)
    except round_keys.KeyGone:
        return None
    ballot = OpenBallot.objects.select_related("wijk").filter(pk=ballot_id).first()
    if ballot is None:
        return None
    return Receipt(
        area=ballot.wijk.code,
        round=round_.code,
        ranking=ranking_from(ballot.ranking),
        nonce=bytes.fromhex(ballot.nonce),
    )
