import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from haarlemveilig.accounts.models import User
from indicators.models import DoorQuestion, DoorSurvey, Indicator, Series
from tests import factories
from tests.indicators import doors

pytestmark = pytest.mark.usefixtures("city")
SignIn = Callable[[User | str], Client]


@pytest.fixture
def officer(sign_in: SignIn) -> Client:
    return sign_in(doors.staff())


def fields(**changes: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "title": "Buurt Bestuurt Molenwijk",
        "introduction": "Dag.",
        "wijk": factories.area("parkwijk").pk,
        "granularity": "year",
        "baseline_opens": today.isoformat(),
        "baseline_closes": today.isoformat(),
    } | changes


def question(**changes: Any) -> dict[str, Any]:
    return {"text": "Kent u uw buren?", "kind": "yes_no", "indicator_name": "Kent de buren"} | changes


@pytest.mark.parametrize("role", ["beleidsmedewerker", "wijkprofessional", "beheerder"])
def test_staff_set_up_a_survey_step_by_step(sign_in: SignIn, role: str) -> None:
    doors.buurten("Een", "Twee")
    browser = sign_in(role)
    page = browser.post("/werk/enquetes/nieuw/", fields(), follow=True)
    assert "De enquête is bewaard." in page.text
    assert "Maak ten minste één vraag." in page.text
    survey = DoorSurvey.objects.get()
    page = browser.post(f"/werk/enquetes/{survey.pk}/vragen/nieuw/", question(), follow=True)
    assert "Open de 0-meting" in page.text
    url = f"/werk/enquetes/metingen/{doors.measurement(survey).pk}/verder/"
    page = browser.post(url, {"stand": "draft"}, follow=True)
    assert "De meting is open." in page.text
    assert browser.get("/werk/enquetes/").status_code == 200


def test_the_preview_shows_the_form_and_sends_nothing(officer: Client) -> None:
    doors.buurten("Een", "Twee")
    page = officer.get(f"/werk/enquetes/{doors.survey().pk}/proef/")
    assert "Hier wordt niets bewaard" in page.text
    assert "<form" not in page.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Vul in: Titel"),
        ({"wijk": ""}, "Maak een keuze: Wijk"),
        ({"starts_on": "2026-05-01", "ends_on": "2026-04-01"}, "Kies een einddatum op of na de begindatum."),
        ({"final_opens": "2026-01-01"}, "Laat de eindmeting na de 0-meting beginnen."),
        (
            {"baseline_opens": "2026-02-01", "baseline_closes": "2026-02-09", "final_opens": "2026-11-01"},
            "Beide metingen beginnen in 2026. Kies kwartaal of maand.",
        ),
        ({"baseline_opens": "gisteren"}, "geldige datum"),
    ],
)
@time_machine.travel("2026-02-02 12:00Z")
def test_what_is_filled_in_wrong_comes_back_with_a_sentence(
    officer: Client, changes: dict[str, str], sentence: str
) -> None:
    page = officer.post("/werk/enquetes/nieuw/", fields(introduction="Dag buur") | changes)
    assert sentence in page.text
    assert "Dag buur" in page.text
    assert not DoorSurvey.objects.exists()


def test_a_title_is_used_once(officer: Client) -> None:
    doors.survey(title="Buurt Bestuurt Molenwijk")
    page = officer.post("/werk/enquetes/nieuw/", fields(title="buurt bestuurt molenwijk"))
    assert "Er is al een enquête met deze titel." in page.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": "choice", "options": "ja"}, "Geef twee tot 8 antwoorden"),
        ({"kind": "choice", "options": "ja\nnee"}, "Geef een of meer nummers van 1 tot en met 2."),
        ({"kind": "choice", "options": "ja\nja", "counted": "1"}, "Twee antwoorden zijn gelijk."),
        ({"kind": "scale", "options": "ja\nnee"}, "Geef vijf antwoorden"),
        ({"kind": "scale", "counted": "6"}, "Geef een of meer nummers van 1 tot en met 5."),
        ({"counted": "1, 2"}, "Laat ten minste één antwoord niet meetellen."),
        ({"indicator_name": ""}, "Geef het nieuwe cijfer een naam, of kies een cijfer."),
        ({"indicator_name": "Bestaat"}, "Dit cijfer bestaat al."),
        ({"kind": ""}, "Maak een keuze: Soort antwoord"),
    ],
)
def test_a_question_that_cannot_be_counted_is_refused(
    officer: Client, changes: dict[str, str], sentence: str
) -> None:
    Indicator.objects.create(name="Bestaat", slug="bestaat")
    survey = doors.survey()
    page = officer.post(f"/werk/enquetes/{survey.pk}/vragen/nieuw/", question() | changes)
    assert sentence in page.text
    assert "Kent u uw buren?" in page.text
    assert survey.questions.count() == 2


def test_a_question_feeds_a_figure_of_its_own_unit_and_only_one_question_does(officer: Client) -> None:
    percentage = Indicator.objects.create(name="Veilig", slug="veilig", unit="%")
    survey = doors.survey()
    url = f"/werk/enquetes/{survey.pk}/vragen/nieuw/"
    page = officer.post(url, question(kind="grade", indicator=percentage.pk))
    assert "Een rapportcijfer past niet bij een percentage." in page.text
    officer.post(url, question(indicator=percentage.pk))
    assert survey.questions.get(order=3).indicator == percentage
    page = officer.post(url, question(indicator=percentage.pk))
    assert "Een andere vraag hoort al bij dit cijfer." in page.text


@pytest.mark.parametrize(
    ("changes", "counted", "options"),
    [
        ({}, [1], []),
        ({"kind": "scale"}, [4, 5], []),
        ({"kind": "grade", "counted": "3"}, [], []),
        (
            {"kind": "choice", "options": "fiets\n auto \n\nbus", "counted": "1 en 3"},
            [1, 3],
            ["fiets", "auto", "bus"],
        ),
    ],
)
def test_each_kind_of_question_knows_what_counts(
    officer: Client, changes: dict[str, str], counted: list[int], options: list[str]
) -> None:
    survey = doors.survey()
    officer.post(f"/werk/enquetes/{survey.pk}/vragen/nieuw/", question() | changes)
    made = survey.questions.get(order=3)
    assert (made.counted, made.options) == (counted, options)


def test_questions_are_changed_moved_and_taken_out_without_a_script(officer: Client) -> None:
    survey = doors.survey()
    first, second = survey.questions.order_by("order")
    page = officer.get(f"/werk/enquetes/vragen/{first.pk}/")
    assert first.text in page.text
    officer.post(f"/werk/enquetes/vragen/{first.pk}/", question(text="Anders?"))
    officer.post(f"/werk/enquetes/vragen/{second.pk}/plaats/", {"wat": "hoger"})
    assert [one.text for one in survey.questions.order_by("order")] == [second.text, "Anders?"]
    page = officer.post(f"/werk/enquetes/vragen/{second.pk}/plaats/", {"wat": "weg"}, follow=True)
    assert "De vraag is weggehaald." in page.text
    assert survey.questions.count() == 1


def test_after_opening_only_days_and_volunteers_can_still_change(officer: Client) -> None:
    one, two = doors.buurten("Een", "Twee")
    survey = doors.survey()
    doors.opened(survey)
    volunteer = factories.user("vrijwilliger")
    later = (timezone.localdate() + dt.timedelta(days=40)).isoformat()
    changed = fields(title="Anders", buurten=[one.pk], volunteers=[volunteer.pk], baseline_closes=later)
    page = officer.post(f"/werk/enquetes/{survey.pk}/wijzigen/", changed, follow=True)
    assert "De enquête is bewaard." in page.text
    survey.refresh_from_db()
    assert survey.title == "Buurt Bestuurt Parkwijk"
    assert set(survey.buurten.all()) == {one, two}
    assert list(survey.volunteers.all()) == [volunteer]
    assert doors.measurement(survey).closes_on.isoformat() == later
    page = officer.post(f"/werk/enquetes/{survey.pk}/wijzigen/", changed | {"baseline_closes": ""})
    assert "Vul in: Laatste dag" in page.text
    page = officer.post(f"/werk/enquetes/{survey.pk}/vragen/nieuw/", question())
    assert "De vragen blijven nu gelijk" in page.text
    assert DoorQuestion.objects.count() == 2


def test_closing_asks_twice_and_shows_the_result(officer: Client) -> None:
    (one,) = doors.buurten("Een")
    survey = doors.survey()
    measurement = doors.opened(survey)
    doors.answered(measurement, one, 60, 40)
    url = f"/werk/enquetes/metingen/{measurement.pk}/verder/"
    page = officer.post(url, {"stand": "open"}, follow=True)
    assert "Kruis aan dat u het zeker weet." in page.text
    assert "100 of meer" in page.text
    assert not Series.objects.exists()
    page = officer.post(url, {"stand": "open", "zeker": "1"}, follow=True)
    assert "De cijfers zijn nog niet openbaar." in page.text
    assert "100 huishoudens deden mee." in page.text
    page = officer.post(url, {"stand": "open", "zeker": "1"}, follow=True)
    assert "De stand van deze meting is intussen veranderd." in page.text
    page = officer.get(f"/werk/enquetes/{survey.pk}/vergelijken/")
    assert "60%" in page.text
    assert "tussen 50% en 69%" in page.text


def test_opening_what_is_not_ready_says_what_is_missing(officer: Client) -> None:
    survey = doors.survey()
    url = f"/werk/enquetes/metingen/{doors.measurement(survey).pk}/verder/"
    page = officer.post(url, {"stand": "draft"}, follow=True)
    assert "Kies ten minste één buurt." in page.text
    assert doors.measurement(survey).state == "draft"


def test_pages_take_few_queries_however_many_answers(
    officer: Client, django_assert_max_num_queries: Any
) -> None:
    buurten = doors.buurten(*(f"Buurt{number}" for number in range(8)))
    survey = doors.survey()
    measurement = doors.opened(survey)
    for buurt in buurten:
        doors.answered(measurement, buurt, 20, 20)
    with django_assert_max_num_queries(24):
        officer.get(f"/werk/enquetes/{survey.pk}/")
    doors.closed(survey)
    with django_assert_max_num_queries(14):
        officer.get(f"/werk/enquetes/{survey.pk}/vergelijken/")
    with django_assert_max_num_queries(9):
        officer.get("/werk/enquetes/")


def test_what_is_not_there_is_not_found(officer: Client) -> None:
    for path in (
        f"enquetes/{uuid.uuid4()}/",
        f"enquetes/vragen/{uuid.uuid4()}/",
        f"mijn-enquetes/{uuid.uuid4()}/",
    ):
        assert officer.get(f"/werk/{path}").status_code == 404
