"""Where residents read figures: by theme, by wijk, by word, and everything about one indicator."""

import datetime as dt

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from haarlemveilig.gemeente import selectors as gemeente
from haarlemveilig.gemeente.models import Theme
from haarlemveilig.gemeente.selectors import WijkName
from indicators.selectors.overviews import find_alike, find_indicators, overview, theme_figures, wijk_figures
from indicators.selectors.reading import indicator_page

LONGEST_SEARCH = 80
Trail = list[tuple[str, str]]


@login_not_required
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """All ways to a figure: search, theme, wijk."""
    typed = request.GET.get("zoek", "").strip()[:LONGEST_SEARCH]
    wijken = gemeente.wijken()
    named = next((wijk for wijk in wijken if wijk.name.casefold() in typed.casefold()), None)
    wanted = typed.casefold().replace(named.name.casefold(), " ") if named else typed
    found = find_indicators(wanted)
    alike = [] if found else find_alike(wanted)
    context = {
        "typed": typed,
        "named": named,
        # Who names a wijk wants what is counted there first.
        "found": sorted(found or alike, key=lambda one: not one.has_wijken) if named else found or alike,
        "is_alike": bool(alike),
        "overview": overview(),
        "wijken": wijken,
    }
    return render(request, "indicators/public/figures.html", context)


@login_not_required
@require_safe
def indicator(request: HttpRequest, slug: str) -> HttpResponse:
    """One indicator: the answer, the chart, where it comes from. `wijk` and `opDatum` narrow it down."""
    day, complaint = _day(request.GET.get("opDatum", ""))
    wijk = gemeente.wijk(request.GET.get("wijk", ""))
    page = indicator_page(slug, wijk=wijk, on=day)
    if page is None:
        raise Http404
    context = {
        "page": page,
        "trail": _trail((page.theme, _theme_address(page.theme_code)), (page.title, "")),
        "day": day,
        "complaint": complaint,
        "today": timezone.localdate(),
        # Asked for, but nobody counts this there.
        "lacking_wijk": wijk if wijk and not page.wijk else None,
    }
    return render(request, "indicators/public/indicator.html", context)


def _day(typed: str) -> tuple[dt.date | None, str]:
    """The day to look back to, or why there is none."""
    if not typed:
        return None, ""
    try:
        day = dt.date.fromisoformat(typed)
    except ValueError:
        return None, _(
            "Deze datum kennen we niet. Schrijf hem zo: 2026-06-01. U ziet nu de cijfers van vandaag."
        )
    if day > timezone.localdate():
        return None, _("Deze datum moet nog komen. U ziet nu de cijfers van vandaag.")
    return day, ""


def _theme_address(code: str) -> str:
    return reverse("indicators:theme", args=[code]) if code else ""


def _trail(*pages: tuple[str, str]) -> Trail:
    start = [(_("Start"), reverse("pages:home")), (_("Cijfers"), reverse("indicators:figures"))]
    return start + [page for page in pages if page[0]]


@login_not_required
@require_safe
def theme(request: HttpRequest, code: str) -> HttpResponse:
    """The figures of one theme, and what everybody can do about it."""
    found = get_object_or_404(Theme, code=code)
    name = str(found.name)
    context = {"theme": found, "figures": theme_figures(found), "trail": _trail((name, ""))}
    return render(request, "indicators/public/theme.html", context)


@login_not_required
@require_safe
def wijk(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures of one wijk beside those of the whole municipality."""
    found = gemeente.wijk(slug)
    if found is None:
        raise Http404
    themes = wijk_figures(found)
    lines = [line for theme in themes for line in theme.lines]
    context = {
        "wijk": found,
        "themes": themes,
        "city_themes": [theme for theme in themes if not theme.lines],
        "lines": lines,
        "beside": [line for line in lines if line.city and line.figure],
        "silent": [line for line in lines if not line.figure],
        "trail": _wijk_trail(found),
    }
    return render(request, "indicators/public/wijk.html", context)


def _wijk_trail(found: WijkName) -> Trail:
    return [
        (_("Start"), reverse("pages:home")),
        (_("Mijn wijk"), reverse("pages:wijken")),
        (found.name, reverse("pages:wijk", args=[found.slug])),
        (_("Cijfers"), ""),
    ]
