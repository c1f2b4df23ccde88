from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from rules.contrib.views import permission_required

from indicators.forms.publishing import ConfirmPublicationForm, WithdrawForm, numbers_in
from indicators.models import Indicator
from indicators.selectors.publishing import IndicatorNews, fingerprint, news_of, unpublished_indicators
from indicators.services.publishing import FiguresChanged, NotReady, publish_indicators, withdraw_indicator

INDICATORS_PER_PAGE = 25


@never_cache
@require_safe
@permission_required("indicators.publish", raise_exception=True)
def publish(request: HttpRequest) -> HttpResponse:
    """The indicators with figures that readers do not see yet, and what would change for them."""
    page = Paginator(unpublished_indicators(), INDICATORS_PER_PAGE).get_page(request.GET.get("page"))
    news = news_of(list(page.object_list))
    ready = [one for one in news if not one.gaps]
    context = {"page": page, "news": news, "ready": ready, "ready_ids": _ids(ready)}
    return render(request, "indicators/publish.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("indicators.publish", raise_exception=True)
def publish_confirm(request: HttpRequest) -> HttpResponse:
    """Look once more at what was chosen, and make it public."""
    form = ConfirmPublicationForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _confirm(request, numbers_in(request.GET.getlist("indicator")))
    chosen, expected = form.cleaned_data["chosen"], form.cleaned_data["expected"]
    try:
        count = publish_indicators(
            indicators=Indicator.objects.filter(pk__in=chosen), actor=request.user, expected=expected
        )
    except (FiguresChanged, NotReady):
        messages.warning(
            request, _("Er is intussen iets veranderd. Er is niets openbaar gemaakt. Kijk het nog eens na.")
        )
        return _confirm(request, chosen)
    messages.success(request, _outcome(count))
    return redirect("indicators:publish")


def _confirm(request: HttpRequest, chosen: list[int]) -> HttpResponse:
    news = news_of(list(unpublished_indicators().filter(pk__in=chosen)))
    ready = [one for one in news if not one.gaps]
    if not ready:
        messages.warning(request, _("Kies ten minste één indicator die klaar is."))
        return redirect("indicators:publish")
    form = ConfirmPublicationForm(initial={"chosen": _ids(ready), "expected": fingerprint(ready)})
    blocked = [one for one in news if one.gaps]
    return render(
        request, "indicators/publish_confirm.html", {"form": form, "ready": ready, "blocked": blocked}
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("indicators.publish", raise_exception=True)
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Let readers see nothing of an indicator any more."""
    indicator = get_object_or_404(Indicator.objects.published(), slug=slug)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        withdraw_indicator(indicator=indicator, reason=form.cleaned_data["reason"], actor=request.user)
        messages.success(request, _("‘%(name)s’ is niet meer openbaar.") % {"name": indicator.name})
        return redirect("indicators:definition", indicator.slug)
    return render(request, "indicators/publish_withdraw.html", {"form": form, "indicator": indicator})


def _ids(news: list[IndicatorNews]) -> str:
    return ",".join(str(one.indicator.pk) for one in news)


def _outcome(count: int) -> str:
    return ngettext(
        "%(count)s indicator is nu openbaar.", "%(count)s indicatoren zijn nu openbaar.", count
    ) % {"count": count}
