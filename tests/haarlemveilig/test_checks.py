import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from pytest_django import Settings

from haarlemveilig import checks
from haarlemveilig.accounts.models import User
from tests import factories


@pytest.fixture
def demo_account(db: None) -> User:
    return factories.user("redacteur", is_demo=True)


def test_start_up_refuses_demo_accounts_outside_demo_mode(demo_account: User) -> None:
    with pytest.raises(ImproperlyConfigured, match="demo-accounts"):
        checks.refuse_demo_accounts()


def test_in_demo_mode_demo_accounts_are_welcome(demo_account: User, settings: Settings) -> None:
    settings.DEMO = True
    checks.refuse_demo_accounts()


def test_a_database_without_demo_accounts_may_start(db: None) -> None:
    factories.user("redacteur")
    checks.refuse_demo_accounts()


def test_a_database_without_tables_has_no_demo_accounts(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_table(*args: object, **kwargs: object) -> None:
        raise OperationalError("no such table")

    monkeypatch.setattr(User.objects, "filter", no_table)
    assert not checks.demo_accounts_exist()
