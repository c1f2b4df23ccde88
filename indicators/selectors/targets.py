"""Targets that wait for a person, and one target as somebody reads it."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from indicators.limits import READING_OF_COMPARATOR
from indicators.models import Observation, Status, Target
from indicators.selectors.verdicts import aim_of, verdict_view

# A target in words without a criterion, or a number of which nobody said whether it is the most or the least.
WAITING = Q(criterion="", interpretation="", value_high__isnull=True) & (
    Q(status=Status.TEXT_ONLY)
    | ((Q(value__isnull=False) | Q(status=Status.COMPOSITE)) & ~Q(comparator__in=list(READING_OF_COMPARATOR)))
)


def is_for_a_person(target: Target) -> bool:
    """Whether it asks a person how it is to be read, or already got an answer."""
    return bool(target.interpretation or target.criterion) or aim_of(target).waits_for_a_person


@dataclass(frozen=True)
class WaitingTarget:
    """A target that nobody can judge yet, with the label of its first row in a table."""

    id: int
    label: str
    period: str
    printed: str


def waiting_targets() -> list[WaitingTarget]:
    """The targets that ask how they are to be read, by indicator and year. One query."""
    waiting = (
        Target.objects.current()
        .filter(WAITING)
        .select_related("series__indicator")
        .order_by("series__indicator__name", "series_id", "period_start")
    )
    return [
        WaitingTarget(target.pk, target.series.indicator.name, target.period.label, target.printed)
        for target in waiting
    ]


@dataclass(frozen=True)
class ReadTarget:
    """Who said before how a target is to be read. `reading` is what was said, in words."""

    reading: str
    said_by: str
    said_at: dt.datetime


@dataclass(frozen=True)
class TargetPage:
    """One target with the figure of its year and the verdict now."""

    target: Target
    label: str
    source: str
    figure: str
    verdict_rule: str
    remarks: tuple[str, ...]
    read_before: tuple[ReadTarget, ...]


def target_page(target: Target) -> TargetPage:
    """What somebody has to know to say how the target is to be read. Four queries at most."""
    series = target.series
    measured = Observation.objects.current().filter(
        series=series, period_start=target.period_start, granularity=target.granularity
    )
    row = measured.first()
    earlier = list(Target.objects.current().filter(series=series, period_start__lt=target.period_start))
    verdict = verdict_view(
        target, row, earlier=earlier, direction=series.indicator.direction, unit=series.indicator.unit
    )
    return TargetPage(
        target=target,
        label=series.indicator.name,
        source=series.source.name,
        figure=row.printed if row else "",
        verdict_rule=verdict.rule if verdict else "",
        remarks=verdict.remarks if verdict else (),
        read_before=tuple(_read_before(target)),
    )


def _read_before(target: Target) -> list[ReadTarget]:
    rows = Target.objects.filter(
        series=target.series_id, period_start=target.period_start, granularity=target.granularity
    ).select_related("recorded_by")
    return [
        ReadTarget(row.get_interpretation_display() or row.criterion, str(row.recorded_by), row.recorded_at)
        for row in rows.exclude(interpretation="", criterion="").order_by("-recorded_at", "-pk")
        if row.recorded_by
    ]
