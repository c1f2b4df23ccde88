from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
from rules.contrib.views import permission_required

from haarlemveilig.disclosure import public_turnout
from participation.ranking import services
from participation.ranking.models import Participation, Round

# What the button does that takes a round one step further.
STEPS = {
    Round.Status.DRAFT: ("Open de ronde", services.open_round, "De ronde is open."),
    Round.Status.OPEN: ("Sluit de ronde voorgoed", services.close_round, "De ronde is gesloten."),
    Round.Status.CLOSED: ("Tel de stembiljetten", services.count_round, "De stembiljetten zijn geteld."),
    Round.Status.COUNTED: ("Publiceer de uitslag", services.publish_round, "De uitslag is gepubliceerd."),
}


@permission_required("ranking.see_rounds", raise_exception=True)
def rounds(request: HttpRequest) -> HttpResponse:
    return render(request, "ranking/rounds.html", {"rounds": Round.objects.newest_first()})


@permission_required("ranking.see_rounds", raise_exception=True)
def round_detail(request: HttpRequest, code: str) -> HttpResponse:
    round_ = get_object_or_404(Round, code=code)
    step = STEPS.get(Round.Status(round_.status))
    context = {
        "round": round_,
        "themes": round_.themes.all(),
        "turnout": public_turnout(Participation.objects.filter(round=round_).count()),
        "faults": services.faults_before_opening(round_) if round_.status == Round.Status.DRAFT else [],
        "step": step[0] if step and request.user.has_perm("ranking.run_rounds") else "",
        "states": _states(round_),
    }
    return render(request, "ranking/round.html", context)


def _states(round_: Round) -> list[tuple[str, str]]:
    order = list(Round.Status)
    now = order.index(Round.Status(round_.status))
    return [
        (status.label.capitalize(), "done" if place < now else "now" if place == now else "next")
        for place, status in enumerate(order)
    ]


@require_POST
@permission_required("ranking.run_rounds", raise_exception=True)
def advance(request: HttpRequest, code: str) -> HttpResponse:
    """Take the round one step further; what is final is asked twice."""
    round_ = get_object_or_404(Round, code=code)
    step = STEPS.get(Round.Status(round_.status))
    if step is None or request.POST.get("stand") != round_.status:
        messages.error(request, "De stand van deze ronde is intussen veranderd. Kijk nog een keer.")
    elif round_.status == Round.Status.OPEN and not request.POST.get("zeker"):
        messages.error(request, "Sluiten is definitief. Kruis aan dat u het zeker weet.")
    else:
        _take(request, round_, step)
    return redirect("ranking:round", code=code)


def _take(request: HttpRequest, round_: Round, step: tuple[str, object, str]) -> None:
    _label, act, done = step
    try:
        act(round_=round_, actor=request.user)  # type: ignore[operator]
    except services.RoundError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
