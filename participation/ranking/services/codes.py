"""Codes from letters and on paper forms: made in the background, kept as keyed hash, exported once."""

import csv
import datetime as dt
import hmac
import io
import secrets
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from haarlemveilig.audit.services import record
from haarlemveilig.gemeente.models import Area
from haarlemveilig.jobs.services import enqueue
from participation.ranking.codes import keyed_hash, make_code
from participation.ranking.models import AccessCode, CodeBatch, Round
from participation.ranking.selectors import taking_part_in
from participation.ranking.services.casting import Voter
from participation.ranking.services.errors import CodeExpired, CodeRefused, RoundError


def code_key() -> bytes:
    """The installation's key under which codes are hashed."""
    return settings.SECRET_KEY.encode()


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


def voter_with_code(*, round_: Round, code: str, at: dt.datetime | None = None) -> Voter:
    """Who comes in with this code; always the same participation, so that a second ballot replaces the first.

    CodeRefused when the code is unknown, CodeExpired when its time is over `at` that moment, normally now.
    """
    found = _find(code)
    if found is None or found.round_id != round_.pk:
        raise CodeRefused(_("Deze code klopt niet. Kijk in uw brief en typ de code nog een keer."))
    if found.expires_at <= (at or timezone.now()):
        raise CodeExpired(_("Deze code is niet meer geldig. Bel ons als u toch wilt meedoen."))
    return Voter(
        participation=uuid.UUID(bytes=hmac.digest(code_key(), found.code_hash.encode(), "sha256")[:16]),
        wijk_id=found.wijk_id,
        wijk_code=found.wijk.code,
        way_in=Round.WayIn.LETTER_CODE,
        access_code_id=found.pk,
    )


def _find(code: str) -> AccessCode | None:
    rows = AccessCode.objects.select_related("wijk", "round")
    return rows.filter(code_hash=keyed_hash(code, code_key())).first()


def round_with_code(*, code: str, at: dt.datetime) -> Round:
    """The open round to which a code belongs: several may be open at once. CodeRefused where there is none."""
    found = _find(code)
    if found is None:
        raise CodeRefused(_("Deze code klopt niet. Kijk in uw brief en typ de code nog een keer."))
    if not Round.objects.accepting(at).filter(pk=found.round_id).exists():
        raise CodeRefused(_("De ronde van deze code is nu niet open. U kunt er niet mee meedoen."))
    if Round.WayIn.LETTER_CODE not in found.round.ways_in:
        raise CodeRefused(_("Aan deze ronde kunt u niet met een code meedoen."))
    return found.round


# --- batches ----------------------------------------------------------------------------------------
JOB = "access_codes"
CHUNK = 5000
EXPORT_COLUMNS = ("nummer", "kenmerk", "wijk", "code", "adres")
# A file with codes that nobody fetched does not lie about for ever.
EXPORT_LASTS = dt.timedelta(days=7)


def wanted_per_wijk(counts: Mapping[str, int]) -> list[list[str]]:
    """What a batch asks for: so many codes per wijk code. A list of reference (here "") and wijk code."""
    return [["", wijk] for wijk, count in counts.items() for _ in range(count)]


@transaction.atomic
def order_codes(*, batch: CodeBatch, base_url: str, actor: Any) -> CodeBatch:
    """Keep what is wanted and leave the making to a worker; the caller nudges `batch.job`.

    `base_url` is that of the site, for the links on paper. RoundError once the round is closed, or for a wijk
    that does not take part.
    """
    _refuse_closed(batch.round)
    taking_part = {wijk.code for wijk in taking_part_in(batch.round)}
    if strange := sorted({wijk for _reference, wijk in batch.wanted} - taking_part):
        raise RoundError(f"Deze wijken doen niet mee aan de ronde: {', '.join(strange)}.")
    batch.made_by = actor
    batch.save()
    batch.job = enqueue(
        kind=JOB,
        title=f"Codes maken: {batch.name}"[:200],
        params={"batch": str(batch.pk), "base_url": base_url.rstrip("/")},
        requested_by=actor,
    )
    batch.save(update_fields=["job"])
    return batch


def _refuse_closed(round_: Round) -> None:
    if round_.status not in (Round.Status.DRAFT, Round.Status.OPEN):
        raise RoundError("Voor een gesloten ronde worden geen codes meer gemaakt.")


def make_batch(batch_id: uuid.UUID, *, base_url: str, progress: Callable[[int, str], None]) -> int:
    """Make the codes of a batch and the file for the printer; answers how many. Harmless when it was done already.

    The file is the only place where the codes stand readable: outside the database, gone once fetched.
    RoundError when the round was closed meanwhile.
    """
    batch = CodeBatch.objects.select_related("round").get(pk=batch_id)
    if batch.count:
        return batch.count
    _refuse_closed(batch.round)
    total = len(batch.wanted)
    progress(10, f"{total} codes worden gemaakt.")
    made = [(make_code(secrets.choice), *row) for row in batch.wanted]
    rows = _rows(batch, made)
    progress(50, f"{total} codes worden bewaard.")
    # All the computing is done: on SQLite nobody else can write from here on.
    with transaction.atomic():
        # A run that was cut off rolled back; so does this one, when another made the batch meanwhile.
        if CodeBatch.objects.filter(pk=batch.pk, count=0).update(count=total) != 1:
            return total
        AccessCode.objects.bulk_create(rows, batch_size=CHUNK)
        # The end may have moved while the codes were made.
        end = Round.objects.select_for_update().get(pk=batch.round_id).closes_at
        batch.codes.exclude(expires_at=end).update(expires_at=end)
        _write_export(batch, made, base_url)
        record(
            "ranking.codes_made", actor=batch.made_by, target=batch.round, batch=str(batch.pk), count=total
        )
    return total


def _rows(batch: CodeBatch, made: Sequence[tuple[str, str, str]]) -> list[AccessCode]:
    wijken = {area.code: area.pk for area in Area.objects.filter(level=Area.Level.WIJK)}
    key, expires_at = code_key(), batch.round.closes_at
    return [
        AccessCode(
            round_id=batch.round_id,
            batch_id=batch.pk,
            reference=reference,
            wijk_id=wijken[wijk],
            code_hash=keyed_hash(code, key),
            expires_at=expires_at,
        )
        for code, reference, wijk in made
    ]


def export_path(batch: CodeBatch) -> Path:
    """Beside the round keys: outside the database and every backup."""
    return Path(settings.KEY_DIR) / f"codes-{batch.pk}.csv"


def _write_export(batch: CodeBatch, made: Sequence[tuple[str, str, str]], base_url: str) -> None:
    path = export_path(batch)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(EXPORT_COLUMNS)
    for number, (code, reference, wijk) in enumerate(made, start=1):
        writer.writerow((number, reference, wijk, code, f"{base_url}/l/{code}"))
    path.write_bytes(b"\xef\xbb\xbf" + out.getvalue().encode())


def take_export(*, batch: CodeBatch, actor: Any) -> bytes:
    """The file with the codes, once: after this nobody can read them any more. RoundError the second time."""
    with transaction.atomic():
        taken = CodeBatch.objects.filter(pk=batch.pk, exported_at__isnull=True, count__gt=0).update(
            exported_at=timezone.now(), exported_by=actor
        )
        if taken != 1:
            raise RoundError(_("Dit bestand is al opgehaald. De codes zijn nergens anders te lezen."))
        path = export_path(batch)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            raise RoundError(_("Dit bestand is er niet meer. Maak een nieuwe reeks.")) from None
        record("ranking.codes_exported", actor=actor, target=batch.round, batch=str(batch.pk))
    path.unlink(missing_ok=True)
    return content


def purge_exports(now: dt.datetime) -> int:
    """Remove files with codes that were fetched, or that nobody fetched in time; answers how many.

    Looks at the files, not at the rows: a crash may have left one behind. One line in the log.
    """
    waiting = CodeBatch.objects.filter(exported_at__isnull=True, made_at__gte=now - EXPORT_LASTS)
    kept = {export_path(batch) for batch in waiting.only("pk")}
    gone = [path for path in Path(settings.KEY_DIR).glob("codes-*.csv") if path not in kept]
    for path in gone:
        path.unlink(missing_ok=True)
    if gone:
        record("ranking.code_files_purged", count=len(gone))
    return len(gone)
