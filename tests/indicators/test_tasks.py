import datetime as dt
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone

from haarlemveilig.accounts.models import User
from haarlemveilig.audit.models import AuditEntry
from haarlemveilig.jobs.models import Job
from indicators import tasks
from indicators.models import FigureImport
from tests import factories


@pytest.fixture
def officer(db: None) -> User:
    return factories.user("redacteur")


def draft(officer: User, days_old: int, state: str = "draft") -> FigureImport:
    created_at = timezone.now() - dt.timedelta(days=days_old)
    made = FigureImport(name="cijfers.csv", state=state, created_by=officer, created_at=created_at)
    made.file.save(str(made.pk), ContentFile(b"x"))
    return made


def test_files_that_nobody_took_in_are_removed_after_thirty_days(officer: User) -> None:
    old, young, applied = draft(officer, 31), draft(officer, 29), draft(officer, 31, "applied")
    left_by_a_worker = draft(officer, 31, "applying")
    tasks.purge_drafts()
    assert set(FigureImport.objects.values_list("pk", flat=True)) == {young.pk, applied.pk}
    assert not Path(old.file.path).exists()
    assert not Path(left_by_a_worker.file.path).exists()
    assert AuditEntry.objects.get(action="indicators.drafts_purged").details == {"count": 2}


def test_a_purge_without_old_files_is_not_logged(officer: User) -> None:
    draft(officer, 1)
    tasks.purge_drafts()
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_by_others_while_the_import_is_one_transaction() -> None:
    job = Job.objects.create(kind="x", title="x")

    def report(progress: int, message: str) -> None:
        Job.objects.filter(pk=job.pk).update(progress=progress, message=message)

    with tasks._beside_the_transaction(report) as tell:
        tell(10, "ervoor")
        with transaction.atomic():
            tell(50, "erin")
            transaction.set_rollback(True)
    job.refresh_from_db()
    # SQLite has one writer at a time: what is told inside the transaction is left out there.
    assert job.message == ("erin" if connection.vendor == "postgresql" else "ervoor")
