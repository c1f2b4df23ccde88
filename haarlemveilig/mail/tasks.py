from celery import shared_task
from django.utils import timezone

from haarlemveilig.mail import services
from haarlemveilig.mail.models import OutboxMail


@shared_task
def deliver(mail_id: int) -> None:
    services.deliver(mail_id)


@shared_task
def deliver_queued() -> None:
    """What was not sent at once: lost nudges, failures whose pause is over, mails of a worker that died."""
    services.put_back_stuck(timezone.now())
    for mail_id in OutboxMail.objects.due(timezone.now()).order_by("pk").values_list("pk", flat=True):
        services.deliver(mail_id)
