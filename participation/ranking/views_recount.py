from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from haarlemveilig.editions.models import EditionFile
from participation.ranking import selectors
from participation.ranking.published import RoundResultView
from participation.ranking.selectors.recount import published_kit

WITH_ALL = "_with_all"
ABOUT = {
    "ballots.csv": _("Elk stembiljet: bewijs, gebied en keuze. Zonder naam en zonder tijd."),
    "apart.csv": _("De bewijzen van stembiljetten die niet meetellen."),
    "cells.csv": _("Per gebied en groep hoeveel mensen wat kozen."),
    "population.csv": _("Hoeveel inwoners elke groep in elke wijk heeft."),
    "composition.csv": _("Wie er meededen, naast de inwoners van 16 jaar en ouder."),
    "pairwise.csv": _("Hoeveel mensen het ene onderwerp boven het andere zetten."),
    "covariance.csv": _("Waarmee de toevalsmarges zijn berekend."),
    "results.csv": _("Alle cijfers van de uitslag."),
    "manifest.json": _("De regels van de ronde, en het controlegetal van elk bestand."),
    "verify.py": _("Telt alles na: stembiljetten, aandelen, punten en plaatsen."),
    "verify_groups.py": _("Rekent na wie er meededen en hoe zwaar zij wegen."),
    "verify_intervals.py": _("Rekent de toevalsmarges na. Heeft ook numpy nodig."),
}


@dataclass(frozen=True)
class File:
    """A file on the page: what it is for, and where it is served."""

    name: str
    about: str
    url: str
    size: int


@login_not_required
@require_safe
def recount(request: HttpRequest, code: str) -> HttpResponse:
    """How anybody counts a published round again, and finds their own ballot in it."""
    found = selectors.result_of_round(code)
    kit = published_kit(found.edition) if found else None
    if found is None or kit is None:
        raise Http404
    language = get_language() or "nl"
    files = {file.name: file for file in _files(code, kit.files)}
    context = {
        "result": found.result,
        "title": found.result.title.get(language) or found.result.title["nl"],
        "manifest": kit.manifest,
        "files": list(files.values()),
        "ballots": files.get("ballots.csv"),
        "apart": files.get("apart.csv"),
        "has_rows": kit.has_rows,
        "themes": _theme_names(found.result, language),
    }
    return render(request, "ranking/recount/page.html", context)


def _files(code: str, files: Iterable[EditionFile]) -> list[File]:
    """In the order of ABOUT, first those with which one begins."""
    order = list(ABOUT)
    shown = [file for file in files if file.name.replace(WITH_ALL, "") in ABOUT]
    shown.sort(key=lambda file: (WITH_ALL in file.name, order.index(file.name.replace(WITH_ALL, ""))))
    return [File(file.name, _about(file.name), _url(code, file.name), file.size) for file in shown]


def _about(name: str) -> str:
    about = str(ABOUT[name.replace(WITH_ALL, "")])
    return f"{about} {_('Met de stembiljetten die apart zijn gezet.')}" if WITH_ALL in name else about


def _url(code: str, name: str) -> str:
    """Nothing where this site serves no files."""
    try:
        return reverse("ranking:result_file", args=[code, name])
    except NoReverseMatch:
        return ""


def _theme_names(result: RoundResultView, language: str) -> list[tuple[str, str]]:
    return [(code, names.get(language) or names["nl"]) for code, names in result.theme_names.items()]
