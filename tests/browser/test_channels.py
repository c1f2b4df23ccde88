"""A colleague at the counter types over paper forms by keyboard, and helps somebody on the telephone."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from haarlemveilig.accounts.models import Role
from haarlemveilig.pages.demo.load_paper import demo_forms
from tests.browser.conftest import Site
from tests.browser.signing_in import sign_in
from tests.browser.test_accessibility import faults, look

pytestmark = pytest.mark.browser
PAPER = "/werk/rondes/2026-1/papier/"
HELP = "/werk/rondes/2026-1/helpen/"


def without_script(browser: Browser, signed_in: Page, width: int) -> BrowserContext:
    """The same colleague in a browser without JavaScript: a code of the second step works only once."""
    return browser.new_context(
        java_script_enabled=False,
        locale="nl-NL",
        viewport={"width": width, "height": 800},
        storage_state=signed_in.context.storage_state(),
    )


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent"))


def type_over(page: Page, site: Site) -> None:
    """The second entry of the form that the beheerder typed first, by keyboard only."""
    form = next(form for form in demo_forms() if form.typed_by == Role.BEHEERDER)
    page.goto(site.url + PAPER)
    page.get_by_label("Code").fill(form.code.lower())
    page.keyboard.press("Enter")
    expect(page.get_by_text("wijk Parkwijk")).to_be_visible()
    assert faults(page) == []
    while focused(page) != "plaats-honden":
        page.keyboard.press("Enter")
    page.keyboard.type("1")
    while focused(page) != "Bewaar deze invoer":
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("De twee invoeren verschillen.")
    assert faults(page) == []
    page.get_by_role("button", name="De eerste invoer klopt").press("Enter")
    expect(page.get_by_text("Dit formulier telt mee")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("buurthuis Parkwijk"))).to_have_count(0)


def enter_does_not_send_half_a_form(page: Page, site: Site) -> None:
    code = re.search(r"^paper (\S+)$", site.manage("shell", "-c", ONE_CODE), re.MULTILINE)
    assert code
    page.goto(site.url + PAPER)
    page.get_by_label("Code").fill(code[1])
    page.get_by_role("textbox", name="Stapel").fill("zonder script")
    page.keyboard.press("Enter")
    page.get_by_label("Honden").fill("1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat staat er op het formulier?")
    expect(page.get_by_label("Honden")).to_have_value("1")
    page.get_by_role("button", name="Bewaar deze invoer").click()
    expect(page.get_by_text("De eerste invoer is bewaard.")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("zonder script"))).to_be_visible()


ONE_CODE = """
from haarlemveilig.gemeente.models import Area
from participation.ranking.models import Round
from participation.ranking.services import make_codes
wijk = Area.objects.filter(level="wijk").first()
print("paper", make_codes(round_=Round.objects.get(code="2026-1"), wijken=[wijk])[0])
"""


def help_by_telephone(page: Page, site: Site) -> None:
    page.goto(site.url + HELP)
    page.get_by_label("aan de telefoon").check()
    page.get_by_role("button", name="Begin met helpen").click()
    expect(page.locator(".hv-errors")).to_contain_text("Vul de code of de postcode in.")
    page.get_by_label("Postcode").fill("2033AB")
    page.get_by_role("button", name="Begin met helpen").click()
    banner = page.get_by_role("complementary", name="U helpt iemand")
    expect(banner).to_contain_text("U helpt iemand (telefoon). Nog 30 minuten.")
    page.get_by_label("Geen voorkeur").check()
    page.get_by_role("button", name="Verstuur mijn keuze").click()
    expect(page.get_by_text("Uw keuze is geteld.").first).to_be_visible()
    banner.get_by_role("button", name="Klaar: volgende persoon").click()
    expect(page.get_by_text("U kunt de volgende persoon helpen.")).to_be_visible()
    expect(banner).to_have_count(0)


def test_a_colleague_types_over_paper_and_helps_with_and_without_javascript(
    page: Page, browser: Browser, site: Site
) -> None:
    sign_in(page, site, "balie")
    type_over(page, site)
    for width in (360, 1280):
        look(page, site.url + HELP, width)
        plain = without_script(browser, page, width).new_page()
        enter_does_not_send_half_a_form(plain, site)
        help_by_telephone(plain, site)
        plain.context.close()
