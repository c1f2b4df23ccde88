"""What printed names stand for, as far as that is the same in every municipality. Pure.

A name that the database knows always goes first: a municipality changes these by adding aliases.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from itertools import count


@dataclass(frozen=True)
class KnownSource:
    """A source under the name we show; tables may print one of `also`. `kind` is a Source.Kind."""

    name: str
    kind: str
    also: tuple[str, ...] = ()


KNOWN_SOURCES = (
    KnownSource("Politie", "registration"),
    KnownSource("Gemeente", "registration"),
    KnownSource("LAA", "administration", ("Landelijke Aanpak Adreskwaliteit",)),
    KnownSource("ZVH", "administration", ("Zorg- en Veiligheidshuis", "Veiligheidshuis")),
    KnownSource("Omnibus", "survey", ("Omnibusonderzoek", "Omnibusenquête")),
    KnownSource("Veiligheidsmonitor", "survey", ("VM", "Integrale Veiligheidsmonitor")),
)
# The address field holds a little more: room for a number.
SLUG_LENGTH = 70
_COUNTING_WORDS = ("aantal ",)


def folded(name: str) -> str:
    """The name as it is compared: capitals and double spaces do not count."""
    return " ".join(name.split()).casefold()


def known_source(printed: str) -> KnownSource:
    """The source a printed name stands for; an unknown name is a registration of its own."""
    wanted = folded(printed)
    for source in KNOWN_SOURCES:
        if wanted in map(folded, (source.name, *source.also)):
            return source
    return KnownSource(printed, "registration")


def unused_slug(name: str, used: Collection[str]) -> str:
    """A name for in addresses that none of `used` is: "meldingen-jeugdoverlast", or with a number behind it."""
    plain = unicodedata.normalize("NFKD", name.replace("%", " procent ").casefold())
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode())
    slug = "-".join(words)[:SLUG_LENGTH].strip("-") or "indicator"
    numbered = (f"{slug}-{number}" for number in count(2))
    return slug if slug not in used else next(name for name in numbered if name not in used)


def bare_label(label: str) -> str:
    """A label without "Aantal": "Aantal overvallen" and "Overvallen" may be the same thing."""
    bare = folded(label)
    for word in _COUNTING_WORDS:
        bare = bare.removeprefix(word)
    return bare
