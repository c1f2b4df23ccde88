"""What a volunteer sees on a phone at the door."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from rules.contrib.views import permission_required

from indicators.forms.doors import DoorForm
from indicators.models import Measurement
from indicators.selectors.surveys import coverage, open_for
from indicators.services.surveys import MeasurementClosed, SurveyError, record_response


@permission_required("indicators.answer_surveys", raise_exception=True)
def door_list(request: HttpRequest) -> HttpResponse:
    return render(request, "indicators/surveys/my_surveys.html", {"measurements": open_for(request.user)})


@permission_required("indicators.answer_surveys", raise_exception=True)
def door(request: HttpRequest, measurement_id: uuid.UUID) -> HttpResponse:
    """The form of one household. Sending it twice counts once."""
    measurement = get_object_or_404(Measurement.objects.select_related("survey"), pk=measurement_id)
    if not request.user.has_perm("indicators.answer_survey", measurement.survey):
        return _not_sent(request)
    form = DoorForm(
        request.POST or None,
        questions=measurement.survey.questions.all(),
        buurten=coverage(measurement.survey).buurten,
        buurt=request.GET.get("buurt", ""),
    )
    status = 200
    if request.method == "POST":
        status = _take(request, measurement, form)
        if status == 200:
            return _stored(request, measurement, form)
    if _wants_data(request):
        texts = [text for errors in form.errors.values() for text in errors]
        return JsonResponse({"text": " ".join(map(str, texts))}, status=status)
    context = {"measurement": measurement, "survey": measurement.survey, "door": form}
    return render(request, "indicators/surveys/door.html", context, status=status)


def _not_sent(request: HttpRequest) -> HttpResponse:
    """For whoever is not (any more) one of the volunteers; their page keeps what waits in it."""
    if not _wants_data(request):
        raise PermissionDenied
    text = _(
        "U staat niet meer bij deze enquête. De formulieren zijn niet verstuurd. Bel de gemeente, en laat deze "
        "bladzijde open staan."
    )
    return JsonResponse({"text": text}, status=403)


def _take(request: HttpRequest, measurement: Measurement, form: DoorForm) -> int:
    """Keep what was filled in; the status of the answer: 200, 400 (filled in wrong) or 409 (too late)."""
    if not form.is_valid():
        return 400
    try:
        record_response(
            measurement_id=measurement.pk,
            buurt_id=form.cleaned_data["buurt"],
            outcome=form.cleaned_data["outcome"],
            answers=form.answers,
            resend_key=form.cleaned_data["resend_key"],
            actor=request.user,
        )
    except SurveyError as error:
        form.add_error(None, str(error))
        return 409 if isinstance(error, MeasurementClosed) else 400
    return 200


def _stored(request: HttpRequest, measurement: Measurement, form: DoorForm) -> HttpResponse:
    text = _("Bewaard. Volgende deur.")
    if _wants_data(request):
        return JsonResponse({"text": text})
    messages.success(request, text)
    address = reverse("indicators:door", args=[measurement.pk])
    return redirect(f"{address}?buurt={form.cleaned_data['buurt']}")


def _wants_data(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"
