import pytest
from celery.signals import beat_init, worker_init
from celery.utils.dispatch import Signal
from pytest_django import Settings

from tests import factories


@pytest.mark.django_db
@pytest.mark.parametrize("start", [worker_init, beat_init])
def test_worker_and_beat_stop_at_demo_accounts_outside_demo_mode(start: Signal) -> None:
    factories.user("redacteur", is_demo=True)
    with pytest.raises(SystemExit):
        start.send(sender=None)


@pytest.mark.django_db
@pytest.mark.parametrize("start", [worker_init, beat_init])
def test_they_start_in_demo_mode(start: Signal, settings: Settings) -> None:
    factories.user("redacteur", is_demo=True)
    settings.DEMO = True
    start.send(sender=None)
