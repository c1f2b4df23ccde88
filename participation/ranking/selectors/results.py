"""The published results of rounds."""

from dataclasses import dataclass

from django.core.cache import cache

from haarlemveilig.editions.models import Edition
from participation.ranking.models import Round
from participation.ranking.published import RoundResultView

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
