import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from rules.contrib.views import permission_required

from indicators.forms.history import AsOfForm
from indicators.models import Series
from indicators.periods import Period
from indicators.selectors.history import cell_histories, placements


@permission_required("indicators.read", raise_exception=True)
def history(request: HttpRequest, series_id: int, period: str) -> HttpResponse:
    """Every version of one cell; `?opDatum=2026-05-20` says what was known at the end of that day."""
    series = get_object_or_404(Series.objects.select_related("indicator", "source", "area"), pk=series_id)
    about = Period.from_code(period)
    if about is None:
        raise Http404
    form = AsOfForm(request.GET or None)
    day: dt.date | None = form.cleaned_data["opDatum"] if form.is_valid() else None
    context = {
        "series": series,
        "period": about,
        "day": day,
        "form": form,
        "histories": cell_histories(series, about, day),
        "placements": placements(series),
    }
    return render(request, "indicators/history.html", context)
