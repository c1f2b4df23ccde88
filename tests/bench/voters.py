"""Residents without a browser: what they fetch and send, over one connection that stays open."""

import http.client
import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

START, BALLOT, RECEIPT = "/doe-mee/", "/doe-mee/stembiljet/", "/doe-mee/geteld/"
WITH_CODE = "/doe-mee/code/"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PLACE = re.compile(r'name="(plaats-[^"]+)"')


class NotServed(Exception):
    """The site answered with something else than was asked for."""


@dataclass
class Voter:
    """Somebody who found their wijk and may now send a ballot."""

    cookies: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass
class Line:
    """A connection to the site, in use by one voter after the other."""

    port: int
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def send(
        self, method: str, path: str, body: bytes = b"", cookies: dict[str, str] | None = None, **headers: str
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """One request; cookies that come back are put into `cookies`."""
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())}
        self.connection.request(method, path, body or None, (FORM if body else {}) | sent | headers)
        response = self.connection.getresponse()
        content = response.read()
        for morsel in SimpleCookie("; ".join(response.headers.get_all("Set-Cookie", []))).values():
            if cookies is not None:
                cookies[morsel.key] = morsel.value
        return response, content

    def new_voter(self, postcode: str) -> Voter:
        """Find the wijk of a postcode and fill in a ballot; the ballot is not sent yet."""
        voter = Voter()
        _response, page = self.send("GET", START, cookies=voter.cookies)
        asked = urlencode({"csrfmiddlewaretoken": _token(page), "postcode": postcode}).encode()
        response, _page = self.send("POST", START, asked, voter.cookies)
        if response.status != http.client.FOUND:
            raise NotServed(f"postcode {postcode}: {response.status}")
        return self._filled_in(voter)

    def voter_with_code(self, code: str) -> Voter:
        """Come in with the code from a letter and fill in a ballot; the ballot is not sent yet."""
        voter = Voter()
        _response, page = self.send("GET", START, cookies=voter.cookies)
        asked = urlencode({"csrfmiddlewaretoken": _token(page), "code": code}).encode()
        response, _page = self.send("POST", WITH_CODE, asked, voter.cookies)
        if response.status != http.client.FOUND:
            raise NotServed(f"code: {response.status}")
        return self._filled_in(voter)

    def _filled_in(self, voter: Voter) -> Voter:
        _response, page = self.send("GET", BALLOT, cookies=voter.cookies)
        places = list(dict.fromkeys(PLACE.findall(page.decode())))
        voter.body = urlencode(
            {"csrfmiddlewaretoken": _token(page), **dict.fromkeys(places, "")}
            | dict(zip(places, "123", strict=False))
        ).encode()
        return voter

    def cast(self, voter: Voter) -> None:
        """Send the ballot; NotServed unless the site leads on to the receipt."""
        response, _page = self.send("POST", BALLOT, voter.body, voter.cookies)
        if response.headers["Location"] != RECEIPT:
            raise NotServed(f"ballot: {response.status}")

    def cast_and_read(self, voter: Voter) -> None:
        """Send the ballot and fetch the page with its receipt."""
        self.cast(voter)
        response, page = self.send("GET", RECEIPT, cookies=voter.cookies)
        if response.status != http.client.OK or b'name="bewijs"' not in page:
            raise NotServed(f"receipt: {response.status}")


def _token(page: bytes) -> str:
    found = TOKEN.search(page.decode())
    if found is None:
        raise NotServed("a page without a form")
    return found[1]
