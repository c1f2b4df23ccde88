"""A volunteer goes along the doors with a phone whose connection comes and goes, and with one without a script."""

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Site
from tests.browser.signing_in import sign_in

pytestmark = pytest.mark.browser
SMALLEST_TARGET = 48
# What staff do on other pages, which have tests of their own.
SET_UP = """
import datetime as dt
from django.utils import timezone
from haarlemveilig.accounts.models import User
from haarlemveilig.gemeente.models import Area
from indicators.models import DoorQuestion
from indicators.services.surveys import Days, SurveyPlan, open_measurement, save_survey
staff = User.objects.get(email="beleidsmedewerker@demo.example")
volunteer = User.objects.get(email="vrijwilliger@demo.example")
today = timezone.localdate()
plan = SurveyPlan("Deurproef", "Dag.", Area.objects.get(slug="parkwijk"), None, None, None, "year",
                  [volunteer], Days(today, today + dt.timedelta(days=9)), Days(None, None))
survey = save_survey(survey=None, plan=plan, actor=staff)
DoorQuestion.objects.create(survey=survey, order=1, text="Voelt u zich veilig?", counted=[1],
                            indicator_name="Deurproef veilig")
DoorQuestion.objects.create(survey=survey, order=2, text="Welk cijfer geeft u?", kind="grade",
                            indicator_name="Deurproef cijfer")
open_measurement(measurement=survey.measurements.get(kind="baseline"), actor=staff)
"""
COUNT = """
from indicators.models import DoorResponse
print("kept", DoorResponse.objects.filter(measurement__survey__title="Deurproef").count())
"""
SEND = """
from haarlemveilig.accounts.models import User
from indicators.models import DoorSurvey
DoorSurvey.objects.get(title="Deurproef").volunteers.{}(User.objects.get(email="vrijwilliger@demo.example"))
"""


def kept(site: Site) -> int:
    found = re.search(r"kept (\d+)", site.manage("shell", "-c", COUNT))
    assert found
    return int(found[1])


def answer(page: Page, safe: str, grade: str) -> None:
    page.get_by_role("group", name=re.compile("Voelt u zich veilig")).get_by_label(safe, exact=True).check()
    page.get_by_role("group", name=re.compile("Welk cijfer")).get_by_label(grade, exact=True).check()
    page.get_by_role("button", name="Bewaar de antwoorden").click()


def try_now(page: Page) -> None:
    """Press the button "Probeer nu", unless the page tried again by itself and it is gone already."""
    page.locator("[data-door-retry]").evaluate("button => button.hidden || button.click()")


def to_the_doors(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/werk/mijn-enquetes/")
    page.get_by_role("link", name=re.compile("Ga langs de deuren.*Deurproef")).click()
    page.get_by_label("In welke buurt bent u?").select_option(index=1)


def assert_large_enough(page: Page) -> None:
    targets = page.locator("form[data-door] :is(label:has(input), button:not(.hv-vh), select)")
    boxes = [target.bounding_box() for target in targets.all()]
    assert len(boxes) > 15
    assert all(min(box["width"], box["height"]) >= SMALLEST_TARGET for box in boxes if box)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def loses_the_reply(route: Route) -> None:
    """The form arrives, but its confirmation does not."""
    if route.request.method == "POST":
        route.fetch()
        route.abort()
    else:
        route.continue_()


def test_no_door_is_lost_or_counted_twice(page: Page, browser: Browser, site: Site) -> None:
    site.manage("shell", "-c", SET_UP)
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, site, "vrijwilliger")
    to_the_doors(page, site)
    assert_large_enough(page)
    status, leaving = (
        page.get_by_role("status"),
        "!dispatchEvent(new Event('beforeunload', {cancelable: true}))",
    )

    page.get_by_role("button", name="Bewaar de antwoorden").click()
    expect(status).to_contain_text("Tik ten minste één antwoord aan.")
    answer(page, "ja", "8")
    expect(status).to_have_text("Bewaard. Volgende deur.")
    expect(page.get_by_label("geen antwoord").first).to_be_checked()
    assert page.evaluate(leaving) is False

    page.context.set_offline(True)
    answer(page, "nee", "4")
    expect(status).to_contain_text("Nog niet verstuurd: geen verbinding. We proberen het opnieuw.")
    page.get_by_role("button", name="Niet thuis").dblclick()
    expect(status).to_contain_text("Niet verstuurd: 2")
    assert page.evaluate(leaving) is True
    assert kept(site) == 1
    page.context.set_offline(False)
    expect(status).to_have_text("Bewaard. Volgende deur.", timeout=15_000)
    assert kept(site) == 3

    page.route("**/werk/mijn-enquetes/**", loses_the_reply)
    answer(page, "ja", "10")
    expect(status).to_contain_text("Niet verstuurd: 1")
    page.unroute("**/werk/mijn-enquetes/**")
    try_now(page)
    expect(status).to_have_text("Bewaard. Volgende deur.")
    assert kept(site) == 4

    site.manage("shell", "-c", SEND.format("remove"))
    answer(page, "nee", "3")
    expect(status).to_contain_text("U staat niet meer bij deze enquête.")
    expect(status).to_contain_text("Niet verstuurd: 1")
    site.manage("shell", "-c", SEND.format("add"))
    try_now(page)
    expect(status).to_have_text("Bewaard. Volgende deur.")
    assert kept(site) == 5

    state = page.context.storage_state()
    plain = browser.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 740}, storage_state=state
    ).new_page()
    to_the_doors(plain, site)
    answer(plain, "ja", "7")
    expect(plain.get_by_text("Bewaard. Volgende deur.")).to_be_visible()
    plain.get_by_role("button", name="Wil niet").click()
    expect(plain.get_by_text("Bewaard. Volgende deur.")).to_be_visible()
    plain.get_by_role("button", name="Bewaar de antwoorden").click()
    expect(plain.locator(".hv-errors")).to_contain_text("Tik ten minste één antwoord aan.")
    assert kept(site) == 7
