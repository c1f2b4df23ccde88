"""axe on every page of the path, on a phone and on a desk; nothing sticks out sideways."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Site
from tests.browser.signing_in import sign_in

pytestmark = pytest.mark.browser

PUBLIC = [
    "/",
    "/doe-mee/",
    "/doe-mee/?manier=postcode",
    "/wijken/",
    "/wijken/parkwijk/",
    "/wijken/spaarndam/",
    "/wijken/parkwijk/cijfers/",
    "/wijken/spaarndam/cijfers/",
    "/uitslag/",
    "/uitslag/2025-1/",
    "/uitslag/2025-1/parkwijk/",
    "/uitslag/2025-1/oost/",
    "/uitslag/2025-1/spaarndam/",
    "/uitslag/2025-1/zijlwegkwartier/",
    "/uitslag/2025-1/waarder-en-veerpolder/",
    "/uitslag/2025-1/vergelijk/?thema=verkeer&wijk=parkwijk&wijk=zijlwegkwartier",
    "/uitslag/2025-1/bestanden/",
    "/cijfers/",
    "/cijfers/?zoek=inbraak",
    "/cijfers/?zoek=olifant",
    "/cijfers/aantal-woninginbraken/",
    "/cijfers/aantal-woninginbraken/?opDatum=2020-01-01",
    "/cijfers/meldingen-jeugdoverlast/",
    "/cijfers/inbraak-in-een-woning/",
    "/cijfers/inbraak-in-een-woning/?wijk=parkwijk",
    "/cijfers/thema/inbraak/",
    "/cijfers/thema/honden/",
    "/wat-is-ermee-gedaan/",
    "/actieprogramma/",
    "/privacy/",
    "/toegankelijkheid/",
    "/account/login/",
]
STAFF = [
    "/werk/",
    "/werk/rondes/",
    "/werk/rondes/2026-1/",
    "/werk/rondes/2026-1/helpen/",
    "/werk/rondes/2026-1/papier/",
    "/werk/rondes/2026-1/papier/vervallen/",
    "/werk/rondes/2026-1/papier/formulieren/",
    "/werk/rondes/2026-1/codes/",
    "/werk/rondes/2026-1/codes/nieuw/",
    "/werk/afwegen/",
    "/werk/afwegen/2026/parkwijk/",
    "/werk/afwegen/2026/duinwijk/",
    "/werk/cijfers/",
    "/werk/cijfers/inlezen/",
    "/werk/cijfers/indicatoren/",
    "/werk/cijfers/indicatoren/?zoek=olifant",
    "/werk/cijfers/indicatoren/aantal-woninginbraken/",
    "/werk/cijfers/indicatoren/aantal-woninginbraken/terughalen/",
    "/werk/cijfers/openbaar/",
    "/werk/enquetes/",
    "/werk/enquetes/nieuw/",
    "/werk/mijn-enquetes/",
    "/werk/programma/",
    "/werk/programma/2023/",
    "/werk/taken/",
    "/werk/uitgaande-mail/",
    "/stijl/",
]
# Pages about one thing of the demo: their addresses hold its number.
OF_THE_DEMO = """
from django.urls import reverse
from indicators.models import DoorSurvey, IndicatorTable, Observation, Target
row = IndicatorTable.objects.get(name__startswith="Doelen met toezicht").rows.first()
cell = Observation.objects.filter(is_current=False).first()
waits = Target.objects.current().filter(comparator="", interpretation="", value_high=None, value__isnull=False)
survey = DoorSurvey.objects.get(title__startswith="Buurt Bestuurt")
pages = [
    *((name, row.table_id) for name in ("table", "edit", "arrange")),
    ("edit_cell", row.table_id, row.pk, row.table.columns[0].key),
    ("row_remove", row.table_id, row.pk),
    ("history", cell.series_id, cell.period.code),
    ("source", cell.series.source_id),
    ("interpret", waits.first().pk),
    *((name, survey.pk) for name in ("survey", "survey_edit", "survey_preview", "survey_compare")),
    ("question_edit", survey.questions.first().pk),
    ("door", survey.measurements.get(state="open").pk),
]
for name, *about in pages:
    print("page", reverse(f"indicators:{name}", args=about))
"""


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {[node['target'] for node in fault['nodes']][:3]}" for fault in found]


def look(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    response = page.goto(address)
    assert response is not None
    assert response.status == 200, address
    assert faults(page) == [], address
    assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{address} is wider than {width}"


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", PUBLIC)
def test_axe_finds_nothing_on_public_pages(page: Page, site: Site, path: str, width: int) -> None:
    look(page, site.url + path, width)


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_any_chapter_of_the_programme(page: Page, site: Site, width: int) -> None:
    page.goto(f"{site.url}/actieprogramma/2023/")
    addresses = page.locator("main a[href^='/actieprogramma/2023/']").evaluate_all(
        "all => all.map(link => link.href.split('#')[0])"
    )
    chapters = sorted({address for address in addresses if not address.endswith("/pdf/")})
    assert len(chapters) > 14
    for address in chapters:
        look(page, address, width)


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_the_ballot_with_and_without_errors(page: Page, site: Site, width: int) -> None:
    page.goto(f"{site.url}/doe-mee/?manier=postcode")
    page.get_by_label("Uw postcode").fill("2033AB")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stembiljet/")
    look(page, f"{site.url}/doe-mee/stembiljet/", width)
    page.get_by_role("button", name="Verstuur mijn keuze").click()
    assert faults(page) == []
    page.get_by_label("Geen voorkeur").check()
    page.get_by_role("button", name="Verstuur mijn keuze").click()
    page.wait_for_url("**/geteld/")
    assert faults(page) == []
    meeting = page.get_by_role("link", name=re.compile("Meld mij aan")).first.get_attribute("href")
    look(page, f"{site.url}{meeting}", width)
    page.get_by_role("button", name="Meld mij aan").click()
    assert faults(page) == []


def test_axe_finds_nothing_on_the_pages_of_the_workplace(page: Page, site: Site) -> None:
    of_the_demo = re.findall(r"^page (.+)$", site.manage("shell", "-c", OF_THE_DEMO), re.MULTILINE)
    assert len(of_the_demo) == 14
    # One sign-in for both widths: a code of the second step works only once.
    sign_in(page, site, "beheerder")
    for width in (360, 1280):
        for path in (*STAFF, *of_the_demo):
            look(page, site.url + path, width)
