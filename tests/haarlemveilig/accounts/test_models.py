import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from haarlemveilig.accounts.models import Role, User
from tests import factories


def test_one_address_is_one_account_whatever_its_capitals(db: None) -> None:
    factories.user("griffie")
    with pytest.raises(IntegrityError):
        User.objects.create(email="GRIFFIE@example.org")


def test_a_role_that_does_not_exist_is_refused(db: None) -> None:
    user = factories.user("griffie")
    user.roles = ["burgemeester"]
    with pytest.raises(ValidationError):
        user.full_clean()


@pytest.mark.parametrize("role", Role.values)
def test_everybody_but_bewoner_and_raadslid_is_a_colleague(role: str) -> None:
    assert User(roles=[role]).is_colleague == (role not in ("bewoner", "raadslid"))


def test_permissions_follow_from_roles_and_end_with_the_account(db: None) -> None:
    user = factories.user("communicatie")
    assert user.has_perm("mail.read_outbox")
    assert not factories.user("redacteur").has_perm("mail.read_outbox")
    user.is_active = False
    assert not user.has_perm("mail.read_outbox")
    assert not AnonymousUser().has_perm("accounts.use_workplace")
