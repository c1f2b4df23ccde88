"""Closing a measurement: what was answered at the doors becomes figures."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from haarlemveilig.disclosure import Tier, tier
from indicators.cells import print_number
from indicators.models import DoorQuestion, DoorResult, Measurement, Series, Status
from indicators.periods import Period
from indicators.selectors.surveys import Coverage, coverage
from indicators.services.observations import Figure, Key, Origin, record_observations
from indicators.services.publishing import hold_figures
from indicators.services.surveys import go
from indicators.surveys import (
    HIGHEST_GRADE,
    KEEP_DAYS,
    LOWEST_GRADE,
    Estimate,
    mean_of,
    rounded,
    share_of,
    shown,
)

BREAKDOWN_LENGTH = 330


@dataclass(frozen=True)
class Answered:
    """The answers to one question per buurt, as their numbers."""

    question: DoorQuestion
    per_buurt: Mapping[int, list[int]]

    @property
    def everywhere(self) -> list[int]:
        return [answer for answers in self.per_buurt.values() for answer in answers]


@transaction.atomic
def close_measurement(*, measurement: Measurement, actor: Any) -> None:
    """Close for good, count, and add the figures to their series. SurveyError if it is not open.

    The figures are not public until somebody publishes their indicators.
    """
    hold_figures()
    # A form that is being kept at this moment is waited for, and counted; a later one finds it closed.
    Measurement.objects.select_for_update().get(pk=measurement.pk)
    now = timezone.now()
    responses = measurement.responses
    days = responses.answered().aggregate(first=Min("given_on"), last=Max("given_on"))
    go(
        measurement,
        Measurement.State.CLOSED,
        actor,
        closed_at=now,
        purge_on=timezone.localdate(now) + dt.timedelta(days=KEEP_DAYS),
        rung=responses.count(),
        answered=responses.answered().count(),
        is_late=_is_late(measurement, days["last"]),
    )
    figures, results = _count(measurement, _measured(days["first"], days["last"]))
    record_observations(figures, Origin(str(_provenance(measurement)), recorded_by=actor, recorded_at=now))
    DoorResult.objects.bulk_create(results)


def _is_late(measurement: Measurement, last: dt.date | None) -> bool:
    start = measurement.survey.starts_on
    is_baseline = measurement.kind == Measurement.Kind.BASELINE
    return bool(is_baseline and start and last and last > start)


def _measured(first: dt.date | None, last: dt.date | None) -> Period | None:
    return Period.spanning(first, last) if first and last else None


def _provenance(measurement: Measurement) -> str:
    return f"{measurement.survey.source}, {measurement.get_kind_display()}"[:200]


def _note(measurement: Measurement) -> str:
    name = measurement.get_kind_display().capitalize()
    return _("%(name)s, gemeten na de start.") % {"name": name} if measurement.is_late else f"{name}."


# --- counting -------------------------------------------------------------------------------------
def _count(measurement: Measurement, measured: Period | None) -> tuple[dict[Key, Figure], list[DoorResult]]:
    whole = coverage(measurement.survey)
    day = measurement.opens_on or timezone.localdate()  # the database keeps a day for every open one
    period, note = measurement.period_from(day), _note(measurement)
    figures: dict[Key, Figure] = {}
    results: list[DoorResult] = []
    for answered in _answered(measurement, whole):
        for area_id, estimate, reason in _estimates(answered, whole):
            series = _series(answered.question, area_id, whole)
            figures[series.pk, period] = _figure(answered.question, estimate, reason, note, measured)
            if estimate:
                results.append(_result(measurement, answered.question, area_id, estimate))
    return figures, results


def _answered(measurement: Measurement, whole: Coverage) -> Iterable[Answered]:
    rows = list(measurement.responses.answered().values_list("buurt_id", "answers"))
    for question in measurement.survey.questions.select_related("indicator"):
        per_buurt: dict[int, list[int]] = {buurt_id: [] for buurt_id in whole.buurten}
        for buurt_id, answers in rows:
            if answers and str(question.pk) in answers:
                per_buurt[buurt_id].append(answers[str(question.pk)])
        yield Answered(question, per_buurt)


def _estimates(answered: Answered, whole: Coverage) -> Iterable[tuple[int, Estimate | None, str]]:
    """Per area what may be shown, or why nothing: each buurt, and all of them together if there are more."""
    counts = {buurt_id: len(answers) for buurt_id, answers in answered.per_buurt.items()}
    visible = shown(counts)
    for buurt_id, answers in answered.per_buurt.items():
        if buurt_id in visible:
            yield buurt_id, _estimate(answered.question, answers), ""
        else:
            yield buurt_id, None, _why_not(len(answers))
    if len(counts) > 1:
        answers = answered.everywhere
        enough = tier(len(answers)) >= Tier.INDICATIVE
        yield (
            whole.wijk_id,
            _estimate(answered.question, answers) if enough else None,
            "" if enough else _why_not(len(answers)),
        )


def _estimate(question: DoorQuestion, answers: list[int]) -> Estimate:
    if question.is_mean:
        return mean_of(answers)
    return share_of(sum(answer in question.counted for answer in answers), len(answers))


def _why_not(n: int) -> str:
    if n == 0:
        return _("Hier gaf niemand antwoord op deze vraag.")
    if tier(n) < Tier.INDICATIVE:
        limit = Tier.INDICATIVE if n >= Tier.COUNT_ONLY else Tier.COUNT_ONLY
        return _("Minder dan %(count)s antwoorden: te weinig voor een cijfer.") % {"count": int(limit)}
    return _("Niet getoond: anders is af te leiden wat in een andere buurt een paar mensen antwoordden.")


def _figure(
    question: DoorQuestion, estimate: Estimate | None, reason: str, note: str, measured: Period | None
) -> Figure:
    if estimate is None:
        return Figure(printed="", status=Status.SUPPRESSED, reason=reason, note=note, measured=measured)
    few = tier(estimate.n) < Tier.RANKED
    value, printed = _in_words(question, estimate.value)
    lowest, highest = (LOWEST_GRADE, HIGHEST_GRADE) if question.is_mean else (0, 1)
    return Figure(
        printed=printed,
        status=Status.LOW_RELIABILITY if few else Status.NORMAL,
        value=value,
        note=note,
        measured=measured,
        n=estimate.n,
        low=_margin(question, max(estimate.low, lowest)),
        high=_margin(question, min(estimate.high, highest)),
    )


def _in_words(question: DoorQuestion, value: float) -> tuple[Decimal, str]:
    """The value as it is stored and printed: always the same number."""
    if question.is_mean:
        grade = rounded(value, 1)
        return grade, print_number(grade, 1)
    share = rounded(value * 100, 0)
    return share, f"{print_number(share)}%"


def _margin(question: DoorQuestion, value: float) -> Decimal:
    return rounded(value if question.is_mean else value * 100, 1)


def _series(question: DoorQuestion, area_id: int, whole: Coverage) -> Series:
    series, _made = Series.objects.get_or_create(
        indicator=question.indicator,
        source=question.survey.source,
        area_id=area_id,
        breakdown=whole.breakdown[:BREAKDOWN_LENGTH] if area_id == whole.wijk_id else "",
    )
    return series


def _result(measurement: Measurement, question: DoorQuestion, area_id: int, estimate: Estimate) -> DoorResult:
    return DoorResult(
        measurement=measurement,
        question=question,
        area_id=area_id,
        n=estimate.n,
        mean=estimate.value,
        spread=estimate.spread,
    )
