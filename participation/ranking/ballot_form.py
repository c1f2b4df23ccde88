"""Reading the ballot as the browser sends it. Pure: what was filled in, what is wrong with it, in plain Dutch.

Django's own form fields cost twice the time of this loop, on the one page that everybody loads at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

ABSTAIN = "geen"
PREFIX = "plaats-"


@dataclass(frozen=True)
class BallotChoice:
    """What somebody chose: `ranking` counts when `errors` (text, id of the control) is empty."""

    places: Mapping[str, str]
    abstains: bool
    ranking: tuple[str, ...]
    errors: tuple[tuple[str, str], ...]


def read_ballot(data: Mapping[str, str], *, themes: Mapping[str, str], k: int) -> BallotChoice:
    """Read the form of a round with these themes (code to name) and at most `k` places."""
    places = {code: data.get(PREFIX + code, "") for code in themes}
    abstains = bool(data.get(ABSTAIN))
    chosen = {code: place for code, place in places.items() if place}
    errors = _errors(chosen, abstains, themes, k)
    ranking = () if errors else tuple(sorted(chosen, key=lambda code: int(chosen[code])))
    return BallotChoice(places=places, abstains=abstains, ranking=ranking, errors=tuple(errors))


def places_of(ranking: Sequence[str]) -> dict[str, str]:
    """The form's values for a ranking that was sent before."""
    return {code: str(place) for place, code in enumerate(ranking, start=1)}


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
