import pytest
from django.db import DatabaseError, transaction

from haarlemveilig.audit.models import AuditEntry
from haarlemveilig.audit.services import record

pytestmark = pytest.mark.django_db


def test_a_line_of_the_log_cannot_be_changed() -> None:
    entry = record("tests.something_done", detail="a")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(action="tests.nothing_done")


def test_a_line_of_the_log_cannot_be_removed() -> None:
    entry = record("tests.something_done")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        entry.delete()
