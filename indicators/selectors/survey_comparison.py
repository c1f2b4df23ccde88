"""The 0-meting beside the eindmeting, question by question."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from haarlemveilig.disclosure import Tier, tier
from indicators.cells import print_number
from indicators.models import DoorQuestion, DoorResult, DoorSurvey, Measurement
from indicators.selectors.surveys import coverage
from indicators.surveys import HIGHEST_GRADE, LOWEST_GRADE, Estimate, difference, mean_from, rounded, share_of


@dataclass(frozen=True)
class Outcome:
    """One figure as a page shows it: "62%", its margin "van 54 tot 69%", and whether to read it with care."""

    printed: str
    margin: str
    n: int
    is_indicative: bool


@dataclass(frozen=True)
class ComparedRow:
    """One area: both figures, None where there is none to show, and what the difference says."""

    area: str
    is_whole: bool
    before: Outcome | None
    after: Outcome | None
    sentence: str


@dataclass(frozen=True)
class ComparedQuestion:
    """A question with the areas in which it was asked. `counted` says which answers make up the share."""

    id: str
    text: str
    counted: str
    rows: tuple[ComparedRow, ...]


def comparison(survey: DoorSurvey) -> list[ComparedQuestion]:
    """All questions of a survey. In the order of the areas, never of the figures."""
    where = coverage(survey)
    measured = {row.kind: row for row in survey.measurements.all()}
    results = {
        (row.measurement_id, row.question_id, row.area_id): row
        for row in DoorResult.objects.filter(measurement__survey=survey)
    }
    areas = {where.wijk_id: where.whole} if len(where.buurten) > 1 else {}
    areas |= where.buurten
    before, after = measured[Measurement.Kind.BASELINE], measured[Measurement.Kind.FINAL]
    return [
        ComparedQuestion(
            id=str(question.pk),
            text=question.text,
            counted=counted_texts(question),
            rows=tuple(
                _row(
                    question,
                    name,
                    area_id == where.wijk_id,
                    [results.get((one.pk, question.pk, area_id)) for one in (before, after)],
                    is_finished=after.state == Measurement.State.CLOSED,
                )
                for area_id, name in areas.items()
            ),
        )
        for question in survey.questions.all()
    ]


def counted_texts(question: DoorQuestion) -> str:
    """The answers that make up the share: "eens of helemaal eens"; nothing for a grade."""
    return _(" of ").join(text for number, text in question.answers if number in question.counted)


def _row(
    question: DoorQuestion,
    name: str,
    is_whole: bool,
    found: Iterable[DoorResult | None],
    *,
    is_finished: bool,
) -> ComparedRow:
    before, after = [_estimate(question, result) for result in found]
    return ComparedRow(
        area=name,
        is_whole=is_whole,
        before=_outcome(question, before) if before else None,
        after=_outcome(question, after) if after else None,
        sentence=_sentence(before, after, is_finished),
    )


def _estimate(question: DoorQuestion, result: DoorResult | None) -> Estimate | None:
    if result is None:
        return None
    if question.is_mean:
        return mean_from(result.n, result.mean, result.spread)
    return share_of(round(result.mean * result.n), result.n)


def _outcome(question: DoorQuestion, estimate: Estimate) -> Outcome:
    n, ends = estimate.n, (estimate.low, estimate.high)
    if question.is_mean:
        grades = [estimate.value, max(ends[0], LOWEST_GRADE), min(ends[1], HIGHEST_GRADE)]
        printed, low, high = [print_number(rounded(grade, 1), 1) for grade in grades]
    else:
        shares = [estimate.value, *ends]
        printed, low, high = [f"{print_number(rounded(share * 100, 0))}%" for share in shares]
    margin = _("tussen %(low)s en %(high)s") % {"low": low, "high": high}
    return Outcome(printed, margin, n, tier(n) < Tier.RANKED)


def _sentence(before: Estimate | None, after: Estimate | None, is_finished: bool) -> str:
    if not is_finished:
        return _("De eindmeting is er nog niet.")
    if before is None or after is None:
        return _("Te weinig antwoorden om te vergelijken.")
    return {
        "higher": _("Hoger. Het verschil is groter dan toeval."),
        "lower": _("Lager. Het verschil is groter dan toeval."),
        "unclear": _("Geen duidelijk verschil: dit kan toeval zijn."),
    }[difference(before, after).verdict]
