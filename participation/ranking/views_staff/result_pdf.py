"""What colleagues do with a published result."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST
from rules.contrib.views import permission_required

from haarlemveilig.jobs import tasks as jobs
from haarlemveilig.jobs.nudges import nudge
from participation.ranking import selectors
from participation.ranking.services import publishing


@require_POST
@permission_required("ranking.run_rounds", raise_exception=True)
def order_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Make the PDF of a published result again, where the first time failed."""
    published = selectors.result_of_round(code)
    if published is None:
        raise Http404
    with transaction.atomic():
        job = publishing.order_pdf(edition=published.edition, actor=request.user)
        nudge(jobs.run, str(job.pk))
    return redirect("jobs:detail", job.pk)
