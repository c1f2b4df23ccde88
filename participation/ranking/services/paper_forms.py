"""Paper forms with codes: made of the file that was exported once, and fetched once. Nothing readable stays."""

import csv
import datetime as dt
import io
import uuid
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from haarlemveilig.audit.services import record
from haarlemveilig.jobs.models import Job
from haarlemveilig.jobs.services import enqueue
from participation.ranking.codes import keyed_hash
from participation.ranking.models import AccessCode, Round
from participation.ranking.paper_document import FORMS_PER_FILE, PaperCode, forms_with_codes
from participation.ranking.services.codes import EXPORT_COLUMNS, code_key
from participation.ranking.services.errors import RoundError

JOB = "paper_forms"
MOST = 10_000
LASTS = dt.timedelta(days=7)
LOOK_UP = 500


def read_codes(content: bytes) -> list[PaperCode]:
    """The codes of an exported file. RoundError names the row that cannot be read."""
    try:
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    except (UnicodeDecodeError, csv.Error):
        raise RoundError("Dit is geen codebestand. Kies het csv-bestand dat u ophaalde.") from None
    if not rows or not set(EXPORT_COLUMNS) <= set(rows[0]):
        raise RoundError(f"Dit is geen codebestand. De kolommen zijn: {', '.join(EXPORT_COLUMNS)}.")
    if len(rows) > MOST:
        raise RoundError(f"In dit bestand staan {len(rows)} codes. Het mogen er hoogstens {MOST} zijn.")
    return [_code(row, line) for line, row in enumerate(rows, start=2)]


def _code(row: dict[str, Any], line: int) -> PaperCode:
    number, code, address = row["nummer"] or "", row["code"] or "", row["adres"] or ""
    if not (number.isdigit() and code and address.startswith(("https://", "http://"))):
        raise RoundError(f"Rij {line} is niet te lezen. Verander niets in het bestand voor u het kiest.")
    return PaperCode(code=code, address=address, number=int(number))


def codes_of(round_: Round, content: bytes) -> list[PaperCode]:
    """The codes of a file, all of this round: another form would be filled in for nothing. RoundError if not."""
    codes, key = read_codes(content), code_key()
    for start in range(0, len(codes), LOOK_UP):
        hashes = {keyed_hash(code.code, key) for code in codes[start : start + LOOK_UP]}
        if AccessCode.objects.filter(round=round_, code_hash__in=hashes).count() != len(hashes):
            raise RoundError("Niet alle codes in dit bestand horen bij deze ronde. Kies het goede bestand.")
    return codes


@transaction.atomic
def order_forms(*, round_: Round, content: bytes, actor: Any) -> Job:
    """Leave the making of forms to a worker; the caller nudges the job. RoundError for a file that will not do.

    The file waits outside the database, as round keys do, and goes when the forms are made.
    """
    codes = codes_of(round_, content)
    file_id = uuid.uuid4()
    path = _codes_path(file_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    path.write_bytes(content)
    return enqueue(
        kind=JOB,
        title=f"{len(codes)} papieren formulieren maken: {round_.code}",
        params={"round": round_.code, "file": str(file_id)},
        requested_by=actor,
    )


def make_forms(*, round_code: str, file_id: uuid.UUID, progress: Callable[[int, str], None]) -> int:
    """Make the forms, 50 in a PDF, and remove the file with codes; answers how many. May run twice."""
    if _forms_path(file_id).exists():
        return 0
    try:
        codes = read_codes(_codes_path(file_id).read_bytes())
    except FileNotFoundError:
        raise RoundError("Het codebestand is er niet meer. Kies het opnieuw.") from None
    try:
        _write(file_id, _zipped(Round.objects.get(code=round_code), codes, progress))
    finally:
        _codes_path(file_id).unlink(missing_ok=True)
    return len(codes)


def _zipped(round_: Round, codes: Sequence[PaperCode], progress: Callable[[int, str], None]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for made, (name, pdf) in enumerate(pdfs(round_, codes), start=1):
            archive.writestr(name, pdf)
            done = min(made * FORMS_PER_FILE, len(codes))
            progress(done * 100 // len(codes), f"{done} van {len(codes)} formulieren zijn klaar")
    return out.getvalue()


def pdfs(round_: Round, codes: Sequence[PaperCode]) -> Iterator[tuple[str, bytes]]:
    """The forms as files for the printer, each with its name. Raises PdfError."""
    for start in range(0, len(codes), FORMS_PER_FILE):
        some = codes[start : start + FORMS_PER_FILE]
        name = f"formulieren-{round_.code}-{some[0].number:05}-{some[-1].number:05}.pdf"
        yield name, forms_with_codes(round_, some)


def _write(file_id: uuid.UUID, content: bytes) -> None:
    """Whole or not at all: a page may look at any moment."""
    path = _forms_path(file_id)
    part = path.with_suffix(".part")
    part.touch(mode=0o600)
    part.write_bytes(content)
    part.rename(path)


def _codes_path(file_id: uuid.UUID) -> Path:
    return Path(settings.KEY_DIR) / f"formulieren-{file_id}.csv"


def _forms_path(file_id: uuid.UUID) -> Path:
    return Path(settings.KEY_DIR) / f"formulieren-{file_id}.zip"


def are_ready(job: Job) -> bool:
    """Whether the forms of this job lie ready to be fetched."""
    return job.status == Job.Status.DONE and _forms_path(uuid.UUID(job.params["file"])).exists()


def take_forms(*, round_: Round, job: Job, actor: Any) -> bytes:
    """The forms, once: they hold readable codes. RoundError the second time."""
    path = _forms_path(uuid.UUID(job.params["file"]))
    taken = path.with_suffix(".taken")
    try:
        path.rename(taken)  # of two people who fetch at once, one succeeds
    except FileNotFoundError:
        raise RoundError("Deze formulieren zijn al opgehaald. Maak ze opnieuw van het codebestand.") from None
    content = taken.read_bytes()
    record("ranking.paper_forms_fetched", actor=actor, target=round_, job=str(job.pk))
    taken.unlink()
    return content


def purge_forms(now: dt.datetime) -> int:
    """Remove forms, and files with codes, that nobody fetched in a week; answers how many."""
    old = [
        path
        for path in Path(settings.KEY_DIR).glob("formulieren-*")
        if dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC) < now - LASTS
    ]
    for path in old:
        path.unlink(missing_ok=True)
    if old:
        record("ranking.paper_forms_purged", count=len(old))
    return len(old)
