import json

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haarlemveilig.gemeente.selectors import WijkName, wijken
from participation.ranking import helping, selectors, services, voters
from participation.ranking.ballot_form import NONCE, BallotChoice, browser_nonce, places_of
from participation.ranking.ballot_page import EMPTY, ballot_context, read_sent
from participation.ranking.ballot_words import ballot_words
from participation.ranking.models import Participation, Round
from participation.ranking.receipts import short_code
from participation.ranking.voters import RememberedVoter
from participation.ranking.watching import STAMP, flags_of, is_of_another
from participation.wijkgesprekken.selectors import next_meetings

RECEIPT_SALT = "ranking.receipt"
WORDS_SECONDS = 3600


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
    if request.method != "POST":
        return _ballot_page(request, round_, remembered, _earlier(round_, remembered))
    if is_of_another(request.POST.get(STAMP, ""), remembered.whose):
        return _another_at_the_ballot(request)
    choice = read_sent(request.POST, round_)
    if choice.errors:
        return _ballot_page(request, round_, remembered, choice)
    sent = _to_cast(request, round_, remembered, choice)
    try:
        services.cast(round_=round_, voter=remembered.voter, choice=sent)
    except services.RoundClosed as error:
        messages.error(request, str(error))
        return redirect("ranking:start")
    voters.remember_sent(request, remembered)
    return redirect("ranking:counted")


def _another_at_the_ballot(request: HttpRequest) -> HttpResponse:
    """Two letters or two rounds in one browser: what was filled in for one must not count for the other."""
    text = _(
        "Deze keuze is niet geteld. Intussen kwam iemand anders binnen in deze browser. "
        "Hieronder staat het stembiljet van die ander. Was het uw keuze? Kom dan opnieuw binnen."
    )
    messages.error(request, text)
    return redirect("ranking:ballot")


def _to_cast(
    request: HttpRequest, round_: Round, remembered: RememberedVoter, choice: BallotChoice
) -> services.Choice:
    """What was filled in, with what the browser adds and, for who sends it over the web, what is striking."""
    is_web = remembered.voter.channel == Participation.Channel.WEB
    return services.Choice(
        ranking=choice.ranking,
        cell=choice.cell,
        remarks=choice.remarks,
        browser_nonce=browser_nonce(request.POST.get(NONCE, "")),
        flags=flags_of(request, round_.code, choice.ranking, timezone.now()) if is_web else (),
    )


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
        return EMPTY
    sent = tuple(str(code) for code in receipt.ranking)
    return BallotChoice(places=places_of(sent), abstains=not sent, ranking=sent, errors=())


def _ballot_page(
    request: HttpRequest, round_: Round, remembered: RememberedVoter, choice: BallotChoice | None
) -> HttpResponse:
    context = ballot_context(
        round_,
        wijk=_wijk_of(remembered),
        seed=remembered.seed,
        choice=choice,
        is_mine=remembered.may_read_back,
        since=request.POST.get(STAMP, ""),
        whose=remembered.whose,
    )
    own = {"is_fleeting": remembered.is_fleeting, "whose": remembered.whose}
    return render(request, "ranking/ballot.html", {**context, **own})


@login_not_required
@cache_control(public=True, max_age=WORDS_SECONDS)
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """What the ballot's script says. The address names the language, so that browsers can keep the answer."""
    return JsonResponse(ballot_words())


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
        "leaf": receipt.leaf().hex(),
        "canonical": receipt.canonical(),
        "signed": signing.dumps(receipt.canonical(), salt=RECEIPT_SALT),
        "meetings": next_meetings(remembered.voter.wijk_id, timezone.now()),
        "today": timezone.localdate(),
        "is_fleeting": remembered.is_fleeting,
        "whose": remembered.whose,
    }
    return render(request, "ranking/counted.html", context)


@login_not_required
@require_POST
def next_voter(request: HttpRequest) -> HttpResponse:
    """Forget who voted on this device, so that somebody else can: a family shares a telephone.

    A colleague who helps is done with this person, and begins anew for the next.
    """
    if helped := voters.end_help(request):
        messages.info(request, helped.how_it_ended)
        return redirect("ranking:assist", code=helped.session.round_code)
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
