import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from haarlemveilig.gemeente import selectors as gemeente
from haarlemveilig.gemeente.selectors import WijkName
from haarlemveilig.pages.tiles import theme_tiles, wijk_tiles
from participation.ranking import selectors as ranking
from participation.ranking.forms import PostcodeForm
from participation.ranking.models import Round
from participation.ranking.published import RoundResultView
from participation.ranking.result_map import legend
from participation.ranking.result_names import names_of
from participation.ranking.result_views import ResultPage, result_page
from participation.wijkgesprekken.selectors import next_meetings
from priorities.selectors import AdoptedWeighing, adopted_for, adopted_in_year

# RFC 9116 wants a date within a year, so that nobody writes to an address that was forgotten.
SECURITY_TXT_DAYS = 180
NOT_FOR_ROBOTS = ("/werk/", "/beheer/", "/stijl/", "/account/")


def _by_stadsdeel(wijken: list[WijkName]) -> list[tuple[str, list[WijkName]]]:
    found: dict[str, list[WijkName]] = {}
    for wijk in wijken:
        found.setdefault(wijk.stadsdeel, []).append(wijk)
    return list(found.items())


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    wijken, now = gemeente.wijken(), timezone.now()
    latest, round_ = ranking.latest_result(), ranking.open_round(now)
    context = {
        "round": round_,
        "counting": None if round_ else _counting(now),
        "today": timezone.localdate(),
        "postcode_form": PostcodeForm(),
        "tiles": wijk_tiles(),
        "by_stadsdeel": _by_stadsdeel(wijken),
        "wijken": wijken,
        "latest": latest.result if latest else None,
        "examples": _adopted_pairs(latest.result.for_year, wijken)[:3] if latest else [],
    }
    return render(request, "pages/home.html", context)


def _counting(now: dt.datetime) -> Round | None:
    """The round that closed last, as long as its result is still to come."""
    closed = ranking.last_closed_round(now)
    return closed if closed and closed.status != Round.Status.PUBLISHED else None


def _adopted_pairs(year: int, wijken: list[WijkName]) -> list[tuple[WijkName, AdoptedWeighing]]:
    """What was adopted for a year, beside the wijk it is about."""
    by_id = {wijk.area_id: wijk for wijk in wijken}
    return [
        (by_id[adopted.area_id], adopted) for adopted in adopted_in_year(year) if adopted.area_id in by_id
    ]


@login_not_required
@require_safe
def wijken(request: HttpRequest) -> HttpResponse:
    latest = ranking.latest_result()
    context = {
        "tiles": wijk_tiles(),
        "by_stadsdeel": _by_stadsdeel(gemeente.wijken()),
        "latest": latest.result if latest else None,
        "postcode_form": PostcodeForm(request.GET or None),
        # Whoever came for figures goes on to those of their wijk.
        "to_figures": request.GET.get("naar") == "cijfers",
    }
    form = context["postcode_form"]
    # The title of the page says so too.
    context["has_errors"] = isinstance(form, PostcodeForm) and bool(form.errors)
    if isinstance(form, PostcodeForm) and form.is_bound and form.is_valid():
        return redirect(
            "indicators:wijk" if context["to_figures"] else "pages:wijk", form.cleaned_data["wijk"].slug
        )
    return render(request, "pages/wijken.html", context)


@login_not_required
@require_safe
def wijk(request: HttpRequest, slug: str) -> HttpResponse:
    """A wijk: its result, its priorities, its meetings."""
    found = gemeente.wijk(slug)
    if found is None:
        raise Http404
    latest = ranking.latest_result()
    result = latest.result if latest else None
    page = result_page(found.code, result, names_of(result)) if result else None
    context = {
        "wijk": found,
        "trail": [
            (_("Start"), reverse("pages:home")),
            (_("Mijn wijk"), reverse("pages:wijken")),
            (found.name, ""),
        ],
        "page": page,
        "result": result,
        "published_at": latest.edition.published_at if latest else None,
        "adopted": adopted_for(found.area_id),
        "meetings": next_meetings(found.area_id, timezone.now()),
        "round": ranking.open_round(timezone.now()),
        **_comparison(result, page),
    }
    return render(request, "pages/wijk.html", context)


def _comparison(result: RoundResultView | None, page: ResultPage | None) -> dict[str, object]:
    """The tile map of the wijk's first theme over all wijken."""
    if result is None or page is None or not page.first_theme:
        return {}
    return {
        "map_theme": page.rows[0].name,
        "map_theme_code": page.first_theme,
        "map_tiles": theme_tiles(page.first_theme, result),
        "map_has_merged": any(area.merged_with for area in result.areas.values()),
        "legend_rows": legend(),
    }


@login_not_required
@require_safe
def thread(request: HttpRequest) -> HttpResponse:
    """What happened with residents' input, per wijk: adopted priorities with their reasons."""
    latest = ranking.latest_result()
    year = latest.result.for_year if latest else timezone.localdate().year
    wijken = gemeente.wijken()
    rows = _adopted_pairs(year, wijken)
    return render(request, "pages/thread.html", {"rows": rows, "year": year, "wijken": wijken})


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """For the reverse proxy: the site answers and reaches its database."""
    connection.ensure_connection()
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a hole in the security."""
    lines = (
        f"Contact: mailto:{settings.SECURITY_CONTACT}",
        f"Expires: {timezone.localdate() + dt.timedelta(days=SECURITY_TXT_DAYS)}T00:00:00Z",
        "Preferred-Languages: nl, en",
        f"Canonical: {request.build_absolute_uri()}",
    )
    return _plain_text(lines)


@login_not_required
@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Search engines leave the workplace alone, and a demo altogether: what it says is invented."""
    closed = ("/",) if settings.DEMO else NOT_FOR_ROBOTS
    return _plain_text(("User-agent: *", *(f"Disallow: {path}" for path in closed)))


def _plain_text(lines: Iterable[str]) -> HttpResponse:
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")
