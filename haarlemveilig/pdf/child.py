"""Renders in a process of its own, so that a document that is too heavy takes only that process down."""

import json
import os
import signal
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from haarlemveilig.pdf.errors import PdfError
from haarlemveilig.pdf.finish import Attachment
from haarlemveilig.pdf.limits import LIMITS, Limits, check_size

ROOT = Path(__file__).resolve().parents[2]
# What the engine needs of our surroundings; the passwords that are also there are none of its business.
PASSED_ON = ("HOME", "LD_LIBRARY_PATH", "PATH", "TMPDIR")
FAULT, OUT_OF_MEMORY = 3, 4
# Where Python raises, C libraries end or crash the process, and the kernel may end it before either.
OUT_OF_MEMORY_CODES = (OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGTRAP, -signal.SIGSEGV, -signal.SIGKILL)
PATIENCE_SECONDS = 900

TOO_LONG = "Het maken van de pdf duurde te lang en is gestopt. Maak het document korter of eenvoudiger."
TOO_MUCH = (
    "Het maken van de pdf vroeg te veel geheugen en is gestopt. Maak het document korter of eenvoudiger."
)
CRASHED = "Het maken van de pdf is mislukt. Probeer het opnieuw, of vraag de beheerder om hulp."


def render_in_child(
    html: str,
    *,
    assets: Mapping[str, bytes] | None = None,
    attachments: Sequence[Attachment] = (),
    limits: Limits = LIMITS,
) -> bytes:
    """Like `render`, within bounds of memory and CPU time. Raises PdfError, in whatever way it fails."""
    check_size(html, limits)
    job = pack(html, assets or {}, attachments, limits)
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    try:
        child = subprocess.run(
            [sys.executable, "-m", "haarlemveilig.pdf"],
            input=job, capture_output=True, cwd=ROOT, env=environment, timeout=PATIENCE_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise PdfError(TOO_LONG) from error
    if child.returncode:
        said = child.stderr.decode(errors="replace")[-2000:]
        raise PdfError(_reason(child)) from RuntimeError(f"exit code {child.returncode}: {said}")
    return child.stdout


def _reason(child: subprocess.CompletedProcess[bytes]) -> str:
    if child.returncode == FAULT:
        return child.stdout.decode()
    if child.returncode == -signal.SIGXCPU:
        return TOO_LONG
    return TOO_MUCH if child.returncode in OUT_OF_MEMORY_CODES else CRASHED


def pack(html: str, assets: Mapping[str, bytes], attachments: Sequence[Attachment], limits: Limits) -> bytes:
    """One job as JSON, for the child's standard input."""
    job = {
        "html": html,
        "assets": {name: b64encode(data).decode() for name, data in assets.items()},
        "attachments": [
            {**asdict(attachment), "data": b64encode(attachment.data).decode()} for attachment in attachments
        ],
        "limits": asdict(limits),
    }
    return json.dumps(job).encode()


def unpack(data: bytes) -> tuple[str, dict[str, bytes], list[Attachment], Limits]:
    """The reverse of `pack`."""
    job = json.loads(data)
    return (
        job["html"],
        {name: b64decode(text) for name, text in job["assets"].items()},
        [Attachment(**{**fields, "data": b64decode(fields["data"])}) for fields in job["attachments"]],
        Limits(**job["limits"]),
    )
