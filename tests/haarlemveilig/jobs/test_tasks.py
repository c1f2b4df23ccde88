import datetime as dt

import pytest
from django.utils import timezone

from haarlemveilig.jobs import services, tasks
from haarlemveilig.jobs.models import Job


@pytest.mark.django_db
def test_a_nudge_that_got_lost_is_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(tasks.run, "delay", asked.append)
    lost, _fresh = (services.enqueue(kind="x", title="Test", params={}) for _number in range(2))
    Job.objects.filter(pk=lost.pk).update(created_at=timezone.now() - dt.timedelta(minutes=5))
    tasks.repeat_lost()
    assert asked == [str(lost.pk)]
