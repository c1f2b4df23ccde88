"""The pages on which staff set up and follow door-to-door surveys."""

import datetime as dt
from dataclasses import dataclass

from indicators.models import DoorQuestion, DoorSurvey, Measurement
from indicators.selectors.survey_comparison import counted_texts
from indicators.selectors.surveys import (
    Coverage,
    Progress,
    coverage,
    faults_before_opening,
    names_of,
    progress,
)


@dataclass(frozen=True)
class SurveyLine:
    """One survey in the list, with its measurements."""

    survey: DoorSurvey
    wijk: str
    measurements: tuple[Measurement, ...]


def overview() -> list[SurveyLine]:
    """All surveys, newest first. Three queries."""
    surveys = list(DoorSurvey.objects.prefetch_related("measurements"))
    names = names_of({survey.wijk_id for survey in surveys})
    return [SurveyLine(survey, names[survey.wijk_id], tuple(survey.measurements.all())) for survey in surveys]


@dataclass(frozen=True)
class QuestionLine:
    """A question, its answers where the kind does not say them, and those that make up the share."""

    question: DoorQuestion
    answers: str
    counted: str


@dataclass(frozen=True)
class MeasurementCard:
    """A measurement: what keeps it from opening, how far it is, and whether its last day is over."""

    measurement: Measurement
    faults: tuple[str, ...]
    progress: tuple[Progress, ...]
    is_overdue: bool


@dataclass(frozen=True)
class SurveyPage:
    """All there is to see of one survey. `is_editable` until the 0-meting opened."""

    where: Coverage
    questions: tuple[QuestionLine, ...]
    measurements: tuple[MeasurementCard, ...]
    volunteers: tuple[str, ...]
    is_editable: bool
    has_results: bool


def survey_page(survey: DoorSurvey, *, today: dt.date) -> SurveyPage:
    """The page of one survey, as it stands today."""
    measurements = tuple(survey.measurements.select_related("survey"))
    return SurveyPage(
        where=coverage(survey),
        questions=tuple(_question(question) for question in survey.questions.select_related("indicator")),
        measurements=tuple(_card(measurement, today) for measurement in measurements),
        volunteers=tuple(str(person) for person in survey.volunteers.order_by("name")),
        is_editable=survey.source_id is None,
        has_results=any(one.state == Measurement.State.CLOSED for one in measurements),
    )


def _question(question: DoorQuestion) -> QuestionLine:
    is_plain = question.kind in (DoorQuestion.Kind.GRADE, DoorQuestion.Kind.YES_NO)
    answers = [] if is_plain else [f"{number}. {text}" for number, text in question.answers]
    return QuestionLine(question, ", ".join(answers), counted_texts(question))


def _card(measurement: Measurement, today: dt.date) -> MeasurementCard:
    is_open, is_draft = (
        measurement.state == state for state in (Measurement.State.OPEN, Measurement.State.DRAFT)
    )
    return MeasurementCard(
        measurement=measurement,
        faults=tuple(faults_before_opening(measurement, today=today)) if is_draft else (),
        progress=tuple(progress(measurement)) if is_open else (),
        is_overdue=bool(is_open and measurement.closes_on and measurement.closes_on < today),
    )
