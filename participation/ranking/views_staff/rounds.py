"""Preparing a round, taking it further, and moving its end."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from rules.contrib.views import permission_required

from haarlemveilig.disclosure import public_turnout
from participation.ranking import services
from participation.ranking.ballot_page import ballot_context, read_sent
from participation.ranking.forms.rounds import MoveEndForm, RoundForm
from participation.ranking.models import PaperEntry, Participation, Quarantine, Remark, Round
from participation.ranking.selectors import taking_part_in
from participation.ranking.services.rounds import save_round

may_see = permission_required("ranking.see_rounds", raise_exception=True)
may_run = permission_required("ranking.run_rounds", raise_exception=True)

# What the button does that takes a round one step further.
STEPS = {
    Round.Status.DRAFT: ("Open de ronde", services.open_round, "De ronde is open."),
    Round.Status.OPEN: ("Sluit de ronde voorgoed", services.close_round, "De ronde is gesloten."),
    Round.Status.CLOSED: ("Tel de stembiljetten", services.count_round, "De stembiljetten zijn geteld."),
    Round.Status.COUNTED: ("Publiceer de uitslag", services.publish_round, "De uitslag is gepubliceerd."),
}


# What cannot be taken back is asked twice.
FINAL = {
    Round.Status.DRAFT: "Na het openen staat bijna alles vast. Kruis aan dat u het zeker weet.",
    Round.Status.OPEN: "Sluiten is definitief. Kruis aan dat u het zeker weet.",
    Round.Status.COUNTED: "Publiceren is definitief. Kruis aan dat u het zeker weet.",
}


@may_see
def rounds(request: HttpRequest) -> HttpResponse:
    return render(request, "ranking/rounds.html", {"rounds": Round.objects.newest_first()})


@may_see
def round_detail(request: HttpRequest, code: str) -> HttpResponse:
    round_ = get_object_or_404(Round, code=code)
    step = STEPS.get(Round.Status(round_.status))
    context = {
        "round": round_,
        "themes": round_.themes.all(),
        "wijken": round_.wijken.count(),
        "ways_in": [label for way, label in Round.WayIn.choices if way in round_.ways_in],
        "turnout": public_turnout(Participation.objects.filter(round=round_).count()),
        "faults": services.faults_before_opening(round_) if round_.status == Round.Status.DRAFT else [],
        "step": step[0] if step and request.user.has_perm("ranking.run_rounds") else "",
        "states": _states(round_),
        "moved_ends": round_.moved_ends.all(),
        "is_over": round_.closes_at <= timezone.now(),
        "is_early": timezone.localdate() < round_.publish_on,
        "is_late": round_.status != Round.Status.PUBLISHED and round_.publish_on < timezone.localdate(),
        **_waiting(round_),
    }
    return render(request, "ranking/round.html", context)


def _waiting(round_: Round) -> dict[str, object]:
    """What colleagues still have to do for this round."""
    flagged = Quarantine.objects.filter(round=round_)
    return {
        "waiting_paper": PaperEntry.objects.filter(round=round_).count(),
        "flagged": flagged.count(),
        "undecided": flagged.filter(confirmed_by__isnull=True).count(),
        "unread": Remark.objects.filter(round=round_, state=Remark.State.NEW).count(),
    }


def _states(round_: Round) -> list[tuple[str, str]]:
    order = list(Round.Status)
    now = order.index(Round.Status(round_.status))
    return [
        (status.label.capitalize(), "done" if place < now else "now" if place == now else "next")
        for place, status in enumerate(order)
    ]


# --- preparing --------------------------------------------------------------------------------------
@may_run
def round_add(request: HttpRequest) -> HttpResponse:
    """Make a round. Nothing is open before somebody opens it."""
    return _edit(request, None)


@may_run
def round_edit(request: HttpRequest, code: str) -> HttpResponse:
    return _edit(request, get_object_or_404(Round, code=code, status=Round.Status.DRAFT))


def _edit(request: HttpRequest, round_: Round | None) -> HttpResponse:
    form = RoundForm(request.POST or None, round_=round_)
    if form.is_valid():
        try:
            saved = save_round(round_=round_, plan=form.plan(), actor=request.user)
        except services.RoundError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("De ronde is bewaard."))
            return redirect("ranking:round", saved.code)
    return render(request, "ranking/round_edit.html", {"form": form, "round": round_})


@may_see
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """The ballot as residents will see it. One can try it; nothing is counted."""
    round_ = get_object_or_404(Round, code=code)
    choice = read_sent(request.POST, round_) if request.method == "POST" else None
    if choice and not choice.errors:
        messages.success(
            request, _("Zo zou de keuze geteld zijn. Dit was een voorbeeld: er is niets geteld.")
        )
    wijk = next(iter(taking_part_in(round_)), None)
    if wijk is None:
        raise Http404
    context = ballot_context(round_, wijk=wijk, seed=round_.pk, choice=choice, preview=True)
    return render(request, "ranking/ballot.html", context)


@may_run
def move_end(request: HttpRequest, code: str) -> HttpResponse:
    """Give an open round more time, in public."""
    round_ = get_object_or_404(Round, code=code, status=Round.Status.OPEN)
    form = MoveEndForm(request.POST or None, initial={"closes_at": round_.closes_at})
    if form.is_valid():
        try:
            services.move_end(round_=round_, actor=request.user, **form.cleaned_data)
        except services.RoundError as error:
            form.add_error("closes_at", str(error))
        else:
            messages.success(request, _("Het einde is verplaatst. Iedereen leest dat op de startpagina."))
            return redirect("ranking:round", code)
    return render(request, "ranking/move_end.html", {"form": form, "round": round_})


# --- one step further -------------------------------------------------------------------------------
@require_POST
@may_run
def advance(request: HttpRequest, code: str) -> HttpResponse:
    """Take the round one step further; what is final is asked twice."""
    round_ = get_object_or_404(Round, code=code)
    step = STEPS.get(Round.Status(round_.status))
    if step is None or request.POST.get("stand") != round_.status:
        messages.error(request, "De stand van deze ronde is intussen veranderd. Kijk nog een keer.")
    elif round_.status == Round.Status.OPEN and timezone.now() < round_.closes_at:
        messages.error(
            request, "Deze ronde is nog open. Eerder sluiten kan niet: bewoners rekenen op het einde."
        )
    elif round_.status in FINAL and not request.POST.get("zeker"):
        messages.error(request, FINAL[Round.Status(round_.status)])
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
