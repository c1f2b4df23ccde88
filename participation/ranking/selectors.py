import datetime as dt
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.translation import get_language

from haarlemveilig.editions.models import Edition
from haarlemveilig.gemeente.models import Theme
from participation.ranking.models import Round
from participation.ranking.published import RoundResultView

THEME_SECONDS = 60
RESULT_SECONDS = 60
LATEST_RESULT = "latest-result"


@dataclass(frozen=True)
class PublishedRound:
    """A published result with the edition that fixes it."""

    edition: Edition
    result: RoundResultView


def _published(edition: Edition | None) -> PublishedRound | None:
    if edition is None:
        return None
    return PublishedRound(edition=edition, result=RoundResultView.from_json(edition.view_model))


def result_of_round(code: str) -> PublishedRound | None:
    """The published result of one round, or None."""
    return _published(Edition.objects.latest_of(Edition.Kind.ROUND_RESULT, code))


def result_for_year(year: int) -> PublishedRound | None:
    """The published result of the round that was held for `year`, or None."""
    round_ = Round.objects.published().filter(for_year=year).newest_first().first()
    return result_of_round(round_.code) if round_ else None


def latest_result() -> PublishedRound | None:
    """The result that was published last, or None; cached for a minute, and forgotten by a publication."""
    return cache.get_or_set(LATEST_RESULT, _latest_result, RESULT_SECONDS)


def _latest_result() -> PublishedRound | None:
    newest = Edition.objects.filter(kind=Edition.Kind.ROUND_RESULT).order_by("-published_at").first()
    return _published(newest)


def open_round(at: dt.datetime) -> Round | None:
    """The round in which residents can take part at this moment."""
    return Round.objects.accepting(at).newest_first().first()


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
    """The themes of an open round in code order; cached for a minute, because they cannot change while open."""
    language = get_language() or "nl"
    key = f"ballot-themes:{round_.pk}:{language}"
    themes: list[BallotTheme] | None = cache.get(key)
    if themes is None:
        themes = [_ballot_theme(theme) for theme in round_.themes.order_by("code")]
        cache.set(key, themes, THEME_SECONDS)
    return themes


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


def last_closed_round(at: dt.datetime) -> Round | None:
    """The round that closed last, for the page that says when and why one cannot take part."""
    return Round.objects.over(at).newest_first().first()
