"""Which participations a throw of dice draws: everybody with the throw can draw them again. Pure."""

from hashlib import sha256


def drawn_numbers(dice: str, *, population: int, size: int) -> list[int]:
    """`size` different numbers from 1 to `population`, in order.

    Number i of a long row is SHA-256 of "<dice>,<i>" as an integer, modulo the population, plus one; numbers
    that were drawn before are passed over. (The bias of the modulo is below 2 to the power -230.)
    """
    if not 0 <= size <= population:
        raise ValueError(f"cannot draw {size} of {population}")
    found: set[int] = set()
    i = 0
    while len(found) < size:
        i += 1
        found.add(int.from_bytes(sha256(f"{dice},{i}".encode()).digest(), "big") % population + 1)
    return sorted(found)


def detects(share: float, *, size: int) -> float:
    """The chance that a sample of `size` holds at least one of a `share` of invented participations."""
    return 1 - (1 - share) ** size
