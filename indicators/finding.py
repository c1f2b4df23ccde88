"""Finding an indicator by what a resident types: "inbraak" finds "Aantal woninginbraken". Pure."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import cache

IN_NAME, ELSEWHERE = 3, 1
WHOLE_WORD = 1
# The shortest half of a compound that is looked for on its own.
HALF = 4
# A shorter stem stands in nearly every word: "zzzz" comes down to one letter.
SHORTEST = 3
# Words that people type around the word they look for.
_AROUND = (
    "aantal als bij de dat die dit door een en er gaat hebben heb het hier hoe hoeveel hoog ik in is komen komt"
    " laag mijn naar of om ons onze op over per te tot uit uw van vaak veel vind voor waar was wat we werd wie wij"
    " wordt worden zijn buurt buurten wijk wijken stad gemeente cijfer cijfers"
)
_PASSED_OVER = frozenset(_AROUND.split())
_DOUBLED = re.compile(r"([a-z])\1+")
_PLURAL = re.compile(r"(?<=[a-z]{3})en?$")
# At the end of a Dutch word v and z are written f and s: straatroven, straatroof.
_HARDENED = str.maketrans("vz", "fs")


def words_of(text: str) -> list[str]:
    """The words of a text, without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.findall(r"[a-z0-9]+", plain)


@cache
def stem(word: str) -> str:
    """A word so that singular and plural look alike: "inbraak" and "inbraken" are both "inbrak"."""
    return _PLURAL.sub("", _DOUBLED.sub(r"\1", word)).translate(_HARDENED)


def wanted_stems(typed: str) -> tuple[str, ...]:
    """The stems of what is looked for. Words such as "hoeveel" and "mijn wijk" do not count."""
    telling = (stem(word) for word in words_of(typed) if word not in _PASSED_OVER)
    return tuple(dict.fromkeys(one for one in telling if len(one) >= SHORTEST))


def score(wanted: Iterable[str], name: str, *elsewhere: str, needs_all: bool = True) -> int:
    """How well a text fits: 0 if a wanted stem is nowhere; a stem in the name counts for more.

    `elsewhere` are other names, the theme and the definition. Without `needs_all` one stem is enough.
    """
    named = frozenset(map(stem, words_of(name)))
    told = frozenset(stem(word) for text in elsewhere for word in words_of(text))
    total = 0
    for one in wanted:
        points = _points(one, named) * IN_NAME or _points(one, told) * ELSEWHERE
        if not points and needs_all:
            return 0
        total += points
    return total


def _points(wanted: str, words: Collection[str]) -> int:
    """Dutch glues words together, so a stem fits inside a longer word, and a compound fits its two halves."""
    singular = stem(wanted.removesuffix("s")) if len(wanted) > HALF else wanted
    if wanted in words or singular in words:
        return 1 + WHOLE_WORD
    return 1 if any(singular in word for word in words) or _halves(wanted, words) else 0


def _halves(wanted: str, words: Collection[str]) -> bool:
    """Whether "fietsdiefstal" or "fietsendiefstal" is told as "diefstal van een fiets"."""
    places = range(HALF, len(wanted) - HALF + 1)
    return any(stem(wanted[:place]) in words and wanted[place:] in words for place in places)
