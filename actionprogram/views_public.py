"""What readers see: only what was published."""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from actionprogram.contents import contents, page, page_with
from actionprogram.rich_text import WebWriter
from actionprogram.selectors import Published, latest_year, published


def _published(year: int) -> Published:
    found = published(year)
    if found is None:
        raise Http404
    return found


@login_not_required
def latest(request: HttpRequest) -> HttpResponse:
    year = latest_year()
    if year is None:
        return render(request, "actionprogram/none.html")
    return redirect("actionprogram:year", year)


@login_not_required
def overview(request: HttpRequest, year: int) -> HttpResponse:
    found = _published(year)
    context = {
        "published": found,
        "programme": found.view,
        "contents": contents(found.view),
        "priorities": [section for section in found.view.sections if section.kind == "priority"],
        "writer": WebWriter(found.view.notes),
    }
    return render(request, "actionprogram/overview.html", context)


@login_not_required
def chapter(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    found = _published(year)
    page_ = page(found.view, slug)
    if page_ is None:
        raise Http404
    context = {
        "published": found,
        "programme": found.view,
        "contents": contents(found.view),
        "page": page_,
        "writer": WebWriter(found.view.notes),
    }
    return render(request, "actionprogram/chapter.html", context)


@login_not_required
def block(request: HttpRequest, year: int, block_id: uuid.UUID) -> HttpResponse:
    """The permanent address of a chapter, paragraph, actie or table: it leads to where that stands now."""
    section = page_with(_published(year).view, str(block_id))
    if section is None:
        raise Http404
    return redirect(f"{reverse('actionprogram:chapter', args=[year, section.slug])}#{block_id}")


@login_not_required
def pdf(request: HttpRequest, year: int) -> FileResponse:
    file = _published(year).pdf
    if file is None:
        raise Http404
    return FileResponse(file.file.open("rb"), filename=file.name, content_type=file.media_type)
