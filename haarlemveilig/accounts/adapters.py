import time
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from haarlemveilig.accounts import residents
from haarlemveilig.gemeente.selectors import NoMunicipality, municipality
from haarlemveilig.jobs.nudges import nudge
from haarlemveilig.mail.services import queue_rendered
from haarlemveilig.mail.tasks import deliver

# What we keep of an identity provider's claims. Anything else (a BSN, an address) never reaches the database.
KEPT_CLAIMS = frozenset({"sub", "email", "name"})
SIGNED_IN_RECENTLY = 5 * 60
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class AccountAdapter(DefaultAccountAdapter):
    """Nobody makes an account by themselves: colleagues are invited, residents need none."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("Het e-mailadres of het wachtwoord klopt niet."),
        "enter_current_password": _("Vul het wachtwoord in dat u nu gebruikt."),
        "incorrect_code": _("Deze code klopt niet. Kijk in de nieuwste mail."),
        "incorrect_password": _("Dit wachtwoord klopt niet."),
        "invalid_login": _("Het e-mailadres of het wachtwoord klopt niet."),
        "invalid_password_reset": _("Deze link werkt niet meer. Vraag een nieuwe aan."),
        "too_many_login_attempts": _("U probeerde het te vaak. Wacht een paar minuten en probeer het weer."),
        "rate_limited": _("U probeerde het te vaak. Wacht een paar minuten en probeer het weer."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Send people away who may not come in; the way of every sign-in, whatever its kind, leads past here."""
        # In memory only: for allauth such an account is one that was put out of use.
        user.is_active = user.is_active and (settings.DEMO or not user.is_demo)
        return super().pre_login(request, user, **kwargs)

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Not in the first minutes after signing in: setting up the second step comes right behind it."""
        records = get_authentication_records(self.request, self.request.user)
        signed_in_at = max((record["at"] for record in records), default=0)
        return time.time() - signed_in_at > SIGNED_IN_RECENTLY and super().is_reauthentication_required(
            app=app
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the outbox, as a secret: these mails hold codes and links that let somebody in."""
        message = self.render_mail(template_prefix, email, {"email": email, **context})
        mail = queue_rendered(
            kind=template_prefix.rsplit("/", 1)[-1],
            recipient=email,
            subject=message.subject,
            text=message.body,
            secret=True,
        )
        nudge(deliver, mail.pk)

    def format_email_subject(self, subject: str) -> str:
        """As the template has it; allauth would put the host name before it."""
        return subject


class MFAAdapter(DefaultMFAAdapter):
    """Colleagues keep a second factor: the last one cannot be removed."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("U hebt een tweede stap nodig. Voeg eerst een andere toe."),
        "incorrect_code": _("Deze code klopt niet. Wacht op de volgende code en probeer het weer."),
    }

    def get_totp_issuer(self) -> str:
        """The name under which the app on a telephone lists the code."""
        try:
            return municipality().site_name
        except NoMunicipality:
            return super().get_totp_issuer()

    def build_totp_svg(self, url: str) -> str:
        """On white, whatever the colours of the page: a camera cannot read black on dark."""
        picture: str = qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode")
        return picture

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user=authenticator.user_id, type__in=SECOND_FACTORS)
        return not authenticator.user.is_colleague or others.exclude(pk=authenticator.pk).exists()


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Strips claims before they are saved, and makes no account of a resident."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return True

    def list_providers(self, request: HttpRequest) -> list[Any]:
        """Those of colleagues: the residents' provider has a button at the start of a round only."""
        return [
            provider
            for provider in super().list_providers(request)
            if not residents.is_residents(provider.sub_id)
        ]

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        # The first hook that sees the claims: `pre_social_login` comes after a known account was saved.
        account = sociallogin.account
        if residents.is_residents(account.provider):
            account.extra_data = {}
            return sociallogin.user
        claims = account.extra_data.get("userinfo") or account.extra_data.get("id_token") or {}
        account.extra_data = {name: claims[name] for name in sorted(KEPT_CLAIMS & claims.keys())}
        user = super().populate_user(request, sociallogin, data)
        user.name = data.get("name") or ""
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Stop residents here, whatever they came for: no account is looked into, made or joined."""
        account = sociallogin.account
        if residents.is_residents(account.provider):
            residents.remember(request, provider_id=account.provider, sub=account.uid)
            raise ImmediateHttpResponse(_back_from_provider(sociallogin.state))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Residents go back to where they began: they know nothing of accounts."""
        if residents.is_residents(provider.sub_id):
            messages.error(
                request,
                gettext("Inloggen is niet gelukt. Probeer het nog een keer of kies een andere manier."),
            )
            raise ImmediateHttpResponse(_back_from_provider((extra_context or {}).get("state") or {}))


def _back_from_provider(state: dict[str, Any]) -> HttpResponse:
    """To the page that sent a resident to their provider; allauth kept its address and checked it is ours."""
    return redirect(state.get("next") or settings.RESIDENT_REDIRECT_URL)
