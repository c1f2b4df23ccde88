"""A newcomer looks up how often people break in, in their wijk; without script, by keyboard, on a phone."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser
CLICKS_AT_MOST = 3


class Newcomer:
    """Somebody who counts their own clicks."""

    def __init__(self, page: Page, site: Site) -> None:
        self.page = page
        self.clicks = 0
        page.goto(site.url)

    def click(self, link: Locator) -> None:
        self.clicks += 1
        link.click()


@pytest.fixture(params=[320, 360, 1280])
def page_without_script(browser: Browser, request: pytest.FixtureRequest) -> Page:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": request.param, "height": 800}, locale="nl-NL"
    )
    return context.new_page()


def test_burglaries_in_my_wijk_are_three_clicks_from_home(page: Page, site: Site) -> None:
    somebody = Newcomer(page, site)
    somebody.click(page.locator("main").get_by_role("link", name="Cijfers van uw wijk"))
    somebody.click(page.locator("main").get_by_role("link", name="Parkwijk", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("De cijfers van Parkwijk")
    burglaries = page.locator(".hv-figure", has_text="Inbraak in een woning")
    expect(burglaries).to_contain_text(re.compile(r"\d+ in 20\d\d"))
    somebody.click(burglaries.get_by_role("link"))
    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile(r"Inbraak in een woning in Parkwijk: \d+ in 20\d\d\.")
    )
    assert somebody.clicks <= CLICKS_AT_MOST


def test_burglaries_in_my_wijk_by_searching(page_without_script: Page, site: Site) -> None:
    page = page_without_script
    somebody = Newcomer(page, site)
    somebody.click(page.locator("main").get_by_role("link", name="Cijfers van uw wijk"))
    page.get_by_label("Waar zoekt u een cijfer over?").fill("hoeveel woninginbraken in Parkwijk")
    somebody.click(page.get_by_role("button", name="Zoek", exact=True))
    somebody.click(page.get_by_role("link", name="Inbraak in een woning, Parkwijk"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Inbraak in een woning in Parkwijk")
    assert somebody.clicks <= CLICKS_AT_MOST


def test_from_postcode_to_the_figures_of_a_wijk_without_script(page_without_script: Page, site: Site) -> None:
    page = page_without_script
    page.goto(f"{site.url}/cijfers/")
    page.get_by_label("Uw postcode").fill("2033ab")
    page.get_by_role("button", name="Zoek mijn wijk").click()
    expect(page).to_have_url(f"{site.url}/wijken/parkwijk/cijfers/")


def test_nothing_sticks_out_on_the_smallest_phone(page_without_script: Page, site: Site) -> None:
    page = page_without_script
    assert page.viewport_size is not None
    for path in (
        "/cijfers/",
        "/cijfers/aantal-woninginbraken/",
        "/cijfers/meldingen-jeugdoverlast/",
        "/cijfers/inbraak-in-een-woning/?wijk=parkwijk",
        "/cijfers/thema/inbraak/",
        "/wijken/parkwijk/cijfers/",
    ):
        page.goto(site.url + path)
        inside = page.locator("main").evaluate(
            "main => main.scrollWidth <= document.documentElement.clientWidth"
        )
        assert inside, path


def test_the_table_of_wijken_opens_by_keyboard(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/cijfers/inbraak-in-een-woning/")
    summary = page.locator("summary", has_text="Bekijk de cijfers per wijk in een tabel")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("rowheader", name="Parkwijk")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("role", "region")


def test_looking_back_and_returning_to_now(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/cijfers/aantal-woninginbraken/")
    now = page.get_by_role("heading", level=1).inner_text()
    page.get_by_label("Datum").fill("2020-01-01")
    page.get_by_role("button", name="Laat zien").click()
    expect(page.get_by_text("U kijkt terug.")).to_be_visible()
    expect(page.get_by_text("Op 1 januari 2020 stond dit cijfer nog niet op deze site.")).to_be_visible()
    page.get_by_role("link", name="Bekijk de cijfers van nu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(now)
