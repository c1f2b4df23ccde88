"""Opening a round, casting a ballot, closing, counting, publishing."""

import datetime as dt
import hmac
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from haarlemveilig.audit.services import record
from haarlemveilig.editions import services as editions
from haarlemveilig.editions.models import Edition
from haarlemveilig.gemeente.models import Area
from participation.ranking import round_keys
from participation.ranking.ballots import ranking_from, ranking_text
from participation.ranking.codes import keyed_hash, make_code
from participation.ranking.counting import count_by_area
from participation.ranking.models import AccessCode, AreaResult, Ballot, OpenBallot, Participation, Round
from participation.ranking.published import AreaResultView, RoundResultView
from participation.ranking.receipts import NONCE_BYTES, Receipt
from participation.ranking.selectors import LATEST_RESULT
from participation.ranking.sweeping import sweep_open_ballots
from participation.ranking.workflow import may_go


class RoundError(Exception):
    """This cannot be done with the round as it is; the message says why, in Dutch."""


class RoundClosed(RoundError):
    """The ballot does not count: the round is not open (any more)."""


class CodeRefused(RoundError):
    """The code from the letter is wrong or no longer valid."""


@dataclass(frozen=True)
class Voter:
    """Who casts, as far as the platform knows: a participation of its own, a wijk, and how they came in."""

    participation: uuid.UUID
    wijk_id: int
    wijk_code: str
    way_in: str
    access_code_id: int | None = None


def _go(round_: Round, to: str, actor: Any) -> None:
    """Move a round along one arrow; only one of two people who try can succeed."""
    if not may_go(round_.status, to):
        raise RoundError(f"Deze ronde staat op ‘{round_.get_status_display()}’ en kan niet naar deze stand.")
    if Round.objects.filter(pk=round_.pk, status=round_.status).update(status=to) != 1:
        raise RoundError("Iemand anders veranderde deze ronde net. Laad de bladzijde opnieuw.")
    round_.status = to
    record(f"ranking.round_{to}", actor=actor, target=round_)


def faults_before_opening(round_: Round) -> list[str]:
    """What still keeps this round from opening, one sentence each."""
    checks = [
        (round_.themes.count() < 2, "Kies minstens twee onderwerpen."),
        (not round_.ways_in, "Kies minstens één manier om mee te doen."),
        (
            round_.publish_on <= round_.closes_at.date(),
            "Kies voor de uitslag een dag na het sluiten.",
        ),
        (not round_.title.get("nl"), "Geef de ronde een titel."),
        (round_.closes_at <= timezone.now(), "De einddatum is al voorbij."),
    ]
    return [sentence for is_wrong, sentence in checks if is_wrong]


@transaction.atomic
def open_round(*, round_: Round, actor: Any = None) -> None:
    """Open a round that is ready; its secret key is made here. RoundError names what is missing."""
    if faults := faults_before_opening(round_):
        raise RoundError(" ".join(faults))
    round_keys.make(round_.code)
    _go(round_, Round.Status.OPEN, actor)


# --- codes --------------------------------------------------------------------------------------
@transaction.atomic
def make_codes(*, round_: Round, wijken: Iterable[Area], actor: Any = None) -> list[str]:
    """One new code per wijk given. The codes are returned once and kept only as keyed hash."""
    made = [(make_code(secrets.choice), wijk) for wijk in wijken]
    AccessCode.objects.bulk_create(
        AccessCode(
            round=round_, wijk=wijk, code_hash=keyed_hash(code, code_key()), expires_at=round_.closes_at
        )
        for code, wijk in made
    )
    record("ranking.codes_made", actor=actor, target=round_, count=len(made))
    return [code for code, _wijk in made]


def code_key() -> bytes:
    """The installation's key under which codes are hashed."""
    return settings.SECRET_KEY.encode()


def voter_with_code(*, round_: Round, code: str) -> Voter:
    """Who comes in with this code; always the same participation, so that a second ballot replaces the first.

    CodeRefused when the code is unknown or its time is over.
    """
    code_hash = keyed_hash(code, code_key())
    found = AccessCode.objects.select_related("wijk").filter(round=round_, code_hash=code_hash).first()
    if found is None:
        raise CodeRefused(_("Deze code klopt niet. Kijk in uw brief en typ de code nog een keer."))
    if found.expires_at <= timezone.now():
        raise CodeRefused(_("Deze code is niet meer geldig. Bel ons als u toch wilt meedoen."))
    return Voter(
        participation=uuid.UUID(bytes=hmac.digest(code_key(), code_hash.encode(), "sha256")[:16]),
        wijk_id=found.wijk_id,
        wijk_code=found.wijk.code,
        way_in=Round.WayIn.LETTER_CODE,
        access_code_id=found.pk,
    )


# --- the ballot ---------------------------------------------------------------------------------
def _hold_open(round_: Round, way_in: str) -> None:
    """Make sure that the round is open, this way in too, and that it stays so until the ballot is stored.

    PostgreSQL: a shared lock, which the UPDATE of closing waits for. SQLite: the transaction is
    immediate, so nobody else writes meanwhile.
    """
    lock = " FOR SHARE" if connection.vendor == "postgresql" else ""
    fresh = Round.objects.raw(f"SELECT * FROM ranking_round WHERE id = %s{lock}", [round_.pk])[0]  # noqa: S608
    now = timezone.now()
    if fresh.status != Round.Status.OPEN or not fresh.opens_at <= now < fresh.closes_at:
        raise RoundClosed(_("Deze ronde is gesloten. Uw keuze is niet geteld."))
    if way_in not in fresh.ways_in:
        raise RoundClosed(_("Op deze manier kunt u aan deze ronde niet meedoen. Uw keuze is niet geteld."))


@transaction.atomic
def cast(*, round_: Round, voter: Voter, ranking: tuple[str, ...], cell: str = "") -> Receipt:
    """Store a ballot in place of an earlier one of this participation; RoundClosed when it came too late.

    Person and choice are stored apart and meet nowhere in a column: that takes the round key, which is not in
    the database. README.md says what the database itself still tells until closing.
    """
    _hold_open(round_, voter.way_in)
    _put_participation(round_, voter)
    receipt = Receipt(
        area=voter.wijk_code, round=round_.code, ranking=ranking, nonce=secrets.token_bytes(NONCE_BYTES)
    )
    _put_ballot(round_, voter, receipt, cell)
    return receipt


def _put_participation(round_: Round, voter: Voter) -> None:
    participation = Participation(
        id=voter.participation,
        round=round_,
        wijk_id=voter.wijk_id,
        way_in=voter.way_in,
        access_code_id=voter.access_code_id,
    )
    if voter.access_code_id:
        # A code fixes the wijk. Naming one constraint would make PostgreSQL fail on the other, that of the
        # code, when the same code is sent twice at once.
        Participation.objects.bulk_create([participation], ignore_conflicts=True)
    else:
        Participation.objects.bulk_create(
            [participation], update_conflicts=True, unique_fields=["id"], update_fields=["wijk"]
        )


def _put_ballot(round_: Round, voter: Voter, receipt: Receipt, cell: str) -> None:
    ballot = OpenBallot(
        id=round_keys.ballot_id(round_.code, voter.participation),
        round=round_,
        wijk_id=voter.wijk_id,
        ranking=ranking_text(receipt.ranking),
        cell=cell,
        nonce=receipt.nonce.hex(),
        leaf=receipt.leaf().hex(),
    )
    OpenBallot.objects.bulk_create(
        [ballot],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["wijk", "ranking", "cell", "nonce", "leaf"],
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


# --- closing and counting -----------------------------------------------------------------------
def close_round(*, round_: Round, actor: Any = None) -> None:
    """Close a round for good: lay its ballots down in the order of their proofs and destroy its key."""
    with transaction.atomic():
        _go(round_, Round.Status.CLOSED, actor)
        _end_now(round_)
        _lay_down(round_)
    _cut_the_tie(round_, actor)


def _end_now(round_: Round) -> None:
    """A round that is closed before its time ended today, and pages say so."""
    now = timezone.now()
    if round_.opens_at < now < round_.closes_at:
        Round.objects.filter(pk=round_.pk).update(closes_at=now)
        round_.closes_at = now


def _lay_down(round_: Round) -> None:
    cast_ballots = OpenBallot.objects.filter(round=round_).order_by("leaf")
    fields = ("round_id", "wijk_id", "ranking", "cell", "nonce", "leaf")
    Ballot.objects.bulk_create((Ballot(**row) for row in cast_ballots.values(*fields)), batch_size=1000)
    cast_ballots.delete()


def _cut_the_tie(round_: Round, actor: Any) -> None:
    """Destroy what joins people and ballots: the key, and what the database remembers of the open table."""
    destroyed = round_keys.destroy(round_.code)
    record("ranking.key_destroyed", actor=actor, target=round_, was_there=destroyed)
    sweep_open_ballots()


def count_round(*, round_: Round, actor: Any = None) -> None:
    """Count a closed round: one result per wijk, stadsdeel and the whole municipality."""
    if round_.status == Round.Status.CLOSED and round_keys.exists(round_.code):
        _cut_the_tie(round_, actor)  # Closing was cut off half-way.
    with transaction.atomic():
        _go(round_, Round.Status.COUNTED, actor)
        _keep_results(round_, count_by_area(round_))


def _keep_results(round_: Round, results: dict[str, AreaResultView]) -> None:
    areas = {area.code: area for area in Area.objects.filter(code__in=results)}
    AreaResult.objects.bulk_create(
        AreaResult(round=round_, area=areas[code], participants=view.participants or 0, tally=view.as_json())
        for code, view in results.items()
    )


@transaction.atomic
def publish_round(*, round_: Round, actor: Any = None, published_at: dt.datetime | None = None) -> Edition:
    """Publish a counted round as an edition that never changes; `published_at` as in editions.publish."""
    _go(round_, Round.Status.PUBLISHED, actor)
    results = round_.results.select_related("area")
    view = RoundResultView(
        code=round_.code,
        for_year=round_.for_year,
        title=dict(round_.title),
        closed_on=timezone.localtime(round_.closes_at).date().isoformat(),
        is_synthetic=round_.is_synthetic,
        theme_names={theme.code: dict(theme.name) for theme in round_.themes.all()},
        areas={result.area.code: AreaResultView.from_json(result.tally) for result in results},
    )
    transaction.on_commit(lambda: cache.delete(LATEST_RESULT))
    return editions.publish(
        kind=Edition.Kind.ROUND_RESULT,
        subject=round_.code,
        title=round_.title.in_language("nl"),
        view_model=view.as_json(),
        published_by=actor,
        published_at=published_at,
    )
