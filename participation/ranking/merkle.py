"""The Merkle tree of RFC 6962 over published rows: one printed hash fixes every row of a result."""

from collections.abc import Sequence
from hashlib import sha256

LEAF = b"\x00"
NODE = b"\x01"


def ballot_row(leaf: bytes, area: str, ranking: Sequence[str | int]) -> str:
    """One published ballot, `leaf;area;A>B>C`. The rows of a result are sorted as they read."""
    return f"{leaf.hex()};{area};{'>'.join(map(str, ranking))}"


def row_hash(row: str) -> bytes:
    """The hash of one row as a leaf of the tree."""
    return sha256(LEAF + row.encode()).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """The root over row hashes in the order given; as in RFC 6962, no rows have the hash of nothing."""
    if not hashes:
        return sha256().digest()
    return _subtree(hashes, 0, len(hashes))


def path(hashes: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The neighbours, lowest first, with which a stranger gets from row `index` to the root."""
    if not 0 <= index < len(hashes):
        raise IndexError(index)
    return tuple(_path(hashes, index, 0, len(hashes)))


def leads_to(leaf: bytes, *, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Does row hash `leaf`, at `index` of `size` rows, lead to `root` along `path`?"""
    if not 0 <= index < size or len(path) != _depth(index, size):
        return False
    return _climb(leaf, index, size, list(path)) == root


def seed(root: bytes) -> int:
    """The seed of every random draw in a result: nobody chooses it, everybody can check it."""
    return int.from_bytes(root[:8], "big")


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(NODE + left + right).digest()


def _subtree(hashes: Sequence[bytes], start: int, end: int) -> bytes:
    if end - start == 1:
        return hashes[start]
    middle = start + _split(end - start)
    return _node(_subtree(hashes, start, middle), _subtree(hashes, middle, end))


def _path(hashes: Sequence[bytes], index: int, start: int, end: int) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_path(hashes, index, start, middle), _subtree(hashes, middle, end)]
    return [*_path(hashes, index, middle, end), _subtree(hashes, start, middle)]


def _depth(index: int, size: int) -> int:
    if size == 1:
        return 0
    left = _split(size)
    return 1 + (_depth(index, left) if index < left else _depth(index - left, size - left))


def _climb(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    if size == 1:
        return leaf
    left, neighbour = _split(size), path.pop()
    if index < left:
        return _node(_climb(leaf, index, left, path), neighbour)
    return _node(neighbour, _climb(leaf, index - left, size - left, path))
