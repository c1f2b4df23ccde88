"""Words in a drawing: how wide they are, where lines break, and how labels keep clear of each other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

SOFT_HYPHEN = "\u00ad"
NARROW_SIGNS = frozenset(" .,:;'’|!()ijlftrI-")
WIDE_SIGNS = frozenset("mwMW%@–—≤≥<>")


def text_width(words: str, size: float) -> float:
    """About how wide `words` print in Source Sans at `size`; rather too wide than too narrow."""
    return sum(_sign_width(sign) for sign in words) * size


def _sign_width(sign: str) -> float:
    if sign == SOFT_HYPHEN:
        return 0
    if sign in NARROW_SIGNS:
        return 0.36
    if sign in WIDE_SIGNS:
        return 0.86
    return 0.66 if sign.isupper() else 0.55


def wrap(words: str, width: float, size: float) -> tuple[str, ...]:
    """`words` in lines of at most `width`. A word that is too long breaks at its soft hyphens, or else anywhere."""
    lines = [""]
    for word in words.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if text_width(joined, size) <= width:
            lines[-1] = joined
            continue
        pieces = _broken(word, width, size)
        lines[-1:] = [lines[-1], *pieces] if lines[-1] else pieces
    return tuple(line.replace(SOFT_HYPHEN, "") for line in lines)


def _broken(word: str, width: float, size: float) -> list[str]:
    if text_width(word, size) <= width:
        return [word]
    parts = word.split(SOFT_HYPHEN)
    lines = [""]
    for part in parts if len(parts) > 1 else list(word):
        if lines[-1] and text_width(f"{lines[-1]}{part}-", size) > width:
            lines[-1] += "-"
            lines.append(part)
        else:
            lines[-1] += part
    return lines


@dataclass(frozen=True)
class Wish:
    """A label of some height that would best have its middle at `middle`."""

    middle: float
    height: float


def spread(wishes: Sequence[Wish], low: float, high: float) -> tuple[float, ...]:
    """The middles of labels that do not overlap, between `low` and `high`, in the order of their wishes.

    Labels that would touch become one pile, which stands as near to their wishes as it can. If they do not
    fit at all, they start at `low` and go on past `high`.
    """
    order = sorted(range(len(wishes)), key=lambda index: wishes[index].middle)
    piles: list[list[int]] = []
    for index in order:
        piles.append([index])
        while len(piles) > 1 and _foot(piles[-2], wishes, low, high) > _head(piles[-1], wishes, low, high):
            last = piles.pop()
            piles[-1] += last
    places = [0.0] * len(wishes)
    for pile in piles:
        top = _head(pile, wishes, low, high)
        for index in pile:
            places[index] = top + wishes[index].height / 2
            top += wishes[index].height
    return tuple(places)


def _head(pile: Sequence[int], wishes: Sequence[Wish], low: float, high: float) -> float:
    above = offset = 0.0
    for index in pile:
        offset += wishes[index].middle - wishes[index].height / 2 - above
        above += wishes[index].height
    return max(min(offset / len(pile), high - above), low)


def _foot(pile: Sequence[int], wishes: Sequence[Wish], low: float, high: float) -> float:
    return _head(pile, wishes, low, high) + sum(wishes[index].height for index in pile)


@dataclass(frozen=True)
class Placed:
    """Words with their middle, and the row that they stand in, from 0."""

    words: str
    middle: float
    row: int = 0


def legible(labels: Sequence[tuple[str, float]], size: float, width: float) -> tuple[Placed, ...]:
    """As many labels of an axis as fit side by side: every one, every second, ..., counted from the last."""
    placed = _inside(labels, size, width)
    for every in range(1, len(placed) + 1):
        chosen = placed[::-1][::every][::-1]
        if not any(_touch(left, right, size) for left, right in pairwise(chosen)):
            first = placed[0]
            return (
                (first, *chosen)
                if chosen[0] != first and not _touch(first, chosen[0], size)
                else tuple(chosen)
            )
    return ()


def stacked(
    labels: Sequence[tuple[str, float]], size: float, width: float, rows: int = 2
) -> tuple[Placed, ...]:
    """Labels in as few rows as keep them apart. What does not fit in `rows` is left out."""
    done: list[Placed] = []
    for label in _inside(labels, size, width):
        for row in range(rows):
            candidate = replace(label, row=row)
            if not any(other.row == row and _touch(other, candidate, size) for other in done):
                done.append(candidate)
                break
    return tuple(done)


def _inside(labels: Sequence[tuple[str, float]], size: float, width: float) -> list[Placed]:
    """The labels moved to where they do not stick out; one that is wider than all there is, is left out."""
    halves = [(words, middle, text_width(words, size) / 2) for words, middle in labels]
    return [
        Placed(words, min(max(middle, half), width - half))
        for words, middle, half in halves
        if half <= width / 2
    ]


def _touch(left: Placed, right: Placed, size: float) -> bool:
    needed = (text_width(left.words, size) + text_width(right.words, size)) / 2 + size / 2
    return abs(right.middle - left.middle) < needed
