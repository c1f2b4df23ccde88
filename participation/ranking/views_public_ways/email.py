import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from haarlemveilig.gemeente.models import Area
from haarlemveilig.jobs.nudges import nudge
from haarlemveilig.mail.models import OutboxMail
from haarlemveilig.mail.tasks import deliver
from haarlemveilig.throttle import too_often, too_often_for
from participation.ranking import awaited_codes, services, voters
from participation.ranking.awaited_codes import AwaitedCode
from participation.ranking.forms import EmailCodeForm, EmailForm
from participation.ranking.models import Round
from participation.ranking.services import email_codes
from participation.ranking.views_public_ways.entering import (
    enter,
    not_for_wijk,
    refuse_guessing,
    voter_from,
    was_right,
)
from participation.ranking.views_public_ways.pages import WAYS, asked_round, no_round_page, start_page

EMAIL = Round.WayIn.EMAIL_CODE
# A library sends many people from one address; one mailbox needs only a few codes.
MAILS_PER_VISITOR, MAILS_PER_ADDRESS = 40, 5
HOUR = 3600


@login_not_required
@never_cache
@require_POST
def with_email(request: HttpRequest) -> HttpResponse:
    """Ask for a code by e-mail. Whoever took part before gets the same answer as anybody else."""
    round_ = asked_round(request)
    if round_ is None:
        return no_round_page(request)
    form = EmailForm(request.POST, kind=round_.kind)
    if EMAIL not in round_.ways_in or not form.is_valid():
        return start_page(request, round_, way=EMAIL, form=form)
    wijk, address = form.cleaned_data["wijk"], form.cleaned_data["email"]
    if elsewhere := not_for_wijk(round_, wijk.pk):
        return elsewhere
    participation = voters.participation_for_identity("email", round_, email_codes.mailbox(address))
    try:
        _send(request, round_, wijk=wijk, address=address, participation=participation)
    except services.CodeRefused as error:
        form.add_error("email", str(error))
        return start_page(request, round_, way=EMAIL, form=form)
    return redirect("ranking:email_code")


def _send(request: HttpRequest, round_: Round, *, wijk: Area, address: str, participation: uuid.UUID) -> None:
    """Mail a code, within limits, and keep that this browser waits for it."""
    if too_often(request, "code-mail", limit=MAILS_PER_VISITOR, seconds=HOUR):
        raise services.CodeRefused(_("Er zijn nu te veel codes gevraagd. Wacht een uur."))
    if too_often_for(str(participation), "code-mail", limit=MAILS_PER_ADDRESS, seconds=HOUR):
        raise services.CodeRefused(
            _("We stuurden al een paar codes naar dit adres. Kijk ook bij ongewenste mail, of wacht een uur.")
        )
    sent = email_codes.send_code(round_=round_, address=address, participation=participation)
    awaited = AwaitedCode(
        round_id=round_.pk,
        participation=participation,
        wijk_id=wijk.pk,
        wijk_code=wijk.code,
        code_hash=sent.code_hash,
        mail_id=sent.mail.pk,
        until=timezone.now() + email_codes.LASTS,
    )
    awaited_codes.expect(request, awaited)
    nudge(deliver, sent.mail.pk)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def email_code(request: HttpRequest) -> HttpResponse:
    """Fill in the code that came by e-mail."""
    awaited = awaited_codes.awaited_code(request)
    round_ = _round_of(awaited)
    if awaited is None or round_ is None:
        return redirect("ranking:start")
    form = EmailCodeForm(request.POST or None)
    if form.is_valid():
        try:
            _check(request, awaited, form.cleaned_data["code"])
        except services.CodeRefused as error:
            form.add_error("code", str(error))
        else:
            wijk = Area.objects.get(pk=awaited.wijk_id)
            return enter(request, round_, voter_from(wijk, EMAIL, awaited.participation))
    context = {
        "round": round_,
        "form": form,
        "address": _address(awaited),
        "restart": WAYS[EMAIL].address(round_),
        "minutes": int(email_codes.LASTS.total_seconds() // 60),
    }
    return render(request, "ranking/email_code.html", context)


def _round_of(awaited: AwaitedCode | None) -> Round | None:
    if awaited is None:
        return None
    return Round.objects.accepting(timezone.now()).filter(pk=awaited.round_id).first()


def _address(awaited: AwaitedCode) -> str:
    """Where the code went; the outbox is the only place that knows. "" where it was cleared."""
    return OutboxMail.objects.filter(pk=awaited.mail_id).values_list("recipient", flat=True).first() or ""


def _check(request: HttpRequest, awaited: AwaitedCode, code: str) -> None:
    """Count the try before looking. CodeRefused unless this is the code, in time and within the tries."""
    refuse_guessing(request)
    if timezone.now() >= awaited.until:
        raise services.CodeRefused(_("Deze code is niet meer geldig. Vraag een nieuwe code aan."))
    if awaited.tries >= email_codes.TRIES:
        raise services.CodeRefused(_("Deze code is te vaak geprobeerd. Vraag een nieuwe code aan."))
    awaited_codes.count_try(request)
    if not email_codes.is_right(code, code_hash=awaited.code_hash, participation=awaited.participation):
        raise services.CodeRefused(_("Deze code klopt niet. Kijk in de nieuwste mail."))
    was_right(request)


@login_not_required
@require_POST
def new_email_code(request: HttpRequest) -> HttpResponse:
    """Mail another code to the same address; only the newest works."""
    awaited = awaited_codes.awaited_code(request)
    round_ = _round_of(awaited)
    if awaited is None or round_ is None or not (address := _address(awaited)):
        return redirect("ranking:start")
    wijk = Area.objects.get(pk=awaited.wijk_id)
    try:
        _send(request, round_, wijk=wijk, address=address, participation=awaited.participation)
    except services.CodeRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("We stuurden een nieuwe code. De vorige werkt niet meer."))
    return redirect("ranking:email_code")
