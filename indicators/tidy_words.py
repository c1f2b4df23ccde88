"""The words of the flat form: its columns, and how kinds, statuses and periods are written. Pure."""

import datetime as dt
import re

from indicators.columns import Kind
from indicators.periods import Period

COLUMNS = (
    "tabel", "hoofdstuk", "rij", "groep", "label", "bron_gedrukt", "rijnoot", "indicator", "reeks", "bron",
    "verzonnen", "gebied", "gebiedscode", "uitsplitsing", "eenheid", "soort", "kolom", "periode", "meetperiode",
    "onderdeel", "waarde", "waarde_tot", "vergelijking", "status", "status_sdmx", "reden", "gedrukt", "noot",
    "n", "marge_laag", "marge_hoog", "peildatum", "vastgelegd",
)  # fmt: skip
# Those that hold numbers; all others are text.
NUMBERS = ("rij", "reeks", "waarde", "waarde_tot", "n", "marge_laag", "marge_hoog")

KINDS: dict[Kind, str] = {"observation": "meting", "baseline": "uitgangswaarde", "target": "streefwaarde"}
KIND_OF_WORD = {word: kind for kind, word in KINDS.items()}
# Stored code: our word and SDMX's CL_OBS_STATUS (L not collected, M cannot exist, O missing, Q suppressed).
STATUSES = {
    "normal": ("gewoon", "A"),
    "provisional": ("voorlopig", "P"),
    "revised": ("herzien", "A"),
    "estimated": ("geschat", "E"),
    "break": ("breuk in de reeks", "B"),
    "low_reliability": ("weinig betrouwbaar", "U"),
    "composite": ("meer getallen", "A"),
    "text_only": ("alleen tekst", "O"),
    "pending": ("volgt nog", "O"),
    "not_collected": ("dit jaar niet gemeten", "L"),
    "not_applicable": ("niet van toepassing", "M"),
    "suppressed": ("niet getoond of geheim", "Q"),
    "unknown": ("leeg in de bron", "O"),
}
STATUS_OF_WORD = {word: code for code, (word, _sdmx) in STATUSES.items()}
MISSING = frozenset({"text_only", "pending", "not_collected", "not_applicable", "suppressed", "unknown"})
# A cell of the table in which nothing was ever read: it has a line, so that the row is whole.
NOT_READ_IN = "niet ingelezen"
COMPARATORS = ("<", ">", "≤", "≥", "ca.")
YES, NO = "ja", "nee"

_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")

# Tables print a dash where there is nothing; by itself it is no formula.
_DASH = re.compile(r" *- *")


def neutral(text: str) -> str:
    """A text that no spreadsheet takes for a formula: with an apostrophe in front where it would."""
    return f"'{text}" if _FORMULA.match(text) and not _DASH.fullmatch(text) else text


def plain(text: str) -> str:
    """The reverse of `neutral`."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def period_code(period: Period) -> str:
    """`2021`, `2021-Q2`, `2021-05`; "2020-07-01/2021-06-30" for a period that has no such code."""
    if Period.from_code(period.code) == period:
        return period.code
    return f"{period.start.isoformat()}/{period.end.isoformat()}"


def period_of(code: str) -> Period | None:
    """The reverse of `period_code`; None for anything else."""
    start, slash, end = code.partition("/")
    if not slash:
        return Period.from_code(code)
    try:
        first, last = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
    except ValueError:
        return None
    return Period.spanning(first, last) if first <= last else None
