"""The secret key of an open round: a file outside the database and its backups, destroyed at closing."""

import hmac
import os
import secrets
import uuid
from contextlib import suppress
from pathlib import Path

from django.conf import settings

KEY_BYTES = 32


class KeyGone(Exception):
    """The round has no key (any more): no ballot can be cast or found."""


class KeyBroken(Exception):
    """The file of the key is not whole: with such a key ballots would not be secret."""


def _path(round_code: str) -> Path:
    return Path(settings.KEY_DIR) / f"ronde-{round_code}.key"


def make(round_code: str) -> None:
    """Make the key of a round; an existing key stays, because ballots hang on it."""
    path = _path(round_code)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.exists():
        _read(path)
        return
    # Whole or not at all: a key of which a full disk kept nothing would be known to everybody.
    part = path.with_suffix(f".{secrets.token_hex(8)}")
    try:
        _write(part, secrets.token_bytes(KEY_BYTES))
        # Unlike a rename this fails when another process was first.
        with suppress(FileExistsError):
            os.link(part, path)
    finally:
        part.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    """Down to the disk; OSError where it does not fit."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> bytes:
    """The key in a file. KeyGone where there is none, KeyBroken where it is not whole."""
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        raise KeyGone(path.stem) from None
    if len(key) != KEY_BYTES:
        raise KeyBroken(path.stem)
    return key


def check_writable() -> None:
    """OSError where keys cannot be kept."""
    folder = Path(settings.KEY_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    trial = folder / f"proef-{secrets.token_hex(8)}"
    try:
        _write(trial, secrets.token_bytes(KEY_BYTES))
    finally:
        trial.unlink(missing_ok=True)


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
    return hmac.digest(_read(_path(round_code)), what, "sha256").hex()
