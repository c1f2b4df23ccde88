"""Codes from letters: how they are made, read and recognised. Pure but for the random source handed in."""

import hmac
from collections.abc import Callable, Sequence

# No 0/O, 1/I/L, 5/S, 8/B, 2/Z or U/V: what people read wrong on paper.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
LENGTH = 12
GROUP = 4


def make_code(choose: Callable[[Sequence[str]], str]) -> str:
    """A new code such as `A4KM-9XTP-H7CQ`: 54 bits when `choose` picks evenly, as secrets.choice does."""
    signs = "".join(choose(ALPHABET) for _ in range(LENGTH))
    return "-".join(signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def normalise(text: str) -> str:
    """What somebody typed, without spaces and dashes and in capitals."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def keyed_hash(code: str, key: bytes) -> str:
    """How a code is stored and looked up: HMAC-SHA256 under the installation's key, in hex."""
    return hmac.digest(key, b"access-code:" + normalise(code).encode(), "sha256").hex()
