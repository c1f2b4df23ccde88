import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from rules.contrib.views import permission_required

from indicators.forms.doors import DoorForm
from indicators.forms.survey_questions import QuestionForm
from indicators.forms.surveys import SurveyForm
from indicators.models import DoorQuestion, DoorSurvey, Measurement
from indicators.selectors.survey_comparison import comparison
from indicators.selectors.survey_pages import overview, survey_page
from indicators.selectors.surveys import coverage
from indicators.services.survey_results import close_measurement
from indicators.services.surveys import (
    SurveyError,
    move_question,
    open_measurement,
    remove_question,
    save_question,
    save_survey,
)

may_set_up = permission_required("indicators.set_up_survey", raise_exception=True)


@may_set_up
def survey_list(request: HttpRequest) -> HttpResponse:
    return render(request, "indicators/surveys/list.html", {"surveys": overview()})


@may_set_up
def survey_add(request: HttpRequest) -> HttpResponse:
    """Make a survey; its questions come on the next page."""
    return _edit(request, None)


@may_set_up
def survey_edit(request: HttpRequest, survey_id: uuid.UUID) -> HttpResponse:
    return _edit(request, get_object_or_404(DoorSurvey, pk=survey_id))


def _edit(request: HttpRequest, survey: DoorSurvey | None) -> HttpResponse:
    form = SurveyForm(request.POST or None, survey=survey)
    if form.is_valid():
        saved = save_survey(survey=survey, plan=form.plan(), actor=request.user)
        messages.success(request, _("De enquête is bewaard."))
        return redirect("indicators:survey", saved.pk)
    return render(request, "indicators/surveys/edit.html", {"form": form, "survey": survey})


@may_set_up
def survey_detail(request: HttpRequest, survey_id: uuid.UUID) -> HttpResponse:
    """Questions, measurements, what is missing, and how far volunteers are."""
    survey = get_object_or_404(DoorSurvey, pk=survey_id)
    page = survey_page(survey, today=timezone.localdate())
    return render(request, "indicators/surveys/survey.html", {"survey": survey, "page": page})


@may_set_up
def survey_preview(request: HttpRequest, survey_id: uuid.UUID) -> HttpResponse:
    """The form as volunteers get it; nothing can be sent."""
    survey = get_object_or_404(DoorSurvey, pk=survey_id)
    form = DoorForm(questions=survey.questions.all(), buurten=coverage(survey).buurten)
    return render(request, "indicators/surveys/preview.html", {"survey": survey, "door": form})


@may_set_up
def survey_compare(request: HttpRequest, survey_id: uuid.UUID) -> HttpResponse:
    """The 0-meting beside the eindmeting."""
    survey = get_object_or_404(DoorSurvey, pk=survey_id)
    context = {
        "survey": survey,
        "measurements": survey.measurements.all(),
        "questions": comparison(survey),
    }
    return render(request, "indicators/surveys/compare.html", context)


# --- questions ------------------------------------------------------------------------------------
@may_set_up
def question_add(request: HttpRequest, survey_id: uuid.UUID) -> HttpResponse:
    survey = get_object_or_404(DoorSurvey, pk=survey_id)
    return _question(request, DoorQuestion(survey=survey))


@may_set_up
def question_edit(request: HttpRequest, question_id: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(DoorQuestion.objects.select_related("survey"), pk=question_id)
    return _question(request, found)


def _question(request: HttpRequest, question: DoorQuestion) -> HttpResponse:
    form = QuestionForm(request.POST or None, question=question)
    if form.is_valid():
        try:
            save_question(question=form.filled(), actor=request.user)
        except SurveyError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("De vraag is bewaard."))
            return redirect("indicators:survey", question.survey_id)
    return render(request, "indicators/surveys/question.html", {"form": form, "survey": question.survey})


@require_POST
@may_set_up
def question_change(request: HttpRequest, question_id: uuid.UUID) -> HttpResponse:
    """Put a question higher or lower in the list, or take it out."""
    question = get_object_or_404(DoorQuestion, pk=question_id)
    act = request.POST.get("wat")
    try:
        if act == "weg":
            remove_question(question=question, actor=request.user)
            messages.success(request, _("De vraag is weggehaald."))
        else:
            move_question(question=question, up=act == "hoger", actor=request.user)
    except SurveyError as error:
        messages.error(request, str(error))
    return redirect("indicators:survey", question.survey_id)


# --- measurements ---------------------------------------------------------------------------------
@require_POST
@may_set_up
def measurement_advance(request: HttpRequest, measurement_id: uuid.UUID) -> HttpResponse:
    """Open a measurement, or close it for good; what is final is asked twice."""
    found = Measurement.objects.select_related("survey__source")
    measurement = get_object_or_404(found, pk=measurement_id)
    if request.POST.get("stand") != measurement.state:
        messages.error(request, _("De stand van deze meting is intussen veranderd. Kijk nog een keer."))
    elif measurement.state == Measurement.State.OPEN and not request.POST.get("zeker"):
        messages.error(request, _("Sluiten is definitief. Kruis aan dat u het zeker weet."))
    else:
        _advance(request, measurement)
    return redirect("indicators:survey", measurement.survey_id)


def _advance(request: HttpRequest, measurement: Measurement) -> None:
    is_open = measurement.state == Measurement.State.OPEN
    try:
        (close_measurement if is_open else open_measurement)(measurement=measurement, actor=request.user)
    except SurveyError as error:
        messages.error(request, str(error))
        return
    done = (
        _("De meting is gesloten en geteld. De cijfers zijn nog niet openbaar.")
        if is_open
        else _("De meting is open. Vrijwilligers kunnen langs de deuren.")
    )
    messages.success(request, done)
