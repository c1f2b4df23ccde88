"""Residents who sign in at a provider of their own: no account and no claim, only a keyed hash in the session."""

import hmac
from typing import Any

import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.http import HttpRequest, HttpResponse

KEY = "resident_identity"


class SignInUnavailable(Exception):
    """The provider cannot be reached, or none was set."""


def is_residents(provider_id: str) -> bool:
    """Whether this is the residents' provider, which lets nobody into an account."""
    return bool(settings.RESIDENT_OIDC) and provider_id == settings.RESIDENT_OIDC


def provider_name() -> str:
    """What residents call their provider, such as "DigiD"; "" where there is none."""
    apps: list[dict[str, Any]] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]  # type: ignore[assignment]
    return next((str(app["name"]) for app in apps if is_residents(app["provider_id"])), "")


def begin(request: HttpRequest, *, next_url: str) -> HttpResponse:
    """Send a resident to their provider; afterwards they come back to `next_url`. SignInUnavailable otherwise."""
    if not settings.RESIDENT_OIDC:
        raise SignInUnavailable
    provider = get_adapter(request).get_provider(request, settings.RESIDENT_OIDC)
    try:
        answer: HttpResponse = provider.redirect(request, AuthProcess.LOGIN, next_url=next_url)
    except requests.RequestException as error:
        raise SignInUnavailable from error
    return answer


def remember(request: HttpRequest, *, provider_id: str, sub: str) -> None:
    """Keep who signed in as a keyed hash; under a new session key, because the session now says more."""
    named = f"resident:{provider_id}:{sub}".encode()
    request.session.cycle_key()
    request.session[KEY] = hmac.digest(settings.SECRET_KEY.encode(), named, "sha256").hex()


def identity(request: HttpRequest) -> str:
    """The keyed hash of the resident who signed in with this browser; "" when nobody did."""
    return str(request.session.get(KEY, ""))


def forget(request: HttpRequest) -> None:
    """Let go of who signed in."""
    request.session.pop(KEY, None)
