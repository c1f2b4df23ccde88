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
    voters.end_help(request)
    helping.remember_helping(
        request, assisting.start_assisting(round_=round_, channel=channel, actor=request.user)
    )
    voters.remember(request, round_, voter)


def _voter(round_: Round, form: HelpForm, channel: str) -> Voter:
    if code := form.cleaned_data.get("code"):
        return assisting.voter_by_code(round_=round_, code=code, channel=channel)
    return assisting.voter_by_wijk(round_=round_, wijk=form.cleaned_data["wijk"], channel=channel)


@require_POST
@permission_required("ranking.assist", raise_exception=True)
def assist_end(request: HttpRequest, code: str) -> HttpResponse:
    """Stop helping, or go on to the next person."""
    if helped := voters.end_help(request):
        messages.info(request, helped.how_it_ended)
    return redirect("ranking:assist", code=code)
