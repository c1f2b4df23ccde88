"""What a column is, by its heading or by what a person said of it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indicators.columns import Column, Kind
from indicators.names import folded
from indicators.periods import Period
from indicators.reading.periods_in_words import period_and_rest

# What a printed table may have besides figures. The first name is the one we use ourselves.
PRINTED_NAMES = {
    "chapter": ("hoofdstuk", "nummer", "nr", "nr."),
    "theme": ("thema", "onderwerp", "tabel"),
    "group": ("groep", "subthema", "rubriek"),
    "label": ("indicator", "indicatoren", "prestatie-indicator", "prestatie-indicatoren", "omschrijving"),
    "source": ("bron", "bronnen"),
    "unit": ("eenheid",),
    "note": ("noot", "toelichting", "opmerking", "opmerkingen"),
}
# What exports of city monitors call their columns; a person may say otherwise.
EXPORT_NAMES = {
    "chapter": ("hoofdstuk",),
    "theme": ("thema", "programma"),
    "group": ("groep", "subthema", "rubriek"),
    "label": (
        "indicator", "indicatoren", "indicatornaam", "naam indicator", "onderwerp", "onderwerpnaam", "variabele",
        "vraag",
    ),
    "source": ("bron", "bronnen", "bronnaam"),
    "area": (
        "gebiedscode", "regiocode", "gemeentecode", "wijkcode", "buurtcode", "gebied", "gebiedsnaam", "gemeente",
        "gemeentenaam", "regio", "regios", "regio's", "geo", "stadsdeel", "wijk", "wijknaam", "buurt", "buurtnaam",
        "wijken en buurten",
    ),
    "breakdown": ("uitsplitsing", "doelgroep", "leeftijd", "geslacht", "categorie", "achtergrondkenmerk", "dimensie"),
    "period": ("periode", "perioden", "jaar", "peiljaar", "meetmoment", "peilmoment", "tijd"),
    "value": ("waarde", "cijfer", "meetwaarde", "score", "resultaat", "uitkomst"),
    "n": ("n", "respons", "respondenten", "aantal respondenten", "ondervraagden", "aantal ondervraagden"),
    "low": ("ondergrens", "marge laag", "marge_laag", "ondergrens 95%", "marge van"),
    "high": ("bovengrens", "marge hoog", "marge_hoog", "bovengrens 95%", "marge tot"),
    "status": ("status", "stand"),
    "note": ("noot", "toelichting", "opmerking", "opmerkingen"),
    "unit": ("eenheid",),
}  # fmt: skip
IGNORE = "ignore"
# Everything a person may say of a column, besides "observation:2021" and the like.
ROLES = (*EXPORT_NAMES, IGNORE)
# Columns with these make a file an export of figures rather than a printed table.
EXPORT_ROLES = ("area", "period", "value")

_BASELINE_WORDS = {
    "meting", "nulmeting", "beginmeting", "startmeting", "basismeting", "uitgangswaarde", "uitgangssituatie",
    "uitgangspunt", "basis", "basisjaar", "basiswaarde", "startwaarde", "referentie", "referentiewaarde",
}  # fmt: skip
_TARGET_WORDS = {
    "streefwaarde", "streefwaarden", "streefcijfer", "streefcijfers", "streefdoel", "streven", "doel", "doelen",
    "doelstelling", "doelstellingen", "doelwaarde", "ambitie", "norm", "target",
}  # fmt: skip
_OBSERVED_WORDS = {
    "realisatie", "gerealiseerd", "resultaat", "uitkomst", "waarde", "cijfer", "cijfers", "score", "stand",
    "gemeten", "werkelijk", "tussenmeting", "vervolgmeting", "eindmeting",
}  # fmt: skip
_FILLERS = {"jaar", "in", "van", "voor", "over", "per", "eind", "ultimo", "het", "de", "is"}
_NO_FIGURES = {
    "verschil", "trend", "ontwikkeling", "afwijking", "toename", "afname", "mutatie", "verandering", "index",
}  # fmt: skip
_COMPARED = {"t", "o", "v", "tov", "ten", "opzichte", "met", "tussen", "en", "tot"}
_ZERO_MEASUREMENT = re.compile(r"\b(?:0|nul)[ -]?meting(?:en)?\b")
SEVERAL_YEARS = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})(?: ?[-–/] ?| tot en met | t/m | tot )((?:19|20)[0-9]{2})(?![0-9])"
)
_WORD = re.compile(r"[^\W_]+")
MARK = re.compile(r"\s*(\*{1,3}\)?|(?<=\s)[0-9a-z]\)|[¹²³⁴⁵⁶⁷⁸⁹])$")


@dataclass(frozen=True)
class Heading:
    """A column: its heading as printed on one line, and what it is. Figures have a `column`, others a `role`."""

    text: str
    role: str = ""
    column: Column | None = None
    mark: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.role or self.column)


def printed_heading(text: str, mapping: Mapping[str, str]) -> Heading:
    """What a heading of a printed table says; a person's word in `mapping` goes first."""
    line = one_line(text)
    return said_heading(line, mapping) or _heading(line, _PRINTED_ROLE)


def export_heading(text: str, mapping: Mapping[str, str]) -> Heading:
    """What a heading of a city monitor's export says."""
    line = one_line(text)
    return said_heading(line, mapping) or _heading(line, _EXPORT_ROLE)


def said_heading(line: str, mapping: Mapping[str, str]) -> Heading | None:
    """What a person said of this heading; None when nobody said anything that we know."""
    said = mapping.get(line, "")
    if said in ROLES:
        return Heading(line, role=said)
    kind, _colon, code = said.partition(":")
    period = Period.from_code(code)
    if kind in ("observation", "baseline", "target") and period:
        return Heading(line, column=Column(kind, period, line))  # type: ignore[arg-type]
    return None


def column_of(text: str) -> Column | None:
    """The figures a heading announces: "2021", "Nulmeting 2021", "Streefwaarde 2027". None for other texts."""
    bare = MARK.sub("", text)
    found = period_and_rest(bare) or _last_of_years(bare)
    if not found:
        return None
    period, rest = found
    kind = _kind(rest.casefold())
    return Column(kind, period, one_line(text)) if kind else None


def _last_of_years(text: str) -> tuple[Period, str] | None:
    """A target for several years is one for the last of them: "Streefwaarde 2023-2026"."""
    years = SEVERAL_YEARS.search(text)
    if not years or years[1] >= years[2] or _kind(text.casefold()) != "target":
        return None
    return period_and_rest(SEVERAL_YEARS.sub(years[2], text))


def kind_of_words(text: str) -> Kind | None:
    """What the upper half of a heading says: "Meting", "Streefwaarde". None for other texts."""
    return _kind(text.casefold()) if text else None


def is_heading(text: str) -> bool:
    """Whether a text looks like the heading of a column."""
    line = one_line(text)
    return folded(line) in _PRINTED_ROLE or folded(line) in _EXPORT_ROLE or column_of(line) is not None


def one_line(text: str) -> str:
    return " ".join(text.split())


def _heading(line: str, roles: Mapping[str, str]) -> Heading:
    mark = MARK.search(line)
    bare = folded(MARK.sub("", line))
    role = roles.get(bare.rstrip(":"), "")
    if not role and _is_passed_over(bare):
        role = IGNORE
    return Heading(line, role, None if role else column_of(line), mark[1] if mark else "")


def _is_passed_over(words: str) -> bool:
    """A difference or a trend follows from the figures: "Verschil 2021-2022", "Trend t.o.v. 2020"."""
    said = {word for word in _WORD.findall(words) if not word.isdigit()}
    return bool(said & _NO_FIGURES) and said <= _NO_FIGURES | _FILLERS | _COMPARED


def _kind(words: str) -> Kind | None:
    if _ZERO_MEASUREMENT.search(words):
        return "baseline"
    known = set(_WORD.findall(words))
    if known & _NO_FIGURES:
        return None
    if known & _TARGET_WORDS:
        return "target"
    if known & _BASELINE_WORDS:
        return "baseline"
    return "observation" if known <= _OBSERVED_WORDS | _FILLERS else None


def _by_name(names: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {alias: role for role, aliases in names.items() for alias in aliases}


_PRINTED_ROLE = _by_name(PRINTED_NAMES)
_EXPORT_ROLE = _by_name(EXPORT_NAMES)
