import json
import random
from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haarlemveilig.gemeente.selectors import WijkName, wijken
from participation.ranking import helping, selectors, services, voters
from participation.ranking.ballot_form import ABSTAIN, PREFIX, BallotChoice, places_of, read_ballot
from participation.ranking.models import Round
from participation.ranking.receipts import short_code
from participation.ranking.selectors import BallotTheme
from participation.ranking.voters import RememberedVoter
from participation.wijkgesprekken.selectors import next_meetings

RECEIPT_SALT = "ranking.receipt"


def _own_order(themes: Sequence[BallotTheme], seed: int) -> list[BallotTheme]:
    """The themes in this voter's own random order: no theme has the advantage of the top."""
    order = list(themes)
    random.Random(seed).shuffle(order)  # noqa: S311  a fair order, not a secret
    return order


def _wijk_of(remembered: RememberedVoter) -> WijkName:
    return next(wijk for wijk in wijken() if wijk.area_id == remembered.voter.wijk_id)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ballot(request: HttpRequest) -> HttpResponse:
    """The ballot: one form, one POST, no JavaScript needed."""
    round_ = voters.round_at_hand(request, timezone.now())
    remembered = voters.recall(request, round_) if round_ else None
    if round_ is None or remembered is None:
        return _not_at_the_ballot(request, round_)
    themes = selectors.ballot_themes(round_)
    if request.method != "POST":
        return _ballot_page(request, round_, remembered, themes, _earlier(round_, remembered))
    choice = read_ballot(request.POST, themes={theme.code: theme.name for theme in themes}, k=round_.k)
    if choice.errors:
        return _ballot_page(request, round_, remembered, themes, choice)
    try:
        services.cast(round_=round_, voter=remembered.voter, choice=services.Choice(ranking=choice.ranking))
    except services.RoundClosed as error:
        messages.error(request, str(error))
        return redirect("ranking:start")
    voters.remember_sent(request, remembered)
    return redirect("ranking:counted")


def _not_at_the_ballot(request: HttpRequest, round_: Round | None) -> HttpResponse:
    """Back to the start. Who sent a ballot must hear that it did not count."""
    if helped := helping.helping(request):
        return redirect("ranking:assist", code=helped.session.round_code)
    if request.method == "POST" and round_ is None:
        messages.error(request, _("Deze ronde is gesloten. Uw keuze is niet geteld."))
    elif request.method == "POST":
        messages.error(
            request,
            _("Uw keuze is niet geteld. We weten niet meer in welke wijk u woont. Begin opnieuw."),
        )
    return redirect("ranking:start")


def _earlier(round_: Round, remembered: RememberedVoter) -> BallotChoice | None:
    """What this voter sent before; empty where another browser sent it with the same code."""
    receipt = services.receipt_of(round_=round_, participation=remembered.voter.participation)
    if receipt is None:
        return None
    if not remembered.may_read_back:
        return BallotChoice(places={}, abstains=False, ranking=(), errors=())
    sent = tuple(str(code) for code in receipt.ranking)
    return BallotChoice(places=places_of(sent), abstains=not sent, ranking=sent, errors=())


def _ballot_page(
    request: HttpRequest,
    round_: Round,
    remembered: RememberedVoter,
    themes: Sequence[BallotTheme],
    choice: BallotChoice | None,
) -> HttpResponse:
    places = choice.places if choice else {}
    errors = {target: text for text, target in choice.errors} if choice else {}
    context = {
        "round": round_,
        "wijk": _wijk_of(remembered),
        "rows": [
            (theme, places.get(theme.code, ""), errors.get(PREFIX + theme.code, ""))
            for theme in _own_order(themes, remembered.seed)
        ],
        "abstain_error": errors.get(ABSTAIN, ""),
        "numbers": [str(place) for place in range(1, round_.k + 1)],
        "choice": choice,
        "has_errors": bool(errors),
        "is_mine": remembered.may_read_back,
    }
    return render(request, "ranking/ballot.html", context)


@login_not_required
@never_cache
@require_safe
def counted(request: HttpRequest) -> HttpResponse:
    """That it counted, with the receipt: found through the round key, so that no session holds a choice."""
    round_ = voters.round_at_hand(request, timezone.now())
    remembered = voters.recall(request, round_) if round_ else None
    if round_ is None or remembered is None:
        return redirect("ranking:start")
    receipt = services.receipt_of(round_=round_, participation=remembered.voter.participation)
    if receipt is None or not remembered.may_read_back:
        return redirect("ranking:ballot")
    names = {theme.code: theme.name for theme in selectors.ballot_themes(round_)}
    context = {
        "round": round_,
        "wijk": _wijk_of(remembered),
        "chosen": [names[str(code)] for code in receipt.ranking],
        "code": short_code(receipt.leaf()),
        "signed": signing.dumps(receipt.canonical(), salt=RECEIPT_SALT),
        "meetings": next_meetings(remembered.voter.wijk_id, timezone.now()),
        "today": timezone.localdate(),
    }
    return render(request, "ranking/counted.html", context)


@login_not_required
@require_POST
def next_voter(request: HttpRequest) -> HttpResponse:
    """Forget who voted on this device, so that somebody else can: a family shares a telephone."""
    voters.forget(request)
    return redirect("ranking:start")


@login_not_required
@require_POST
def receipt_file(request: HttpRequest) -> HttpResponse:
    """The receipt as a file. It comes from the page itself, signed: we keep no copy to look up."""
    try:
        canonical = signing.loads(request.POST.get("bewijs", ""), salt=RECEIPT_SALT)
    except signing.BadSignature:
        return redirect("ranking:start")
    response = HttpResponse(canonical, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="bewijs-{json.loads(canonical)["ronde"]}.json"'
    return response
