from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from actionprogram.models import Actieprogramma
from haarlemveilig.disclosure import public_turnout
from indicators.selectors.surveys import open_for
from participation.ranking import selectors as ranking
from participation.ranking.models import Participation, Round
from participation.wijkgesprekken.models import Wijkgesprek
from priorities.models import Weighing


def desk(request: HttpRequest) -> HttpResponse:
    """Where a colleague starts; somebody without work here goes to the public home page."""
    if not request.user.has_perm("accounts.use_workplace"):
        return redirect("pages:home")
    now = timezone.now()
    latest = ranking.latest_result()
    year = latest.result.for_year if latest else now.year
    weighings = Weighing.objects.filter(year=year)
    # What is over and published asks for nothing: the last one of those is enough.
    busy = Round.objects.exclude(status=Round.Status.PUBLISHED).newest_first()
    rounds = [*busy[:6], *Round.objects.published().newest_first()[:1]]
    context = {
        "rounds": [(round_, _turnout(round_), ranking.next_step(round_, now)) for round_ in rounds],
        "year": year,
        "weighings_adopted": weighings.filter(status=Weighing.Status.ADOPTED).count(),
        "weighings_started": weighings.filter(status=Weighing.Status.DRAFT).count(),
        "programmes": Actieprogramma.objects.all()[:3],
        "meetings": Wijkgesprek.objects.upcoming(now).select_related("wijk")[:5],
        # First of all for volunteers: they come for nothing else.
        "doors": open_for(request.user) if request.user.has_perm("indicators.answer_surveys") else [],
        "today": timezone.localdate(),
    }
    return render(request, "pages/desk.html", context)


def _turnout(round_: Round) -> int:
    return public_turnout(Participation.objects.filter(round=round_).count())
