from collections.abc import Callable

from django.test import Client

from haarlemveilig.accounts.models import User
from haarlemveilig.audit.models import AuditEntry


def test_an_invited_colleague_has_roles_and_no_password_yet(
    city: None, sign_in: Callable[[User | str], Client]
) -> None:
    beheerder = User.objects.create_superuser(email="beheer@example.org")
    answer = {
        "email": "Nieuw@Example.org",
        "name": "Nieuw",
        "roles": ["redacteur", "gastheer"],
        "is_active": "on",
    }
    response = sign_in(beheerder).post("/beheer/accounts/user/add/", answer)
    assert response.status_code == 302
    invited = User.objects.get(email="nieuw@example.org")
    assert invited.roles == ["redacteur", "gastheer"]
    assert not invited.has_usable_password()
    line = AuditEntry.objects.get(action="accounts.user_saved")
    assert (line.actor, line.target_id) == (beheerder, str(invited.pk))
    assert line.details["roles"] == ["redacteur", "gastheer"]
    assert "Example.org" not in str(line.details)
