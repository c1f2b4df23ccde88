"""The public API, by the Dutch API Design Rules: no slash at the end, problems in JSON, reading only."""

import json
import logging
from collections.abc import Callable
from email.utils import parseaddr
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from haarlemveilig.gemeente.selectors import municipality
from indicators.api import openapi as described
from indicators.api.openapi import VERSION
from indicators.api.parameters import PER_PAGE, BadParameter, read_parameters
from indicators.api.resources import to_json
from indicators.exports import WRITERS
from indicators.exports.document import LICENCE, LICENCE_URL
from indicators.selectors import open_data
from indicators.selectors.open_data import Filters, Slice
from indicators.views_public.answers import data_response, end_of_day

# The one that mails and counts errors of pages.
logger = logging.getLogger("django.request")
ALLOWED = ("GET", "HEAD")
View = Callable[..., Any]


def _api(view: View) -> Callable[..., HttpResponseBase]:
    """A view that answers data: as JSON, or as a problem in JSON that says what is wrong."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _answer(view, request, *args, **kwargs)
        response.headers["API-Version"] = VERSION
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "API-Version, ETag, Last-Modified"
        return response

    # Nothing is written here, so there is nothing to forge; without this a POST would get a page instead.
    return login_not_required(csrf_exempt(answering))


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if request.method not in ALLOWED:
        refused = _problem(405, "Deze API is alleen om te lezen. Gebruik GET of HEAD.")
        refused.headers["Allow"] = ", ".join(ALLOWED)
        return refused
    try:
        content = json.dumps(view(request, *args, **kwargs), ensure_ascii=False).encode()
    except BadParameter as error:
        return _problem(400, str(error))
    except Http404:
        return _problem(404, "Dit adres of deze bron bestaat niet, of is niet openbaar.")
    except Exception:  # whatever went wrong: who asks for data gets no page
        logger.exception("API: %s", request.path)
        return _problem(500, "Er ging hier iets mis. Probeer het later nog eens.")
    return data_response(request, content, "application/json")


def _problem(status: int, detail: str) -> HttpResponse:
    data = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    content = json.dumps(data, ensure_ascii=False).encode()
    return HttpResponse(content, status=status, content_type="application/problem+json")


# --- addresses ------------------------------------------------------------------------------------
@_api
def root(request: HttpRequest) -> dict[str, Any]:
    """Where everything is."""
    _read(request, ())
    here = request.build_absolute_uri(reverse("indicators:api"))
    lists = {one.operation: f"{here}{one.path}" for one in described.ENDPOINTS if one.pages}
    return {"links": lists | {"openapi": f"{here}/openapi.json"}}


@_api
def openapi(request: HttpRequest) -> dict[str, Any]:
    """The description of this API."""
    _read(request, ())
    profile = municipality()
    contact = {
        "name": f"Gemeente {profile.name}",
        "url": request.build_absolute_uri(reverse("indicators:open_data")),
        "email": parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
    }
    return described.openapi(
        title=f"Cijfers van {profile.site_name}",
        server=request.build_absolute_uri(reverse("indicators:api")),
        contact=contact,
        licence=(LICENCE, LICENCE_URL),
    )


@_api
def unknown(request: HttpRequest, rest: str = "") -> None:
    """Any other address below the API, also one with a slash at its end."""
    raise Http404


@_api
def indicators(request: HttpRequest) -> dict[str, Any]:
    asked = _read(request, described.INDICATORS.parameters)
    files = _files(request)
    return _page(
        request, asked, lambda start, stop: open_data.indicators(_filters(asked), start, stop, files)
    )


@_api
def indicator(request: HttpRequest, slug: str) -> dict[str, Any]:
    asked = _read(request, described.ONE_INDICATOR.parameters)
    return _one(open_data.indicator(slug, _filters(asked).at, _files(request)))


@_api
def series(request: HttpRequest) -> dict[str, Any]:
    asked = _read(request, described.SERIES.parameters)
    return _page(request, asked, lambda start, stop: open_data.series(_filters(asked), start, stop))


@_api
def one_series(request: HttpRequest, series_id: int) -> dict[str, Any]:
    asked = _read(request, described.ONE_SERIES.parameters)
    return _one(open_data.one_series(series_id, _filters(asked)))


@_api
def sources(request: HttpRequest) -> dict[str, Any]:
    return _page(request, _read(request, described.SOURCES.parameters), open_data.sources)


@_api
def areas(request: HttpRequest) -> dict[str, Any]:
    return _page(request, _read(request, described.AREAS.parameters), open_data.areas)


@_api
def themes(request: HttpRequest) -> dict[str, Any]:
    return _page(request, _read(request, described.THEMES.parameters), open_data.themes)


# --- what they share ------------------------------------------------------------------------------
def _read(request: HttpRequest, parameters: tuple[Any, ...]) -> dict[str, Any]:
    return read_parameters(parameters, dict(request.GET.lists()))


def _filters(asked: dict[str, Any]) -> Filters:
    return Filters(
        theme=asked.get("thema"),
        area=asked.get("gebied"),
        indicator=asked.get("indicator"),
        since=asked.get("periodeVanaf"),
        until=asked.get("periodeTot"),
        at=end_of_day(asked.get("opDatum")),
    )


def _one(found: Any) -> dict[str, Any]:
    if found is None:
        raise Http404
    data: dict[str, Any] = to_json(found)
    return data


def _page(request: HttpRequest, asked: dict[str, Any], find: Callable[[int, int], Slice]) -> dict[str, Any]:
    number, size = asked.get("page", 1), asked.get("pageSize", PER_PAGE)
    found = find((number - 1) * size, number * size)
    last = max(1, -(-found.total // size))
    places = {"self": number, "first": 1, "last": last}
    places |= {"prev": min(number - 1, last)} if number > 1 else {}
    places |= {"next": number + 1} if number < last else {}
    return {
        "resultaten": to_json(found.items),
        "totaal": found.total,
        "page": number,
        "pageSize": size,
        "links": {name: _at(request, place) for name, place in places.items()},
    }


def _at(request: HttpRequest, page: int) -> str:
    asked = request.GET.dict() | {"page": str(page)}
    return f"{request.build_absolute_uri(request.path)}?{urlencode(asked)}"


def _files(request: HttpRequest) -> open_data.Files:
    def files(slug: str) -> dict[str, str]:
        return {
            kind: request.build_absolute_uri(reverse(f"indicators:indicator_{kind}", args=[slug]))
            for kind in WRITERS
        }

    return files
