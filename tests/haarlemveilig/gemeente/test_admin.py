from collections.abc import Callable

import pytest
from django.test import Client

from haarlemveilig.accounts.models import User
from haarlemveilig.gemeente.models import Municipality, Theme


@pytest.fixture
def beheer(city: None, sign_in: Callable[[User | str], Client]) -> Client:
    return sign_in(User.objects.create_superuser(email="beheer@example.org"))


def test_the_profile_can_be_changed_and_shows_at_once(beheer: Client) -> None:
    profile = Municipality.objects.get()
    fields = ("name", "site_name", "phone", "phone_link", "policy_name", "programme_name")
    data = {name: getattr(profile, name) for name in fields} | {"level_names": "{}"}
    assert beheer.get("/privacy/").status_code == 200
    page = f"/beheer/gemeente/municipality/{profile.pk}/change/"
    assert beheer.post(page, data | {"phone": "14 0999"}).status_code == 302
    assert "14 0999" in beheer.get("/privacy/").content.decode()


def test_a_theme_can_be_renamed_but_keeps_its_code_and_stays(beheer: Client) -> None:
    theme = Theme.objects.first()
    assert theme
    page = f"/beheer/gemeente/theme/{theme.pk}"
    data = {
        "code": "anders",
        "kind": theme.kind,
        "name": '{"nl": "Nieuwe naam"}',
        **dict.fromkeys(("description", "role_gemeente", "role_politie", "role_bewoners"), "{}"),
        "order": "3",
        "aliases-TOTAL_FORMS": "0",
        "aliases-INITIAL_FORMS": "0",
    }
    assert beheer.post(f"{page}/change/", data).status_code == 302
    changed = Theme.objects.get(pk=theme.pk)
    assert (str(changed.name), changed.code) == ("Nieuwe naam", theme.code)
    assert beheer.post(f"{page}/delete/", {"post": "yes"}).status_code == 403
