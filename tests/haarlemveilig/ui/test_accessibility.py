"""The style page holds every part in every state, so one look at it covers them all."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.haarlemveilig.ui.urls"),
]


@pytest.fixture
def style_page(
    page: Page,
    live_server: LiveServer,
    sign_in: Callable[[str], Client],
    city: None,
) -> Page:
    session = sign_in("beleidsmedewerker").cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(live_server.url + reverse("ui:style"))
    return page


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_and_nothing_sticks_out(style_page: Page, width: int, scheme: Any) -> None:
    style_page.set_viewport_size({"width": width, "height": 900})
    style_page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    assert [fault["id"] for fault in Axe().run(style_page).response["violations"]] == []
    assert style_page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_page_with_errors_starts_at_the_summary_and_leads_to_the_field(style_page: Page) -> None:
    summary = style_page.locator(".hv-errors")
    assert summary.evaluate("element => element === document.activeElement")
    summary.get_by_role("link").first.press("Enter")
    assert style_page.locator("#fout_email").evaluate("element => element === document.activeElement")


def test_the_parts_load_nothing_from_elsewhere(style_page: Page, live_server: LiveServer) -> None:
    requests: list[str] = []
    style_page.on("request", lambda request: requests.append(request.url))
    style_page.reload()
    assert requests
    assert all(url.startswith(live_server.url) for url in requests)
