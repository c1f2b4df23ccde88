"""A real OpenID provider beside the tests, and somebody who signs in at it."""

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import requests

SCRIPT = Path(__file__).with_name("oidc_provider.mjs")
# Where Django's test client lives.
CALLBACK = "http://testserver/account/oidc/{provider_id}/login/callback/"


@contextmanager
def running_provider(provider_id: str) -> Iterator[str]:
    """The address of a provider that sends people back to our callback for `provider_id`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    node = shutil.which("node", path=str(Path(sys.executable).parent))
    assert node, "script/setup test brings it"
    command = [node, str(SCRIPT), str(port), CALLBACK.format(provider_id=provider_id)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        assert any(line.strip() == "ready" for line in process.stdout), "the provider did not start"
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.stdin.close()


def provider_app(provider_id: str, server_url: str, **extra: object) -> dict[str, Any]:
    """As settings.SOCIALACCOUNT_PROVIDERS names a provider."""
    return {
        "provider_id": provider_id,
        "name": "DigiD",
        "client_id": "haarlem-veilig",
        "secret": "a-secret-for-the-tests",
        "settings": {"server_url": server_url, **extra},
    }


def sign_in_at_provider(address: str, name: str) -> str:
    """Sign in and agree, page by page, as a browser would; the address on our side to which that leads."""
    with requests.Session() as browser:
        answer = browser.get(address, allow_redirects=False)
        while not _is_ours(location := answer.headers.get("Location", "")):
            if location:
                answer = browser.get(requests.compat.urljoin(answer.url, location), allow_redirects=False)
            else:
                answer = _fill_in(browser, answer, name)
    return location.removeprefix("http://testserver")


def _is_ours(location: str) -> bool:
    return location.startswith("http://testserver/")


def _fill_in(browser: requests.Session, page: requests.Response, name: str) -> requests.Response:
    page.raise_for_status()
    action = re.search(r'<form[^>]* action="([^"]+)"', page.text)
    prompt = re.search(r'name="prompt" value="(\w+)"', page.text)
    assert action, page.text
    assert prompt, page.text
    data = {"prompt": prompt[1], "login": name, "password": "any"}
    return browser.post(unescape(action[1]), data=data, allow_redirects=False)
