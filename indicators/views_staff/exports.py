import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from rules.contrib.views import permission_required

from indicators.exports import WRITERS
from indicators.exports.dcat import MEDIA
from indicators.models import IndicatorTable
from indicators.selectors.documents import staff_table_document


@require_safe
@permission_required("indicators.read", raise_exception=True)
def table_file(request: HttpRequest, table_id: uuid.UUID, extension: str) -> HttpResponse:
    """A whole table with its current values, published or not; it can be read in again."""
    table = get_object_or_404(IndicatorTable, pk=table_id)
    document = staff_table_document(table, request.build_absolute_uri())
    return HttpResponse(
        WRITERS[extension](document),
        content_type=MEDIA[extension],
        headers={"Content-Disposition": f'attachment; filename="tabel-{table_id}.{extension}"'},
    )
