"""A policy officer edits a table by keyboard alone; two colleagues meet in one cell and lose nothing."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Site
from tests.browser.signing_in import sign_in
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.browser
TABLE = "Leefbaarheid van wijken en buurten"
# What Excel puts on the clipboard for two lines of three cells.
BLOCK = "501\t502\t503\r\n6,7\t6.8\tvolgt\r\n"


def cell(page: Page, row: int, column: int) -> Locator:
    return page.locator(f"#vak-{row}-{column}")


def open_table(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/werk/cijfers/")
    page.get_by_role("link", name=TABLE).first.click()
    page.goto(f"{page.url}bewerken/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(TABLE)


def paste(page: Page, text: str) -> None:
    """What Ctrl+V does: the clipboard itself is out of reach of a page without a window."""
    page.evaluate(
        """text => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
            document.activeElement.dispatchEvent(event);
        }""",
        text,
    )


def texts(page: Page) -> list[list[str]]:
    return [[cell(page, row, column).input_value() for column in range(3)] for row in range(2)]


def test_a_table_is_edited_by_keyboard_alone(page: Page, site: Site) -> None:
    sign_in(page, site, "beleidsmedewerker")
    open_table(page, site)
    before = texts(page)
    status = page.locator("[data-bar-status]")
    expect(status).to_have_text("Er is niets gewijzigd.")

    # The way there: skip nothing, Tab until the first cell has the focus.
    while not cell(page, 0, 0).evaluate("element => element === document.activeElement"):
        page.keyboard.press("Tab")
    press = page.keyboard.press

    # Typing replaces, Enter goes down, arrows go on, Escape takes back, F2 edits.
    page.keyboard.type("12")
    press("Enter")
    expect(cell(page, 1, 0)).to_be_focused()
    press("ArrowUp")
    expect(status).to_have_text("1 vak gewijzigd, nog niet bewaard")
    expect(page.locator("#vak-0-0-uitleg")).to_contain_text(f"was {before[0][0]}")
    press("F2")
    page.keyboard.type("3")
    press("ArrowLeft")
    expect(cell(page, 0, 0)).to_have_value("123")
    expect(cell(page, 0, 0)).to_be_focused()
    press("Escape")
    expect(cell(page, 0, 0)).to_have_value("12")
    press("Escape")
    expect(cell(page, 0, 0)).to_have_value(before[0][0])
    expect(status).to_have_text("Er is niets gewijzigd.")

    # A block is one step.
    paste(page, BLOCK)
    expect(status).to_have_text("6 vakken gewijzigd, nog niet bewaard")
    assert texts(page) == [["501", "502", "503"], ["6,7", "6.8", "volgt"]]
    expect(page.locator("#vak-1-1-uitleg")).to_contain_text("‘6.8’ lezen we als tekst. Bedoelt u 6,8?")
    press("Control+z")
    assert texts(page) == before
    press("Control+y")
    assert texts(page)[0] == ["501", "502", "503"]
    press("Control+z")
    expect(status).to_have_text("Er is niets gewijzigd.")
    # Taking back was a step too.
    press("Control+z")
    expect(status).to_have_text("1 vak gewijzigd, nog niet bewaard")
    press("Control+z")
    expect(status).to_have_text("Er is niets gewijzigd.")
    paste(page, BLOCK)

    # The status of a cell, and back.
    expect(cell(page, 0, 0)).to_be_focused()
    press("Shift+F2")
    expect(page.get_by_label("Stand")).to_be_focused()
    page.keyboard.type("voorlopig")
    press("Escape")
    expect(cell(page, 0, 0)).to_be_focused()
    assert faults(page) == []

    # Without a reason it is refused, and nothing is gone.
    press("Control+s")
    expect(page.locator(".hv-errors")).to_contain_text("Schrijf waarom")
    assert texts(page) == [["501", "502", "503"], ["6,7", "6.8", "volgt"]]
    assert faults(page) == []
    page.get_by_label("Reden van de wijziging", exact=True).focus()
    page.keyboard.type("nieuwe telling van de politie")
    press("Enter")
    expect(page.locator(".utrecht-alert--ok")).to_contain_text("6 vakken bewaard.")
    assert texts(page) == [["501", "502", "503"], ["6,7", "6.8", "volgt"]]
    expect(page.locator("#vak-0-0-uitleg")).to_contain_text("voorlopig")

    page.get_by_role("link", name="Terug naar de tabel").click()
    expect(page.get_by_role("cell", name="501").first).to_be_visible()
    page.go_back()
    cell(page, 0, 0).focus()
    page.get_by_role("link", name="Geschiedenis van dit vak").click()
    expect(page.locator("main")).to_contain_text(f"Eerst {before[0][0]}, 501 op")
    expect(page.locator("main")).to_contain_text("nieuwe telling van de politie")
    assert faults(page) == []


def test_two_colleagues_in_one_cell_lose_nothing(page: Page, site: Site, browser: Browser) -> None:
    sign_in(page, site, "redacteur")
    open_table(page, site)
    other = browser.new_context(locale="nl-NL", storage_state=page.context.storage_state()).new_page()
    other.goto(page.url)
    before = cell(page, 2, 0).input_value()

    for somebody, typed in ((page, "701"), (other, "702")):
        cell(somebody, 2, 0).focus()
        somebody.keyboard.type(typed)
        somebody.keyboard.press("Enter")
        somebody.get_by_label("Reden van de wijziging", exact=True).fill("geteld")
    cell(other, 3, 0).focus()
    other.keyboard.type("volgt")
    other.keyboard.press("Tab")
    page.keyboard.press("Control+s")
    expect(page.locator(".utrecht-alert--ok")).to_contain_text("1 vak bewaard.")

    other.keyboard.press("Control+s")
    difference = other.locator(".hv-errors")
    expect(difference).to_contain_text("Iemand anders heeft 1 vak intussen veranderd")
    expect(difference).to_contain_text(f"U zag: {before}")
    expect(difference).to_contain_text("Houd 701")
    expect(difference).to_contain_text("Neem 702")
    expect(other.locator(".utrecht-alert--ok")).to_contain_text("1 vak bewaard.")
    assert faults(other) == []
    expect(cell(other, 2, 0)).to_have_value("702")
    expect(cell(other, 3, 0)).to_have_value("volgt")
    difference.get_by_label(re.compile("Neem 702")).check()
    other.keyboard.press("Control+s")
    expect(other.locator(".utrecht-alert--ok")).to_contain_text("1 vak bewaard.")
    page.reload()
    expect(cell(page, 2, 0)).to_have_value("702")

    # Leaving with something unsaved asks first.
    asked: list[str] = []
    other.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    cell(other, 2, 0).focus()
    other.keyboard.type("9")
    other.get_by_role("link", name="Terug naar de tabel").click()
    expect(other).not_to_have_url(re.compile("bewerken"))
    assert asked == ["beforeunload"]
    other.context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_table_is_edited_without_javascript(browser: Browser, page: Page, site: Site, width: int) -> None:
    # Whoever signed in with a script may go on without one.
    sign_in(page, site, "beheerder" if width == 360 else "beleidsmedewerker")
    plain = browser.new_context(
        java_script_enabled=False,
        locale="nl-NL",
        viewport={"width": width, "height": 800},
        storage_state=page.context.storage_state(),
    ).new_page()
    open_table(plain, site)
    plain.get_by_text("Plak een blok uit Excel").first.click()
    plain.get_by_label("Plak een blok uit Excel").fill(f"{width}1\t{width}2\n")
    plain.get_by_label("Vanaf de rij").select_option(index=5)
    plain.get_by_role("button", name="Zet in de tabel").click()
    expect(plain.locator(".utrecht-alert--info")).to_contain_text("2 vakken zijn gevuld.")
    expect(cell(plain, 5, 1)).to_have_value(f"{width}2")
    plain.get_by_label("Reden van de wijziging", exact=True).fill("geteld")
    plain.get_by_role("button", name="Bewaar").click()
    expect(plain.locator(".utrecht-alert--ok")).to_contain_text("2 vakken bewaard.")
    plain.get_by_role("link", name=re.compile("^Meer over")).first.click()
    plain.get_by_label("Noot", exact=True).fill("Tot en met september.")
    plain.get_by_role("button", name="Bewaar").click()
    expect(plain.locator(".utrecht-alert--ok")).to_contain_text("Bewaard.")
    plain.context.close()
