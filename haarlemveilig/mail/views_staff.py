from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from rules.contrib.views import permission_required

from haarlemveilig.mail.models import OutboxMail


@permission_required("mail.read_outbox", raise_exception=True)
def outbox(request: HttpRequest) -> HttpResponse:
    page = Paginator(OutboxMail.objects.all(), 50).get_page(request.GET.get("page"))
    return render(request, "mail/outbox.html", {"page": page})


@permission_required("mail.read_outbox", raise_exception=True)
def outbox_mail(request: HttpRequest, mail_id: int) -> HttpResponse:
    mail = get_object_or_404(OutboxMail, pk=mail_id)
    trail = [("Uitgaande mail", reverse("mail:outbox")), (mail.subject, reverse("mail:mail", args=[mail.pk]))]
    return render(request, "mail/mail.html", {"mail": mail, "trail": trail})
