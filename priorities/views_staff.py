from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from rules.contrib.views import permission_required

from haarlemveilig.gemeente.selectors import wijk as find_wijk
from priorities import forms, selectors, services
from priorities.departures import Difference, differences, near_misses
from priorities.forms import WeighForm
from priorities.models import Weighing
from priorities.selectors import WeighingView

FIRST_YEAR, LAST_YEAR = 2000, 2100
# So many themes stand in the open table; the others are one click away, unless they were chosen.
OPEN_ROWS = 6


@never_cache
@require_safe
@permission_required("priorities.read", raise_exception=True)
def wijken(request: HttpRequest) -> HttpResponse:
    """All wijken for one year: how many took part, how far the weighing is."""
    years = selectors.years(timezone.localdate())
    asked = request.GET.get("jaar", "")
    year = _checked_year(int(asked)) if asked.isdecimal() and len(asked) == 4 else years[0]
    context = {"year": year, "years": years, "stadsdelen": selectors.overview(year)}
    return render(request, "priorities/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("priorities.read", raise_exception=True)
def weigh(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """One wijk: what is known, and the form to choose its top 3 while that is still open."""
    view = _view(year, slug)
    if request.method == "POST":
        if not request.user.has_perm("priorities.weigh"):
            raise PermissionDenied
        return _decide(request, view)
    return _page(request, view, WeighForm.of_saved(view))


def _checked_year(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return year


def _view(year: int, slug: str) -> WeighingView:
    wijk = find_wijk(slug)
    if wijk is None:
        raise Http404
    return selectors.weighing_view(wijk, _checked_year(year))


def _decide(request: HttpRequest, view: WeighingView) -> HttpResponse:
    form = WeighForm(request.POST, view=view)
    if not form.is_valid():
        return _page(request, view, form)
    try:
        message = _write(request, view, form)
    except services.Incomplete as error:
        form.add_gaps(error.gaps)
        return _page(request, view, form)
    except (services.ChangedMeanwhile, services.AlreadyAdopted):
        return _show_difference(request, view, form)
    messages.success(request, message)
    return redirect("priorities:weigh", year=view.year, slug=view.wijk.slug)


def _write(request: HttpRequest, view: WeighingView, form: WeighForm) -> str:
    weighing = Weighing.objects.first_or_new(view.wijk.area_id, view.year)
    version, chosen, explanations = form.cleaned_data["version"], form.chosen(), form.explanations()
    if "adopt" in request.POST:
        services.adopt(
            wijk=view.wijk,
            weighing=weighing,
            chosen=chosen,
            explanations=explanations,
            version=version,
            actor=request.user,
        )
        return _("De top 3 van %(wijk)s is vastgesteld.") % {"wijk": view.wijk.name}
    services.save_weighing(
        weighing=weighing, chosen=chosen, explanations=explanations, version=version, actor=request.user
    )
    return _("Het concept voor %(wijk)s is bewaard.") % {"wijk": view.wijk.name}


def _show_difference(request: HttpRequest, view: WeighingView, typed: WeighForm) -> HttpResponse:
    """Somebody else was first: show both versions. Saving again is then a choice made with open eyes."""
    current = selectors.weighing_view(view.wijk, view.year)
    theirs = forms.as_data(current)
    form = WeighForm({**request.POST.dict(), "version": theirs["version"]}, view=current)
    difference = differences(typed.readable(), forms.readable(current, theirs))
    return _page(request, current, form, difference)


def _page(
    request: HttpRequest, view: WeighingView, form: WeighForm, difference: tuple[Difference, ...] = ()
) -> HttpResponse:
    may_weigh = not view.is_adopted and request.user.has_perm("priorities.weigh")
    chosen = {choice.theme for choice in view.chosen}
    context = {
        "view": view,
        "trail": _trail(view),
        "form": form if may_weigh else None,
        "open_rows": [row for index, row in enumerate(view.rows) if index < OPEN_ROWS or row.rank],
        "other_rows": [row for row in view.rows[OPEN_ROWS:] if not row.rank],
        "near_misses": view.rows_of(near_misses(view.evidence.area, chosen)) if chosen else [],
        "departing": view.rows_of(form.departing),
        "difference": difference,
    }
    return render(request, "priorities/weigh.html", context)


def _trail(view: WeighingView) -> list[tuple[str, str]]:
    here = reverse("priorities:weigh", args=[view.year, view.wijk.slug])
    overview = f"{reverse('priorities:list')}?jaar={view.year}"
    return [(_("Werkplek"), reverse("pages:desk")), (_("Afwegen"), overview), (view.wijk.name, here)]
