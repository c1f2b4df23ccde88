"""A resident ranks themes on a phone, is told it counted, and signs up for a wijkgesprek."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser
RECEIPT = re.compile(r"^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$")


@pytest.fixture(params=[360, 1280])
def page_without_script(browser: Browser, request: pytest.FixtureRequest) -> Page:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": request.param, "height": 800}, locale="nl-NL"
    )
    return context.new_page()


def give(page: Page, theme: str, place: str) -> None:
    page.get_by_role("group", name=re.compile(f"^{theme}")).get_by_label(place, exact=True).check()


def send(page: Page) -> None:
    page.get_by_role("button", name="Verstuur mijn keuze").click()


def test_from_postcode_to_wijkgesprek_without_javascript(page_without_script: Page, site: Site) -> None:
    page = page_without_script
    page.goto(site.url)
    page.get_by_label("Uw postcode").fill("2033 ab")
    page.get_by_role("button", name="Ga naar het stembiljet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat is in Parkwijk het belangrijkst?")

    give(page, "Te hard rijden", "1")
    give(page, "Honden", "1")
    send(page)
    expect(page).to_have_title(re.compile("^Fout:"))
    expect(page.locator(".hv-errors")).to_contain_text("U gaf nummer 1 aan")

    give(page, "Honden", "2")
    send(page)
    expect(page.get_by_text("Uw keuze is geteld")).to_be_visible()
    assert RECEIPT.match(page.locator(".hv-code").inner_text())
    expect(page.locator(".hv-rank")).to_contain_text("Te hard rijden")

    page.get_by_role("link", name="Verander mijn keuze").click()
    expect(page.get_by_text("U stuurde al een keuze")).to_be_visible()
    page.go_back()

    page.get_by_role("link", name=re.compile("Meld mij aan")).first.click()
    address = f"bewoner-{page.viewport_size['width']}@example.org"
    page.get_by_label("Uw naam").fill("Jo de Vries")
    page.get_by_label("Uw e-mailadres").fill("jo@")
    page.get_by_role("button", name="Meld mij aan").click()
    expect(page.locator(".hv-errors")).to_contain_text("Vul een e-mailadres in")
    expect(page.get_by_label("Uw naam")).to_have_value("Jo de Vries")
    page.get_by_label("Uw e-mailadres").fill(address)
    page.get_by_role("button", name="Meld mij aan").click()
    expect(page.get_by_text("U bent aangemeld.")).to_be_visible()

    mail = site.inbox.mails.get(timeout=30)
    assert mail["To"] == address
    assert "U bent aangemeld" in str(mail["Subject"])


def test_the_ballot_by_keyboard_only(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/doe-mee/?manier=postcode")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Ga naar de inhoud")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("2033AB")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Parkwijk")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    first_theme = page.get_by_role("button", name=re.compile("^Kies .+ voor plaats 1$")).first
    while not first_theme.evaluate("element => element === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    send_button = page.get_by_role("button", name="Verstuur mijn keuze")
    while not send_button.evaluate("element => element === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Uw keuze is geteld")).to_be_visible()
    expect(page.locator(".hv-rank li")).to_have_count(1)


def test_a_code_from_a_letter_works_and_a_wrong_one_says_so(page: Page, site: Site) -> None:
    code = next(
        line.split()[0] for line in site.manage("demo_accounts").splitlines() if line.endswith("  Meerwijk")
    )
    page.goto(f"{site.url}/doe-mee/")
    page.get_by_label("Code uit uw brief").fill("AAAA-AAAA-AAAA")
    page.get_by_role("button", name="Doe mee met mijn code").click()
    expect(page.locator(".hv-errors")).to_contain_text("Deze code klopt niet")
    page.get_by_label("Code uit uw brief").fill(code.lower())
    page.get_by_role("button", name="Doe mee met mijn code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat is in Meerwijk het belangrijkst?")


def test_no_cookie_beyond_session_and_csrf_and_no_third_party(page: Page, site: Site) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(site.url)
    page.get_by_label("Uw postcode").fill("2033AB")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Kies Honden").click()
    send(page)
    expect(page.get_by_text("Uw keuze is geteld")).to_be_visible()
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"sessionid", "csrftoken"}
    assert all(url.startswith((site.url, "data:")) for url in requests)
