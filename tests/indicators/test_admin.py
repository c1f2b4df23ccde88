from collections.abc import Callable

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client

from haarlemveilig.accounts.models import User
from haarlemveilig.gemeente.models import Area
from indicators.models import Indicator, Observation

REGISTERED = sorted(
    model._meta.model_name
    for model in apps.get_app_config("indicators").get_models()
    if admin.site.is_registered(model)
)


@pytest.fixture
def beheer(haarlem: Area, sign_in: Callable[[User | str], Client]) -> Client:
    return sign_in(User.objects.create_superuser(email="beheer@example.org"))


@pytest.mark.parametrize("name", REGISTERED)
def test_the_admin_shows_figures_and_adds_none(beheer: Client, name: str) -> None:
    assert beheer.get(f"/beheer/indicators/{name}/").status_code == 200
    assert beheer.get(f"/beheer/indicators/{name}/add/").status_code == 403


@pytest.mark.parametrize("model", [Indicator, Observation])
def test_the_admin_changes_and_removes_no_figure_behind_the_back_of_the_log(
    beheer: Client, model: type[Indicator | Observation]
) -> None:
    page = f"/beheer/indicators/{model._meta.model_name}/{model.objects.first().pk}"
    assert beheer.get(f"{page}/change/").status_code == 200
    assert beheer.post(f"{page}/change/", {"name": "Anders"}).status_code == 403
    assert beheer.post(f"{page}/delete/", {"post": "yes"}).status_code == 403
