"""The start page of a round, which every way in shows again when something is wrong."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from haarlemveilig.accounts import residents
from participation.ranking import selectors
from participation.ranking.forms import CodeForm, EmailForm, PostcodeForm
from participation.ranking.models import Round

WayIn = Round.WayIn


@dataclass(frozen=True)
class Way:
    """A way in as addresses and pages name it."""

    name: str
    # May name the provider where people sign in.
    label: Promise
    form: Callable[[Round], forms.Form]

    def address(self, round_: Round) -> str:
        """The start page with this way on top."""
        return f"{reverse('ranking:start')}?{urlencode({'ronde': round_.code, 'manier': self.name})}"


WAYS = {
    WayIn.LETTER_CODE: Way("brief", gettext_lazy("Ik heb een brief met een code"), lambda _round: CodeForm()),
    WayIn.OPENID: Way(
        "inloggen", gettext_lazy("Ik log in met %(provider)s"), lambda round_: PostcodeForm(kind=round_.kind)
    ),
    WayIn.EMAIL_CODE: Way(
        "e-mail", gettext_lazy("Ik krijg een code per e-mail"), lambda round_: EmailForm(kind=round_.kind)
    ),
    WayIn.POSTCODE: Way(
        "postcode",
        gettext_lazy("Ik vul alleen een postcode in"),
        lambda round_: PostcodeForm(kind=round_.kind),
    ),
}


def ways_into(round_: Round) -> list[str]:
    """The ways in of a round that work here, strongest first."""
    return [way for way in WAYS if way in round_.ways_in and (way != WayIn.OPENID or settings.RESIDENT_OIDC)]


def asked_round(request: HttpRequest) -> Round | None:
    """The open round that the address or the form names, or the only one there is.

    A postcode that was filled in on the home page is a resident's: it goes to the only round for residents.
    """
    rounds = selectors.open_rounds(timezone.now())
    code = request.POST.get("ronde") or request.GET.get("ronde")
    if code:
        return next((round_ for round_ in rounds if round_.code == code), None)
    if len(rounds) > 1 and request.method == "POST":
        rounds = [round_ for round_ in rounds if round_.kind == Round.Kind.RESIDENTS]
    return rounds[0] if len(rounds) == 1 else None


def no_round_page(request: HttpRequest) -> HttpResponse:
    """Which round somebody wants, where several are open; where none is, since when and why."""
    now = timezone.now()
    if rounds := selectors.open_rounds(now):
        return render(request, "ranking/choose_round.html", {"rounds": rounds})
    return render(request, "ranking/no_round.html", {"last": selectors.last_closed_round(now)})


def start_page(
    request: HttpRequest, round_: Round, *, way: str = "", form: forms.Form | None = None
) -> HttpResponse:
    """One way in as the page's question, the others as links; `form` is that of `way`, with its faults."""
    ways = ways_into(round_)
    shown = _shown(request, ways, way)
    if form is None or shown != way:
        form = WAYS[WayIn(shown)].form(round_) if shown else forms.Form()
    context = {
        "round": round_,
        "moved": round_.moved_ends.last(),
        "way": shown,
        "form": form,
        "others": _links(round_, [other for other in ways if other != shown]),
        "provider": residents.provider_name(),
        "is_signed_in": bool(residents.identity(request)),
        "has_errors": bool(form.errors),
    }
    return render(request, "ranking/start.html", context)


def _links(round_: Round, ways: Sequence[str]) -> list[tuple[str, str]]:
    shown = [WAYS[WayIn(way)] for way in ways]
    provider = {"provider": residents.provider_name()}
    return [(str(way.label) % provider, way.address(round_)) for way in shown]


def _shown(request: HttpRequest, ways: Sequence[str], way: str) -> str:
    """The way asked for, else the strongest; "" where the round has none that works."""
    named = request.GET.get("manier", "")
    asked = [way, *(code for code, known in WAYS.items() if known.name == named)]
    return next((one for one in [*asked, *ways] if one in ways), "")
