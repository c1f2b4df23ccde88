import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from haarlemveilig.gemeente.selectors import wijken
from haarlemveilig.jobs.nudges import nudge
from haarlemveilig.mail.tasks import deliver
from haarlemveilig.throttle import too_often
from participation.wijkgesprekken.forms import SignupForm
from participation.wijkgesprekken.models import Wijkgesprek
from participation.wijkgesprekken.services import SignupRefused, sign_up

SIGNUPS_PER_HOUR = 40
HOUR = 3600


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """One wijkgesprek, and signing up for it. A GET never signs anybody up."""
    wijkgesprek = get_object_or_404(Wijkgesprek, pk=meeting_id)
    form = SignupForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _sign_up(request, wijkgesprek, form):
        return render(request, "wijkgesprekken/signed_up.html", {"wijkgesprek": wijkgesprek, "form": form})
    context = {
        "wijkgesprek": wijkgesprek,
        "wijk": next((wijk for wijk in wijken() if wijk.area_id == wijkgesprek.wijk_id), None),
        "form": form,
        "is_over": wijkgesprek.starts_at <= timezone.now(),
    }
    return render(request, "wijkgesprekken/meeting.html", context)


def _sign_up(request: HttpRequest, wijkgesprek: Wijkgesprek, form: SignupForm) -> bool:
    data = form.cleaned_data
    try:
        if too_often(request, "signup", limit=SIGNUPS_PER_HOUR, seconds=HOUR):
            raise SignupRefused(_("Er zijn nu te veel aanmeldingen vanaf uw adres. Wacht een uur."))
        _signup, mail = sign_up(
            wijkgesprek=wijkgesprek,
            name=data["naam"],
            email=data["email"],
            party_size=data["aantal"],
            needs=data["wensen"],
        )
    except SignupRefused as error:
        form.add_error(None, str(error))
        return False
    nudge(deliver, mail.pk)
    return True
