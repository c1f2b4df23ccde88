"""What the ranking page weighs: the HTML by itself, and all that Chromium fetches on a first visit."""

import gzip
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright

from tests.bench.chromium import chromium
from tests.bench.figures import Figure
from tests.bench.site import serve
from tests.bench.voters import Line

BALLOT = "/doe-mee/stembiljet/"


def measure(env: Mapping[str, str], postcode: str) -> Iterator[Figure]:
    with serve("haarlemveilig.wsgi", env) as server:
        line = Line(server.port)
        cookies = line.new_voter(postcode).cookies
        yield from _html(line, cookies)
        yield from _all_bytes(f"http://127.0.0.1:{server.port}", cookies)


def _html(line: Line, cookies: dict[str, str]) -> Iterator[Figure]:
    _response, raw = line.send("GET", BALLOT, cookies=cookies)
    response, wire = line.send("GET", BALLOT, cookies=cookies, **{"Accept-Encoding": "gzip"})
    active = response.headers["Content-Encoding"] == "gzip"
    note = (
        "gzip" if active else f"NOT compressed; gzip would make it {len(gzip.compress(raw, 6)) / 1024:.1f} KB"
    )
    yield Figure("ranking page: HTML", len(raw) / 1024, "KB", gate=20)
    yield Figure("ranking page: HTML over the wire", len(wire) / 1024, "KB", gate=5, note=note)


def _all_bytes(address: str, cookies: dict[str, str]) -> Iterator[Figure]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for name, path, gate in (("ranking page", BALLOT, 60), ("its first step", "/doe-mee/", 60)):
            # A context of its own has an empty cache.
            context = browser.new_context(viewport={"width": 360, "height": 740})
            context.add_cookies(
                [{"name": key, "value": value, "url": address} for key, value in cookies.items()]
            )
            weights = _weigh(context.new_page(), address + path)
            strangers = [url for url in weights if not url.startswith(address)]
            note = ", ".join(f"{_name(url)} {weight / 1024:.1f}" for url, weight in weights.items())
            yield Figure(
                f"{name}: first visit, headers included",
                sum(weights.values()) / 1024,
                "KB",
                gate=gate,
                note=note,
            )
            yield Figure(f"{name}: requests to others", len(strangers), gate=0, note=", ".join(strangers))
        browser.close()


def _weigh(page: Page, url: str) -> dict[str, float]:
    """Bytes over the wire for each address that the browser asked for."""
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    asked: dict[str, str] = {}
    weights: dict[str, float] = {}
    network.on(
        "Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: event["request"]["url"]})
    )
    network.on(
        "Network.loadingFinished",
        lambda event: weights.update({asked[event["requestId"]]: event["encodedDataLength"]}),
    )
    page.goto(url, wait_until="networkidle")
    return {url: weight for url, weight in weights.items() if not url.startswith("data:")}


def _name(url: str) -> str:
    path = urlsplit(url).path
    return path.rsplit("/", 1)[-1] or path
