"""The one JSON text of some data, so that everybody who hashes it gets the same. Pure."""

import hashlib
import json
from typing import Any


def canonical_json(data: Any) -> str:
    """Keys sorted, no spaces, letters as themselves (to be encoded as UTF-8)."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256_of(data: Any) -> str:
    """The SHA-256 over canonical JSON, in hex."""
    return hashlib.sha256(canonical_json(data).encode()).hexdigest()
