import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from rules.contrib.views import permission_required

from indicators.models import IndicatorTable
from indicators.selectors import table_summaries, table_view
from indicators.selectors.desk import desk


@permission_required("indicators.read", raise_exception=True)
def table_list(request: HttpRequest) -> HttpResponse:
    """All tables, and what waits for somebody."""
    tables = table_summaries()
    context = {"tables": tables, "desk": desk(tables)}
    return render(request, "indicators/list.html", context)


@permission_required("indicators.read", raise_exception=True)
def table_detail(request: HttpRequest, table_id: uuid.UUID) -> HttpResponse:
    """One table as printed, with the verdicts on its targets."""
    table = table_view(get_object_or_404(IndicatorTable, pk=table_id))
    return render(request, "indicators/table.html", {"table": table})
