"""When a figure was measured by the note below it, if that is another period than its column says.

A note moves the period only where it says so plainly. Where it just names another year, a person is asked.
"""

import re
from collections.abc import Iterator

from indicators.periods import MONTHS, Period
from indicators.reading.periods_in_words import YEAR, period_and_rest

# What may stand around the year in a note that says nothing but when it was measured.
_FILLERS = {
    "dit", "deze", "die", "het", "de", "hier", "is", "zijn", "in", "op", "over", "uit", "van", "per", "naar", "bij",
    "eind", "ultimo", "medio", "begin", "voorjaar", "najaar", "zomer", "winter", "laatste", "laatst", "bekende",
    "betreft", "betreffen", "betrekking", "heeft", "hebben", "gaat", "gaan", "geldt", "gelden", "gemeten",
    "gehouden", "uitgevoerd", "afgenomen", "geteld", "afkomstig", "vermeld", "getoond", "alleen", "let", "bron",
}  # fmt: skip
_QUARTERS = {"eerste", "tweede", "derde", "vierde", "kwartaal", "kwart", "kw", "e", "q", "k"}
_MONTHS = {*MONTHS, *(name[:3] for name in MONTHS), "mrt", "sept"}
_PLAIN = _FILLERS | _QUARTERS | _MONTHS | {"jaar", "jaargang", "stand", "score", "waarde", "omnibus", "data"}
# "nulmeting", "politiecijfers", "Veiligheidsmonitor": the last part says what it is.
_MEASURED = re.compile(
    r"\w*(?:meting(?:en)?|cijfers?|gegevens|peiling(?:en)?|monitor|onderzoek|enqu[eê]te|peildatum|(?:meet|peil)(?:jaar|moment)"
    r"|telling|uitkomst(?:en)?|resulta(?:at|ten)|omnibus\w*)",
    re.IGNORECASE,
)
# Where one of these words and then the year stand in a longer note, that says enough.
_SAYS_WHEN = re.compile(
    r"\b(?:gemeten|betreft|betreffen|betrekking op|stand|score|\w*meting|\w*peiling|peildatum|peiljaar|meetjaar"
    r"|\w*cijfers?|gegevens)\b",
    re.IGNORECASE,
)
_YEAR_GEMETEN = re.compile(rf"{YEAR.pattern} (?:is |zijn )?gemeten\b", re.IGNORECASE)
# These compare, deny or explain: the year they stand with need not be that of the figure.
_OTHERWISE = re.compile(
    r"\b(?:niet|geen|sinds|vanaf|tot|dan|vergeleken|vergelijking|opzichte|t\.?o\.?v|basis|gebaseerd|schatting|geschat"
    r"|berekend|hoger|lager|meer|minder|gewijzigd|wijziging|gecorrigeerd|aangepast|herzien|nieuwe?|andere?|anders"
    r"|was|waren)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(r"\b(?:volgt|volgen|verwacht|nog niet|wordt|worden|komt|komen)\b", re.IGNORECASE)
_CLAUSES = re.compile(
    r"[,;()\n]|(?<!\b\w)\.\s+(?=[A-Z])|\b(?:omdat|want|doordat|aangezien|daarom|daardoor|maar|terwijl)\b"
)
_INSTEAD = re.compile(
    rf"\b(?:in plaats van|i\.?p\.?v\.?|niet)\s+(?:(?:in|van|over|uit|het|jaar)\s+)*{YEAR.pattern}",
    re.IGNORECASE,
)
# 2000 people are no year.
_COUNTS = re.compile(
    r"\bn ?= ?[0-9]+|\b[0-9]{4} (?:respondent|deelnemer|inwoner|bewoner|mens|persoon|person|huishoud|adres|melding)\w*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")


def measured_period(note: str, own: Period) -> Period | None:
    """When a figure in a column of `own` was measured, if its note plainly names another period."""
    plain = _plainly_said(note)
    return plain.pop() if len(plain) == 1 and plain != {own} else None


def other_years(note: str, own: Period) -> list[int]:
    """The years besides its own that the note of a figure names without saying plainly what they are to it."""
    plain = _plainly_said(note)
    if len(plain) == 1:
        return []
    years = {int(year) for clause in _clauses(note) for year in YEAR.findall(clause)}
    return sorted(years - {own.year})


def _plainly_said(note: str) -> set[Period]:
    # "nieuwe definitie (2020)": a year without a word says something only if the rest of the note does.
    is_plain = _is_plain(note)
    said = (_said(clause) for clause in _clauses(note) if is_plain or _WORD.search(clause))
    return {period for period in said if period}


def _clauses(note: str) -> Iterator[str]:
    """The parts of a note that tell of what was; what is still to come is no measurement."""
    for clause in _CLAUSES.split(_COUNTS.sub(" ", _INSTEAD.sub(" ", note))):
        if not _NOT_YET.search(clause):
            yield clause


def _said(clause: str) -> Period | None:
    """The period that a clause with one year plainly gives."""
    found = period_and_rest(clause)
    if not found:
        return None
    return found[0] if _is_plain(found[1]) or _says_when(clause) else None


def _is_plain(words: str) -> bool:
    return all(word.casefold() in _PLAIN or _MEASURED.fullmatch(word) for word in _WORD.findall(words))


def _says_when(clause: str) -> bool:
    if _OTHERWISE.search(clause):
        return False
    year = YEAR.search(clause)
    before = [match for match in _SAYS_WHEN.finditer(clause) if year and match.end() <= year.start()]
    between = clause[before[-1].end() : year.start()] if before and year else None
    return bool(_YEAR_GEMETEN.search(clause)) or (between is not None and _is_plain(between))
