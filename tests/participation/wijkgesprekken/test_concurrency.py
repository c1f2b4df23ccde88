"""Many people at once sign up, on the database that is configured: each thread has its own connection."""

import datetime as dt
from threading import Barrier

import pytest
from django.db.models import Sum
from django.utils import timezone

from haarlemveilig.contacts.models import Contact
from haarlemveilig.mail.models import OutboxMail
from participation.wijkgesprekken.models import Signup, Wijkgesprek
from participation.wijkgesprekken.services import SignupRefused, sign_up
from tests import factories
from tests.participation.conftest import at_once

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8
WAIT = 60


@pytest.fixture
def wijkgesprek(shared_database: None, city: None) -> Wijkgesprek:
    begin = timezone.now() + dt.timedelta(days=5)
    return Wijkgesprek.objects.create(
        title={"nl": "Wijkgesprek Parkwijk"},
        wijk=factories.area("parkwijk"),
        starts_at=begin,
        ends_at=begin + dt.timedelta(hours=2),
        place="Buurthuis (voorbeeld)",
        capacity=7,
    )


def sign_up_together(wijkgesprek: Wijkgesprek, address: str) -> list[bool]:
    """Who got in, when eight people press the button at once, each for two."""
    together = Barrier(THREADS, timeout=WAIT)

    def get_in(number: int) -> bool:
        together.wait()
        try:
            email = address.format(number)
            sign_up(wijkgesprek=wijkgesprek, name=f"Nummer {number}", email=email, party_size=2)
        except SignupRefused:
            return False
        return True

    return at_once(get_in, range(THREADS))


def test_never_more_seats_are_given_than_there_are(wijkgesprek: Wijkgesprek) -> None:
    got_in = sign_up_together(wijkgesprek, "nummer-{}@example.org")
    wijkgesprek.refresh_from_db()
    assert sum(got_in) == Signup.objects.count() == OutboxMail.objects.count() == 3
    assert wijkgesprek.seats_taken == Signup.objects.aggregate(seats=Sum("party_size"))["seats"] == 6


def test_one_address_that_presses_eight_times_signs_up_once(wijkgesprek: Wijkgesprek) -> None:
    got_in = sign_up_together(wijkgesprek, "Jo@example.org")
    wijkgesprek.refresh_from_db()
    assert sum(got_in) == Signup.objects.count() == Contact.objects.count() == 1
    assert wijkgesprek.seats_taken == 2
