"""The sentences about a weighing, for colleagues and residents alike."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from haarlemveilig.disclosure import Tier
from participation.ranking.published import ThemeResult
from priorities.departures import Gap, Lack
from priorities.evidence import Evidence


def ranking_sentence(evidence: Evidence, wijk: str) -> str:
    """What residents' ranking is worth for this wijk, in one or two sentences. Public."""
    where = get_text_list([wijk, *evidence.counted_with], _("en"))
    values = {"wijk": where, "year": evidence.year, "count": evidence.participants}
    if evidence.tier is None:
        return _("Voor %(year)s was er geen ronde. Er is dus geen ranglijst van bewoners.") % values
    return _by_tier()[evidence.tier] % values


def _by_tier() -> dict[Tier, str]:
    return {
        Tier.NOTHING: _("In %(wijk)s deden te weinig bewoners mee om een uitslag te laten zien."),
        Tier.COUNT_ONLY: _(
            "In %(wijk)s deden %(count)s bewoners mee. Dat zijn er te weinig om een uitslag te laten zien."
        ),
        Tier.INDICATIVE: _(
            "In %(wijk)s deden %(count)s bewoners mee. Dat is een aanwijzing: te weinig voor een volgorde."
        ),
        Tier.RANKED: _("In %(wijk)s deden %(count)s bewoners mee."),
        Tier.REGULAR: _("In %(wijk)s deden %(count)s bewoners mee."),
    }


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


def gap_text(gap: Gap, evidence: Evidence, wijk: str) -> str:
    """What is missing and what to do about it, naming the wijk and the theme."""
    values = {"wijk": wijk, "theme": evidence.name_of(gap.theme), "rank": gap.rank}
    texts = {
        Lack.NO_PRIORITY: _("Kies minstens één onderwerp voor %(wijk)s."),
        Lack.SKIPPED_RANK: _("Kies ook een onderwerp voor nummer %(rank)s."),
        Lack.NO_REASON: _("Schrijf waarom “%(theme)s” op nummer %(rank)s staat."),
        Lack.UNEXPLAINED: _("Schrijf waarom “%(theme)s” niet in de top 3 van %(wijk)s komt."),
    }
    return texts[gap.lack] % values
