"""How often one address may try something: a counter in the cache, under a hash salted anew each day."""

import datetime as dt
import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone


def _address(request: HttpRequest) -> str:
    """The visitor's address: what our outermost proxy saw, or the connection itself where there is no proxy."""
    forwarded = [entry.strip() for entry in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if settings.PROXIES and len(forwarded) >= settings.PROXIES:
        return forwarded[-settings.PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))


def _salted(whom: str, day: dt.date) -> str:
    return hashlib.sha256(f"{settings.SECRET_KEY}{day:%Y%m%d}{whom}".encode()).hexdigest()[:32]


def address_today(request: HttpRequest) -> str:
    """A name for the visitor's address that is good for today only, and cannot be turned back."""
    return _salted(_address(request), timezone.localdate())


def times(what: str, *, seconds: int) -> int:
    """Count one of `what`; how many there were within `seconds` from the first. It never refuses anything."""
    key = f"throttle:{what}"
    if cache.add(key, 1, seconds):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # The time of the counter ended just now.
        return times(what, seconds=seconds)


def too_often(request: HttpRequest, action: str, *, limit: int, seconds: int) -> bool:
    """Count one try of `action`; True once an address exceeds `limit` tries within `seconds`.

    Choose limits a library or a household never meets: many people can share an address.
    """
    return too_often_for(_address(request), action, limit=limit, seconds=seconds)


def forgive(request: HttpRequest, action: str) -> None:
    """Take back one try that `too_often` counted, because it was no guess."""
    key = f"throttle:{action}:{address_today(request)}"
    try:
        cache.decr(key)
    except ValueError:  # The time of the counter ended just now.
        return


def too_often_for(whom: str, action: str, *, limit: int, seconds: int) -> bool:
    """As `too_often`, counted for something else than a visitor, such as an e-mail address."""
    return times(f"{action}:{_salted(whom, timezone.localdate())}", seconds=seconds) > limit
