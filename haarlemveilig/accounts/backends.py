from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings


class NoDemoAccountsOutsideDemo(AuthenticationBackend):
    """Sign-in by e-mail address, but a demo account never gets in outside demo mode.

    It is the only backend that signs people in. Django asks it again at every request (`get_user`), so a code
    by mail or a session from demo mode does not get past it either.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        return super().user_can_authenticate(user) and (settings.DEMO or not user.is_demo)
