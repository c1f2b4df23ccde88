"""The results of published rounds: for residents, the raad and the press. Nothing here reads live ballots."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from haarlemveilig.gemeente.selectors import WijkName
from participation.ranking import result_compare, selectors
from participation.ranking import result_words as words
from participation.ranking.published import RoundResultView
from participation.ranking.result_files import described
from participation.ranking.result_map import legend, theme_tiles
from participation.ranking.result_names import Names, names_of
from participation.ranking.result_views import ResultPage, result_page
from participation.ranking.selectors import PublishedRound
from participation.ranking.selectors.remarks import shown_remarks

# More columns do not fit beside each other.
MOST_COMPARED = 3
CHARSET = "; charset=utf-8"


def _published(code: str) -> PublishedRound:
    found = selectors.result_of_round(code)
    if found is None or not _city(found.result):
        raise Http404
    return found


def _context(found: PublishedRound, names: Names, *, page: str = "") -> dict[str, Any]:
    """What every page of one round shows: its trail, its date, and the ways on."""
    code = found.edition.subject
    trail = [(_("Start"), reverse("pages:home")), (_("Uitslagen"), reverse("ranking:results"))]
    trail.append((_("Keuze voor %(year)s") % {"year": found.result.for_year}, _address(code)))
    trail.append((page, ""))
    return {
        "result": found.result,
        "edition": found.edition,
        "code": code,
        "city": names.area(_city(found.result)),
        "trail": trail if page else [*trail[:-2], (trail[-2][0], "")],
        "recount_href": _recount_address(code),
    }


def _address(code: str) -> str:
    return reverse("ranking:result", args=[code])


def _recount_address(code: str) -> str:
    """Where is told how to count again; "" on a site that does not tell it."""
    try:
        return reverse("ranking:recount", args=[code])
    except NoReverseMatch:
        return ""


def _city(result: RoundResultView) -> str:
    """The code of the area that holds all others; "" where a result has none."""
    return next((code for code, area in result.areas.items() if area.level == "gemeente"), "")


def _page(code: str, found: PublishedRound, names: Names) -> ResultPage:
    page = result_page(code, found.result, names)
    if page is None:
        raise Http404
    return page


@login_not_required
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """All published rounds, newest first."""
    found = [one for one in selectors.published_results() if _city(one.result)]
    rows = [(one, _page(_city(one.result), one, names_of(one.result))) for one in found]
    trail = [(_("Start"), reverse("pages:home")), (_("Uitslagen"), "")]
    return render(request, "ranking/results/rounds.html", {"rows": rows, "trail": trail})


@login_not_required
@require_safe
def city(request: HttpRequest, code: str) -> HttpResponse:
    """The result of the whole municipality, and the way to that of each area."""
    found = _published(code)
    names = names_of(found.result)
    page = _page(_city(found.result), found, names)
    context = {
        **_context(found, names),
        **_area_parts(page, found, names),
        "page": page,
        "stadsdelen": _columns(found, names, "stadsdeel"),
        "wijken": _columns(found, names, "wijk"),
        "channels": [(words.channel_text(key), n) for key, n in sorted(found.result.channels.items())],
        "ways_in": [(words.way_in_text(key), n) for key, n in sorted(found.result.ways_in.items())],
        "abstentions": found.result.areas[page.area.code].abstentions,
        "pdf": selectors.result_pdf(found.edition),
    }
    return render(request, "ranking/results/city.html", context)


def _columns(found: PublishedRound, names: Names, level: str) -> list[result_compare.Column]:
    areas = [found.result.areas.get(name.code) for name in names.of_level(level)]
    return [result_compare.column(area, names) for area in areas if area]


@login_not_required
@require_safe
def area(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """The result of a wijk or a stadsdeel."""
    found = _published(code)
    names = names_of(found.result)
    name = names.by_slug(slug)
    if name is None:
        raise Http404
    page = _page(name.code, found, names)
    context = {
        **_context(found, names, page=name.name),
        **_area_parts(page, found, names),
        "page": page,
        "remarks": shown_remarks(code, found.result.areas[name.code].members)
        if page.area.level == "wijk" and found.result.areas[name.code].shows_shares
        else [],
        "beside": result_compare.beside(found.result.areas[name.code], found.result, names),
    }
    return render(request, "ranking/results/area.html", context)


def _area_parts(page: ResultPage, found: PublishedRound, names: Names) -> dict[str, Any]:
    """The map of the first theme, and what was set apart in this area."""
    own = found.result.areas[page.area.code]
    parts = {"set_apart": result_compare.set_apart_page(own, found.result, names)}
    return {**parts, **_map(page.first_theme, found, names)}


def _map(theme: str, found: PublishedRound, names: Names) -> dict[str, Any]:
    if not theme:
        return {}
    return {
        "map_theme": names.theme(theme),
        "map_theme_code": theme,
        "map_tiles": theme_tiles(theme, found.result, lambda wijk: _wijk_address(found, wijk)),
        "map_has_merged": any(area.merged_with for area in found.result.areas.values()),
        "legend_rows": legend(),
    }


def _wijk_address(found: PublishedRound, wijk: WijkName) -> str:
    return reverse("ranking:result_area", args=[found.edition.subject, wijk.slug])


@login_not_required
@require_safe
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """One theme over all wijken, and two or three wijken beside each other."""
    found = _published(code)
    names = names_of(found.result)
    theme = _chosen_theme(request.GET.get("thema", ""), found, names)
    chosen = _chosen_wijken(request.GET.getlist("wijk"), names)
    context = {
        **_context(found, names, page=_("Vergelijk")),
        **_map(theme, found, names),
        "themes": sorted(names.themes.items(), key=lambda item: item[1]),
        "all_wijken": names.of_level("wijk"),
        "chosen": [*chosen, *[""] * (MOST_COMPARED - len(chosen))],
        "map_rows": result_compare.of_theme(theme, "wijk", found.result, names),
        "wider_rows": result_compare.of_theme(theme, "stadsdeel", found.result, names),
        "city_cell": result_compare.cell(found.result.areas[_city(found.result)], theme),
        "comparison": result_compare.compare(chosen, found.result, names) if len(chosen) > 1 else None,
    }
    return render(request, "ranking/results/compare.html", context)


def _chosen_theme(asked: str, found: PublishedRound, names: Names) -> str:
    """The theme in the address, else the one that the whole city chose most."""
    if asked and asked not in names.themes:
        raise Http404
    themes = found.result.areas[_city(found.result)].themes
    return asked or (themes[0].code if themes else min(names.themes, key=names.theme))


def _chosen_wijken(slugs: Sequence[str], names: Names) -> list[str]:
    """The codes of at most three wijken, each once; a field that was left empty counts as none."""
    codes: list[str] = []
    for slug in filter(None, slugs):
        name = names.by_slug(slug)
        if name is None or name.level != "wijk":
            raise Http404
        codes.append(name.code)
    return list(dict.fromkeys(codes))[:MOST_COMPARED]


@login_not_required
@require_safe
def files(request: HttpRequest, code: str) -> HttpResponse:
    """The open data of a result: what each file holds, and its hash."""
    found = _published(code)
    rows = [described(file) for file in selectors.published_files(found.edition)]
    context = {**_context(found, names_of(found.result), page=_("Bestanden")), "files": rows}
    return render(request, "ranking/results/files.html", context)


@login_not_required
@require_safe
def file(request: HttpRequest, code: str, name: str) -> FileResponse:
    """One file of a result, by the name it was published under."""
    edition = _published(code).edition
    found = get_object_or_404(edition.files.exclude(media_type=selectors.PDF), name=name)
    # A script is for reading first; nobody should run it by a click.
    kind = found.media_type if found.media_type in {"text/csv", "application/json"} else "text/plain"
    return FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.name, content_type=f"{kind}{CHARSET}"
    )


@login_not_required
@require_safe
def pdf(request: HttpRequest, code: str) -> FileResponse:
    """The result on paper."""
    found = selectors.result_pdf(_published(code).edition)
    if found is None:
        raise Http404
    return FileResponse(found.file.open("rb"), filename=found.name, content_type=found.media_type)
