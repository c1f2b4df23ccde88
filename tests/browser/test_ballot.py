"""The ballot for everybody: heard, by keyboard, without a script, very large, in forced colours, begun and left."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser
SMALLEST_TARGET = 48
# Chosen on every page of this file, so that the tree does not depend on the order of this voter.
FIRST, SECOND, THIRD = "Te hard rijden", "Afval op straat", "Honden"


def to_the_ballot(page: Page, site: Site, postcode: str = "2033AB") -> None:
    page.goto(f"{site.url}/doe-mee/?manier=postcode")
    page.get_by_label("Uw postcode").fill(postcode)
    page.keyboard.press("Enter")
    page.wait_for_url("**/stembiljet/")


@pytest.fixture
def ballot(page: Page, site: Site) -> Page:
    to_the_ballot(page, site)
    expect(page.get_by_role("heading", name="Uw top 3")).to_be_visible()
    return page


@pytest.fixture
def plain_ballot(browser: Browser, site: Site) -> Iterator[Page]:
    """The ballot in a browser without scripts, in a window as large as 400 % zoom leaves of a desk's screen."""
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 320, "height": 256}, locale="nl-NL"
    )
    page = context.new_page()
    to_the_ballot(page, site)
    yield page
    context.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def choose(page: Page, theme: str) -> None:
    page.get_by_role("button", name=re.compile(f"^Kies {theme}")).click()


def said(page: Page) -> str:
    return page.locator("form [role=status]").inner_text().replace("\xa0", "")


def focused(page: Page) -> str:
    return page.locator(":focus").text_content() or ""


def top(page: Page) -> list[str]:
    """The list as the eye and the radios have it; they never differ."""
    shown = page.locator(".hv-rank li:not(.is-next) b").all_text_contents()
    places = page.locator(".hv-theme:has(fieldset)").evaluate_all(
        "cards => cards.map(card => [card.querySelector('h3').textContent, card.querySelector(':checked').value])"
    )
    sent = [name for name, place in sorted(places, key=lambda pair: pair[1]) if place]
    names = [text.partition(": ")[2] for text in shown]
    assert names == sent
    return names


def faults(page: Page) -> list[str]:
    return [fault["id"] for fault in Axe().run(page).response["violations"]]


# --- heard --------------------------------------------------------------------------------------
def theme_lines(name: str, description: str, button: str) -> list[str]:
    quoted = f"'button \"{button}\"'" if ":" in button else f'button "{button}"'
    return [
        f'- heading "{name}" [level=3]',
        f"- paragraph: {description}",
        f"- {quoted}",
        f"- group: Wie doet wat? {name}",
    ]


def test_the_whole_ballot_as_a_screen_reader_has_it(ballot: Page) -> None:
    choose(ballot, FIRST)
    choose(ballot, SECOND)
    cards = ballot.locator(".hv-theme:has(fieldset)").evaluate_all(
        "cards => cards.map(card => [card.querySelector('h3').textContent, card.querySelector('p').textContent])"
    )
    assert len(cards) == 12
    buttons = {FIRST: f"{FIRST} Plaats 1: weghalen", SECOND: f"{SECOND} Plaats 2: weghalen"}
    themes = [
        line
        for name, description in cards
        for line in theme_lines(name, description, buttons.get(name, f"Kies {name} voor plaats 3"))
    ]
    tree = ballot.locator("form.hv-ballot").aria_snapshot()
    before, found, rest = tree.partition('- heading "12 onderwerpen" [level=2]\n')
    assert found
    assert before.splitlines() == [
        '- heading "Uw top 3" [level=2]',
        "- list:",
        "  - listitem:",
        f'    - text: "Plaats 1: {FIRST}"',
        f'    - button "{FIRST} Hoger" [disabled]',
        f'    - button "{FIRST} Lager"',
        f'    - button "{FIRST} weghalen"',
        "  - listitem:",
        f'    - text: "Plaats 2: {SECOND}"',
        f'    - button "{SECOND} Hoger"',
        f'    - button "{SECOND} Lager" [disabled]',
        f'    - button "{SECOND} weghalen"',
        "  - listitem: Nog vrij. Kies hieronder een onderwerp, of laat deze plaats leeg.",
        f"- status: {SECOND} staat nu op plaats 2 van 2.",
    ]
    lines = rest.splitlines()
    assert lines[:3] == [
        "- paragraph: De volgorde is voor iedereen anders.",
        "- paragraph:",
        '  - button "Geef liever nummers"',
    ]
    assert lines[3 : 3 + len(themes)] == themes
    after = [line for line in lines[3 + len(themes) :] if not line.lstrip().startswith("- text:")]
    assert after[:-3] == [
        '- heading "Geen voorkeur" [level=3]',
        "- paragraph: U doet mee, maar kiest geen onderwerp.",
        '- checkbox "Geen voorkeur"',
        '- heading "Over u (mag leeg blijven)" [level=2]',
        "- paragraph: Zo zien we of alle groepen meetellen. We laten nooit zien wat één persoon koos.",
        '- group "Uw leeftijd":',
        '  - radio "16 tot en met 34 jaar"',
        '  - radio "35 tot en met 64 jaar"',
        '  - radio "65 jaar of ouder"',
        '  - radio "zeg ik liever niet"',
        '- group "U bent":',
        '  - radio "man"',
        '  - radio "vrouw"',
        '  - radio "anders of zeg ik liever niet"',
        '- heading "Wilt u er iets bij zeggen? (mag leeg blijven)" [level=2]',
        "- paragraph: We lezen dit na het sluiten. Het staat los van uw keuze.",
        "- group: Mist u een onderwerp?",
        "- group: Waarom is dit belangrijk voor u?",
        "- group: Wat wilt u zelf doen?",
    ]
    assert after[-3].startswith("- paragraph: Na het versturen is uw keuze geteld.")
    assert after[-2:] == ["- paragraph:", '  - button "Verstuur mijn keuze"']


def test_the_same_ballot_without_a_script_is_a_group_of_numbers_per_theme(
    browser: Browser, site: Site
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    to_the_ballot(page, site)
    tree = page.locator(".hv-theme", has_text=THIRD).aria_snapshot()
    lines = [line for line in tree.splitlines() if "- text:" not in line]
    assert lines == [
        f'- heading "{THIRD}" [level=3]',
        "- paragraph: Hondenpoep, honden los of honden die bijten.",
        f"- 'group \"{THIRD}: plaats\"':",
        '  - radio "niet" [checked]',
        '  - radio "1"',
        '  - radio "2"',
        '  - radio "3"',
        f"- group: Wie doet wat? {THIRD}",
    ]
    assert "weghalen" not in page.locator("form.hv-ballot").aria_snapshot()
    context.close()


def test_every_move_is_said_and_the_focus_goes_where_one_goes_on(ballot: Page) -> None:
    for place, theme in enumerate((FIRST, SECOND, THIRD), start=1):
        choose(ballot, theme)
        assert said(ballot) == f"{theme} staat nu op plaats {place} van {place}."
        assert focused(ballot) == f"{theme} Plaats {place}: weghalen"
    assert top(ballot) == [FIRST, SECOND, THIRD]
    press(ballot, f"{THIRD} Hoger")
    assert said(ballot) == f"{THIRD} staat nu op plaats 2 van 3."
    assert focused(ballot) == f"{THIRD} Hoger"
    press(ballot, f"{THIRD} Hoger")
    assert said(ballot) == f"{THIRD} staat nu op plaats 1 van 3."
    assert focused(ballot) == f"{THIRD} Lager", "at the top only the way down is open"
    press(ballot, f"{THIRD} Lager")
    assert top(ballot) == [FIRST, THIRD, SECOND]
    press(ballot, f"{THIRD} weghalen")
    assert said(ballot) == f"{THIRD} is weg uit uw keuze. U koos er nu 2."
    assert focused(ballot) == f"{SECOND} weghalen", "who took its place"
    press(ballot, f"{SECOND} weghalen")
    press(ballot, f"{FIRST} weghalen")
    assert focused(ballot) == "Uw top 3"
    assert top(ballot) == []


def test_a_full_list_says_so_also_the_second_time_and_takes_nothing_more(ballot: Page) -> None:
    for theme in (FIRST, SECOND, THIRD):
        choose(ballot, theme)
    expect(ballot.locator("[data-count]")).to_have_text("3 van 3 gekozen")
    status = ballot.locator("form [role=status]")
    choose(ballot, "Parkeren")
    first = status.inner_text()
    choose(ballot, "Parkeren")
    assert status.inner_text() != first, "a reader says only what changes"
    assert said(ballot) == "Alle plaatsen zijn bezet. Haal eerst een onderwerp weg."
    assert top(ballot) == [FIRST, SECOND, THIRD]


# --- by hand ------------------------------------------------------------------------------------
def test_a_button_stays_under_the_finger_and_a_double_tap_is_one(ballot: Page) -> None:
    ballot.set_viewport_size({"width": 360, "height": 740})
    button = ballot.locator(".hv-theme > button").nth(8)
    button.scroll_into_view_if_needed()
    before = button.bounding_box()
    button.dblclick()
    after = button.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 1
    assert len(top(ballot)) == 1


def drag(page: Page, row: Locator, onto: Locator) -> None:
    row.scroll_into_view_if_needed()
    start, end = row.bounding_box(), onto.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 60, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(end["x"] + 60, end["y"] + end["height"] - 2, steps=8)
    page.mouse.up()


def test_rows_can_be_dragged_on_a_wide_screen_and_not_on_a_small_one(ballot: Page) -> None:
    ballot.set_viewport_size({"width": 1280, "height": 900})
    for theme in (FIRST, SECOND, THIRD):
        choose(ballot, theme)
    rows = ballot.locator(".hv-rank__row")
    drag(ballot, rows.nth(0), rows.nth(2))
    assert top(ballot) == [SECOND, THIRD, FIRST]
    assert said(ballot) == f"{FIRST} staat nu op plaats 3 van 3."
    ballot.set_viewport_size({"width": 600, "height": 900})
    drag(ballot, rows.nth(0), rows.nth(2))
    assert top(ballot) == [SECOND, THIRD, FIRST]


def test_numbers_and_buttons_are_two_faces_of_one_form(ballot: Page) -> None:
    choose(ballot, FIRST)
    choose(ballot, SECOND)
    press(ballot, "Geef liever nummers")
    group = ballot.get_by_role("group", name=re.compile(f"^{THIRD}"))
    expect(ballot.get_by_role("group", name=re.compile(f"^{SECOND}")).get_by_label("2")).to_be_checked()
    group.get_by_label("3").check()
    press(ballot, "Kies liever met knoppen")
    assert top(ballot) == [FIRST, SECOND, THIRD]


def test_a_whole_ranking_by_keyboard_alone(ballot: Page) -> None:
    def tab_to(name: str) -> None:
        target = ballot.get_by_role("button", name=name, exact=True)
        for _press in range(150):
            if target.evaluate("element => element === document.activeElement"):
                return
            ballot.keyboard.press("Tab")
        raise AssertionError(f"{name} cannot be reached")

    ballot.set_viewport_size({"width": 1280, "height": 900})
    names = ballot.locator(".hv-theme:has(fieldset) h3").all_inner_texts()
    tab_to(f"Kies {names[2]} voor plaats 1")
    ballot.keyboard.press("Enter")
    tab_to(f"Kies {names[5]} voor plaats 2")
    ballot.keyboard.press("Space")
    ballot.get_by_role("heading", name="Uw top 3").evaluate("heading => heading.focus()")
    tab_to(f"{names[5]} Hoger")
    ballot.keyboard.press("Enter")
    assert top(ballot) == [names[5], names[2]]
    tab_to("Verstuur mijn keuze")
    ballot.keyboard.press("Enter")
    expect(ballot.get_by_text("Uw keuze is geteld")).to_be_visible()
    assert ballot.locator(".hv-rank b").all_inner_texts() == [names[5], names[2]]


# --- large, narrow, other colours ---------------------------------------------------------------
def assert_nothing_is_cut_off(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    too_wide = page.locator("main *:not(.hv-vh, .hv-vh *, legend, summary span)").evaluate_all(
        "all => all.filter(e => e.offsetParent && e.getBoundingClientRect().right > 320).map(e => e.outerHTML)"
    )
    assert too_wide == []


def test_at_400_percent_nothing_is_cut_off_and_the_focus_is_never_behind_the_bar(ballot: Page) -> None:
    ballot.set_viewport_size({"width": 320, "height": 256})
    choose(ballot, "Mensen in de war of op straat")
    choose(ballot, FIRST)
    assert_nothing_is_cut_off(ballot)
    assert ballot.locator(".hv-sticky").evaluate("bar => getComputedStyle(bar).position") == "static"
    ballot.set_viewport_size({"width": 320, "height": 700})
    assert ballot.locator(".hv-sticky").evaluate("bar => getComputedStyle(bar).position") == "sticky"
    ballot.locator("form.hv-ballot h2").first.focus()
    hidden = """() => {
      const focus = document.activeElement.getBoundingClientRect();
      const bar = document.querySelector('.hv-sticky');
      return !bar.contains(document.activeElement) && bar.closest('form').contains(document.activeElement)
        && focus.bottom > bar.getBoundingClientRect().top;
    }"""
    for _press in range(40):
        ballot.keyboard.press("Tab")
        assert not ballot.evaluate(hidden), focused(ballot)


def test_targets_are_large_enough_for_a_finger(ballot: Page) -> None:
    ballot.set_viewport_size({"width": 360, "height": 740})
    choose(ballot, FIRST)
    targets = ballot.locator(
        "form.hv-ballot :is(button, summary, .hv-pick label, .hv-choice--one label):visible"
    ).all()
    assert len(targets) > 30
    for target in targets:
        box = target.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= SMALLEST_TARGET, target.inner_text()


def test_without_a_script_nothing_is_cut_off_and_all_can_be_sent(plain_ballot: Page) -> None:
    group = plain_ballot.get_by_role("group", name=re.compile(f"^{FIRST}"))
    group.get_by_label("1", exact=True).check()
    boxes = [label.bounding_box() for label in group.locator("label").all()]
    assert all(box and min(box["width"], box["height"]) >= SMALLEST_TARGET - 2 for box in boxes)
    plain_ballot.get_by_label("35 tot en met 64 jaar").check()
    plain_ballot.get_by_text("Mist u een onderwerp?").first.click()
    plain_ballot.locator("#eigen").fill("a" * 201)
    press(plain_ballot, "Verstuur mijn keuze")
    expect(plain_ballot.locator(".hv-errors")).to_contain_text("Uw tekst is 201 tekens lang.")
    expect(plain_ballot.locator("#eigen")).to_have_value("a" * 201)
    expect(plain_ballot.get_by_label("35 tot en met 64 jaar")).to_be_checked()
    plain_ballot.locator("#eigen").fill("Duiven")
    press(plain_ballot, "Verstuur mijn keuze")
    expect(plain_ballot.get_by_text("Uw keuze is geteld")).to_be_visible()


def test_in_forced_colours_one_sees_what_is_chosen(browser: Browser, site: Site) -> None:
    context = browser.new_context(forced_colors="active", locale="nl-NL")
    page = context.new_page()
    to_the_ballot(page, site)
    choose(page, FIRST)
    border = "card => getComputedStyle(card).borderTopWidth + getComputedStyle(card).borderTopColor"
    chosen = page.locator(".hv-theme", has_text=FIRST).evaluate(border)
    other = page.locator(".hv-theme", has_text=THIRD).evaluate(border)
    assert chosen != other
    assert chosen.startswith("4px")
    press(page, "Geef liever nummers")
    number = page.get_by_role("group", name=re.compile(f"^{FIRST}")).locator("label span").nth(1)
    assert number.evaluate(border).startswith("4px")
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_at_any_stage(ballot: Page, width: int) -> None:
    ballot.set_viewport_size({"width": width, "height": 900})
    assert faults(ballot) == []
    choose(ballot, FIRST)
    choose(ballot, SECOND)
    for question in ("Mist u een onderwerp?", "Wat wilt u zelf doen?"):
        ballot.locator("summary", has_text=question).click()
    assert faults(ballot) == []
    press(ballot, "Geef liever nummers")
    assert faults(ballot) == []
    ballot.reload()
    expect(ballot.get_by_text("U was al begonnen")).to_be_visible()
    assert faults(ballot) == []


# --- faults, drafts, the receipt ----------------------------------------------------------------
def test_a_fault_leads_to_a_button_that_is_there(ballot: Page) -> None:
    press(ballot, "Verstuur mijn keuze")
    summary = ballot.locator(".hv-errors")
    expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    expect(ballot.locator(":focus")).to_have_text(re.compile("^Kies"))
    assert faults(ballot) == []


def test_what_was_begun_is_offered_back_and_gone_once_sent(ballot: Page) -> None:
    choose(ballot, FIRST)
    choose(ballot, SECOND)
    ballot.get_by_label("vrouw").check()
    ballot.locator("summary", has_text="Wat wilt u zelf doen?").click()
    ballot.locator("#zelf").fill("Opruimen.\nElke week.")
    ballot.reload()
    assert top(ballot) == []
    press(ballot, "Zet mijn keuze terug")
    assert said(ballot) == "Uw keuze staat er weer."
    assert focused(ballot) == "Uw top 3"
    assert top(ballot) == [FIRST, SECOND]
    expect(ballot.get_by_label("vrouw")).to_be_checked()
    expect(ballot.locator("#zelf")).to_have_value("Opruimen.\nElke week.")
    assert ballot.evaluate("Object.keys(localStorage).length") == 1
    press(ballot, "Verstuur mijn keuze")
    expect(ballot.get_by_text("Uw keuze is geteld")).to_be_visible()
    assert ballot.evaluate("localStorage.length") == 0


def test_a_draft_can_be_thrown_away_and_does_not_wait_for_the_next_person(ballot: Page, site: Site) -> None:
    choose(ballot, FIRST)
    ballot.reload()
    press(ballot, "Begin opnieuw")
    assert said(ballot) == "Wat op dit apparaat stond, is weg."
    assert ballot.evaluate("localStorage.length") == 0
    choose(ballot, SECOND)
    press(ballot, "Verstuur mijn keuze")
    ballot.get_by_role("link", name="Verander mijn keuze").click()
    expect(ballot.get_by_role("heading", name="Uw top 3")).to_be_visible()
    assert top(ballot) == [SECOND]
    choose(ballot, THIRD)
    assert ballot.evaluate("localStorage.length") == 1
    press(ballot, "Laat iemand anders kiezen")
    to_the_ballot(ballot, site)
    expect(ballot.get_by_role("heading", name="Uw top 3")).to_be_visible()
    assert ballot.evaluate("localStorage.length") == 0
    expect(ballot.get_by_text("U was al begonnen")).to_have_count(0)


def test_a_draft_is_offered_to_the_same_voter_and_to_nobody_else_in_this_browser(
    ballot: Page, site: Site
) -> None:
    choose(ballot, FIRST)
    to_the_ballot(ballot, site)
    expect(ballot.get_by_text("U was al begonnen")).to_be_visible()
    ballot.context.clear_cookies()
    to_the_ballot(ballot, site)
    expect(ballot.get_by_role("heading", name="Uw top 3")).to_be_visible()
    expect(ballot.get_by_text("U was al begonnen")).to_have_count(0)
    assert ballot.evaluate("localStorage.length") == 0, "what somebody else left is gone"


def test_a_draft_of_yesterday_is_not_shown_to_whoever_comes_today(ballot: Page) -> None:
    choose(ballot, FIRST)
    ballot.evaluate(
        """() => {
          const [key] = Object.keys(localStorage);
          const draft = JSON.parse(localStorage[key]);
          localStorage[key] = JSON.stringify({ ...draft, at: draft.at - 25 * 3600 * 1000 });
        }"""
    )
    ballot.reload()
    expect(ballot.get_by_role("heading", name="Uw top 3")).to_be_visible()
    expect(ballot.get_by_text("U was al begonnen")).to_have_count(0)
    assert ballot.evaluate("localStorage.length") == 0


def test_the_browser_adds_a_random_number_and_the_receipt_can_be_printed(ballot: Page) -> None:
    number = ballot.locator("input[name=toeval]").input_value()
    assert re.fullmatch("[0-9a-f]{32}", number)
    choose(ballot, FIRST)
    press(ballot, "Verstuur mijn keuze")
    expect(ballot.get_by_role("button", name="Druk deze bladzijde af")).to_be_visible()
    assert faults(ballot) == []
    ballot.emulate_media(media="print")
    expect(ballot.locator(".hv-code")).to_be_visible()
    expect(ballot.locator(".hv-receipt")).to_be_visible()
    expect(ballot.get_by_role("button")).to_have_count(0)
