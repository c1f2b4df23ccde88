"""What all ways in do once they know who somebody is."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from haarlemveilig.gemeente.models import Area
from haarlemveilig.throttle import forgive, too_often
from participation.ranking import helping, selectors, services, voters
from participation.ranking.models import Round

CODE = "code"
MANY_TRIES = 30
TEN_MINUTES = 600
HELP_ENDED = "De keuze van wie u hielp is geteld. U helpt nu niemand meer."


def refuse_guessing(request: HttpRequest) -> None:
    """Count a try of a code, whichever kind, before looking; CodeRefused once a visitor tried too many.

    Whose code was right calls `was_right`: a school or a library may come in with a thousand letters.
    """
    if too_often(request, CODE, limit=MANY_TRIES, seconds=TEN_MINUTES):
        raise services.CodeRefused(_("Er is te vaak een code geprobeerd. Wacht tien minuten."))


def was_right(request: HttpRequest) -> None:
    """The try that was counted last was no guess."""
    forgive(request, CODE)


def voter_from(wijk: Area, way_in: Round.WayIn, participation: uuid.UUID) -> services.Voter:
    """A voter of this wijk, by another way than a letter."""
    return services.Voter(participation=participation, wijk_id=wijk.pk, wijk_code=wijk.code, way_in=way_in)


def enter(request: HttpRequest, round_: Round, voter: services.Voter) -> HttpResponse:
    """On to the ballot; who lives where the round is not held hears so, and reads about their own wijk."""
    if elsewhere := not_for_wijk(round_, voter.wijk_id):
        return elsewhere
    was_helping = helping.now_helped(request)
    voters.remember(request, round_, voter)
    if was_helping and not helping.helping(request):
        messages.info(request, HELP_ENDED)
    return redirect("ranking:ballot")


def not_for_wijk(round_: Round, wijk_id: int) -> HttpResponse | None:
    """To the page that says that this wijk does not take part; None when it does."""
    if selectors.takes_part(round_, wijk_id):
        return None
    slug = Area.objects.get(pk=wijk_id).slug
    return redirect(f"{reverse('ranking:other_wijk', args=[slug])}?{urlencode({'ronde': round_.code})}")
