"""What printed names stand for, as far as that is the same in every municipality. Pure.

A name that the database knows always goes first: a municipality changes these by adding aliases.
"""

from dataclasses import dataclass


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


def bare_label(label: str) -> str:
    """A label without "Aantal": "Aantal overvallen" and "Overvallen" may be the same thing."""
    bare = folded(label)
    for word in _COUNTING_WORDS:
        bare = bare.removeprefix(word)
    return bare
