"""A policy officer weighs, decides, edits and makes a PDF; a raadslid reads what was published."""

import io
import re

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.signing_in import sign_in

pytestmark = pytest.mark.browser


def adopt(page: Page, site: Site, wijk: str) -> None:
    """Choose and adopt a top 3 as a policy officer does, explaining what is left out when the page asks for it."""
    page.goto(f"{site.url}/werk/afwegen/2026/{wijk}/")
    for number, theme in ((1, "Honden"), (2, "Afval op straat"), (3, "Parkeren")):
        group = page.get_by_role("group", name=f"Nummer {number}")
        group.get_by_role("combobox").select_option(label=theme)
        group.get_by_role("textbox").fill(f"Dit is de reden voor {theme.lower()}.")
    page.get_by_role("button", name="Stel vast").click()
    expect(page.locator(".hv-errors")).to_contain_text("Te hard rijden")
    for field in page.locator("textarea[aria-invalid=true]").all():
        field.fill("Hier loopt al een aanpak, die wij eerst afmaken.")
    page.get_by_role("button", name="Stel vast").click()
    expect(page.get_by_text("Vastgesteld").first).to_be_visible()


def test_a_policy_officer_adopts_a_top_3_and_residents_read_it(page: Page, site: Site) -> None:
    # One sign-in for both widths: a code of the second step works only once.
    sign_in(page, site, "beleidsmedewerker")
    for width, wijk in ((1280, "spaarndam"), (360, "duinwijk")):
        page.set_viewport_size({"width": width, "height": 800})
        adopt(page, site, wijk)
        page.goto(f"{site.url}/wijken/{wijk}/")
        expect(page.get_by_text("Dit is de reden voor honden.")).to_be_visible()
        expect(page.get_by_text("Hier loopt al een aanpak")).to_be_visible()


def test_a_policy_officer_edits_the_programme_and_makes_a_pdf(page: Page, site: Site) -> None:
    sign_in(page, site, "redacteur")
    page.goto(f"{site.url}/werk/programma/2023/")
    page.locator(".hv-toc a", has_text="2.2 Jeugd en veiligheid").click()
    objective = page.get_by_label("Doelstelling", exact=True)
    objective.fill("Eind 2023 kennen jongeren in elke wijk hun jongerenwerker bij naam.")
    page.get_by_role("button", name=re.compile("Bewaar")).first.click()
    expect(page.get_by_label("Doelstelling", exact=True)).to_have_value(
        "Eind 2023 kennen jongeren in elke wijk hun jongerenwerker bij naam."
    )

    page.goto(f"{site.url}/werk/programma/2023/")
    page.get_by_role("button", name="Maak PDF").click()
    expect(page).to_have_url(re.compile("/werk/taken/"))
    link = page.get_by_role("link", name=re.compile("PDF|pdf|bestand", re.IGNORECASE)).last
    expect(page.get_by_text(re.compile("klaar", re.IGNORECASE)).first).to_be_visible(timeout=90_000)
    content = page.request.get(f"{site.url}{link.get_attribute('href')}").body()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) > 20
        assert pdf.Root.Lang == "nl"


@pytest.mark.parametrize("width", [360, 1280])
def test_a_raadslid_reads_the_published_programme_as_page_and_as_pdf(
    page: Page, site: Site, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, site, "raadslid")
    page.goto(f"{site.url}/actieprogramma/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Actieprogramma")
    page.get_by_role("link", name="2.1 Ondermijnende criminaliteit").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2.1")
    expect(page.get_by_role("table").first).to_be_visible()
    expect(page.get_by_text("Hirate adrescontroles LAA").first).to_be_visible()

    content = page.request.get(f"{site.url}/actieprogramma/2023/pdf/").body()
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root]
        assert len(pdf.pages) > 20


@pytest.mark.parametrize(
    "path",
    ["/werk/afwegen/", "/werk/programma/2023/", "/werk/cijfers/", "/werk/rondes/", "/werk/uitgaande-mail/"],
)
def test_a_raadslid_and_a_visitor_see_nothing_of_the_workplace(page: Page, site: Site, path: str) -> None:
    page.goto(site.url + path)
    expect(page).to_have_url(re.compile("/account/login/"))
    sign_in(page, site, "raadslid")
    response = page.goto(site.url + path)
    assert response is not None
    assert response.status == 403
