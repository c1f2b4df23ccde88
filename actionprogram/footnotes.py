"""Footnotes: a mark such as [^basistaken] may stand in any text, label or cell."""

import re
from collections.abc import Collection, Iterable

MARK = re.compile(r"\[\^([\w-]+)\]")


def keys_in(text: str) -> list[str]:
    """The notes that a text calls, in order; one that is called twice stands there twice."""
    return MARK.findall(text)


def without_marks(text: str) -> str:
    """The text as a title in a list, where no note can hang on it."""
    return MARK.sub("", text)


def number_notes(texts: Iterable[str], known: Collection[str]) -> dict[str, int]:
    """Number the known notes from 1, in reading order. Unknown marks and notes that nobody calls get none."""
    called = (key for text in texts for key in keys_in(text))
    return {key: number for number, key in enumerate(dict.fromkeys(key for key in called if key in known), 1)}
