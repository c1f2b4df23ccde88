"""One demo account per role. Everybody may know these passwords: start-up refuses them outside demo mode."""

import base64
import hashlib
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from haarlemveilig.accounts.models import STAFF_ROLES, Role, User

PASSWORD = "haarlem-veilig-demo"  # noqa: S105  printed by the demo itself
NAMES = {
    Role.BEWONER: "Bea Bewoner",
    Role.BELEIDSMEDEWERKER: "Marit de Boer",
    Role.REDACTEUR: "Sanne Vermeer",
    Role.COMMUNICATIE: "Tarik Aydin",
    Role.GASTHEER: "Henk Bakker",
    Role.WIJKPROFESSIONAL: "Noor Jansen",
    Role.LOTINGBEHEERDER: "Priya Ramdin",
    Role.BALIE: "Anja Smit",
    Role.VRIJWILLIGER: "Kees Mulder",
    Role.PARTNER: "Omar el Idrissi",
    Role.GRIFFIE: "Lotte Visser",
    Role.RAADSLID: "Ruben Dekker",
    Role.FINANCIEN: "Els Kuiper",
    Role.PRIVACY_OFFICER: "Jurre Postma",
    Role.BEHEERDER: "Ilse Brouwer",
}


@dataclass(frozen=True)
class DemoAccount:
    """What somebody needs to sign in; no secret where no second step is asked."""

    role: Role
    name: str
    email: str
    totp_secret: str


def demo_accounts() -> list[DemoAccount]:
    """The cast, one per role."""
    return [
        DemoAccount(
            role, NAMES[role], f"{role.value}@demo.example", _secret(role) if role in STAFF_ROLES else ""
        )
        for role in Role
    ]


def _secret(role: Role) -> str:
    return base64.b32encode(hashlib.sha256(f"demo-{role.value}".encode()).digest()[:20]).decode()


@transaction.atomic
def load_accounts() -> None:
    """Make the demo accounts that are not there yet."""
    for account in demo_accounts():
        user, made = User.objects.get_or_create(
            email=account.email,
            defaults={
                "name": account.name,
                "roles": [account.role],
                "is_demo": True,
                "is_staff": account.role == Role.BEHEERDER,
                "is_superuser": account.role == Role.BEHEERDER,
            },
        )
        if made:
            user.set_password(PASSWORD)
            user.save(update_fields=["password"])
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        if account.totp_secret and not Authenticator.objects.filter(user=user).exists():
            TOTP.activate(user, account.totp_secret)


def policy_officer() -> User:
    """Who decided what the demo shows as decided."""
    return User.objects.get(email=f"{Role.BELEIDSMEDEWERKER.value}@demo.example")
