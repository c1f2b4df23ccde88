"""Typing over paper forms: two people each, and a look at the paper where they differ."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from rules.contrib.views import permission_required

from participation.ranking import paper_order, selectors
from participation.ranking.ballot_form import ABSTAIN, PREFIX, BallotChoice, places_of, read_ballot
from participation.ranking.forms.channels import DropForm, GroupForm, PaperCodeForm
from participation.ranking.models import Participation, Round
from participation.ranking.selectors import BallotTheme, channels
from participation.ranking.services import Choice, RoundError, Voter, paper
from participation.ranking.weighting import band_of

MAY = permission_required("ranking.assist", raise_exception=True)
KEPT = "De eerste invoer is bewaard. Een collega doet de tweede."
COUNTED = "Dit formulier telt mee: beide invoeren zijn gelijk."
DECIDED = "Dit formulier telt mee, zoals u het op papier zag."
LEFT_OUT = "De eerdere keuze blijft staan. Dit formulier telt niet mee."


@dataclass(frozen=True)
class Entry:
    """What one typist sent: whose form it is, and what they read on it."""

    code_form: PaperCodeForm
    voter: Voter
    choice: BallotChoice
    group: GroupForm | None

    @property
    def is_valid(self) -> bool:
        return not self.choice.errors and (self.group is None or self.group.is_valid())

    @property
    def cell(self) -> str:
        return self.group.cell if self.group else ""


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@MAY
def paper_overview(request: HttpRequest, code: str) -> HttpResponse:
    """Which forms wait, and where one begins: with the code on the next form."""
    round_ = get_object_or_404(Round, code=code)
    themes = selectors.ballot_themes(round_)
    if request.method != "POST":
        series = {name: request.GET.get(name, "") for name in ("stapel", "volgorde")}
        return _overview_page(request, round_, PaperCodeForm(initial=series, themes=len(themes)))
    code_form, voter = _identify(request, round_, len(themes))
    if voter is None:
        return _overview_page(request, round_, code_form)
    entry = Entry(code_form, voter, _empty(), GroupForm() if round_.asks_group else None)
    return _entry_page(request, round_, themes, entry)


def _identify(request: HttpRequest, round_: Round, themes: int) -> tuple[PaperCodeForm, Voter | None]:
    """Whose form it is; None with the reason in the form."""
    form = PaperCodeForm(request.POST, themes=themes)
    if not form.is_valid():
        return form, None
    try:
        voter = paper.voter_of_form(round_=round_, code=form.cleaned_data["code"])
        paper.refuse_own(round_=round_, voter=voter, actor=request.user)
    except RoundError as error:
        form.add_error("code", str(error))
        return form, None
    return form, voter


def _empty() -> BallotChoice:
    return BallotChoice(places={}, abstains=False, ranking=(), errors=())


def _overview_page(request: HttpRequest, round_: Round, form: PaperCodeForm) -> HttpResponse:
    if form.initial.get("volgorde"):
        form.fields["code"].widget.attrs["autofocus"] = True  # the next form of a pile
    context = {
        "round": round_,
        "form": form,
        "piles": channels.piles(round_, request.user),
        "counted": channels.counted_on_paper(round_),
        "takes_paper": round_.status == Round.Status.OPEN and Round.WayIn.LETTER_CODE in round_.ways_in,
    }
    return render(request, "ranking/channels/paper.html", context)


def _entry_page(
    request: HttpRequest, round_: Round, themes: list[BallotTheme], entry: Entry, error: str = ""
) -> HttpResponse:
    errors = {target: text for text, target in entry.choice.errors}
    letter = entry.code_form.cleaned_data["volgorde"]
    earlier = paper.earlier_channel(round_=round_, voter=entry.voter)
    context = {
        "round": round_,
        "wijk": channels.wijk_name(entry.voter.wijk_id),
        "code_form": entry.code_form,
        "code": entry.code_form.cleaned_data["code"],
        "rows": [
            (theme, entry.choice.places.get(theme.code, ""), errors.get(PREFIX + theme.code, ""))
            for theme in paper_order.in_order(themes, letter)
        ],
        "choice": entry.choice,
        "abstain_error": errors.get(ABSTAIN, ""),
        "group": entry.group,
        "earlier": Participation.Channel(earlier).label if earlier else "",
        "has_errors": bool(errors or error),
        "errors": [*entry.choice.errors, *([(error, "")] if error else [])],
    }
    return render(request, "ranking/channels/paper_entry.html", context)


@require_POST
@sensitive_post_parameters()
@MAY
def paper_entry(request: HttpRequest, code: str) -> HttpResponse:
    """Take what somebody read on a form: the first entry, the second, or what the paper says after all."""
    round_ = get_object_or_404(Round, code=code)
    themes = selectors.ballot_themes(round_)
    code_form, voter = _identify(request, round_, len(themes))
    if voter is None:
        return _overview_page(request, round_, code_form)
    entry = _read(request, round_, themes, code_form, voter)
    if not entry.is_valid:
        return _entry_page(request, round_, themes, entry)
    try:
        entered = _enter(request, round_, entry)
    except RoundError as error:
        return _entry_page(request, round_, themes, entry, str(error))
    if entered.difference:
        return _difference_page(request, round_, themes, entry, entered.difference)
    return _next_form(request, round_, entry, entered.is_counted)


def _read(
    request: HttpRequest, round_: Round, themes: list[BallotTheme], code_form: PaperCodeForm, voter: Voter
) -> Entry:
    shown = paper_order.in_order(themes, code_form.cleaned_data["volgorde"])
    data = {name: str(value).strip() for name, value in request.POST.items()}
    choice = read_ballot(data, themes={theme.code: theme.name for theme in shown}, k=round_.k)
    return Entry(code_form, voter, choice, GroupForm(request.POST) if round_.asks_group else None)


def _enter(request: HttpRequest, round_: Round, entry: Entry) -> paper.Entered:
    return paper.enter_paper(
        round_=round_,
        voter=entry.voter,
        choice=Choice(ranking=entry.choice.ranking, cell=entry.cell),
        pile=entry.code_form.cleaned_data["stapel"],
        actor=request.user,
        may_replace=bool(request.POST.get("vervangt")),
        looked_again=request.POST.get("nagekeken", ""),
    )


def _next_form(request: HttpRequest, round_: Round, entry: Entry, is_counted: bool) -> HttpResponse:
    if not is_counted:
        messages.success(request, KEPT)
    else:
        messages.success(request, DECIDED if request.POST.get("nagekeken") else COUNTED)
    series = {name: entry.code_form.cleaned_data[name] for name in ("stapel", "volgorde")}
    return redirect(f"{reverse('ranking:paper', args=[round_.code])}?{urlencode(series)}")


def _difference_page(
    request: HttpRequest,
    round_: Round,
    themes: list[BallotTheme],
    entry: Entry,
    difference: paper.Difference,
) -> HttpResponse:
    """Both entries beside each other. Each is a form of its own, ready to be sent as what the paper says."""
    first, own = places_of(difference.ranking), places_of(entry.choice.ranking)
    shown = paper_order.in_order(themes, entry.code_form.cleaned_data["volgorde"])
    rows = [(theme.name, first.get(theme.code, ""), own.get(theme.code, "")) for theme in shown]
    rows.append(("Geen voorkeur", "" if first else "aangekruist", "" if own else "aangekruist"))
    if round_.asks_group:
        rows.append(("Leeftijd en geslacht", _spoken(difference.cell), _spoken(entry.cell)))
    context = {
        "round": round_,
        "code_form": entry.code_form,
        "code": entry.code_form.cleaned_data["code"],
        "may_replace": request.POST.get("vervangt", ""),
        "token": difference.token,
        "rows": rows,
        "first_fields": _fields(difference.ranking, difference.cell),
        "own_fields": _fields(entry.choice.ranking, entry.cell),
    }
    return render(request, "ranking/channels/paper_difference.html", context)


def _spoken(cell: str) -> str:
    return cell.replace("/", ", ") or "niet ingevuld"


def _fields(ranking: tuple[str, ...], cell: str) -> list[tuple[str, str]]:
    """The fields of the entry form that say this."""
    places = [(PREFIX + theme, place) for theme, place in places_of(ranking).items()]
    band = band_of(cell)
    group = [("leeftijd", band), ("geslacht", cell.removeprefix(f"{band}/"))] if cell else []
    return [*(places or [(ABSTAIN, "1")]), *group]


@require_POST
@sensitive_post_parameters()
@MAY
def paper_leave_out(request: HttpRequest, code: str) -> HttpResponse:
    """Let the ballot stand that this voter sent before."""
    round_ = get_object_or_404(Round, code=code)
    form, voter = _identify(request, round_, len(selectors.ballot_themes(round_)))
    if voter is None:
        return _overview_page(request, round_, form)
    paper.leave_out_paper(round_=round_, voter=voter, actor=request.user)
    messages.success(request, LEFT_OUT)
    return redirect("ranking:paper", code=code)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("ranking.run_rounds", raise_exception=True)
def paper_drop(request: HttpRequest, code: str) -> HttpResponse:
    """Let waiting forms lapse, with a reason, before the round closes."""
    round_ = get_object_or_404(Round, code=code)
    waiting = sum(pile.waiting for pile in channels.piles(round_, request.user))
    form = DropForm(request.POST or None, initial={"aantal": waiting})
    if request.method == "POST" and form.is_valid():
        return _drop(request, round_, form.cleaned_data)
    return render(
        request, "ranking/channels/paper_drop.html", {"round": round_, "form": form, "waiting": waiting}
    )


def _drop(request: HttpRequest, round_: Round, answers: dict[str, Any]) -> HttpResponse:
    try:
        dropped = paper.drop_waiting_paper(
            round_=round_, expected=answers["aantal"], reason=answers["reden"], actor=request.user
        )
    except RoundError as error:
        messages.error(request, str(error))
        return redirect("ranking:paper_drop", code=round_.code)
    messages.success(request, f"{dropped} formulieren tellen niet mee. De reden staat in het logboek.")
    return redirect("ranking:paper", code=round_.code)
