from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from rules.contrib.views import permission_required

from indicators.forms.targets import InterpretForm
from indicators.models import Target
from indicators.querysets import TargetQuerySet
from indicators.selectors.targets import is_for_a_person, target_page
from indicators.services.targets import TargetChanged, interpret_target


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("indicators.interpret", raise_exception=True)
def interpret(request: HttpRequest, target_id: int) -> HttpResponse:
    """Say how a target is to be read: hoogstens, ten minste, precies, or by a criterion."""
    target = get_object_or_404(_targets(), pk=target_id)
    if not is_for_a_person(target):
        raise Http404
    if not target.is_current:
        return _moved_on(request, target)
    form = InterpretForm(request.POST or None, target=target)
    if form.is_valid():
        try:
            interpret_target(target=target, reading=form.said, actor=request.user)
        except TargetChanged:
            return _moved_on(request, target)
        messages.success(request, _("Bewaard. Zo lezen we deze streefwaarde voortaan."))
        return redirect("indicators:list")
    return render(request, "indicators/target.html", {"form": form, "page": target_page(target)})


def _targets() -> TargetQuerySet:
    return Target.objects.select_related("series__indicator", "series__source", "interpreted_by")


def _moved_on(request: HttpRequest, target: Target) -> HttpResponse:
    """Somebody else was first: what stands there now, with what was typed still in the form."""
    now = get_object_or_404(
        _targets().current(),
        series=target.series_id,
        period_start=target.period_start,
        granularity=target.granularity,
    )
    if request.method != "POST":
        return redirect("indicators:interpret", now.pk)
    form = InterpretForm(request.POST, target=now)
    context = {"form": form, "page": target_page(now), "was_changed": True}
    return render(request, "indicators/target.html", context, status=409)
