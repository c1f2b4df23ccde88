from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from rules.contrib.views import permission_required

from indicators.forms.definitions import DescribingForm, IndicatorForm, SourceForm
from indicators.models import Indicator, Source
from indicators.selectors.definitions import indicator_lines, indicators_of, sources_of
from indicators.selectors.publishing import gaps_of
from indicators.services.definitions import DefinitionChanged, NameTaken, save_definition, values_of

LINES_PER_PAGE = 50


@require_safe
@permission_required("indicators.read", raise_exception=True)
def definitions(request: HttpRequest) -> HttpResponse:
    """All indicators, or those with the words somebody looks for."""
    search, only_incomplete = request.GET.get("zoek", "").strip(), "onaf" in request.GET
    lines = indicator_lines(search, only_incomplete=only_incomplete)
    page = Paginator(lines, LINES_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "search": search,
        "only_incomplete": only_incomplete,
        "sources": Source.objects.all(),
    }
    return render(request, "indicators/definitions.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("indicators.read", raise_exception=True)
def definition(request: HttpRequest, slug: str) -> HttpResponse:
    """What an indicator means, who counts it, and what better is."""
    indicator = get_object_or_404(Indicator, slug=slug)
    form = _form(request, IndicatorForm, indicator)
    context = {"indicator": indicator, "sources": sources_of(indicator), "gaps": gaps_of(indicator)}
    return _describe(request, form, "indicators/definition.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("indicators.read", raise_exception=True)
def source(request: HttpRequest, source_id: int) -> HttpResponse:
    """Who counts or asks, how, and how often."""
    found = get_object_or_404(Source, pk=source_id)
    form = _form(request, SourceForm, found)
    context = {"source": found, "indicators": indicators_of(found)}
    return _describe(request, form, "indicators/definition_source.html", context)


def _form(request: HttpRequest, kind: type[DescribingForm], described: Indicator | Source) -> DescribingForm:
    """The form; whoever may only read gets it with every field closed."""
    may_define = request.user.has_perm("indicators.define")
    if request.method == "POST" and not may_define:
        raise PermissionDenied
    form = kind(request.POST if request.method == "POST" else None, instance=described)
    for field in form.fields.values():
        field.disabled = not may_define
    return form


def _describe(
    request: HttpRequest, form: DescribingForm, template: str, context: dict[str, Any]
) -> HttpResponse:
    context = {**context, "form": form, "may_define": request.user.has_perm("indicators.define")}
    if not form.is_valid():
        return render(request, template, context)
    described = form.instance
    try:
        changed = save_definition(
            described=described, values=form.values, seen=form.cleaned_data["seen"], actor=request.user
        )
    except DefinitionChanged:
        now = type(described).objects.get(pk=described.pk)
        again = type(form)({**request.POST.dict(), "seen": form.initial["seen"]}, instance=now)
        context |= {"form": again, "differences": form.differences(values_of(now))}
        return render(request, template, context, status=409)
    except NameTaken:
        # A form that looks again sees whose the name is now.
        context["form"] = type(form)(request.POST, instance=described)
        return render(request, template, context, status=409)
    messages.success(request, _("Bewaard.") if changed else _("Er was niets veranderd."))
    return redirect(request.path)
