"""Chapter numbers, from the tree of sections."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Node:
    """A section as far as numbering needs it. The parent is the id of another node, or None at the top."""

    id: str
    parent: str | None = None
    numbered: bool = True


def number_sections(nodes: Iterable[Node]) -> dict[str, str]:
    """The number of each section, such as "2.1"; "" where it has none. Siblings count in the given order.

    An unnumbered section, such as a foreword, takes no number from its siblings; what lies under it has none
    either.
    """
    children: defaultdict[str | None, list[Node]] = defaultdict(list)
    for node in nodes:
        children[node.parent].append(node)
    numbers: dict[str, str] = {}
    _number(children, None, "", numbers)
    return numbers


def _number(
    children: dict[str | None, list[Node]], parent: str | None, prefix: str, numbers: dict[str, str]
) -> None:
    count = 0
    for node in children.get(parent, []):
        numbers[node.id] = ""
        if node.numbered and (prefix or parent is None):
            count += 1
            numbers[node.id] = f"{prefix}{count}"
        below = numbers[node.id]
        _number(children, node.id, f"{below}." if below else "", numbers)
