"""A period in the words of a table: "2021", "2e kwartaal 2024", "Q1 2024", "mei 2024"."""

import re

from indicators.periods import MONTHS, Period

YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_CODE = re.compile(
    r"(?<!\w)((?:19|20)[0-9]{2}(?:-Q[1-4]|-[01][0-9]|(?:JJ|KW|MM)[0-9]{2}))(?!\w|-)", re.IGNORECASE
)
_ORDINALS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4}
_QUARTER = re.compile(
    r"\b(?:([1-4])e ?(?:kwartaal\b|kwart\b\.?|kw\b\.?)|(eerste|tweede|derde|vierde) kwartaal\b"
    r"|(?:kwartaal |kw\.? ?|[qk])([1-4])\b)",
    re.IGNORECASE,
)
_MONTH_NAMES = {
    **{name: number for number, name in enumerate(MONTHS, start=1)},
    **{name[:3]: number for number, name in enumerate(MONTHS, start=1)},
    "mrt": 3,
    "sept": 9,
}
_MONTH = re.compile(rf"\b({'|'.join(sorted(_MONTH_NAMES, key=len, reverse=True))})\b\.?", re.IGNORECASE)


def period_and_rest(text: str) -> tuple[Period, str] | None:
    """The one period in a text, and the text without it; None when there is none, or more than one year."""
    code = _CODE.search(text)
    period = Period.from_code(code[1].upper()) if code else None
    if code and period:
        return period, _without(text, code)
    years = YEAR.findall(text)
    if len(years) != 1:
        return None
    year, rest = int(years[0]), YEAR.sub(" ", text)
    quarter = _QUARTER.search(rest)
    if quarter:
        number = quarter[1] or quarter[3] or _ORDINALS[quarter[2].casefold()]
        return Period.of_quarter(year, int(number)), _without(rest, quarter)
    month = _MONTH.search(rest)
    if month:
        return Period.of_month(year, _MONTH_NAMES[month[1].casefold()]), _without(rest, month)
    return Period.of_year(year), rest


def period_of(text: str) -> Period | None:
    """The period that a text is, and nothing else: the cell of a column with periods."""
    found = period_and_rest(text)
    return found[0] if found and found[1].strip(" .,") in ("", "jaar") else None


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"
