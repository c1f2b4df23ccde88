from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

PRIVATE = ("/werk/", "/beheer/", "/stijl/")
Handler = Callable[[HttpRequest], HttpResponse]


def never_cache_private(get_response: Handler) -> Handler:
    """No browser or proxy keeps a page of the workplace: the next one on a shared device could go back to it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(PRIVATE):
            add_never_cache_headers(response)
        return response

    return middleware


def require_mfa(get_response: Handler) -> Handler:
    """Send colleagues without a second factor to the page that sets one up; allauth does not force it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if _must_enrol(request):
            messages.info(request, "Stel eerst de tweede stap van het inloggen in. Dat hoeft maar één keer.")
            return redirect("mfa_activate_totp")
        return get_response(request)

    return middleware


def _must_enrol(request: HttpRequest) -> bool:
    if not request.path.startswith(PRIVATE):
        return False
    user = request.user
    return user.is_authenticated and user.is_colleague and not _has_second_factor(request)


def _has_second_factor(request: HttpRequest) -> bool:
    if request.session.get("second_factor"):
        return True
    if not is_mfa_enabled(request.user):
        return False
    # Looked up once per session: every page of the workplace passes here.
    request.session["second_factor"] = True
    return True
