"""Setting up a door-to-door survey, opening a measurement, and taking in what is answered at a door."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from haarlemveilig.audit.services import record
from haarlemveilig.gemeente.models import Area
from indicators.models import DoorQuestion, DoorResponse, DoorSurvey, Indicator, Measurement, Source
from indicators.names import unused_slug
from indicators.selectors.surveys import buurten_of, faults_before_opening
from indicators.surveys import may_go

PLANNED = ("title", "introduction", "wijk", "starts_on", "ends_on", "granularity")
SOURCE_NAME = "Deur-aan-deur-enquête {}"


class SurveyError(Exception):
    """This cannot be done with the survey as it is; the message says why and what to do, in Dutch."""


class MeasurementClosed(SurveyError):
    """The answers do not count: the measurement is not open (any more)."""


@dataclass(frozen=True)
class Days:
    """When a measurement is to begin and to end; either may be unknown still."""

    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True)
class SurveyPlan:
    """What staff fill in about a survey. Without `buurten` it takes all those of the wijk."""

    title: str
    introduction: str
    wijk: Area
    buurten: Collection[Area] | None
    starts_on: dt.date | None
    ends_on: dt.date | None
    granularity: str
    volunteers: Collection[Any]
    baseline: Days
    final: Days


@transaction.atomic
def save_survey(*, survey: DoorSurvey | None, plan: SurveyPlan, actor: Any) -> DoorSurvey:
    """Make a survey with its two measurements, or change one."""
    survey = survey or DoorSurvey(owner=actor)
    is_new = survey._state.adding
    for name in PLANNED:
        setattr(survey, name, getattr(plan, name))
    # Not the source: somebody may have opened the survey since this one was read.
    survey.save(update_fields=None if is_new else PLANNED)
    survey.volunteers.set(plan.volunteers)
    survey.buurten.set(
        [area.area_id for area in buurten_of(plan.wijk.pk)] if plan.buurten is None else plan.buurten
    )
    for kind, days in ((Measurement.Kind.BASELINE, plan.baseline), (Measurement.Kind.FINAL, plan.final)):
        Measurement.objects.update_or_create(
            survey=survey, kind=kind, defaults={"opens_on": days.first, "closes_on": days.last}
        )
    record("indicators.survey_made" if is_new else "indicators.survey_changed", actor=actor, target=survey)
    return survey


# --- questions ------------------------------------------------------------------------------------
def _hold_editable(survey_id: uuid.UUID) -> DoorSurvey:
    """The survey, locked while its questions change. SurveyError once it was opened."""
    survey = DoorSurvey.objects.select_for_update().get(pk=survey_id)
    if survey.source_id:
        raise SurveyError(
            _(
                "De 0-meting is al geopend. De vragen blijven nu gelijk, zodat de metingen te vergelijken zijn."
            )
        )
    return survey


@transaction.atomic
def save_question(*, question: DoorQuestion, actor: Any) -> None:
    """Add a question at the end, or change one. SurveyError if the survey was opened."""
    survey = _hold_editable(question.survey_id)
    if question._state.adding:
        last = survey.questions.aggregate(last=Max("order"))["last"] or 0
        question.order = last + 1
    question.save()
    record("indicators.survey_question_saved", actor=actor, target=survey, question=str(question.pk))


@transaction.atomic
def move_question(*, question: DoorQuestion, up: bool, actor: Any) -> None:
    """Change places with the neighbour; the first does not go up and the last not down."""
    survey = _hold_editable(question.survey_id)
    questions = list(survey.questions.order_by("order"))
    place = questions.index(question)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(questions):
        return
    here, there = questions[place].order, questions[other].order
    # By way of a free number: no two questions may have the same at any moment.
    for pk, order in (
        (questions[place].pk, questions[-1].order + 1),
        (questions[other].pk, here),
        (questions[place].pk, there),
    ):
        DoorQuestion.objects.filter(pk=pk).update(order=order)
    record("indicators.survey_question_moved", actor=actor, target=survey, question=str(question.pk), up=up)


@transaction.atomic
def remove_question(*, question: DoorQuestion, actor: Any) -> None:
    """Take a question out. SurveyError if the survey was opened."""
    survey = _hold_editable(question.survey_id)
    record("indicators.survey_question_removed", actor=actor, target=survey, text=question.text)
    question.delete()


# --- opening --------------------------------------------------------------------------------------
@transaction.atomic
def open_measurement(*, measurement: Measurement, actor: Any) -> None:
    """Let volunteers begin. From the first time on the questions are fixed, and their indicators exist.

    SurveyError names what is missing.
    """
    survey = DoorSurvey.objects.select_for_update().get(pk=measurement.survey_id)
    if faults := faults_before_opening(measurement, today=timezone.localdate()):
        raise SurveyError(" ".join(faults))
    go(measurement, Measurement.State.OPEN, actor)
    if survey.source_id is None:
        _make_source(survey)
        _make_indicators(survey)


def go(measurement: Measurement, to: str, actor: Any, **fields: Any) -> None:
    """Move a measurement along one arrow; only one of two people who try can succeed."""
    if not may_go(measurement.state, to):
        raise SurveyError(
            _("Deze meting staat op ‘%(state)s’ en kan niet naar deze stand.")
            % {"state": measurement.get_state_display()}
        )
    moved = Measurement.objects.filter(pk=measurement.pk, state=measurement.state)
    if moved.update(state=to, **fields) != 1:
        raise SurveyError(_("Iemand anders veranderde deze meting net. Laad de bladzijde opnieuw."))
    measurement.refresh_from_db()
    record(f"indicators.measurement_{to}", actor=actor, target=measurement)


def _make_source(survey: DoorSurvey) -> None:
    survey.source = Source.objects.create(
        name=SOURCE_NAME.format(survey.title),
        kind=Source.Kind.SURVEY,
        method=_(
            "Vrijwilligers belden aan en stelden de vragen aan de deur. Eén antwoord per huishouden. "
            "De antwoorden zijn niet gewogen."
        ),
        frequency=_("een 0-meting en een eindmeting"),
    )
    survey.save(update_fields=["source"])


def _make_indicators(survey: DoorSurvey) -> None:
    for question in survey.questions.filter(indicator__isnull=True):
        used = set(Indicator.objects.values_list("slug", flat=True))
        question.indicator = Indicator.objects.create(
            name=question.indicator_name,
            slug=unused_slug(question.indicator_name, used),
            question=question.text,
            unit="" if question.is_mean else "%",
            scale=_("1 tot en met 10") if question.is_mean else "",
            decimals=1 if question.is_mean else 0,
            direction_note=_("Een deur-aan-deur-enquête zegt niet of hoger beter is. Kies dat zelf."),
        )
        question.save(update_fields=["indicator"])


# --- at the door ----------------------------------------------------------------------------------
@transaction.atomic
def record_response(
    *,
    measurement_id: uuid.UUID,
    buurt_id: int,
    outcome: str,
    answers: Mapping[str, int],
    resend_key: uuid.UUID,
    actor: Any,
) -> bool:
    """Keep what happened at one door; False if this form had come in before, and is counted already.

    MeasurementClosed when the measurement is not open, SurveyError when the key belongs to another form.
    """
    # Held until the end: closing waits for this answer, or this answer sees that it is closed.
    state = Measurement.objects.select_for_update().values_list("state", flat=True).get(pk=measurement_id)
    earlier = DoorResponse.objects.filter(resend_key=resend_key).first()
    if earlier:
        return _same_form(earlier, measurement_id, actor)
    if state != Measurement.State.OPEN:
        raise MeasurementClosed(
            _(
                "Deze meting is gesloten. Dit formulier telt niet meer mee. Gooi het weg, en vraag de gemeente "
                "of er nog een meting komt."
            )
        )
    try:
        with transaction.atomic():
            DoorResponse.objects.create(
                measurement_id=measurement_id,
                buurt_id=buurt_id,
                outcome=outcome,
                answers=dict(answers) if outcome == DoorResponse.Outcome.ANSWERED else None,
                resend_key=resend_key,
                recorded_by=actor,
            )
    except IntegrityError:
        # The same key came in through another measurement at this very moment.
        return _same_form(DoorResponse.objects.get(resend_key=resend_key), measurement_id, actor)
    return True


def _same_form(earlier: DoorResponse, measurement_id: uuid.UUID, actor: Any) -> bool:
    if earlier.measurement_id != measurement_id or earlier.recorded_by_id != actor.pk:
        raise SurveyError(_("Dit formulier is al gebruikt. Open een nieuw formulier en vul het daar in."))
    return False


# --- keeping no longer than needed ----------------------------------------------------------------
@transaction.atomic
def purge_responses(*, today: dt.date) -> int:
    """Remove the answers of measurements whose time is up; the results stay. Returns how many went."""
    gone = 0
    for measurement in Measurement.objects.to_purge(today).select_for_update():
        count, _per_model = measurement.responses.all().delete()
        Measurement.objects.filter(pk=measurement.pk).update(purged_at=timezone.now())
        record("indicators.door_answers_purged", target=measurement, count=count)
        gone += count
    return gone
