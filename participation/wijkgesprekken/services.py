from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from haarlemveilig.audit.services import record
from haarlemveilig.contacts.models import Consent
from haarlemveilig.contacts.services import remember
from haarlemveilig.mail.models import OutboxMail
from haarlemveilig.mail.services import queue
from participation.wijkgesprekken.models import Signup, Wijkgesprek


class SignupRefused(Exception):
    """No seat can be given; the message says why, in plain Dutch."""


@transaction.atomic
def sign_up(
    *, wijkgesprek: Wijkgesprek, name: str, email: str, party_size: int, needs: str = ""
) -> tuple[Signup, OutboxMail]:
    """Give seats to somebody and queue the confirmation; the caller nudges the mail worker after commit.

    SignupRefused when the meeting is over or full, or when this address is signed up already. One
    conditional UPDATE gives the seats away, so that never more are given than there are.
    """
    _take_seats(wijkgesprek, party_size)
    contact = remember(email=email, name=name, purpose=Consent.Purpose.MEETING)
    try:
        with transaction.atomic():
            signup = Signup.objects.create(
                wijkgesprek=wijkgesprek, contact=contact, party_size=party_size, needs=needs
            )
    except IntegrityError:
        raise SignupRefused(_("Met dit e-mailadres bent u al aangemeld voor dit gesprek.")) from None
    context = {"signup": signup, "wijkgesprek": wijkgesprek}
    mail = queue(kind="signup", recipient=contact.email, context=context)
    record("wijkgesprekken.signed_up", target=wijkgesprek, party_size=party_size)
    return signup, mail


def _take_seats(wijkgesprek: Wijkgesprek, party_size: int) -> None:
    still_possible = Wijkgesprek.objects.going_on().upcoming(timezone.now()).filter(pk=wijkgesprek.pk)
    if not still_possible.exists():
        raise SignupRefused(_("Aanmelden voor dit gesprek kan niet meer."))
    room = still_possible.filter(capacity__gte=F("seats_taken") + party_size)
    if room.update(seats_taken=F("seats_taken") + party_size) != 1:
        raise SignupRefused(_("Er zijn niet genoeg plaatsen meer vrij voor dit gesprek."))
