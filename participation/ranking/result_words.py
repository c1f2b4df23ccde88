"""A published result in plain words. Every sentence says only what the number of participants allows."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from haarlemveilig.disclosure import Tier
from participation.ranking.published import AreaResultView, RoundResultView, ThemeResult

ENTREPRENEURS = "entrepreneurs"
TOP = 3
# More names than this in one sentence is a list, not a sentence.
FEW = 4


def people(kind: str) -> str:
    """Who could take part, as a word in a sentence."""
    return _("ondernemers") if kind == ENTREPRENEURS else _("bewoners")


def and_list(words: Sequence[str]) -> str:
    """`a, b en c`; empty where there are none."""
    return f" {_('en')} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


# --- a theme ----------------------------------------------------------------------------------------
def place_text(theme: ThemeResult | None) -> str:
    """Such as "plaats 2–5", or "plaats 1" when that is certain; "" where no places may be given."""
    if theme is None or theme.rank_low is None or theme.rank_high is None:
        return ""
    if theme.rank_low == theme.rank_high:
        return _("plaats %(place)s") % {"place": theme.rank_low}
    return _("plaats %(low)s–%(high)s") % {"low": theme.rank_low, "high": theme.rank_high}


def label_text(label: str) -> str:
    """The label of a ranked theme in words."""
    return {
        "in": _("in de top 3"),
        "possible": _("mogelijk in de top 3"),
        "out": _("niet in de top 3"),
    }.get(label, "")


def lower(name: str) -> str:
    """A name of a theme inside a sentence; what begins with two capitals is an abbreviation and stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


# --- the headline -----------------------------------------------------------------------------------
def headline(area: AreaResultView, where: Sequence[str], themes: Mapping[str, str], kind: str) -> str:
    """The result in one sentence; `where` are the areas it speaks for, its own first."""
    certain = [lower(themes[theme.code]) for theme in area.labelled("in")]
    values = {
        # What holds for all of them together holds for this one.
        "where": and_list(where) if area.tier >= Tier.INDICATIVE else where[0],
        "people": people(kind),
        "themes": and_list(certain),
    }
    return capfirst(_headline(area, bool(certain), len(where) > 1, kind) % values)


def _headline(area: AreaResultView, is_certain: bool, is_plural: bool, kind: str) -> str:
    if area.tier < Tier.INDICATIVE:
        return _("Te weinig %(people)s van %(where)s deden mee om een uitslag te laten zien")
    if not area.shows_ranks:
        return _("Een eerste indruk van %(where)s: dit noemden de deelnemers het vaakst")
    if not is_certain:
        return _("In %(where)s liggen de onderwerpen zo dicht bij elkaar dat geen top 3 zeker is")
    if kind == ENTREPRENEURS:
        return _("Ondernemers in %(where)s willen eerst iets doen aan %(themes)s")
    if is_plural:
        return _("%(where)s willen eerst iets doen aan %(themes)s")
    return _("%(where)s wil eerst iets doen aan %(themes)s")


def lead(area: AreaResultView, themes: Mapping[str, str], k: int) -> str:
    """What comes after the headline: the shares of the first two, and what is not certain."""
    if not area.shows_shares:
        return _("Met zo weinig antwoorden zegt een percentage niets. Ook zou te zien zijn wie wat koos.")
    first = [_share_words(theme, themes) for theme in area.themes[:2]]
    sentence = _("Van de %(n)s deelnemers zette %(shares)s%(where)s.") % {
        "n": thousands(area.participants or 0),
        "shares": and_list(first),
        "where": _(" in de top 3") if k >= TOP else _(" op het stembiljet"),
    }
    return " ".join(filter(None, [sentence, _not_certain(area, themes)]))


def _share_words(theme: ThemeResult, themes: Mapping[str, str]) -> str:
    return f"{whole_percent(theme.share or 0)}% {lower(themes[theme.code])}"


def whole_percent(share: float) -> int:
    """As the filter `percent` prints it: half goes up."""
    return int(round(share * 100, 7) + 0.5)


def _not_certain(area: AreaResultView, themes: Mapping[str, str]) -> str:
    possible = [lower(themes[theme.code]) for theme in area.labelled("possible")]
    if not possible:
        return ""
    values = {"themes": and_list(possible), "n": len(possible)}
    if not area.labelled("in"):
        return _("Voor de top 3 komen %(n)s onderwerpen in aanmerking.") % values
    if len(possible) > FEW:
        return _("De rest van de top 3 is niet zeker: %(n)s onderwerpen liggen dicht bij elkaar.") % values
    return _("De rest van de top 3 is niet zeker: %(themes)s liggen dicht bij elkaar.") % values


def short_result(area: AreaResultView, themes: Mapping[str, str]) -> str:
    """The result in a cell of a table."""
    certain = [lower(themes[theme.code]) for theme in area.labelled("in")]
    if area.tier < Tier.INDICATIVE:
        return _("te weinig deelnemers")
    if not area.shows_ranks:
        return _("eerste indruk, geen plaatsen")
    return and_list(certain) or _("geen top 3 is zeker")


# --- who took part, and what that is worth ----------------------------------------------------------
def taking_part(area: AreaResultView, kind: str, from_age: int) -> str:
    """How many took part, and which part of the residents that is."""
    values = {"n": thousands(area.participants or 0), "people": people(kind), "age": from_age}
    if not area.participants:
        return _("Minder dan tien %(people)s deden mee.") % values
    if not area.residents or kind == ENTREPRENEURS:
        return _("%(n)s %(people)s deden mee.") % values
    part = one_decimal(area.participants / area.residents)
    sentence = _("%(n)s bewoners deden mee: %(part)s van alle bewoners van %(age)s jaar en ouder.")
    return sentence % {**values, "part": part}


def thousands(count: int) -> str:
    """3888 as "3.888"."""
    return number_format(count, use_l10n=True, force_grouping=True)


def one_decimal(share: float) -> str:
    """0.043 as "4,3%"."""
    rounded = Decimal(f"{share * 100:.9f}").quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{number_format(rounded, 1, use_l10n=True)}%"


def certainty(area: AreaResultView, kind: str, from_age: int) -> tuple[str, ...]:
    """How certain a result with shares is, one thought per paragraph (RANKING 2.7)."""
    found = [
        taking_part(area, kind, from_age),
        _("Zij kozen zelf om mee te doen. Wie geen belangstelling had, telt niet mee."),
        weighting(area),
        _(
            "De balk laat alleen toevalsverschil zien. Dat mensen zelf kozen om mee te doen, zit daar niet in. "
            "Daarom leggen we deze uitslag altijd naast gesprekken en cijfers."
        ),
        chance_of(area),
    ]
    return tuple(filter(None, found))


def weighting(area: AreaResultView) -> str:
    """That the result was weighted, and what that does not mend; or why it was not."""
    by = weighted_by(area)
    if by:
        return _("De uitslag is gewogen naar %(by)s. Dat corrigeert niet wie er geïnteresseerd is.") % {
            "by": by
        }
    if area.raw_because:
        return _("De uitslag is niet gewogen. %(reason)s") % {"reason": _raw_because(area.raw_because)}
    if area.is_weighted:
        return _("De uitslag is niet gewogen: van een leeftijd of geslacht deden te weinig mensen mee.")
    return _("De uitslag is niet gewogen naar leeftijd of geslacht: elke deelnemer telt even zwaar.")


def _raw_because(reason: str) -> str:
    return {
        "design-effect": _(
            "Sommige groepen deden veel minder mee dan andere. Door wegen zou de uitslag meer van toeval afhangen."
        ),
        "effective-size": _("Na het wegen zouden er te weinig antwoorden overblijven om op te bouwen."),
        "single-weight": _("Anders zou één deelnemer te zwaar meetellen."),
    }.get(reason, "")


def weighted_by(area: AreaResultView) -> str:
    """Such as "leeftijd en geslacht", "leeftijd", or "" where all counted alike. From the cells; "" if unknown."""
    known = [set(cell.codes) for cell in area.cells if cell.codes]
    areas = {cell.area for cell in area.cells}
    if not area.is_weighted or len(known) < 2:
        return ""
    if all(len(_genders(codes)) == 1 for codes in known):
        return _("leeftijd en geslacht")
    if any(len(_genders(codes)) == 1 for codes in known):
        return _("leeftijd en, waar dat kon, geslacht")
    if any(len(_bands(codes)) < len(set.union(*map(_bands, known))) for codes in known):
        return _("leeftijd")
    return _("het aantal inwoners per wijk") if len(areas) > 1 else ""


def _bands(codes: set[str]) -> set[str]:
    return {code.partition("/")[0] for code in codes}


def _genders(codes: set[str]) -> set[str]:
    return {code.partition("/")[2] for code in codes} - {""}


def chance_of(area: AreaResultView) -> str:
    """How much the weighting cost, in participants."""
    if not weighted_by(area) or not area.n_eff or not area.participants:
        return ""
    if round(area.n_eff) >= area.participants:
        return ""
    return _("Door het wegen is de marge zo groot als bij ongeveer %(n)s deelnemers.") % {
        "n": thousands(round(area.n_eff))
    }


def robustness(area: AreaResultView, themes: Mapping[str, str]) -> str:
    """Whether another way of counting gives the same top 3; "" where no places may be given."""
    if area.robust is None or not area.shows_ranks:
        return ""
    if area.robust:
        return _("Tellen met punten, of elk onderwerp met elk ander vergelijken, geeft dezelfde top 3.")
    disputed = [lower(themes[code]) for code in area.disputed]
    if not disputed:
        return _("De volgorde hangt af van de telregel.")
    return _("De volgorde hangt af van de telregel: %(themes)s.") % {"themes": and_list(disputed)}


# --- the whole round --------------------------------------------------------------------------------
def group_text(kind: str, code: str) -> str:
    """A group of the composition: "35 tot en met 64 jaar", "65 jaar en ouder", "vrouwen"."""
    if kind == "gender":
        return {"m": _("mannen"), "v": _("vrouwen")}.get(code, code)
    first, _dash, last = code.partition("-")
    if not last:
        return _("%(age)s jaar en ouder") % {"age": first.rstrip("+")}
    return _("%(first)s tot en met %(last)s jaar") % {"first": first, "last": last}


def from_age(result: RoundResultView) -> int:
    """The age from which residents were counted; 15 where the population is known in bands of five only."""
    ages = [
        int(digits)
        for area in result.areas.values()
        if not area.within  # The whole has the cells of its parts.
        for cell in area.cells
        for code in cell.codes
        if (digits := code.partition("/")[0].partition("-")[0].rstrip("+")).isdigit()
    ]
    return min(ages, default=15)


def way_in_text(code: str) -> str:
    """A way to take part, as a line in a list."""
    return {
        "letter_code": _("Met een code uit een brief"),
        "openid": _("Ingelogd"),
        "email_code": _("Met een code per e-mail"),
        "postcode": _("Met alleen een postcode"),
    }.get(code, code)


def channel_text(code: str) -> str:
    return {
        "web": _("Op de website"),
        "paper": _("Op papier"),
        "telephone": _("Per telefoon"),
        "counter": _("Aan de balie"),
    }.get(code, code)


def flag_text(code: str) -> str:
    """Why ballots stood out."""
    return {
        "burst": _("veel stembiljetten vanaf één adres in korte tijd"),
        "same": _("steeds dezelfde keuze vanaf één adres"),
        "fast": _("sneller ingevuld dan iemand kan lezen"),
        "trap": _("een vak ingevuld dat mensen niet zien"),
    }.get(code, code)
