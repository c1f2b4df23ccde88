"""How much one document may ask of the machine. A layout engine is easily kept busy for hours."""

import resource
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from haarlemveilig.pdf.errors import PdfError

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Memory and CPU time hold in a child process only; the others hold always."""

    memory: int = 1536 * MEBIBYTE
    cpu_seconds: int = 120
    html_bytes: int = 5 * MEBIBYTE
    pages: int = 400
    depth: int = 100


LIMITS = Limits()


def check_size(html: str, limits: Limits) -> None:
    if len(html.encode()) > limits.html_bytes:
        raise PdfError(
            f"Het document is te groot voor een pdf: meer dan {limits.html_bytes // MEBIBYTE} MB aan tekst."
        )


def check_depth(root: Any, limits: Limits) -> None:
    """The engine calls itself for each nested element, and crashes at about 300 of them."""
    if any(depth > limits.depth for depth in _depths(root)):
        raise PdfError(
            f"In het document zitten meer dan {limits.depth} onderdelen in elkaar. Dat wordt geen goede pdf."
        )


def check_pages(pages: int, limits: Limits) -> None:
    if pages > limits.pages:
        raise PdfError(f"De pdf wordt te lang: {pages} bladzijden. Het mogen er {limits.pages} zijn.")


def confine_this_process(limits: Limits) -> None:
    """Cap memory and CPU time for the rest of this process's life. There is no way back."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _depths(root: Any) -> Iterator[int]:
    level = [root]
    depth = 0
    while level:
        depth += 1
        yield depth
        level = [child for element in level for child in element]
