import base64
import hmac
import struct
import time

from playwright.sync_api import Page, expect

from haarlemveilig.pages.demo.accounts import PASSWORD, demo_accounts
from tests.browser.conftest import Site


def totp(secret: str) -> str:
    """The six digits that an authenticator app shows now (RFC 6238)."""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), "sha1")
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def sign_in(page: Page, site: Site, role: str) -> None:
    """Sign in as the demo account of a role, with the second step where it is asked."""
    account = next(account for account in demo_accounts() if account.role == role)
    page.goto(f"{site.url}/account/login/")
    page.locator("input[name=login]").fill(account.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    if account.totp_secret:
        page.locator("input[name=code]").fill(totp(account.totp_secret))
        page.locator("input[name=code]").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
