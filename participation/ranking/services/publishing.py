"""Publishing a counted round: an edition that never changes, with the files to count it again."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from haarlemveilig.disclosure import public_counts
from haarlemveilig.editions import services as editions
from haarlemveilig.editions.models import Edition, EditionFile
from haarlemveilig.editions.services import PublishedFile
from haarlemveilig.jobs import services as jobs
from haarlemveilig.jobs.models import Job
from participation.ranking import result_document
from participation.ranking.kit import ballot_rows, root_of
from participation.ranking.kit_files import Kit, kit_files
from participation.ranking.models import Ballot, Participation, Quarantine, Round
from participation.ranking.published import AreaResultView, RoundResultView, SetApart
from participation.ranking.selectors import LATEST_RESULT, PDF, PublishedRound
from participation.ranking.selectors.recount import (
    cast_ballots,
    participations_hash,
    published_areas_of,
    residents_by_group,
)
from participation.ranking.services.errors import RoundError
from participation.ranking.services.rounds import go

# Makes the result on paper, after publication: nobody waits for it, and no fault in it holds the result back.
PDF_JOB = "round_result_pdf"


@transaction.atomic
def publish_round(*, round_: Round, actor: Any = None, published_at: dt.datetime | None = None) -> Edition:
    """Publish a counted round as an edition that never changes; `published_at` as in editions.publish.

    Its PDF is put in the queue: nudge the worker, or beat will. RoundError when a ballot is no longer what it was
    at closing.
    """
    go(round_, Round.Status.PUBLISHED, actor)
    view = result_view(round_)
    files = recount_files(round_, view)
    transaction.on_commit(lambda: cache.delete(LATEST_RESULT))
    edition = editions.publish(
        kind=Edition.Kind.ROUND_RESULT,
        subject=round_.code,
        title=round_.title.in_language("nl"),
        view_model=view.as_json(),
        files=[PublishedFile(name, media_type, content) for name, media_type, content in files],
        published_by=actor,
        published_at=published_at,
    )
    order_pdf(edition=edition, actor=actor)
    return edition


def order_pdf(*, edition: Edition, actor: Any = None) -> Job:
    """Put the PDF of a published result in the queue."""
    title = f"Pdf van de uitslag van ronde {edition.subject}"
    return jobs.enqueue(kind=PDF_JOB, title=title, params={"edition": str(edition.pk)}, requested_by=actor)


def keep_pdf(*, published: PublishedRound) -> EditionFile:
    """Make the PDF of a published result and keep it with its edition; harmless twice. Raises PdfError."""
    name = result_document.file_name(published)
    known: EditionFile | None = published.edition.files.filter(name=name).first()
    if known is not None:
        return known
    file = PublishedFile(name, PDF, result_document.pdf(published))
    return editions.add_rendering(edition=published.edition, file=file)


def result_view(round_: Round) -> RoundResultView:
    """What is published of a counted round."""
    results, channels = list(round_.results.select_related("area")), _channels(round_)
    return RoundResultView(
        code=round_.code,
        for_year=round_.for_year,
        title=dict(round_.title),
        closed_on=timezone.localtime(round_.closes_at).date().isoformat(),
        is_synthetic=round_.is_synthetic,
        theme_names={theme.code: dict(theme.name) for theme in round_.themes.all()},
        areas={row.area.code: AreaResultView.from_json(row.tally) for row in results},
        kind=round_.kind,
        k=round_.k,
        merkle_root=round_.merkle_root,
        areas_with_all={
            row.area.code: AreaResultView.from_json(row.tally_with_all)
            for row in results
            if row.tally_with_all
        },
        set_apart=_set_apart(round_),
        ways_in=_ways_in(round_, channels),
        channels=channels,
    )


def _set_apart(round_: Round) -> tuple[SetApart, ...]:
    published, _city = published_areas_of(round_)
    rows = list(Quarantine.objects.filter(round=round_, sets_apart=True).select_related("wijk"))
    shown: dict[int, int | None] = {}
    # Of all wijken whose rows are published together everybody can count how many were set apart.
    for area in {published[row.wijk.code] for row in rows}:
        shown |= public_counts({row.pk: _apart(row) for row in rows if published[row.wijk.code] == area})
    return tuple(SetApart(row.flag, row.wijk.code, shown[row.pk], row.reason) for row in rows)


def _apart(row: Quarantine) -> int:
    """How many ballots with this flag do not count: those without preference always do."""
    ballots = Ballot.objects.filter(round=row.round_id, wijk=row.wijk_id, is_set_apart=True)
    return sum(row.flag in flags.split(",") for flags in ballots.values_list("flags", flat=True))


def _channels(round_: Round) -> dict[str, int | None]:
    """Participations by channel."""
    return public_counts(Counter(_participations(round_).values_list("channel", flat=True)))


def _ways_in(round_: Round, channels: Mapping[str, int | None]) -> dict[str, int | None]:
    """Participations over the web by way in. Paper needs a letter: counted together they would tell how few of one
    kind there were. Nothing where the number over the web is not told either."""
    web = Participation.Channel.WEB
    if channels.get(web) is None:
        return {}
    return public_counts(
        Counter(_participations(round_).filter(channel=web).values_list("way_in", flat=True))
    )


def _participations(round_: Round) -> QuerySet[Participation]:
    return Participation.objects.filter(round=round_)


def recount_files(round_: Round, view: RoundResultView) -> list[tuple[str, str, bytes]]:
    """Name, media type and content of each file to count again. RoundError when a ballot was changed."""
    areas, municipality = published_areas_of(round_)
    rows = ballot_rows(cast_ballots(round_), areas, municipality)
    if root_of(rows).hex() != round_.merkle_root:
        raise RoundError(
            "De stembiljetten zijn niet meer die van het sluiten. Publiceer niet, en meld dit als een datalek."
        )
    apart = (
        Ballot.objects.filter(round=round_, is_set_apart=True).order_by("leaf").values_list("leaf", flat=True)
    )
    kit = Kit(
        view=view,
        rows=rows,
        published_areas=areas,
        set_apart=list(apart),
        participations=Participation.objects.filter(round=round_).count(),
        participations_sha256=participations_hash(round_),
        residents={wijk: groups for wijk, groups in residents_by_group().items() if wijk in areas},
    )
    return kit_files(kit)
