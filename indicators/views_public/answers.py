"""How files and data go out: with a fingerprint, so that who asks again for the same gets nothing new."""

import datetime as dt
from collections.abc import Mapping
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date

from indicators.api.parameters import ON_DAY, BadParameter

FRESH_SECONDS = 300


def data_response(
    request: HttpRequest,
    content: bytes,
    content_type: str,
    *,
    headers: Mapping[str, str] | None = None,
    modified: dt.datetime | None = None,
) -> HttpResponseBase:
    """Public data, readable by pages of other sites too; 304 if whoever asks has it already."""
    response = HttpResponse(content, content_type=content_type, headers=dict(headers or {}))
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["ETag"] = f'"{sha256(content).hexdigest()[:32]}"'
    if modified:
        response.headers["Last-Modified"] = http_date(modified.timestamp())
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    last = int(modified.timestamp()) if modified else None
    return get_conditional_response(request, response.headers["ETag"], last, response) or response


def end_of_day(day: dt.date | None) -> dt.datetime | None:
    """The last moment of a day here, or None; raises BadParameter for a day that has yet to come."""
    if day is None:
        return None
    if day > timezone.localdate():
        raise BadParameter("‘opDatum’ ligt in de toekomst. Kies vandaag of een dag ervoor.")
    return timezone.make_aware(dt.datetime.combine(day, dt.time.max))


def asked_moment(request: HttpRequest) -> dt.datetime | None:
    """What `?opDatum=` of a file asks for; raises BadParameter."""
    text = request.GET.get(ON_DAY.name)
    return end_of_day(ON_DAY.read(text)) if text is not None else None
