"""After closing: flagged ballots, what residents wrote, and the sample of the griffie."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from rules.contrib.views import permission_required

from haarlemveilig.gemeente.selectors import wijken
from participation.ranking.forms.rounds import JudgeForm, QuarantineForm, SampleForm
from participation.ranking.models import AuditedParticipation, Quarantine, Remark, Round, SampleAudit
from participation.ranking.sample import detects
from participation.ranking.selectors.checking import checked_areas
from participation.ranking.services import RoundError, judging, moderating, sampling
from participation.ranking.views_staff.rounds import may_run

may_moderate = permission_required("ranking.moderate", raise_exception=True)
may_audit = permission_required("ranking.audit", raise_exception=True)
OVER = (Round.Status.CLOSED, Round.Status.COUNTED, Round.Status.PUBLISHED)
REMARKS_PER_PAGE = 20


def _names() -> dict[int, str]:
    return {wijk.area_id: wijk.name for wijk in wijken()}


def _ticked(request: HttpRequest) -> list[int]:
    return [int(text) for text in request.POST.getlist("rij") if text.isdecimal() and len(text) < 19]


# --- flagged ballots --------------------------------------------------------------------------------
@may_run
def quarantine(request: HttpRequest, code: str) -> HttpResponse:
    """What stood out at casting, per wijk. Nobody sees a choice here: it is judged by how it was sent."""
    round_ = get_object_or_404(Round, code=code, status__in=OVER)
    form = QuarantineForm(request.POST or None)
    ticked = _ticked(request)
    if request.method == "POST" and not ticked:
        form.add_error(None, _("Kruis eerst aan over welke rijen u iets voorstelt."))
    elif form.is_valid() and _propose(request, round_, ticked, form):
        return redirect("ranking:quarantine", code)
    return _quarantine_page(request, round_, form, ticked)


def _quarantine_page(
    request: HttpRequest, round_: Round, form: QuarantineForm, ticked: list[int]
) -> HttpResponse:
    names = _names()
    rows = Quarantine.objects.filter(round=round_).select_related("proposed_by", "confirmed_by")
    context = {
        "round": round_,
        "form": form,
        "ticked": ticked,
        "rows": [(row, names.get(row.wijk_id, "")) for row in rows],
        "is_open": round_.status == Round.Status.CLOSED,
    }
    return render(request, "ranking/quarantine.html", context)


def _propose(request: HttpRequest, round_: Round, rows: list[int], form: QuarantineForm) -> bool:
    data = form.cleaned_data
    try:
        judging.propose(
            round_=round_,
            rows=rows,
            sets_apart=data["sets_apart"] == "yes",
            reason=data["reason"],
            actor=request.user,
        )
    except RoundError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("Uw voorstel is bewaard. Een collega moet het bevestigen."))
    return True


@require_POST
@may_run
def quarantine_confirm(request: HttpRequest, code: str) -> HttpResponse:
    """Confirm what a colleague proposed."""
    round_ = get_object_or_404(Round, code=code, status__in=OVER)
    try:
        count = judging.confirm(round_=round_, rows=_ticked(request), actor=request.user)
    except RoundError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Bevestigd: %(count)s rijen.") % {"count": count})
    return redirect("ranking:quarantine", code)


# --- the counted result -----------------------------------------------------------------------------
@may_run
def check(request: HttpRequest, code: str) -> HttpResponse:
    """What was counted, to look over before everybody sees it."""
    round_ = get_object_or_404(Round, code=code, status__in=(Round.Status.COUNTED, Round.Status.PUBLISHED))
    return render(request, "ranking/check.html", {"round": round_, "areas": checked_areas(round_)})


# --- what residents wrote ---------------------------------------------------------------------------
@may_moderate
def remarks(request: HttpRequest, code: str) -> HttpResponse:
    """Remarks to read, the unread ones first."""
    round_ = get_object_or_404(Round, code=code, status__in=OVER)
    found = Remark.objects.filter(round=round_)
    state = request.GET.get("stand", Remark.State.NEW)
    names = _names()
    page = Paginator(found.filter(state=state), REMARKS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "round": round_,
        "page": page,
        "rows": [(remark, names.get(remark.wijk_id, "")) for remark in page],
        "state": state,
        "states": [
            (value, label, found.filter(state=value).count()) for value, label in Remark.State.choices
        ],
    }
    return render(request, "ranking/remarks.html", context)


@require_POST
@may_moderate
def remark_moderate(request: HttpRequest, code: str, remark_id: int) -> HttpResponse:
    """Show one remark as the moderator wrote it, or hide it."""
    remark = get_object_or_404(Remark.objects.select_related("round"), pk=remark_id, round__code=code)
    text = " ".join(request.POST.get("tekst", "").split())[:600]
    shows = request.POST.get("wat") == "tonen"
    if shows and not text:
        messages.error(request, _("Schrijf eerst de tekst die iedereen mag lezen, of kies ‘Niet tonen’."))
    else:
        state = Remark.State.SHOWN if shows else Remark.State.HIDDEN
        moderating.moderate(remark=remark, state=state, public_text=text, actor=request.user)
        messages.success(request, _("Bewaard."))
    return redirect("ranking:remarks", code)


# --- the sample -------------------------------------------------------------------------------------
@may_audit
def samples(request: HttpRequest, code: str) -> HttpResponse:
    """Draw a sample of participations with dice, and see what was found in earlier ones."""
    round_ = get_object_or_404(Round, code=code, status__in=OVER)
    form = SampleForm(request.POST or None, initial={"size": 60})
    if form.is_valid():
        try:
            audit = sampling.draw_sample(round_=round_, actor=request.user, **form.cleaned_data)
        except RoundError as error:
            form.add_error(None, str(error))
        else:
            return redirect("ranking:sample", code, audit.pk)
    audits = round_.sample_audits.select_related("drawn_by")
    return render(request, "ranking/samples.html", {"round": round_, "form": form, "audits": audits})


@may_audit
def sample(request: HttpRequest, code: str, audit_id: int) -> HttpResponse:
    """The drawn participations of one sample, each with what was found. No row is joined to a ballot."""
    audit = get_object_or_404(SampleAudit.objects.select_related("round"), pk=audit_id, round__code=code)
    rows = list(audit.rows.select_related("participation__access_code__batch"))
    names = _names()
    done = [row for row in rows if row.outcome != AuditedParticipation.Outcome.OPEN]
    context: dict[str, Any] = {
        "round": audit.round,
        "audit": audit,
        "rows": [
            (row, names.get(row.participation.wijk_id, ""), JudgeForm(auto_id=f"id_{row.pk}_%s"))
            for row in rows
        ],
        "done": len(done),
        "not_confirmed": sum(row.outcome == AuditedParticipation.Outcome.NOT_CONFIRMED for row in rows),
        "chances": [(share, detects(share, size=audit.size)) for share in (0.02, 0.05, 0.1)],
    }
    return render(request, "ranking/sample.html", context)


@require_POST
@may_audit
def sample_judge(request: HttpRequest, code: str, audit_id: int, row_id: int) -> HttpResponse:
    """Keep what was found about one drawn participation."""
    row = get_object_or_404(AuditedParticipation, pk=row_id, audit=audit_id, audit__round__code=code)
    form = JudgeForm(request.POST)
    if form.is_valid():
        sampling.judge_participation(row=row, actor=request.user, **form.cleaned_data)
    else:
        messages.error(request, _("Kies een uitkomst."))
    return redirect("ranking:sample", code, audit_id)
