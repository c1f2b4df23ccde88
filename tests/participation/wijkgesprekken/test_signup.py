import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from haarlemveilig.mail.models import OutboxMail
from participation.wijkgesprekken.models import Signup, Wijkgesprek
from participation.wijkgesprekken.services import SignupRefused, sign_up
from tests import factories

pytestmark = pytest.mark.django_db
FILLED = {
    "naam": "Jo de Vries",
    "email": "Jo@example.org",
    "aantal": "2",
    "wensen": "Ik kom met een rollator.",
}


@pytest.fixture
def wijkgesprek(city: None) -> Wijkgesprek:
    begin = timezone.now() + dt.timedelta(days=5)
    return Wijkgesprek.objects.create(
        title={"nl": "Wijkgesprek Parkwijk"},
        wijk=factories.area("parkwijk"),
        starts_at=begin,
        ends_at=begin + dt.timedelta(hours=2),
        place="Buurthuis (voorbeeld)",
        capacity=3,
    )


def address(wijkgesprek: Wijkgesprek) -> str:
    return f"/wijkgesprekken/{wijkgesprek.pk}/"


def test_anybody_can_sign_up_and_gets_a_confirmation(client: Client, wijkgesprek: Wijkgesprek) -> None:
    response = client.post(address(wijkgesprek), FILLED)
    assert "U bent aangemeld" in response.text
    wijkgesprek.refresh_from_db()
    assert wijkgesprek.seats_taken == 2
    mail = OutboxMail.objects.get()
    assert mail.recipient == "jo@example.org"
    assert "Wijkgesprek Parkwijk" in mail.subject


def test_looking_at_a_meeting_signs_nobody_up(client: Client, wijkgesprek: Wijkgesprek) -> None:
    assert client.get(address(wijkgesprek)).status_code == 200
    assert not Signup.objects.exists()


def test_faults_show_in_the_summary_and_at_the_field_and_nothing_is_lost(
    client: Client, wijkgesprek: Wijkgesprek
) -> None:
    response = client.post(address(wijkgesprek), FILLED | {"email": "jo@"})
    assert response.text.count("Vul een e-mailadres in, zoals naam@voorbeeld.nl.") == 2
    assert "Ik kom met een rollator." in response.text


def test_when_and_where_stand_before_the_form(client: Client, wijkgesprek: Wijkgesprek) -> None:
    page = client.get(address(wijkgesprek)).text
    assert page.index("Buurthuis (voorbeeld)") < page.index("Uw naam")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("naam", "Win een prijs op https://example.org/prijs", "Vul alleen uw naam in"),
        ("naam", "Ga naar prijs.example", "Vul alleen uw naam in"),
        ("naam", "<b>Jo</b>", "Vul alleen uw naam in"),
        ("naam", "Jo" * 100, "Vul een kortere naam in."),
        (
            "email",
            "a" * 60 + "@" + "b" * 60 + "." + "c" * 60 + "." + "d" * 60 + "." + "e" * 20 + ".nl",
            "korter",
        ),
        ("aantal", "-2", "Kies een aantal van 1 tot en met 6."),
        ("aantal", "7", "Kies een aantal van 1 tot en met 6."),
    ],
)
def test_a_sign_up_that_will_not_do_gets_a_clear_answer_and_no_mail(
    client: Client, wijkgesprek: Wijkgesprek, field: str, value: str, sentence: str
) -> None:
    response = client.post(address(wijkgesprek), FILLED | {field: value})
    assert response.text.count(sentence) == 2
    assert not OutboxMail.objects.exists()
    wijkgesprek.refresh_from_db()
    assert wijkgesprek.seats_taken == 0


@pytest.mark.parametrize("name", ["J.P. de Vries-van 't Hof", "Th. Jansen", "Ayşe Yılmaz", "Jan\r\nBcc: x"])
def test_names_as_people_have_them_are_accepted_on_one_line(
    client: Client, wijkgesprek: Wijkgesprek, name: str
) -> None:
    client.post(address(wijkgesprek), FILLED | {"naam": name})
    assert f"Beste {' '.join(name.split())},\n" in OutboxMail.objects.get().body_text


def test_never_more_seats_are_given_than_there_are(client: Client, wijkgesprek: Wijkgesprek) -> None:
    client.post(address(wijkgesprek), FILLED)
    response = client.post(address(wijkgesprek), FILLED | {"email": "piet@example.org"})
    assert "niet genoeg plaatsen meer vrij" in response.text
    wijkgesprek.refresh_from_db()
    assert wijkgesprek.seats_taken == 2


def test_the_same_address_signs_up_once_and_keeps_the_seats_right(
    client: Client, wijkgesprek: Wijkgesprek
) -> None:
    client.post(address(wijkgesprek), FILLED | {"aantal": "1"})
    response = client.post(address(wijkgesprek), FILLED | {"aantal": "1", "email": "JO@example.org"})
    assert "al aangemeld" in response.text
    wijkgesprek.refresh_from_db()
    assert wijkgesprek.seats_taken == 1


def test_a_cancelled_or_past_meeting_takes_nobody(wijkgesprek: Wijkgesprek) -> None:
    for change in ({"status": "cancelled"}, {"status": "planned", "starts_at": timezone.now()}):
        Wijkgesprek.objects.update(**change)
        with pytest.raises(SignupRefused):
            sign_up(wijkgesprek=wijkgesprek, name="Jo", email="jo@example.org", party_size=1)
