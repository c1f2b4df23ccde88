import datetime as dt
import uuid

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from haarlemveilig.audit.models import AuditEntry
from indicators import tasks
from indicators.models import DoorResponse, DoorSurvey, Indicator, Measurement, Series, Source
from indicators.selectors.surveys import faults_before_opening
from indicators.services.surveys import (
    Days,
    MeasurementClosed,
    SurveyError,
    move_question,
    open_measurement,
    purge_responses,
    remove_question,
    save_question,
    save_survey,
)
from tests import factories
from tests.indicators import doors

pytestmark = pytest.mark.usefixtures("city")


def faults(survey: DoorSurvey, kind: str = "baseline") -> list[str]:
    return faults_before_opening(doors.measurement(survey, kind), today=timezone.localdate())


# --- setting up -----------------------------------------------------------------------------------
def test_a_new_survey_covers_all_buurten_of_its_wijk_and_has_two_measurements() -> None:
    buurten = doors.buurten("Zomervaart", "Parkwijk-Oost")
    survey = doors.survey()
    assert set(survey.buurten.all()) == set(buurten)
    assert [(one.kind, one.state) for one in survey.measurements.all()] == [
        ("baseline", "draft"),
        ("final", "draft"),
    ]
    assert AuditEntry.objects.filter(action="indicators.survey_made").count() == 1


def test_an_unfinished_survey_says_everything_that_is_missing() -> None:
    survey = save_survey(
        survey=None,
        plan=doors.plan(introduction="", baseline=Days(None, None)),
        actor=doors.staff(),
    )
    assert faults(survey) == [
        "Vul in wanneer de 0-meting begint en eindigt.",
        "Kies ten minste één buurt.",
        "Schrijf wat de vrijwilliger aan de deur voorleest.",
        "Maak ten minste één vraag.",
    ]
    with pytest.raises(SurveyError, match="Maak ten minste één vraag"):
        open_measurement(measurement=doors.measurement(survey), actor=doors.staff())
    assert doors.measurement(survey).state == "draft"


def test_a_measurement_opens_neither_before_its_first_day_nor_after_its_last() -> None:
    doors.buurten("Zomervaart")
    survey, today = doors.survey(), timezone.localdate()
    with time_machine.travel(dt.datetime.combine(today, dt.time(12), dt.UTC) - dt.timedelta(days=1)):
        assert faults(survey)[0].startswith("Openen kan vanaf de eerste dag")
    with time_machine.travel(dt.datetime.combine(today, dt.time(12), dt.UTC) + dt.timedelta(days=15)):
        assert faults(survey)[0].startswith("De einddatum is al voorbij")


def test_two_questions_for_one_new_figure_keep_a_survey_from_opening() -> None:
    doors.buurten("Zomervaart")
    survey = doors.survey()
    survey.questions.update(indicator_name="Veilig")
    assert faults(survey) == ["Er is al een cijfer dat ‘Veilig’ heet. Kies bij die vraag een andere naam."]


def test_opening_makes_the_source_and_the_indicators_but_publishes_nothing() -> None:
    doors.buurten("Zomervaart")
    survey = doors.survey()
    doors.opened(survey)
    survey.refresh_from_db()
    assert survey.source == Source.objects.get(name="Deur-aan-deur-enquête Buurt Bestuurt Parkwijk")
    assert survey.source.kind == Source.Kind.SURVEY
    safe, grade = (question.indicator for question in survey.questions.order_by("order"))
    assert (safe.name, safe.unit, grade.unit) == ("Voelt zich ’s avonds veilig", "%", "")
    assert safe.question == "Voelt u zich ’s avonds veilig in uw buurt?"
    assert not Indicator.objects.published().exists()


def test_questions_can_be_moved_and_taken_out_until_the_first_measurement_opened() -> None:
    doors.buurten("Zomervaart")
    survey = doors.survey()
    first, second = survey.questions.order_by("order")
    move_question(question=first, up=True, actor=doors.staff())
    assert list(survey.questions.order_by("order")) == [first, second]
    move_question(question=second, up=True, actor=doors.staff())
    assert list(survey.questions.order_by("order")) == [second, first]
    second.refresh_from_db()
    move_question(question=second, up=False, actor=doors.staff())
    assert list(survey.questions.order_by("order")) == [first, second]

    doors.opened(survey)
    with pytest.raises(SurveyError, match="blijven nu gelijk"):
        move_question(question=first, up=False, actor=doors.staff())
    with pytest.raises(SurveyError, match="blijven nu gelijk"):
        save_question(question=first, actor=doors.staff())
    with pytest.raises(SurveyError, match="blijven nu gelijk"):
        remove_question(question=first, actor=doors.staff())
    assert survey.questions.count() == 2


def test_a_question_that_is_added_comes_last_and_one_may_be_taken_out() -> None:
    survey = doors.survey()
    first = survey.questions.get(order=1)
    remove_question(question=first, actor=doors.staff())
    first.pk, first.indicator_name = uuid.uuid4(), "Nieuw"
    first._state.adding = True
    save_question(question=first, actor=doors.staff())
    assert [question.order for question in survey.questions.order_by("order")] == [2, 3]


def test_the_eindmeting_waits_for_the_0_meting() -> None:
    doors.buurten("Zomervaart")
    survey = doors.survey()
    today = timezone.localdate()
    survey.measurements.filter(kind="final").update(opens_on=today, closes_on=today)
    doors.opened(survey)
    assert faults(survey, "final") == ["Sluit eerst de 0-meting."]


@pytest.mark.parametrize(("granularity", "label"), [("year", "2026"), ("quarter", "4e kwartaal 2026")])
@time_machine.travel("2026-11-02 12:00Z")
def test_a_measurement_in_the_period_of_the_one_before_is_refused(granularity: str, label: str) -> None:
    doors.buurten("Zomervaart")
    survey = doors.survey(granularity=granularity)
    doors.opened(survey)
    doors.closed(survey)
    day = dt.date(2026, 11, 2)
    survey.measurements.filter(kind="final").update(opens_on=day, closes_on=day)
    assert faults(survey, "final") == [
        f"De 0-meting valt ook in {label}. Laat de eindmeting in een latere periode beginnen."
    ]


# --- at the door ----------------------------------------------------------------------------------
def test_a_form_that_is_sent_twice_is_counted_once() -> None:
    (buurt,) = doors.buurten("Zomervaart")
    measurement = doors.opened(doors.survey())
    key = uuid.uuid4()
    assert doors.answer(measurement, buurt, 1, 8, resend_key=key) is True
    assert doors.answer(measurement, buurt, 2, 3, resend_key=key) is False
    stored = DoorResponse.objects.get()
    assert sorted(stored.answers.values()) == [1, 8]


def test_a_key_of_somebody_else_is_refused() -> None:
    (buurt,) = doors.buurten("Zomervaart")
    measurement = doors.opened(doors.survey())
    key = uuid.uuid4()
    doors.answer(measurement, buurt, 1, 8, resend_key=key)
    with pytest.raises(SurveyError, match="Open een nieuw formulier"):
        doors.answer(measurement, buurt, 1, 8, resend_key=key, actor=factories.user("vrijwilliger"))


def test_a_late_form_is_refused_after_closing_and_says_what_to_do() -> None:
    (buurt,) = doors.buurten("Zomervaart")
    survey = doors.survey()
    measurement = doors.opened(survey)
    counted = uuid.uuid4()
    doors.answer(measurement, buurt, 1, 8, resend_key=counted)
    doors.closed(survey)
    with pytest.raises(MeasurementClosed, match="Gooi het weg, en vraag de gemeente"):
        doors.answer(measurement, buurt, 1, 8)
    assert doors.answer(measurement, buurt, 1, 8, resend_key=counted) is False  # it had come in
    assert DoorResponse.objects.count() == 1


def test_nothing_comes_in_before_opening() -> None:
    (buurt,) = doors.buurten("Zomervaart")
    with pytest.raises(MeasurementClosed):
        doors.answer(doors.measurement(doors.survey()), buurt, 1)


def test_a_door_without_a_talk_keeps_no_answers() -> None:
    (buurt,) = doors.buurten("Zomervaart")
    measurement = doors.opened(doors.survey())
    doors.answer(measurement, buurt, 1, 8, outcome="not_home")
    assert DoorResponse.objects.get().answers is None


# --- what the database promises -------------------------------------------------------------------
def test_the_database_refuses_a_second_form_with_one_key() -> None:
    (buurt,) = doors.buurten("Zomervaart")
    measurement = doors.opened(doors.survey())
    fields = {
        "measurement": measurement,
        "buurt": buurt,
        "resend_key": uuid.uuid4(),
        "recorded_by": doors.staff(),
    }
    DoorResponse.objects.create(outcome="refused", **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        DoorResponse.objects.create(outcome="refused", **fields)


@pytest.mark.parametrize(
    "fields", [{"outcome": "answered"}, {"outcome": "refused", "answers": {}}, {"outcome": "x"}]
)
def test_the_database_refuses_answers_of_nobody_and_talks_without_answers(fields: dict[str, object]) -> None:
    (buurt,) = doors.buurten("Zomervaart")
    measurement = doors.opened(doors.survey())
    with pytest.raises(IntegrityError), transaction.atomic():
        DoorResponse.objects.create(
            measurement=measurement,
            buurt=buurt,
            resend_key=uuid.uuid4(),
            recorded_by=doors.staff(),
            **fields,
        )


@pytest.mark.parametrize(
    "change",
    [
        {"state": "open", "opens_on": None},
        {"state": "closed"},
        {"closes_on": dt.date(2000, 1, 1)},
        {"kind": "final"},
        {"kind": "other"},
        {"rung": 4},
    ],
)
def test_the_database_refuses_a_measurement_that_cannot_be(change: dict[str, object]) -> None:
    survey = doors.survey()
    with pytest.raises(IntegrityError), transaction.atomic():
        Measurement.objects.filter(survey=survey, kind="baseline").update(**change)


# --- keeping no longer than needed ----------------------------------------------------------------
def test_the_daily_task_leaves_answers_whose_time_is_not_up() -> None:
    (buurt,) = doors.buurten("Zomervaart")
    survey = doors.survey()
    doors.answered(doors.opened(survey), buurt, yes=30, no=10)
    doors.closed(survey)
    tasks.purge_door_answers()
    assert DoorResponse.objects.count() == 40


def test_answers_go_after_their_time_and_results_stay() -> None:
    (buurt,) = doors.buurten("Zomervaart")
    survey = doors.survey()
    doors.answered(doors.opened(survey), buurt, yes=30, no=10)
    measurement = doors.closed(survey)
    day = measurement.purge_on
    assert purge_responses(today=day - dt.timedelta(days=1)) == 0
    assert purge_responses(today=day) == 40
    assert purge_responses(today=day) == 0
    assert not DoorResponse.objects.exists()
    assert measurement.results.count() == 2
    assert Series.objects.filter(observations__printed="75%").exists()
    line = AuditEntry.objects.get(action="indicators.door_answers_purged")
    assert line.details == {"count": 40}
    measurement.refresh_from_db()
    assert measurement.purged_at is not None
