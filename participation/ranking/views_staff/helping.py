"""Helping somebody take part, on the telephone or at the counter."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST
from rules.contrib.views import permission_required

from participation.ranking import helping, voters
from participation.ranking.forms.channels import HelpForm
from participation.ranking.models import Round
from participation.ranking.services import RoundError, Voter, assisting

LATE = "De tijd om te helpen was voorbij. "
SENT = "De keuze is geteld. U kunt de volgende persoon helpen."
NOTHING = "Er is niets verstuurd. U helpt nu niemand meer."


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("ranking.assist", raise_exception=True)
def assist(request: HttpRequest, code: str) -> HttpResponse:
    """Say how you help and find the wijk of whom you help; the ballot of this browser is theirs from then on."""
    round_ = get_object_or_404(Round, code=code)
    form = HelpForm(request.POST or None, round_=round_)
    if request.method == "POST" and form.is_valid():
        try:
            _start(request, round_, form)
        except RoundError as error:
            form.add_error("code" if form.cleaned_data.get("code") else "postcode", str(error))
        else:
            return redirect("ranking:ballot")
    context = {
        "round": round_,
        "form": form,
        "ways": assisting.ways_to_help(round_),
        "minutes": int(assisting.LASTS.total_seconds() // 60),
    }
    return render(request, "ranking/channels/assist.html", context)


def _start(request: HttpRequest, round_: Round, form: HelpForm) -> None:
    channel = form.cleaned_data["kanaal"]
    voter = _voter(round_, form, channel)
    _end(request)
    helping.remember_helping(
        request, assisting.start_assisting(round_=round_, channel=channel, actor=request.user)
    )
    voters.remember(request, round_, voter)


def _voter(round_: Round, form: HelpForm, channel: str) -> Voter:
    if code := form.cleaned_data.get("code"):
        return assisting.voter_by_code(round_=round_, code=code, channel=channel)
    return assisting.voter_by_wijk(round_=round_, wijk=form.cleaned_data["wijk"], channel=channel)


def _end(request: HttpRequest) -> helping.Helped | None:
    """Let go of whom this browser helped before, and of who voted in it; the log tells how that ended."""
    helped = helping.helping(request)
    voters.forget_helped(request)
    helping.forget_helping(request)
    if helped:
        assisting.end_assisting(session=helped.session, has_sent=helped.has_sent, actor=request.user)
    return helped


@require_POST
@permission_required("ranking.assist", raise_exception=True)
def assist_end(request: HttpRequest, code: str) -> HttpResponse:
    """Stop helping, or go on to the next person."""
    helped = _end(request)
    if helped:
        late = LATE if helped.is_over and not helped.has_sent else ""
        messages.info(request, late + (SENT if helped.has_sent else NOTHING))
    return redirect("ranking:assist", code=code)
