import logging
import os

from celery import Celery
from celery.signals import beat_init, worker_init
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haarlemveilig.settings")

app = Celery("haarlemveilig")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
@beat_init.connect
def refuse_demo_accounts_in_production(**_: object) -> None:
    from haarlemveilig.checks import refuse_demo_accounts

    try:
        refuse_demo_accounts()
    except ImproperlyConfigured as error:
        # Celery only logs what a handler raises, and starts all the same. This it lets through.
        logging.getLogger(__name__).critical("%s", error)
        raise SystemExit(1) from None
