import re
from collections.abc import Callable

import pytest
from django.test import Client

from haarlemveilig.accounts.models import Role
from participation.ranking import round_keys
from participation.ranking.models import Participation, Round
from tests import factories

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def round_(city: None, settings, tmp_path) -> Round:
    settings.KEY_DIR = tmp_path / "keys"
    made = factories.open_round()
    round_keys.make(made.code)
    return made


@pytest.mark.parametrize("address", ["/werk/rondes/", "/werk/rondes/2026-1/"])
def test_colleagues_see_rounds_and_others_do_not(
    round_: Round, sign_in: SignIn, client: Client, address: str
) -> None:
    assert sign_in(Role.GRIFFIE).get(address).status_code == 200
    assert sign_in(Role.BEWONER).get(address).status_code == 403
    assert sign_in(factories.outsider()).get(address).status_code == 403
    anonymous = client.get(address)
    assert anonymous.status_code == 302
    assert "/account/login/" in anonymous["Location"]


def test_turnout_shows_in_steps_of_fifty_and_no_result_at_all(round_: Round, sign_in: SignIn) -> None:
    wijk = factories.area("parkwijk")
    Participation.objects.bulk_create(
        Participation(round=round_, wijk=wijk, way_in="postcode") for _ in range(74)
    )
    page = sign_in(Role.BELEIDSMEDEWERKER).get("/werk/rondes/2026-1/")
    assert page.context["turnout"] == 50
    assert not re.search(r"\b74\b", page.text)


def test_only_who_runs_rounds_may_take_one_further(round_: Round, sign_in: SignIn) -> None:
    data = {"stand": "open", "zeker": "1"}
    assert sign_in(Role.COMMUNICATIE).post("/werk/rondes/2026-1/verder/", data).status_code == 403
    sign_in(Role.BELEIDSMEDEWERKER).post("/werk/rondes/2026-1/verder/", data)
    round_.refresh_from_db()
    assert round_.status == "closed"


def test_closing_asks_twice(round_: Round, sign_in: SignIn) -> None:
    page = sign_in(Role.BELEIDSMEDEWERKER).post("/werk/rondes/2026-1/verder/", {"stand": "open"}, follow=True)
    round_.refresh_from_db()
    assert round_.status == "open"
    assert "Sluiten is definitief" in page.text


def test_a_step_from_an_old_page_does_nothing(round_: Round, sign_in: SignIn) -> None:
    page = sign_in(Role.BELEIDSMEDEWERKER).post(
        "/werk/rondes/2026-1/verder/", {"stand": "draft"}, follow=True
    )
    round_.refresh_from_db()
    assert round_.status == "open"
    assert "intussen veranderd" in page.text
