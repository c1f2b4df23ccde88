from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from haarlemveilig.accounts import residents
from participation.ranking import voters
from participation.ranking.forms import PostcodeForm
from participation.ranking.models import Round
from participation.ranking.views_public_ways.entering import enter, voter_from
from participation.ranking.views_public_ways.pages import (
    WAYS,
    asked_round,
    no_round_page,
    start_page,
    ways_into,
)

OPENID = Round.WayIn.OPENID


@login_not_required
@never_cache
@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    """To the residents' provider. A link and not a form: our policy lets no form end at another site."""
    round_ = asked_round(request)
    if round_ is None:
        return no_round_page(request)
    if OPENID not in ways_into(round_):
        return start_page(request, round_)
    back = WAYS[OPENID].address(round_)
    try:
        return residents.begin(request, next_url=back)
    except residents.SignInUnavailable:
        messages.error(request, _("Inloggen lukt nu niet. Probeer het later, of kies een andere manier."))
        return redirect(back)


@login_not_required
@require_POST
def signed_in(request: HttpRequest) -> HttpResponse:
    """In which wijk somebody lives who signed in: the provider does not tell us."""
    round_ = asked_round(request)
    if round_ is None:
        return no_round_page(request)
    form, identity = PostcodeForm(request.POST, kind=round_.kind), residents.identity(request)
    if not identity or OPENID not in ways_into(round_) or not form.is_valid():
        return start_page(request, round_, way=OPENID, form=form)
    participation = voters.participation_for_identity("openid", round_, identity)
    return enter(request, round_, voter_from(form.cleaned_data["wijk"], OPENID, participation))
