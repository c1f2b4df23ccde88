"""The sentences about a weighing, for colleagues and residents alike."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from haarlemveilig.disclosure import Tier
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
