"""What internet.nl looks at, on pages and files alike, whether they succeed or fail."""

import datetime as dt
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from haarlemveilig.accounts.models import User

PAGES = ["/", "/doe-mee/", "/account/login/", "/gezond/", "/robots.txt", "/bestaat-niet/", "/werk/"]


def policy(response: HttpResponse) -> dict[str, str]:
    """The content security policy by directive."""
    parts = response["Content-Security-Policy"].split("; ")
    return {name: values for name, _space, values in (part.partition(" ") for part in parts)}


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_strict_headers(path: str, client: Client, city: None) -> None:
    response = client.get(path)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert {"camera=()", "geolocation=()", "microphone=()"} <= set(response["Permissions-Policy"].split(", "))


@pytest.mark.parametrize("path", PAGES)
def test_the_policy_starts_from_nothing_and_allows_only_our_own_files(
    path: str, client: Client, city: None
) -> None:
    found = policy(client.get(path))
    assert found["default-src"] == found["base-uri"] == found["frame-ancestors"] == "'none'"
    assert found["script-src"] == found["style-src"] == found["form-action"] == "'self'"
    assert set(" ".join(found.values()).split()) == {"'none'", "'self'", "data:"}


def test_the_workplace_and_the_admin_are_as_strict(city: None, sign_in: Callable[[User], Client]) -> None:
    browser = sign_in(User.objects.create_superuser(email="beheer@example.org"))
    for path in ("/werk/", "/stijl/", "/beheer/", "/beheer/gemeente/theme/add/"):
        response = browser.get(path)
        assert response.status_code == 200
        assert "unsafe" not in response["Content-Security-Policy"]
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", response.content.decode())


def test_no_browser_keeps_a_page_of_the_workplace(city: None, sign_in: Callable[[str], Client]) -> None:
    browser = sign_in("beheerder")
    for path in ("/werk/", "/werk/rondes/", "/werk/cijfers/", "/werk/uitgaande-mail/", "/stijl/", "/beheer/"):
        assert "no-store" in browser.get(path)["Cache-Control"]


def test_https_is_kept_for_a_year_and_cookies_never_leave_it(tmp_path: Path) -> None:
    """In a process of its own, because settings are read once."""
    code = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "insecure = Client().get('/privacy/', headers={'host': 'veilig.example.org'})\n"
        "print(insecure.status_code, insecure['Location'])\n"
        "secure = Client().get('/robots.txt', secure=True,"
        " headers={'host': 'veilig.example.org', 'x-forwarded-proto': 'https'})\n"
        "print(secure.status_code, secure['Strict-Transport-Security'])\n"
        "from django.conf import settings\n"
        "print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE)\n"
    )
    environment = {
        "DJANGO_SETTINGS_MODULE": "haarlemveilig.settings",
        "HTTPS": "1",
        "ALLOWED_HOSTS": "veilig.example.org",
        "VAR_DIR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [
        "301 https://veilig.example.org/privacy/",
        "200 max-age=31536000; includeSubDomains; preload",
        "True True",
    ]


def test_no_cookie_is_set_before_somebody_does_something(client: Client, city: None) -> None:
    for path in ("/wijken/", "/privacy/", "/robots.txt", "/.well-known/security.txt"):
        assert client.get(path).cookies == {}


@time_machine.travel("2026-11-02 09:00+0100")
def test_security_txt_says_whom_to_tell_and_expires_within_a_year(client: Client, settings: Settings) -> None:
    settings.SECURITY_CONTACT = "gat@veilig.example.org"
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert lines["Contact"] == "mailto:gat@veilig.example.org"
    expires = dt.datetime.fromisoformat(lines["Expires"])
    assert dt.timedelta(days=30) < expires - dt.datetime.now(dt.UTC) < dt.timedelta(days=365)
    assert lines["Canonical"].endswith("/.well-known/security.txt")


def test_robots_stay_out_of_the_workplace_and_out_of_a_demo(client: Client, settings: Settings) -> None:
    assert "Disallow: /werk/\n" in client.get("/robots.txt").content.decode()
    settings.DEMO = True
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"
