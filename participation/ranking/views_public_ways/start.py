from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from haarlemveilig.gemeente.selectors import wijk
from participation.ranking import selectors, voters
from participation.ranking.forms import PostcodeForm
from participation.ranking.models import Round
from participation.ranking.views_public_ways.entering import enter, voter_from
from participation.ranking.views_public_ways.pages import asked_round, no_round_page, start_page

POSTCODE = Round.WayIn.POSTCODE


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Where somebody begins. Sent to, it takes the postcode alone, the weakest way in."""
    round_ = asked_round(request)
    if round_ is None:
        return no_round_page(request)
    if request.method != "POST":
        return start_page(request, round_)
    form = PostcodeForm(request.POST, kind=round_.kind)
    if POSTCODE not in round_.ways_in or not form.is_valid():
        return start_page(request, round_, way=POSTCODE, form=form)
    participation = voters.participation_for_postcode(request, round_)
    return enter(request, round_, voter_from(form.cleaned_data["wijk"], POSTCODE, participation))


@login_not_required
@require_safe
def other_wijk(request: HttpRequest, slug: str) -> HttpResponse:
    """That the round is not held in this wijk, and where to read on."""
    round_, own = asked_round(request), wijk(slug)
    if own is None:
        raise Http404
    if round_ is None:
        return no_round_page(request)
    context = {"round": round_, "wijk": own, "wijken": selectors.taking_part_in(round_)}
    return render(request, "ranking/other_wijk.html", context)
