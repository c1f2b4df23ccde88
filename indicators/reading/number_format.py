"""A number of a workbook as a person sees it, in Dutch notation: 0.35 with format `0%` is "35%"."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from indicators.cells import print_number
from indicators.periods import MONTHS

# Excel itself shows no more digits than these in a cell without a format.
_GENERAL_DIGITS = 10
_LONGEST = 40
# Beyond these Excel itself writes 1E+15 and 1E-15.
_LARGEST, _SMALLEST = Decimal("1e15"), Decimal("1e-15")
_DECIMALS = 10
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]'
    r"|(?P<number>[#0?][#0?,.]*)|(?P<other>.)",
    re.DOTALL,
)
_DATE_TOKEN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|d+|m+|y+|h+|s+|AM/PM|.', re.IGNORECASE)


@dataclass(frozen=True)
class _Pattern:
    """The digits of a format: `0.0` has one decimal, `#,##0` groups, `0,` counts in thousands."""

    text: str

    @property
    def thousands(self) -> int:
        return len(self.text) - len(self.text.rstrip(","))

    @property
    def grouped(self) -> bool:
        return "," in self._whole.rstrip(",")

    @property
    def digits(self) -> int:
        return self._whole.count("0")

    @property
    def decimals(self) -> tuple[int, int]:
        """At least and at most this many."""
        fraction = self.text.partition(".")[2].rstrip(",")
        return min(fraction.count("0"), _DECIMALS), min(len(fraction), _DECIMALS)

    @property
    def _whole(self) -> str:
        return self.text.partition(".")[0]


def shown(stored: str, code: str, *, since_1904: bool = False) -> str:
    """What a cell shows that holds the number `stored` and has the format `code`."""
    try:
        number = Decimal(stored)
    except InvalidOperation:
        return stored
    if not is_ordinary(number):
        return stored
    if is_date_format(code):
        return _date(number, code, since_1904=since_1904) or general(number)
    section, number = _section(code, number)
    return (_formatted(section, number) or general(number)).strip()


def is_ordinary(number: Decimal) -> bool:
    """Whether a number can be written out with all its digits."""
    return number.is_finite() and (number == 0 or _SMALLEST <= abs(number) < _LARGEST)


def general(number: Decimal) -> str:
    """A number without a format: 6.7 as "6,7", 4500 as "4500"."""
    rounded = Decimal(f"{number:.{_GENERAL_DIGITS}g}") if number != number.to_integral_value() else number
    decimals = max(0, -int(rounded.normalize().as_tuple().exponent))
    return print_number(rounded, decimals, grouped=False)


def _section(code: str, number: Decimal) -> tuple[str, Decimal]:
    """The part of the format that goes for this number: there may be one for negative ones, and for zero."""
    sections = re.findall(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])+|(?<=;)(?=;|$)', code) or [""]
    if number < 0 and len(sections) > 1:
        return sections[1], abs(number)
    if number == 0 and len(sections) > 2:
        return sections[2], number
    return sections[0], number


def _formatted(section: str, number: Decimal) -> str:
    """ "" where the format says nothing that we know: then the number is printed without one."""
    tokens = list(_TOKEN.finditer(section))
    patterns = [token["number"] for token in tokens if token["number"]]
    if "general" in section.casefold() or "E+" in section or len(patterns) > 1 or "@" in section:
        return ""
    percent = any(token["other"] == "%" for token in tokens)
    digits = _digits(_Pattern(patterns[0]), number * 100 if percent else number) if patterns else ""
    pieces = (
        digits
        if token["number"]
        else token["quoted"] or token["escaped"] or token["currency"] or token["other"] or ""
        for token in tokens
    )
    return "".join(pieces)[:_LONGEST]


def _digits(pattern: _Pattern, number: Decimal) -> str:
    least, most = pattern.decimals
    scaled = number.scaleb(-3 * pattern.thousands).quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    decimals = most
    while decimals > least and scaled == scaled.quantize(Decimal(1).scaleb(1 - decimals), ROUND_HALF_UP):
        decimals -= 1
    text = print_number(abs(scaled), decimals, grouped=pattern.grouped)
    whole = len(text.partition(",")[0])
    text = "0" * (pattern.digits - whole) + text
    return f"-{text}" if scaled < 0 else text


def _date(number: Decimal, code: str, *, since_1904: bool) -> str:
    try:
        moment = from_excel(float(number), CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900)
    except (ValueError, OverflowError):
        return ""
    if not isinstance(moment, dt.datetime):
        return str(moment)
    if code == "mm-dd-yy":  # the format that means: the short date of this country
        code = "d-m-yyyy"
    minutes = False
    pieces = []
    for token in _DATE_TOKEN.findall(code.split(";")[0]):
        letter = token[:1].casefold()
        pieces.append(_date_piece(token, letter, moment, minutes=minutes))
        minutes = letter == "h" or (minutes and not letter.isalpha())
    return "".join(pieces).strip()


def _date_piece(token: str, letter: str, moment: dt.datetime, *, minutes: bool) -> str:
    if token[0] in '"\\[':
        return "" if token[0] == "[" else token.strip('"').removeprefix("\\")
    if letter == "y":
        return f"{moment.year:04}" if len(token) > 2 else f"{moment.year % 100:02}"
    if letter == "m" and not minutes and len(token) > 2:
        name = MONTHS[moment.month - 1]
        return name if len(token) > 3 else name[:3]
    numbers = {
        "d": moment.day,
        "m": moment.minute if minutes else moment.month,
        "h": moment.hour,
        "s": moment.second,
    }
    return f"{numbers[letter]:0{min(len(token), 2)}}" if letter in numbers else token
