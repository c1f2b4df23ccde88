"""How published cells changed: only what readers have seen, and only what the gate lets through."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from haarlemveilig.gemeente.models import Area
from indicators.columns import Column
from indicators.gate import gated_survey
from indicators.models import Observation, Publication
from indicators.selectors.cells import cell_view
from indicators.selectors.published import PublishedSeries
from indicators.selectors.series_views import is_survey
from indicators.trends import as_share, is_share
from indicators.words import Version, revision_text

NEVER = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)


def revisions(
    found: Iterable[PublishedSeries], *, is_sensitive: bool, unit: str = "", at: dt.datetime | None = None
) -> dict[int, list[str]]:
    """Per series a sentence for each cell that changed in public, the last period first. One query.

    Below the whole municipality a sensitive indicator has none: old counts could give away small ones.
    """
    by_id = {one.series_id: one for one in found if _is_city(one) or not is_sensitive}
    histories: dict[tuple[int, str], list[Observation]] = defaultdict(list)
    for row in _seen(by_id, at or timezone.now()):
        histories[row.series_id, row.period.code].append(row)
    texts: dict[int, list[str]] = defaultdict(list)
    for (series_id, _code), rows in histories.items():
        versions = _versions(by_id[series_id], rows, unit)
        if len(versions) > 1:
            texts[series_id].insert(0, revision_text(rows[0].period.label, versions))
    return texts


def _is_city(series: PublishedSeries) -> bool:
    return series.area_level == Area.Level.GEMEENTE


def _seen(series: Mapping[int, PublishedSeries], until: dt.datetime) -> Iterable[Observation]:
    """The rows of cells that changed, each with the moment (`seen_at`) at which readers first saw it."""
    same_cell = Observation.objects.filter(
        series=OuterRef("series"),
        period_start=OuterRef("period_start"),
        granularity=OuterRef("granularity"),
        superseded_at__isnull=False,
    )
    first_seen = (
        Publication.objects.filter(
            indicator__series=OuterRef("series"),
            # What was withdrawn does not come back with a later publication.
            published_at__gte=Greatest(
                OuterRef("recorded_at"), Coalesce("indicator__public_since", OuterRef("recorded_at"))
            ),
            published_at__lt=Coalesce(OuterRef("superseded_at"), Value(NEVER)),
        )
        .order_by("published_at")
        .values("published_at")[:1]
    )
    return (
        Observation.objects.filter(Exists(same_cell), series__in=list(series))
        .annotate(seen_at=Subquery(first_seen))
        .filter(seen_at__lte=until)
        .order_by("series", "period_start", "granularity", "seen_at", "pk")
    )


def _versions(series: PublishedSeries, rows: Sequence[Observation], unit: str) -> list[Version]:
    versions: list[Version] = []
    for row in rows:
        printed = _printed(series, row, unit)
        # A change of the note only is nothing new to a reader of the figure.
        if not versions or versions[-1].printed != printed:
            seen_at: dt.datetime = row.seen_at  # type: ignore[attr-defined]  # annotated in _seen
            versions.append(Version(printed, timezone.localdate(seen_at), row.change_reason))
    return versions


def _printed(series: PublishedSeries, row: Observation, unit: str) -> str:
    cell = cell_view(Column("observation", row.period, row.period.label), row)
    cell = as_share(cell) if is_share(unit) else cell
    return (gated_survey(cell, is_city=_is_city(series)) if is_survey(series) else cell).printed
