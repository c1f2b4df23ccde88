"""The page with which anybody counts again, and looks for their own ballot."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Page, Route, expect

from haarlemveilig.editions.models import Edition
from participation.ranking import receipts, views_recount
from participation.ranking.models import Ballot, Round
from tests.participation.ranking.conftest import (
    cast_random,
    make_round,
    publish,
    set_all_flagged_apart,
    write_files,
)

# Browsers compute hashes only on a safe origin; this is one.
SITE = "http://localhost"
PAGE = "/uitslag/2026-1/natellen/"
pytestmark = pytest.mark.django_db
COUNTS = {"parkwijk": 120, "meerwijk": 30}


@pytest.fixture
def published(city: None, key_dir: Path) -> Round:
    round_ = make_round()
    cast_random(round_, COUNTS, flags={"parkwijk": 15})
    publish(round_, judge=set_all_flagged_apart)
    return round_


def test_anybody_reads_how_to_count_again_and_the_numbers_for_the_letter(
    client: Client, published: Round
) -> None:
    response = client.get(PAGE)
    assert response.status_code == 200
    published.refresh_from_db()
    assert published.merkle_root in response.text
    assert "python3 verify.py ." in response.text
    for name in ("ballots.csv", "apart.csv", "results_with_all.csv", "manifest.json", "verify_intervals.py"):
        assert name in response.text


def test_every_published_file_is_explained(published: Round, tmp_path: Path) -> None:
    folder = write_files(Edition.objects.get(), tmp_path / "kit")
    names = {path.name.replace("_with_all", "") for path in folder.iterdir()}
    assert names == set(views_recount.ABOUT)


def test_there_is_no_page_before_publication(client: Client, city: None, key_dir: Path) -> None:
    make_round()
    assert client.get(PAGE).status_code == 404
    assert client.get("/uitslag/bestaat-niet/natellen/").status_code == 404


def test_where_rows_are_not_published_the_page_says_why(client: Client, city: None, key_dir: Path) -> None:
    round_ = make_round(k=4)
    cast_random(round_, {"parkwijk": 40})
    publish(round_)
    response = client.get(PAGE)
    assert "De stembiljetten van deze ronde staan er niet bij." in response.text
    assert "data-receipt" not in response.text


def test_without_javascript_the_page_offers_the_script(client: Client, published: Round) -> None:
    text = client.get(PAGE).text
    assert re.search(r"<form data-receipt[^>]* hidden", text)
    assert "python3 verify.py . --receipt bewijs-2026-1.json" in text


# --- in a browser -------------------------------------------------------------------------------
@pytest.fixture
def open_page(
    published: Round, client: Client, page: Page, monkeypatch: Any, tmp_path: Path
) -> Callable[[], list[str]]:
    """Opens the page with the published files beside it; answers every address that is asked for.

    The browser asks this process, without a server: what is published cannot be flushed after a test.
    """
    folder = write_files(Edition.objects.get(), tmp_path / "kit")
    monkeypatch.setattr(views_recount, "_url", lambda code, name: f"/uitslag/{code}/bestanden/{name}")
    html = client.get(PAGE)
    asked: list[str] = []

    def serve(route: Route) -> None:
        sent = route.request
        asked.append(f"{sent.method} {sent.url} {sent.post_data or ''}")
        path = sent.url.removeprefix(SITE)
        if path.startswith(settings.STATIC_URL):
            found = finders.find(path.removeprefix(settings.STATIC_URL))
            route.fulfill(path=found) if found else route.abort()
        elif "/bestanden/" in path:
            route.fulfill(path=folder / path.rpartition("/")[2])
        else:
            route.fulfill(body=html.content, headers=dict(html.headers))

    def open_it() -> list[str]:
        page.route("**/*", serve)
        page.goto(f"{SITE}{PAGE}")
        return asked

    return open_it


def receipt_of(ballot: Ballot) -> str:
    return receipts.Receipt(
        area=ballot.wijk.code,
        round=ballot.round.code,
        ranking=tuple(ballot.ranking.split(">")) if ballot.ranking else (),
        nonce=bytes.fromhex(ballot.nonce),
    ).canonical()


def find(page: Page, text: str) -> None:
    page.get_by_label("Of plak de tekst").fill(text)
    page.get_by_role("button", name="Zoek mijn stembiljet").click()


@pytest.mark.browser
def test_a_browser_finds_a_ballot_and_sends_the_receipt_nowhere(
    open_page: Callable[[], list[str]], page: Page
) -> None:
    asked = open_page()
    answer = page.get_by_role("status")
    counted = (
        Ballot.objects.filter(is_set_apart=False).exclude(ranking="").select_related("wijk", "round").first()
    )
    apart = Ballot.objects.filter(is_set_apart=True).select_related("wijk", "round").first()
    assert counted is not None
    assert apart is not None
    find(page, receipt_of(counted))
    expect(answer).to_contain_text("Uw stembiljet staat in de lijst en telt mee.")
    chosen = [code.capitalize() for code in counted.ranking.split(">")]
    expect(answer.get_by_role("listitem")).to_have_text(chosen)
    expect(answer).to_be_focused()
    find(page, receipt_of(apart))
    expect(answer).to_contain_text("het telt niet mee")
    sent = " ".join(asked)
    assert counted.nonce not in sent
    assert counted.leaf not in sent
    assert all(line.startswith("GET ") for line in asked)


@pytest.mark.browser
def test_a_browser_says_when_a_ballot_is_missing_or_is_no_receipt(
    open_page: Callable[[], list[str]], page: Page, tmp_path: Path
) -> None:
    open_page()
    answer = page.get_by_role("status")
    ballot = Ballot.objects.exclude(ranking="").select_related("wijk", "round").first()
    assert ballot is not None
    find(page, receipt_of(ballot).replace(ballot.nonce, "0" * 32))
    expect(answer).to_contain_text("Dit stembiljet staat niet in de lijst.")
    find(page, json.dumps(json.loads(receipt_of(ballot)) | {"ronde": "2025-1"}))
    expect(answer).to_contain_text("Dit bewijs is van een andere ronde.")
    find(page, "A4KM-9XTP-H7CQ")
    expect(answer).to_contain_text("Dit is geen bewijs dat we kunnen lezen.")
    (tmp_path / "bewijs.json").write_text(receipt_of(ballot))
    page.get_by_label("Kies uw bewijs").set_input_files(tmp_path / "bewijs.json")
    page.get_by_role("button", name="Zoek mijn stembiljet").click()
    expect(answer).to_contain_text("Uw stembiljet staat in de lijst")


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_scrolls_sideways(open_page: Callable[[], list[str]], page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    open_page()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
