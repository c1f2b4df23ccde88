"""What to say of a text in a cell that is no number. Pure."""

import re
from collections.abc import Iterator

from indicators.cells import parse, parse_target

_POINT = re.compile(r"(?<=[0-9])\.(?=[0-9]{1,6}(?:[^0-9.]|$))")
_SPACED = re.compile(r"(?<=[0-9])[ \u00a0\u2009\u202f](?=[0-9]{3}(?:[^0-9]|$))")
_ZEROS = re.compile(r"(?<![0-9.,])0+(?=[0-9])")
_WORDS = ((r"\s*(?:procent|pct\.?)", "%"), (r"<=", "≤"), (r">=", "≥"), (r"^(?:circa|ca|±|~) ?", "ca. "))
_SWAPPED = str.maketrans(".,", ",.")


def text_remark(text: str, *, is_target: bool = False) -> str:
    """A sentence for whoever typed a text that is kept as text, or "" if it reads as a figure.

    "6.7" gives "‘6.7’ lezen we als tekst. Bedoelt u 6,7?".
    """
    if _is_read(text, is_target):
        return ""
    meant = next((one for one in _candidates(text) if one != text and _is_read(one, is_target)), "")
    said = f"‘{text}’ lezen we als tekst."
    if meant:
        return f"{said} Bedoelt u {meant}?"
    if any(sign.isdigit() for sign in text):
        return f"{said} Klopt dat?"
    return f"{said} Is er geen cijfer? Kies bij de stand waarom."


def _is_read(text: str, is_target: bool) -> bool:
    return (parse_target(text) if is_target else parse(text)).kind != "text"


def _candidates(text: str) -> Iterator[str]:
    """What somebody may have meant, the likeliest first."""
    plain = text.strip()
    for pattern, instead in _WORDS:
        plain = re.sub(pattern, instead, plain)
    plain = _ZEROS.sub("", plain)
    yield plain
    yield _POINT.sub(",", plain)
    yield plain.translate(_SWAPPED)
    yield _SPACED.sub(".", plain)
    yield plain.rstrip(" .*")
