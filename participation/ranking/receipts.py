"""The receipt: what a voter keeps to find their own ballot among the published rows."""

from dataclasses import dataclass
from hashlib import sha256

from haarlemveilig.canonical import canonical_json

NONCE_BYTES = 16
VERSION = 1
# Crockford's alphabet leaves out I, L, O and U, which people misread.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_BITS = 60


@dataclass(frozen=True)
class Receipt:
    """One ballot with its secret number. `ranking` holds theme codes, first choice first."""

    area: str
    round: str
    ranking: tuple[str | int, ...]
    nonce: bytes

    def __post_init__(self) -> None:
        if len(self.nonce) != NONCE_BYTES:
            raise ValueError(f"a nonce has {NONCE_BYTES} bytes, not {len(self.nonce)}")

    def canonical(self) -> str:
        """The one JSON text of this receipt: keys sorted, no spaces, so that everybody hashes the same."""
        content = {
            "gebied": self.area,
            "nonce": self.nonce.hex(),
            "ronde": self.round,
            "top3": list(self.ranking),
            "v": VERSION,
        }
        return canonical_json(content)

    def leaf(self) -> bytes:
        """The hash that stands before this ballot in the published rows."""
        return sha256(b"\x00" + self.canonical().encode()).digest()


def mix(server: bytes, browser: bytes | None) -> bytes:
    """The nonce of a ballot: the server's 16 bytes, xored with the browser's where there are any.

    With both, neither side alone can hand two people the same receipt.
    """
    mixed = server if browser is None else bytes(a ^ b for a, b in zip(server, browser, strict=True))
    if len(mixed) != NONCE_BYTES:
        raise ValueError(f"a nonce has {NONCE_BYTES} bytes, not {len(mixed)}")
    return mixed


def short_code(leaf: bytes) -> str:
    """The first 60 bits of the leaf as XXXX-XXXX-XXXX, to read out or to write down."""
    bits = int.from_bytes(leaf[:8], "big") >> 64 - CODE_BITS
    symbols = "".join(ALPHABET[bits >> shift & 31] for shift in range(CODE_BITS - 5, -1, -5))
    return "-".join(symbols[i : i + 4] for i in range(0, len(symbols), 4))
