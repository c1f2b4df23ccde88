import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

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


@pytest.fixture
def over(round_: Round) -> Round:
    """The round when its time is over."""
    Round.objects.update(closes_at=timezone.now() - dt.timedelta(minutes=1))
    round_.refresh_from_db()
    return round_


def test_nobody_closes_a_round_before_the_end_that_residents_rely_on(round_: Round, sign_in: SignIn) -> None:
    data = {"stand": "open", "zeker": "1"}
    page = sign_in(Role.BELEIDSMEDEWERKER).post("/werk/rondes/2026-1/verder/", data, follow=True)
    round_.refresh_from_db()
    assert round_.status == "open"
    assert "Eerder sluiten kan niet" in page.text


def test_publishing_asks_twice(over: Round, sign_in: SignIn) -> None:
    officer = sign_in(Role.BELEIDSMEDEWERKER)
    for stand, more in (("open", {"zeker": "1"}), ("closed", {}), ("counted", {})):
        page = officer.post("/werk/rondes/2026-1/verder/", {"stand": stand, **more}, follow=True)
    over.refresh_from_db()
    assert over.status == "counted"
    assert "Publiceren is definitief" in page.text
    officer.post("/werk/rondes/2026-1/verder/", {"stand": "counted", "zeker": "1"})
    over.refresh_from_db()
    assert over.status == "published"


def test_only_who_runs_rounds_may_take_one_further(over: Round, sign_in: SignIn) -> None:
    data = {"stand": "open", "zeker": "1"}
    assert sign_in(Role.COMMUNICATIE).post("/werk/rondes/2026-1/verder/", data).status_code == 403
    sign_in(Role.BELEIDSMEDEWERKER).post("/werk/rondes/2026-1/verder/", data)
    over.refresh_from_db()
    assert over.status == "closed"


def test_closing_asks_twice(over: Round, sign_in: SignIn) -> None:
    page = sign_in(Role.BELEIDSMEDEWERKER).post("/werk/rondes/2026-1/verder/", {"stand": "open"}, follow=True)
    over.refresh_from_db()
    assert over.status == "open"
    assert "Sluiten is definitief" in page.text


def test_a_step_from_an_old_page_does_nothing(round_: Round, sign_in: SignIn) -> None:
    page = sign_in(Role.BELEIDSMEDEWERKER).post(
        "/werk/rondes/2026-1/verder/", {"stand": "draft"}, follow=True
    )
    round_.refresh_from_db()
    assert round_.status == "open"
    assert "intussen veranderd" in page.text
