"""Reading the ballot as the browser sends it. Pure: what was filled in, what is wrong with it, in plain Dutch.

Django's own form fields cost twice the time of this loop, on the one page that everybody loads at once.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from participation.ranking.weighting import GENDERS, cell_code

ABSTAIN = "geen"
PREFIX = "plaats-"
NONCE = "toeval"
AGE, GENDER = "leeftijd", "geslacht"
# What the browser sends for "zeg ik liever niet".
UNSAID = "-"
# Per free text: its name in the form, and how long it may be.
REMARKS = {"suggestion": ("eigen", 200), "motivation": ("waarom", 500), "own_part": ("zelf", 500)}


@dataclass(frozen=True)
class BallotChoice:
    """What somebody chose: it counts when `errors` (text, id of the control) is empty.

    `age` and `gender` are as they were sent, `cell` is the group of who gave both, `remarks` has texts by kind.
    """

    places: Mapping[str, str]
    abstains: bool
    ranking: tuple[str, ...]
    errors: tuple[tuple[str, str], ...]
    age: str = ""
    gender: str = ""
    cell: str = ""
    remarks: Mapping[str, str] = field(default_factory=dict)


def read_ballot(
    data: Mapping[str, str],
    *,
    themes: Mapping[str, str],
    k: int,
    bands: Collection[str] = (),
    asks_remarks: bool = False,
) -> BallotChoice:
    """Read the form of a round with these themes (code to name) and at most `k` places.

    `bands` are the age bands it asks for; what is not asked is not read.
    """
    places = {code: data.get(PREFIX + code, "") for code in themes}
    abstains = bool(data.get(ABSTAIN))
    chosen = {code: place for code, place in places.items() if place}
    remarks = _remarks(data) if asks_remarks else {}
    errors = [*_errors(chosen, abstains, themes, k), *_too_long(remarks)]
    age, gender = _group(data, bands) if bands else ("", "")
    return BallotChoice(
        places=places,
        abstains=abstains,
        ranking=() if errors else tuple(sorted(chosen, key=lambda code: int(chosen[code]))),
        errors=tuple(errors),
        age=age,
        gender=gender,
        cell=cell_code(age, gender) if age in bands and gender in GENDERS else "",
        remarks=remarks,
    )


def browser_nonce(sent: str) -> bytes | None:
    """The 16 random bytes that the browser made; None where there was no script, or it sent something else."""
    return bytes.fromhex(sent) if re.fullmatch("[0-9a-f]{32}", sent) else None


def places_of(ranking: Sequence[str]) -> dict[str, str]:
    """The form's values for a ranking that was sent before."""
    return {code: str(place) for place, code in enumerate(ranking, start=1)}


def _group(data: Mapping[str, str], bands: Collection[str]) -> tuple[str, str]:
    """Age band and gender; the group may be left out, so what is no answer is no error either."""
    age, gender = data.get(AGE, ""), data.get(GENDER, "")
    return age if age in {*bands, UNSAID} else "", gender if gender in {*GENDERS, UNSAID} else ""


def _remarks(data: Mapping[str, str]) -> dict[str, str]:
    """The free texts by kind, with line ends of one sign and without signs that PostgreSQL refuses."""
    sent = {kind: data.get(name, "") for kind, (name, _longest) in REMARKS.items()}
    return {kind: text.replace("\r\n", "\n").replace("\0", "").strip() for kind, text in sent.items()}


def _too_long(remarks: Mapping[str, str]) -> list[tuple[str, str]]:
    errors = []
    for kind, text in remarks.items():
        name, longest = REMARKS[kind]
        if len(text) > longest:
            counts = {"length": len(text), "longest": longest}
            sentence = _("Uw tekst is %(length)s tekens lang. Maak er hoogstens %(longest)s tekens van.")
            errors.append((sentence % counts, name))
    return errors


def _errors(
    chosen: Mapping[str, str], abstains: bool, themes: Mapping[str, str], k: int
) -> list[tuple[str, str]]:
    allowed = [str(place) for place in range(1, k + 1)]
    if strange := [code for code, place in chosen.items() if place not in allowed]:
        return [(_("Kies een nummer van 1 tot en met %(k)s.") % {"k": k}, PREFIX + strange[0])]
    if abstains and chosen:
        text = _("U koos onderwerpen én ‘Geen voorkeur’. Haal een van de twee weg.")
        return [(text, ABSTAIN)]
    if not chosen and not abstains:
        first = next(iter(themes), ABSTAIN)
        return [(_("Kies minstens één onderwerp, of kruis ‘Geen voorkeur’ aan."), PREFIX + first)]
    return _doubles(chosen, themes, allowed) or _gap(chosen, allowed)


def _doubles(
    chosen: Mapping[str, str], themes: Mapping[str, str], allowed: Sequence[str]
) -> list[tuple[str, str]]:
    errors = []
    for place in allowed:
        codes = [code for code, given in chosen.items() if given == place]
        if len(codes) > 1:
            names = " en ".join(f"‘{themes[code]}’" for code in codes)
            text = _("U gaf nummer %(place)s aan %(names)s. Geef elk nummer één keer.")
            errors.append((text % {"place": place, "names": names}, PREFIX + codes[1]))
    return errors


def _gap(chosen: Mapping[str, str], allowed: Sequence[str]) -> list[tuple[str, str]]:
    given = set(chosen.values())
    for place in allowed[: len(given)]:
        if place not in given:
            later = next(code for code, number in chosen.items() if int(number) > int(place))
            text = _("U gaf nog geen onderwerp nummer %(place)s. Begin bij 1 en sla geen nummer over.")
            return [(text % {"place": place}, PREFIX + later)]
    return []
