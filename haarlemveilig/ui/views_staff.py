from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from rules.contrib.views import permission_required

from haarlemveilig.ui import samples


@permission_required("accounts.use_workplace", raise_exception=True)
def style(request: HttpRequest) -> HttpResponse:
    """The style page: every component in every state, for who builds or checks pages."""
    page = Paginator(range(50), 10).get_page(request.GET.get("page", 2))
    return render(request, "ui/stijl.html", {**samples.parts(), "page": page})
