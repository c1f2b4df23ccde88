"""The page of the ballot: what it asks and shows, to a resident and to staff who look at it beforehand."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from haarlemveilig.gemeente.selectors import AgeBand, WijkName, age_bands
from participation.ranking import selectors
from participation.ranking.ballot_form import ABSTAIN, PREFIX, REMARKS, UNSAID, BallotChoice, read_ballot
from participation.ranking.models import OpenRemark, Round
from participation.ranking.selectors import BallotTheme
from participation.ranking.watching import stamp

EMPTY = BallotChoice(places={}, abstains=False, ranking=(), errors=())


@dataclass(frozen=True)
class RemarkField:
    """A free text that may stay empty."""

    name: str
    question: str
    longest: int
    text: str
    error: str


def read_sent(data: Mapping[str, str], round_: Round) -> BallotChoice:
    """What was sent from the ballot of this round."""
    return read_ballot(
        data,
        themes={theme.code: theme.name for theme in selectors.ballot_themes(round_)},
        k=round_.k,
        bands=[band.code for band in _bands(round_)],
        asks_remarks=round_.asks_remarks,
    )


def ballot_context(
    round_: Round,
    *,
    wijk: WijkName,
    seed: int,
    choice: BallotChoice | None = None,
    is_mine: bool = True,
    since: str = "",
    whose: str = "",
    preview: bool = False,
) -> dict[str, Any]:
    """The context of ranking/ballot.html.

    `choice` is what was sent, with its faults or from an earlier visit; `is_mine` whether it may be shown. `since`
    is the time stamp that came with it, `whose` the name of the voter in it. A `preview` works for a draft
    too: its form posts to its own address, where nothing may be cast.
    """
    shown = choice or EMPTY
    errors = {target: text for text, target in shown.errors}
    return {
        "round": round_,
        "wijk": wijk,
        "preview": preview,
        "rows": [
            (theme, shown.places.get(theme.code, ""), errors.get(PREFIX + theme.code, ""))
            for theme in _own_order(selectors.ballot_themes(round_), seed)
        ],
        "abstain_error": errors.get(ABSTAIN, ""),
        "numbers": [str(place) for place in range(1, round_.k + 1)],
        "ages": [(band.code, _age(band)) for band in _bands(round_)],
        "remarks": _remark_fields(shown, errors) if round_.asks_remarks else [],
        "unsaid": UNSAID,
        "choice": choice,
        "has_errors": bool(errors),
        "is_mine": is_mine,
        "since": stamp(since, timezone.now(), whose),
    }


def _own_order(themes: Sequence[BallotTheme], seed: int) -> list[BallotTheme]:
    """The themes in this voter's own random order: no theme has the advantage of the top."""
    order = list(themes)
    random.Random(seed).shuffle(order)  # noqa: S311  a fair order, not a secret
    return order


def _bands(round_: Round) -> list[AgeBand]:
    """The age bands to ask for; where the population is not known by groups there is nothing to weigh with."""
    return age_bands() if round_.asks_group else []


def _age(band: AgeBand) -> str:
    if band.last is None:
        return _("%(first)s jaar of ouder") % {"first": band.first}
    return _("%(first)s tot en met %(last)s jaar") % {"first": band.first, "last": band.last}


def _remark_fields(shown: BallotChoice, errors: Mapping[str, str]) -> list[RemarkField]:
    questions = {
        OpenRemark.Kind.SUGGESTION: _("Mist u een onderwerp?"),
        OpenRemark.Kind.MOTIVATION: _("Waarom is dit belangrijk voor u?"),
        OpenRemark.Kind.OWN_PART: _("Wat wilt u zelf doen?"),
    }
    return [
        RemarkField(name, questions[kind], longest, shown.remarks.get(kind, ""), errors.get(name, ""))
        for kind, (name, longest) in ((kind, REMARKS[kind]) for kind in questions)
    ]
