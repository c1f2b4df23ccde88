"""What must hold before the site may start."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError

DEMO_HINT = "Zet DEMO=1, of begin met een lege database. Demo-accounts hebben wachtwoorden die iedereen kent."


def demo_accounts_exist() -> bool:
    """Whether this database holds demo accounts; False while it has no tables yet."""
    from haarlemveilig.accounts.models import User

    try:
        return User.objects.filter(is_demo=True).exists()
    except (OperationalError, ProgrammingError):
        return False


def refuse_demo_accounts() -> None:
    """Raise ImproperlyConfigured when demo accounts stand in a database outside demo mode."""
    if not settings.DEMO and demo_accounts_exist():
        raise ImproperlyConfigured(f"Deze database bevat demo-accounts. {DEMO_HINT}")
