import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from rules.contrib.views import permission_required

from indicators.models import IndicatorTable
from indicators.selectors import table_summaries, table_view


@permission_required("indicators.read", raise_exception=True)
def table_list(request: HttpRequest) -> HttpResponse:
    context = {"tables": table_summaries(), "can_import": request.user.has_perm("indicators.import")}
    return render(request, "indicators/list.html", context)


@permission_required("indicators.read", raise_exception=True)
def table_detail(request: HttpRequest, table_id: uuid.UUID) -> HttpResponse:
    table = table_view(get_object_or_404(IndicatorTable, pk=table_id))
    return render(request, "indicators/table.html", {"table": table})
