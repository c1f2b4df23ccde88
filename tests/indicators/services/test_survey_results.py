import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone

from haarlemveilig.audit.models import AuditEntry
from indicators.cells import parse
from indicators.models import DoorResult, DoorSurvey, Observation, Series, Source, Status
from indicators.periods import Period
from indicators.selectors.survey_comparison import comparison
from indicators.selectors.surveys import progress
from indicators.services.observations import Figure, Origin, record_observations
from indicators.services.surveys import Days, SurveyError, save_survey
from tests import factories
from tests.indicators import doors

pytestmark = pytest.mark.usefixtures("city")
SAFE, GRADE = "Voelt zich ’s avonds veilig", "Rapportcijfer buurt"


def cell(slug: str, indicator: str = SAFE) -> Observation:
    return Observation.objects.current().get(series__area__slug=slug, series__indicator__name=indicator)


def three_buurten(*yes_no: tuple[int, int], **fields: object) -> DoorSurvey:
    """A closed 0-meting in which each buurt said so often yes and no."""
    buurten = doors.buurten("Een", "Twee", "Drie")
    survey = doors.survey(**fields)
    measurement = doors.opened(survey)
    for buurt, (yes, no) in zip(buurten, yes_no, strict=True):
        doors.answered(measurement, buurt, yes, no)
    doors.closed(survey)
    return survey


@time_machine.travel("2026-11-02 12:00Z")
def test_closing_gives_each_buurt_and_the_wijk_a_figure_with_its_margin() -> None:
    three_buurten((60, 40), (20, 20), (30, 10))
    one = cell("een")
    assert (one.printed, one.value, one.status, one.n) == ("60%", 60, Status.NORMAL, 100)
    assert (one.margin_low, one.margin_high) == (Decimal("50.2"), Decimal("69.1"))
    assert one.period == Period.of_year(2026)
    assert one.measured == Period.spanning(dt.date(2026, 11, 2), dt.date(2026, 11, 2))
    assert one.provenance == "Deur-aan-deur-enquête Buurt Bestuurt Parkwijk, 0-meting"
    assert one.note == "0-meting."
    assert cell("twee").status == Status.LOW_RELIABILITY
    whole = cell("parkwijk")
    assert (whole.printed, whole.n, whole.series.breakdown) == ("61%", 180, "")


def test_a_grade_is_a_mean_with_one_decimal() -> None:
    three_buurten((60, 40), (20, 20), (30, 10))
    one = cell("een", GRADE)
    assert (one.printed, one.value) == ("7,5", Decimal("7.5"))
    assert one.margin_low < one.value < one.margin_high


def test_every_figure_prints_as_it_is_stored() -> None:
    three_buurten((41, 26), (17, 16), (29, 10))
    for row in Observation.objects.filter(value__isnull=False):
        assert parse(row.printed).value == row.value
        assert row.margin_low <= row.value <= row.margin_high


def test_nothing_is_public_after_closing() -> None:
    three_buurten((60, 40), (20, 20), (30, 10))
    assert not Observation.objects.published().exists()


def test_few_answers_give_a_reason_instead_of_a_figure() -> None:
    three_buurten((60, 40), (4, 5), (12, 9))
    nine, twenty_one = cell("twee"), cell("drie")
    assert (nine.value, nine.n, nine.status, nine.printed) == (None, None, Status.SUPPRESSED, "")
    assert nine.reason == "Minder dan 10 antwoorden: te weinig voor een cijfer."
    assert (twenty_one.value, twenty_one.reason) == (
        None,
        "Minder dan 30 antwoorden: te weinig voor een cijfer.",
    )
    assert not DoorResult.objects.filter(area__slug__in=["twee", "drie"]).exists()


def test_the_answers_of_a_few_people_cannot_be_worked_out_from_the_wijk() -> None:
    three_buurten((60, 40), (20, 20), (4, 5))
    assert cell("parkwijk").n == 149
    assert cell("een").n == 100
    assert cell("twee").value is None
    assert cell("twee").reason.startswith("Niet getoond: anders is af te leiden")


def test_a_buurt_where_nobody_answered_says_so() -> None:
    three_buurten((60, 40), (20, 20), (0, 0))
    assert cell("drie").reason == "Hier gaf niemand antwoord op deze vraag."
    assert cell("twee").value is not None


def test_a_survey_of_some_buurten_never_passes_for_the_whole_wijk() -> None:
    one, two, three = doors.buurten("Een", "Twee", "Drie")
    survey = doors.survey(buurten=[one, two])
    measurement = doors.opened(survey)
    doors.answered(measurement, one, 30, 30)
    doors.answered(measurement, two, 30, 30)
    doors.closed(survey)
    assert cell("parkwijk").series.breakdown == "Een, Twee"
    assert not Series.objects.filter(area=three).exists()


def test_a_survey_of_one_buurt_has_no_second_figure_for_the_wijk() -> None:
    (one,) = doors.buurten("Een")
    survey = doors.survey()
    doors.answered(doors.opened(survey), one, 30, 30)
    doors.closed(survey)
    assert set(Series.objects.values_list("area__slug", flat=True)) == {"een"}


def test_a_question_that_was_skipped_counts_only_those_who_answered_it() -> None:
    (one,) = doors.buurten("Een")
    survey = doors.survey()
    measurement = doors.opened(survey)
    doors.answered(measurement, one, 30, 30)
    for _time in range(5):
        doors.answer(measurement, one, None, 9)
    doors.closed(survey)
    assert (cell("een").n, cell("een", GRADE).n) == (60, 65)


def test_closing_counts_doors_and_households_once_and_is_final() -> None:
    (one,) = doors.buurten("Een")
    survey = doors.survey()
    measurement = doors.opened(survey)
    doors.answered(measurement, one, 10, 2)
    doors.answer(measurement, one, outcome="not_home")
    doors.answer(measurement, one, outcome="refused")
    stale = doors.measurement(survey)
    done = doors.closed(survey)
    assert (done.rung, done.answered) == (14, 12)
    assert done.purge_on == timezone.localdate() + dt.timedelta(days=180)
    with pytest.raises(SurveyError, match="Iemand anders"):
        doors.close_measurement(measurement=stale, actor=doors.staff())
    with pytest.raises(SurveyError, match="gesloten"):
        doors.closed(survey)
    assert AuditEntry.objects.filter(action="indicators.measurement_closed").count() == 1


def test_a_measurement_without_any_answer_can_be_closed() -> None:
    doors.buurten("Een")
    survey = doors.survey()
    doors.opened(survey)
    assert doors.closed(survey).answered == 0
    assert cell("een").status == Status.SUPPRESSED


def test_a_0_meting_after_the_start_is_labelled() -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    survey = three_buurten((60, 40), (20, 20), (30, 10), starts_on=yesterday)
    assert doors.measurement(survey).is_late is True
    assert cell("een").note == "0-meting, gemeten na de start."


def test_results_are_never_changed_or_removed() -> None:
    three_buurten((60, 40), (20, 20), (30, 10))
    with pytest.raises(DatabaseError), transaction.atomic():
        DoorResult.objects.update(n=31)
    with pytest.raises(DatabaseError), transaction.atomic():
        DoorResult.objects.all().delete()


def test_staff_see_progress_in_steps_of_ten_and_no_answers() -> None:
    one, _two = doors.buurten("Een", "Twee")
    survey = doors.survey()
    measurement = doors.opened(survey)
    doors.answered(measurement, one, 15, 2)
    for _time in range(4):
        doors.answer(measurement, one, outcome="not_home")
    rows = {row.buurt: (row.rung, row.answered) for row in progress(measurement)}
    assert rows == {"Een": (20, 10), "Twee": (0, 0)}


# --- comparing ------------------------------------------------------------------------------------
def both(first: tuple[int, int], second: tuple[int, int]) -> DoorSurvey:
    """One buurt, asked in 2026 and a year later."""
    (one,) = doors.buurten("Een")
    with time_machine.travel("2026-03-02 12:00Z"):
        survey = doors.survey()
        doors.answered(doors.opened(survey), one, *first)
        doors.closed(survey)
    with time_machine.travel("2027-03-02 12:00Z"):
        days = Days(dt.date(2027, 3, 1), dt.date(2027, 3, 14))
        save_survey(
            survey=survey,
            plan=doors.plan(baseline=Days(dt.date(2026, 3, 2), dt.date(2026, 3, 16)), final=days),
            actor=doors.staff(),
        )
        doors.answered(doors.opened(survey, "final"), one, *second)
        doors.closed(survey, "final")
    return survey


def test_both_measurements_of_a_question_lie_in_one_series() -> None:
    both((40, 60), (70, 30))
    series = Series.objects.get(indicator__name=SAFE)
    cells = [(row.period.code, row.printed, row.note) for row in series.observations.order_by("period_start")]
    assert cells == [("2026", "40%", "0-meting."), ("2027", "70%", "Eindmeting.")]


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ((40, 60), (70, 30), "Hoger. Het verschil is groter dan toeval."),
        ((70, 30), (40, 60), "Lager. Het verschil is groter dan toeval."),
        ((50, 50), (52, 48), "Geen duidelijk verschil: dit kan toeval zijn."),
        ((10, 5), (52, 48), "Te weinig antwoorden om te vergelijken."),
    ],
)
def test_a_difference_is_named_only_if_it_is_larger_than_chance(
    first: tuple[int, int], second: tuple[int, int], sentence: str
) -> None:
    question = comparison(both(first, second))[0]
    assert [row.sentence for row in question.rows] == [sentence]
    assert question.counted == "ja"


def test_the_comparison_shows_n_and_margins_in_the_order_of_the_alphabet() -> None:
    survey = three_buurten((60, 40), (20, 20), (4, 5))
    question = comparison(survey)[0]
    assert [row.area for row in question.rows] == ["Parkwijk", "Drie", "Een", "Twee"]
    one = question.rows[2]
    assert (one.before.printed, one.before.margin, one.before.n) == ("60%", "tussen 50% en 69%", 100)
    assert one.after is None
    assert one.sentence == "De eindmeting is er nog niet."


# --- figures of other surveys ---------------------------------------------------------------------
def test_a_survey_figure_from_a_file_keeps_how_many_answered_and_its_margin() -> None:
    source = Source.objects.create(name="Veiligheidsmonitor", kind=Source.Kind.SURVEY)
    survey = three_buurten((60, 40), (20, 20), (30, 10))
    series = Series.objects.create(
        indicator=survey.questions.get(order=1).indicator, source=source, area=factories.area("parkwijk")
    )
    figure = Figure(
        printed="22%",
        status=Status.LOW_RELIABILITY,
        value=Decimal(22),
        n=84,
        low=Decimal("14.5"),
        high=Decimal("32.0"),
    )
    key = (series.pk, Period.of_year(2025))
    record_observations({key: figure}, Origin("vm2025.csv"))
    row = series.observations.get()
    assert (row.n, row.margin_low, row.margin_high) == (84, Decimal("14.5"), Decimal(32))
    assert record_observations({key: figure}, Origin("vm2025.csv")).changed == {}
    wider = replace(figure, high=Decimal(33))
    assert record_observations({key: wider}, Origin("vm2025.csv")).changed == {key: "22%"}
