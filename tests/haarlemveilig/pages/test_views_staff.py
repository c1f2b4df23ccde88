from collections.abc import Callable

import pytest
from django.test import Client

from haarlemveilig.accounts.models import STAFF_ROLES, Role
from tests import factories
from tests.indicators import doors

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_every_colleague_has_a_desk(city: None, sign_in: Callable[..., Client], role: str) -> None:
    assert sign_in(role).get("/werk/").status_code == 200


def test_who_has_no_work_here_goes_to_the_public_page(city: None, sign_in: Callable[..., Client]) -> None:
    assert sign_in(Role.RAADSLID).get("/werk/")["Location"] == "/"
    assert sign_in(factories.outsider()).get("/werk/")["Location"] == "/"


def test_an_anonymous_visitor_is_sent_to_sign_in(city: None, client: Client) -> None:
    assert "/account/login/" in client.get("/werk/")["Location"]


def test_a_volunteer_sees_first_for_which_survey_to_go_along_the_doors(
    city: None, sign_in: Callable[..., Client]
) -> None:
    person = factories.user(Role.VRIJWILLIGER)
    doors.buurten("Een")
    survey = doors.survey(volunteers=[person])
    volunteer = sign_in(person)
    assert "Ga langs de deuren" not in volunteer.get("/werk/").text
    measurement = doors.opened(survey)
    page = volunteer.get("/werk/").text
    assert "Ga langs de deuren: Buurt Bestuurt Parkwijk" in page
    assert f'href="/werk/mijn-enquetes/{measurement.pk}/"' in page
    assert page.index("Ga langs de deuren: Buurt") < page.index("Volgende wijkgesprekken")
    assert "Ga langs de deuren: Buurt" not in sign_in(Role.COMMUNICATIE).get("/werk/").text
