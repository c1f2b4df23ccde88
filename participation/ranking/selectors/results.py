"""The published results of rounds."""

import uuid
from dataclasses import dataclass
from functools import lru_cache

from django.core.cache import cache
from django.db.models import QuerySet

from haarlemveilig.editions.models import Edition, EditionFile
from participation.ranking.models import Round
from participation.ranking.published import RoundResultView

RESULT_SECONDS = 60
LATEST_RESULT = "latest-result"
# Of a few rounds at most somebody reads the result in the same days.
KEPT_VIEWS = 8
PDF = "application/pdf"


@dataclass(frozen=True)
class PublishedRound:
    """A published result with the edition that fixes it. The edition's own JSON is not loaded."""

    edition: Edition
    result: RoundResultView


@lru_cache(maxsize=KEPT_VIEWS)
def _view(edition_id: uuid.UUID) -> RoundResultView:
    """Some 350 kB of JSON, which takes 40 ms to read: once a process, because an edition never changes."""
    return RoundResultView.from_json(
        Edition.objects.values_list("view_model", flat=True).get(pk=edition_id),
    )


def _published(edition: Edition | None) -> PublishedRound | None:
    return None if edition is None else PublishedRound(edition=edition, result=_view(edition.pk))


def result_of_round(code: str) -> PublishedRound | None:
    """The published result of one round, or None."""
    return _published(Edition.objects.light().latest_of(Edition.Kind.ROUND_RESULT, code))


def result_of_edition(edition_id: uuid.UUID) -> PublishedRound | None:
    """The result that one edition holds, or None."""
    found = Edition.objects.light().filter(kind=Edition.Kind.ROUND_RESULT, pk=edition_id)
    return _published(found.first())


def result_for_year(year: int) -> PublishedRound | None:
    """The published result of the residents' round that was held for `year`, or None."""
    round_ = Round.objects.published().of_residents().filter(for_year=year).newest_first().first()
    return result_of_round(round_.code) if round_ else None


def latest_result() -> PublishedRound | None:
    """The result of the residents' round that was published last, or None; cached for a minute.

    That of entrepreneurs stands beside it under /uitslag/, and never takes its place.
    """
    edition = cache.get_or_set(LATEST_RESULT, _latest_edition, RESULT_SECONDS)
    return _published(edition)


def _latest_edition() -> Edition | None:
    residents = Round.objects.published().of_residents().values("code")
    return _editions().filter(subject__in=residents).first()


def _editions() -> QuerySet[Edition]:
    return Edition.objects.light().filter(kind=Edition.Kind.ROUND_RESULT).order_by("-published_at")


def published_results() -> list[PublishedRound]:
    """Every round that was published, newest first; of one that was corrected only the last edition."""
    newest: dict[str, Edition] = {}
    for edition in _editions():
        known = newest.setdefault(edition.subject, edition)
        if edition.number > known.number:
            newest[edition.subject] = edition
    return [PublishedRound(edition, _view(edition.pk)) for edition in newest.values()]


def published_files(edition: Edition) -> list[EditionFile]:
    """The open data of a result, in order of name."""
    return list(edition.files.exclude(media_type=PDF).order_by("name"))


def result_pdf(edition: Edition) -> EditionFile | None:
    """The result on paper, or None while it was not made."""
    return edition.files.filter(media_type=PDF).first()
