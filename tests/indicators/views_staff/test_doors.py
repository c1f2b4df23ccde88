"""A volunteer at the door, without a script and with one."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from haarlemveilig.accounts.models import User
from haarlemveilig.gemeente.models import Area
from indicators.models import DoorResponse, Measurement
from tests import factories
from tests.indicators import doors

pytestmark = pytest.mark.usefixtures("city")
SignIn = Callable[[User | str], Client]
JSON = {"Accept": "application/json"}


@pytest.fixture
def volunteer(db: None) -> User:
    return factories.user("vrijwilliger")


@pytest.fixture
def phone(sign_in: SignIn, volunteer: User) -> Client:
    return sign_in(volunteer)


@pytest.fixture
def buurt(city: None) -> Area:
    return doors.buurten("Een", "Twee")[0]


@pytest.fixture
def measurement(buurt: Area, volunteer: User) -> Measurement:
    return doors.opened(doors.survey(volunteers=[volunteer]))


def address(measurement: Measurement) -> str:
    return f"/werk/mijn-enquetes/{measurement.pk}/"


def household(measurement: Measurement, where: Area, *answers: int | str, **changes: Any) -> dict[str, Any]:
    questions = measurement.survey.questions.order_by("order")
    given = {f"vraag-{question.pk}": one for question, one in zip(questions, answers, strict=False)}
    return {"buurt": where.pk, "resend_key": uuid.uuid4().hex, "outcome": "answered"} | given | changes


def test_a_volunteer_sees_only_the_open_measurements_they_are_sent_for(
    phone: Client, measurement: Measurement
) -> None:
    doors.survey(title="Nog niet open", volunteers=measurement.survey.volunteers.all())
    page = phone.get("/werk/mijn-enquetes/")
    assert "Buurt Bestuurt Parkwijk" in page.text
    assert "Nog niet open" not in page.text


def test_a_volunteer_who_is_not_sent_gets_nothing(sign_in: SignIn, measurement: Measurement) -> None:
    measurement.survey.volunteers.clear()
    phone = sign_in(User.objects.get(email="vrijwilliger@example.org"))
    assert "Er is nu geen enquête voor u" in phone.get("/werk/mijn-enquetes/").text
    assert phone.get(address(measurement)).status_code == 403
    assert phone.post(address(measurement), {}).status_code == 403
    answer = phone.post(address(measurement), {}, headers={"Accept": "application/json"})
    assert answer.status_code == 403
    assert answer.json()["text"].startswith("U staat niet meer bij deze enquête.")


def test_a_volunteer_may_read_nothing_of_surveys_but_their_own_form(
    phone: Client, measurement: Measurement
) -> None:
    for path in ("", f"{measurement.survey_id}/", f"{measurement.survey_id}/vergelijken/"):
        assert phone.get(f"/werk/enquetes/{path}").status_code == 403
    assert phone.get("/werk/cijfers/").status_code == 403


def test_one_household_is_one_page_and_one_post(
    phone: Client, measurement: Measurement, buurt: Area, volunteer: User
) -> None:
    page = phone.get(address(measurement))
    assert "Mag ik u twee dingen vragen?" in page.text
    page = phone.post(address(measurement), household(measurement, buurt, 1, 8), follow=True)
    assert "Bewaard. Volgende deur." in page.text
    assert f'<option value="{buurt.pk}" selected>' in page.text
    stored = DoorResponse.objects.get()
    assert (stored.outcome, sorted(stored.answers.values())) == ("answered", [1, 8])
    assert (stored.buurt, stored.recorded_by) == (buurt, volunteer)


def test_each_form_has_a_key_of_its_own(phone: Client, measurement: Measurement) -> None:
    keys = {phone.get(address(measurement)).context["door"]["resend_key"].value() for _time in range(2)}
    assert len(keys) == 2


@pytest.mark.parametrize("headers", [{}, JSON])
def test_a_form_that_is_sent_again_gets_the_same_answer_and_counts_once(
    phone: Client, measurement: Measurement, buurt: Area, headers: dict[str, str]
) -> None:
    data = household(measurement, buurt, 1, 8)
    answers = [
        phone.post(address(measurement), data, headers=headers, follow=True).text for _time in range(2)
    ]
    assert all("Bewaard. Volgende deur." in answer for answer in answers)
    assert DoorResponse.objects.count() == 1


@pytest.mark.parametrize("outcome", ["not_home", "refused"])
def test_a_door_without_a_talk_is_one_tap(
    phone: Client, measurement: Measurement, buurt: Area, outcome: str
) -> None:
    page = phone.post(address(measurement), household(measurement, buurt, outcome=outcome), follow=True)
    assert "Bewaard. Volgende deur." in page.text
    assert DoorResponse.objects.get().outcome == outcome


@pytest.mark.parametrize(
    ("answers", "changes", "sentence"),
    [
        (("", ""), {}, "Tik ten minste één antwoord aan."),
        ((1, ""), {"outcome": "not_home"}, "U tikte al een antwoord aan."),
        ((1, 8), {"buurt": ""}, "Kies de buurt waar u nu bent."),
        ((1, 11), {}, "geldige keuze"),
        ((1, 8), {"outcome": "x"}, "geldige keuze"),
        ((1, 8), {"resend_key": "x"}, "geldige UUID"),
    ],
)
def test_a_form_filled_in_wrong_comes_back_as_it_was(
    phone: Client,
    measurement: Measurement,
    buurt: Area,
    answers: tuple[int | str, int | str],
    changes: dict[str, str],
    sentence: str,
) -> None:
    data = household(measurement, buurt, *answers, **changes)
    page = phone.post(address(measurement), data)
    assert page.status_code == 400
    assert sentence in page.text
    kept = page.context["door"]
    assert [kept[name].value() for name in data if name.startswith("vraag-")] == [str(one) for one in answers]
    assert phone.post(address(measurement), data, headers=JSON).json()["text"]
    assert not DoorResponse.objects.exists()


def test_a_form_that_comes_after_closing_is_refused_and_says_what_to_do(
    phone: Client, measurement: Measurement, buurt: Area
) -> None:
    counted = household(measurement, buurt, 1, 8)
    phone.post(address(measurement), counted)
    doors.closed(measurement.survey)
    late = household(measurement, buurt, 1, 8)
    page = phone.post(address(measurement), late)
    assert page.status_code == 409
    assert "Gooi het weg, en vraag de gemeente of er nog een meting komt." in page.text
    answer = phone.post(address(measurement), late, headers=JSON)
    assert (answer.status_code, "Gooi het weg" in answer.json()["text"]) == (409, True)
    assert "Bewaard." in phone.post(address(measurement), counted, headers=JSON).json()["text"]
    assert DoorResponse.objects.count() == 1


def test_a_buurt_of_another_survey_is_refused(phone: Client, measurement: Measurement, buurt: Area) -> None:
    data = household(measurement, buurt, 1, 8, buurt=factories.area("molenwijk").pk)
    assert phone.post(address(measurement), data).status_code == 400


def test_staff_who_set_up_may_fill_in_too(sign_in: SignIn, measurement: Measurement, buurt: Area) -> None:
    phone = sign_in(doors.staff())
    assert "Buurt Bestuurt Parkwijk" in phone.get("/werk/mijn-enquetes/").text
    phone.post(address(measurement), household(measurement, buurt, 2, 4))
    assert DoorResponse.objects.count() == 1


def test_nothing_is_kept_of_who_lives_there(phone: Client, measurement: Measurement, buurt: Area) -> None:
    data = household(measurement, buurt, 1, 8, naam="Jansen", huisnummer="12")
    phone.post(address(measurement), data)
    row = DoorResponse.objects.values().get()
    assert "Jansen" not in str(row)
    assert {
        "id",
        "measurement_id",
        "buurt_id",
        "outcome",
        "answers",
        "given_on",
        "resend_key",
        "recorded_by_id",
    } == set(row)


def test_the_form_takes_few_queries(
    phone: Client, measurement: Measurement, buurt: Area, django_assert_max_num_queries: Any
) -> None:
    phone.get(address(measurement))
    with django_assert_max_num_queries(13):
        phone.get(address(measurement))
    with django_assert_max_num_queries(20):
        phone.post(address(measurement), household(measurement, buurt, 1, 8))
