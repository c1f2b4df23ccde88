from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from participation.ranking import services
from participation.ranking.forms import CodeForm
from participation.ranking.models import Round
from participation.ranking.views_public_ways.entering import enter, refuse_guessing, was_right
from participation.ranking.views_public_ways.pages import asked_round, no_round_page, start_page


@login_not_required
@require_POST
def with_code(request: HttpRequest) -> HttpResponse:
    """Come in with the code that somebody typed from a letter."""
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            return _come_in(request, form.cleaned_data["code"])
        except services.CodeRefused as error:
            form.add_error("code", str(error))
    round_ = asked_round(request)
    if round_ is None:
        return no_round_page(request)
    return start_page(request, round_, way=Round.WayIn.LETTER_CODE, form=form)


@login_not_required
@never_cache
@require_safe
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """Where the square on a letter leads. It only looks who comes in: nobody takes part by opening a link.

    Always leads on, so that the code stands in no address that stays, and in no history.
    """
    try:
        return _come_in(request, code)
    except services.CodeRefused as error:
        messages.error(request, str(error))
        return redirect("ranking:start")


def _come_in(request: HttpRequest, code: str) -> HttpResponse:
    refuse_guessing(request)
    round_ = services.round_with_code(code=code, at=timezone.now())
    voter = services.voter_with_code(round_=round_, code=code)
    was_right(request)
    return enter(request, round_, voter)
