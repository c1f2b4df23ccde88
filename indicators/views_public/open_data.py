import json
import uuid
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from haarlemveilig.gemeente.selectors import municipality
from indicators.api.parameters import BadParameter
from indicators.exports import WRITERS, Document, csv_metadata
from indicators.exports.dcat import MEDIA, Entry, Publisher, catalogue
from indicators.models import IndicatorTable
from indicators.selectors.documents import indicator_document, public_table_document
from indicators.selectors.open_data import Dataset, datasets
from indicators.views_public.answers import asked_moment, data_response


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Which figures are open, under which licence, and how to use them."""
    base = request.build_absolute_uri("/").rstrip("/")
    return render(request, "indicators/open_data/page.html", {"datasets": datasets(), "base": base})


@login_not_required
@require_safe
def indicator_file(request: HttpRequest, slug: str, extension: str) -> HttpResponseBase:
    """The published series of one indicator; with `?opDatum=` as readers saw them at the end of that day."""
    try:
        document = indicator_document(slug, request.build_absolute_uri(), asked_moment(request))
    except BadParameter as error:
        return _refused(request, error)
    return _file(request, document, f"{slug}.{extension}")


@login_not_required
@require_safe
def table_file(request: HttpRequest, table_id: uuid.UUID, extension: str) -> HttpResponseBase:
    """A whole table, if all of it is public."""
    table = get_object_or_404(IndicatorTable, pk=table_id)
    try:
        document = public_table_document(table, request.build_absolute_uri(), asked_moment(request))
    except BadParameter as error:
        return _refused(request, error)
    return _file(request, document, f"{table_id}.{extension}")


@login_not_required
@require_safe
def catalogue_file(request: HttpRequest) -> HttpResponseBase:
    """All open figures for other catalogues, such as data.overheid.nl."""
    profile = municipality()
    publisher = Publisher(
        profile.code, f"Gemeente {profile.name}", profile.phone_link, _whole(request, "pages:home")
    )
    service = {
        "url": _whole(request, "indicators:api"),
        "description": _whole(request, "indicators:api_openapi"),
    }
    found = datasets()
    data = catalogue(
        request.build_absolute_uri(request.path),
        _("Open cijfers van %(site)s") % {"site": profile.site_name},
        publisher,
        service,
        [_entry(request, dataset) for dataset in found],
    )
    return data_response(request, _json(data), "application/ld+json")


def _file(request: HttpRequest, document: Document | None, name: str) -> HttpResponseBase:
    if document is None:
        raise Http404
    if name.endswith(".csv-metadata.json"):
        csv_url = request.build_absolute_uri().replace(".csv-metadata.json", ".csv")
        content, content_type = _json(csv_metadata(document, csv_url)), "application/csvm+json"
        return data_response(request, content, content_type, modified=document.modified)
    extension = name.rpartition(".")[2]
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if extension == "csv":
        described = document.url.replace(".csv", ".csv-metadata.json")
        headers["Link"] = f'<{described}>; rel="describedby"; type="application/csvm+json"'
    return data_response(
        request, WRITERS[extension](document), _media(extension), headers=headers, modified=document.modified
    )


def _media(extension: str) -> str:
    return f"{MEDIA[extension]}; charset=utf-8; header=present" if extension == "csv" else MEDIA[extension]


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def _refused(request: HttpRequest, error: BadParameter) -> HttpResponse:
    return render(request, "indicators/open_data/bad_request.html", {"reason": str(error)}, status=400)


def _whole(request: HttpRequest, name: str, *args: str) -> str:
    return request.build_absolute_uri(reverse(name, args=args))


def _entry(request: HttpRequest, dataset: Dataset) -> Entry:
    invented = _("Deze cijfers zijn (deels) verzonnen, als voorbeeld.") if dataset.is_synthetic else ""
    texts = (dataset.definition, _("Bron: %(names)s.") % {"names": ", ".join(dataset.sources)}, invented)
    return Entry(
        url=_whole(request, "indicators:indicator", dataset.slug),
        title=dataset.name,
        description=" ".join(filter(None, texts)),
        keywords=tuple(filter(None, (_("veiligheid"), dataset.theme))),
        modified=dataset.modified,
        years=dataset.years,
        files={kind: _whole(request, f"indicators:indicator_{kind}", dataset.slug) for kind in WRITERS},
        api=f"{_whole(request, 'indicators:api_series')}?indicator={dataset.slug}",
    )
