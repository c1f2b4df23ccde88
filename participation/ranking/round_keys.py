"""The secret key of an open round: a file outside the database and its backups, destroyed at closing."""

import hmac
import os
import secrets
import uuid
from pathlib import Path

from django.conf import settings

KEY_BYTES = 32


class KeyGone(Exception):
    """The round has no key (any more): no ballot can be cast or found."""


def _path(round_code: str) -> Path:
    return Path(settings.KEY_DIR) / f"ronde-{round_code}.key"


def make(round_code: str) -> None:
    """Make the key of a round; an existing key stays, because ballots hang on it."""
    path = _path(round_code)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_bytes(secrets.token_bytes(KEY_BYTES))


def check_writable() -> None:
    """OSError where keys cannot be kept."""
    folder = Path(settings.KEY_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    trial = folder / f"proef-{secrets.token_hex(8)}"
    trial.touch(mode=0o600)
    trial.unlink()


def exists(round_code: str) -> bool:
    """Whether the key of this round is still there."""
    return _path(round_code).exists()


def destroy(round_code: str) -> bool:
    """Overwrite and remove the key; whether there was one."""
    if not exists(round_code):
        return False
    path = _path(round_code)
    # In place and down to the disk: a file that is emptied first gets new blocks, and the old ones keep the key.
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(max(path.stat().st_size, KEY_BYTES)))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    return True


def ballot_id(round_code: str, participation: uuid.UUID) -> str:
    """Which ballot belongs to a participation: HMAC under the round key. KeyGone after closing."""
    return tied(round_code, participation.bytes)


def tied(round_code: str, what: bytes) -> str:
    """A name for `what` that nobody can trace back once the key is gone. KeyGone after closing."""
    try:
        key = _path(round_code).read_bytes()
    except FileNotFoundError:
        raise KeyGone(round_code) from None
    return hmac.digest(key, what, "sha256").hex()
