"""The rounds themselves, and what the ballot shows."""

import datetime as dt
from dataclasses import dataclass

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import get_language

from haarlemveilig.gemeente.models import Theme
from haarlemveilig.gemeente.selectors import WijkName, wijken
from participation.ranking.models import Round

THEME_SECONDS = 60


def open_round(at: dt.datetime) -> Round | None:
    """The round in which residents can take part at this moment."""
    return Round.objects.accepting(at).newest_first().first()


def open_rounds(at: dt.datetime) -> list[Round]:
    """All rounds in which somebody can take part: one for residents and one for entrepreneurs, say."""
    return list(Round.objects.accepting(at).newest_first())


def taking_part_in(round_: Round) -> list[WijkName]:
    """The wijken whose people may take part: those chosen for the round, else all of the current map."""
    chosen = set(round_.wijken.values_list("pk", flat=True))
    return [wijk for wijk in wijken() if not chosen or wijk.area_id in chosen]


def takes_part(round_: Round, wijk_id: int) -> bool:
    """Whether the people of this wijk may take part, by whichever way or channel."""
    return any(wijk.area_id == wijk_id for wijk in taking_part_in(round_))


@dataclass(frozen=True)
class BallotTheme:
    """A theme as the ballot shows it, in the active language."""

    code: str
    name: str
    description: str
    role_gemeente: str
    role_politie: str
    role_bewoners: str
    icon: str


def ballot_themes(round_: Round) -> list[BallotTheme]:
    """The themes of a round in code order. Those of an open round are cached for a minute: they cannot change."""
    if round_.status != Round.Status.OPEN:
        return _read_ballot_themes(round_)
    language = get_language() or "nl"
    key = f"ballot-themes:{round_.pk}:{language}"
    themes: list[BallotTheme] | None = cache.get(key)
    if themes is None:
        themes = _read_ballot_themes(round_)
        cache.set(key, themes, THEME_SECONDS)
    return themes


def _read_ballot_themes(round_: Round) -> list[BallotTheme]:
    return [_ballot_theme(theme) for theme in round_.themes.order_by("code")]


def _ballot_theme(theme: Theme) -> BallotTheme:
    return BallotTheme(
        code=theme.code,
        name=str(theme.name),
        description=str(theme.description),
        role_gemeente=str(theme.role_gemeente),
        role_politie=str(theme.role_politie),
        role_bewoners=str(theme.role_bewoners),
        icon=theme.icon,
    )


def next_step(round_: Round, at: dt.datetime) -> str:
    """What a colleague has to do now for this round; "" when nobody has to do anything."""
    is_late = timezone.localdate(at) > round_.publish_on
    steps = {
        Round.Status.DRAFT: "Maak de ronde af en open hem.",
        Round.Status.OPEN: "De tijd is om: sluit de ronde." if round_.closes_at <= at else "",
        Round.Status.CLOSED: "Beslis over wat opviel, en tel de stembiljetten.",
        Round.Status.COUNTED: "Kijk de uitslag na, en publiceer hem.",
        Round.Status.PUBLISHED: "",
    }
    step = steps[Round.Status(round_.status)]
    return f"{step} De uitslag is te laat." if step and is_late else step


def last_closed_round(at: dt.datetime) -> Round | None:
    """The round that closed last, for the page that says when and why one cannot take part."""
    return Round.objects.over(at).newest_first().first()
