"""The public pages of a published result."""

import hashlib
import re
import uuid

import pytest
from django.core.cache import cache
from django.test import Client

from haarlemveilig.editions.models import Edition
from haarlemveilig.editions.services import PublishedFile
from haarlemveilig.jobs.models import Job
from participation.ranking import round_keys, services
from participation.ranking.models import Round
from participation.ranking.result_words import whole_percent
from participation.ranking.selectors import published_results, result_of_round
from participation.ranking.selectors import results as result_selectors
from tests import factories
from tests.participation.ranking import result_samples as samples

pytestmark = pytest.mark.django_db
CITY, WIJK = "/uitslag/2025-1/", "/uitslag/2025-1/parkwijk/"
PAGES = (
    "/uitslag/",
    CITY,
    WIJK,
    "/uitslag/2025-1/oost/",
    "/uitslag/2025-1/vergelijk/",
    "/uitslag/2025-1/bestanden/",
)


@pytest.fixture
def counted(city: None, settings, tmp_path) -> Round:
    """A counted round: Parkwijk with 110 participants, Slachthuiswijk 40, Molenwijk 12, Meerwijk 3."""
    settings.KEY_DIR = tmp_path / "keys"
    round_ = factories.open_round(code="2025-1", for_year=2026)
    round_keys.make(round_.code)
    for slug, ranking, times in (
        ("parkwijk", ("verkeer", "afval"), 80),
        ("parkwijk", ("jeugd",), 30),
        ("slachthuiswijk", ("afval",), 40),
        ("molenwijk", ("afval",), 12),
        ("meerwijk", ("donker",), 3),
    ):
        wijk = factories.area(slug)
        for _time in range(times):
            voter = services.Voter(uuid.uuid4(), wijk.pk, wijk.code, "postcode")
            services.cast(round_=round_, voter=voter, choice=services.Choice(ranking))
    services.close_round(round_=round_)
    services.count_round(round_=round_)
    return round_


@pytest.fixture
def published(counted: Round) -> Round:
    services.publish_round(round_=counted)
    return counted


def main_of(client: Client, address: str) -> str:
    """What stands in main, without the header and the footer."""
    text = client.get(address).text
    return text[text.index("<main") : text.index("</main>")]


def own_part_of(client: Client, address: str) -> str:
    """What a page says of its own area: without the table in which it stands beside others."""
    return re.sub(r'<section[^>]*"naast".*?</section>', "", main_of(client, address), flags=re.DOTALL)


def content_of(response) -> bytes:
    return b"".join(response.streaming_content)


def test_before_the_first_result_the_list_says_so(client: Client, city: None) -> None:
    assert "Er is nog geen uitslag" in client.get("/uitslag/").text


def test_a_round_that_is_counted_but_not_published_is_nowhere(client: Client, counted: Round) -> None:
    assert "2025-1" not in main_of(client, "/uitslag/")
    for address in (*PAGES[1:], "/uitslag/2025-1/pdf/", "/uitslag/2025-1/bestanden/results.csv"):
        assert client.get(address).status_code == 404, address


@pytest.mark.parametrize("address", PAGES)
def test_a_published_result_is_for_everybody(client: Client, published: Round, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/uitslag/2024-9/",
        "/uitslag/2025-1/atlantis/",
        "/uitslag/2025-1/vergelijk/?thema=draken",
        "/uitslag/2025-1/vergelijk/?wijk=atlantis",
        "/uitslag/2025-1/vergelijk/?wijk=oost",
        "/uitslag/2025-1/bestanden/geheim.csv",
        "/uitslag/2025-1/bestanden/..%2F..%2Fsettings.py",
        "/uitslag/2025-1/pdf/",
    ],
)
def test_what_does_not_exist_is_not_found(client: Client, published: Round, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_list_gives_each_round_its_headline(client: Client, published: Round) -> None:
    page = client.get("/uitslag/").text
    assert result_of_round("2025-1") is not None
    assert "Haarlem wil eerst iets doen aan" in page
    assert 'href="/uitslag/2025-1/"' in page


def test_the_city_leads_to_every_wijk_and_gives_the_number_that_checks_the_ballots(
    client: Client, published: Round
) -> None:
    page = client.get(CITY).text
    published.refresh_from_db()
    for slug in ("parkwijk", "slachthuiswijk", "meerwijk", "molenwijk", "oost", "schalkwijk"):
        assert f'href="/uitslag/2025-1/{slug}/"' in page
    assert f'<span class="hv-code">{published.merkle_root}</span>' in page
    assert "Controlegetal van alle stembiljetten" in page


def test_a_wijk_says_how_certain_its_result_is_and_stands_beside_the_rest(
    client: Client, published: Round
) -> None:
    page = client.get(WIJK).text
    assert "Hoe zeker is dit?" in page
    assert "Zij kozen zelf om mee te doen." in page
    assert "Parkwijk naast de rest van de stad" in page
    assert "Vergelijk elk onderwerp met elk ander" in page


def test_a_wijk_that_was_counted_with_another_says_so(client: Client, published: Round) -> None:
    page = client.get("/uitslag/2025-1/meerwijk/").text
    assert "We telden Meerwijk en Molenwijk samen." in page
    assert not re.search(r"(?<![\d,])\d+%|plaats \d", own_part_of(client, "/uitslag/2025-1/meerwijk/"))


@pytest.mark.parametrize("n", [0, 9, 10, 29])
def test_with_too_few_participants_a_page_has_no_share_and_no_place(
    client: Client, city: None, n: int
) -> None:
    samples.published(samples.result(samples.area(n=n)))
    page = own_part_of(client, WIJK)
    assert not re.search(r"(?<![\d,])\d+%|plaats \d", page)
    assert "<svg" not in page
    beside = re.findall(r'<tr><th scope="row">\w+</th><td[^>]*>(.*?)</td>', main_of(client, WIJK))
    assert beside == ["–"] * 5
    row = re.search(r"parkwijk/\">Parkwijk</a>.*?</tr>", main_of(client, CITY), re.DOTALL)
    assert row
    assert "te weinig deelnemers" in row[0]
    assert (f">{n}<" in row[0]) == (n >= 10)


@pytest.mark.parametrize("n", [30, 99])
def test_a_first_impression_has_shares_but_no_places(client: Client, city: None, n: int) -> None:
    samples.published(samples.result(samples.area(n=n, within="")))
    page = main_of(client, WIJK)
    assert "Dit is een eerste indruk" in page
    assert "61%" in page
    assert not re.search(r"plaats \d", page)


def test_every_percentage_on_a_page_is_one_of_the_result(client: Client, published: Round) -> None:
    found = result_of_round("2025-1")
    assert found
    page = re.sub(r'<ul class="hv-(legend|tiles)".*?</ul>', "", main_of(client, WIJK), flags=re.DOTALL)
    printed = {int(digits) for digits in re.findall(r"(?<![\d,])(\d+)%", page)}
    assert printed <= _percentages(found.result) | set(range(0, 101, 20))


def _percentages(result) -> set[int]:
    shares: set[float] = set()
    for area in result.areas.values():
        for theme in area.themes:
            shares |= {theme.share, theme.share_raw, max(theme.low, 0.0), min(theme.high, 1.0)}
        for group in area.composition:
            shares |= {group.share, group.population_share}
        for row, counts in area.pairwise.items():
            for column, count in counts.items():
                other = area.pairwise[column][row]
                shares |= {count / (count + other)} if count is not None and count + other else set()
    return {whole_percent(share) for share in shares}


def test_an_edition_of_the_first_version_still_shows(client: Client, city: None) -> None:
    samples.published(samples.result(samples.area(merged_with=(samples.MEERWIJK,))), version=1)
    page = main_of(client, WIJK)
    assert "Parkwijk en Meerwijk willen eerst iets doen aan" in page
    assert "61%" in page
    assert "Punten" not in page
    for address in PAGES:
        if "oost" not in address:
            assert client.get(address).status_code == 200, address


def test_a_result_of_a_round_without_the_whole_city_is_not_shown(client: Client, city: None) -> None:
    view = samples.result(samples.area())
    samples.published(type(view).from_json({**view.as_json(), "areas": {}}))
    assert client.get(CITY).status_code == 404
    assert "Er is nog geen uitslag" in client.get("/uitslag/").text


def test_what_was_set_apart_is_shown_with_its_reason_beside_the_result(client: Client, city: None) -> None:
    with_all = samples.area(n=219)
    view = samples.result(
        samples.area(), set_apart=(samples.set_apart(),), areas_with_all={samples.PARKWIJK: with_all}
    )
    samples.published(view)
    page = main_of(client, WIJK)
    assert "Minder dan 10 stembiljetten: veel stembiljetten vanaf één adres in korte tijd." in page
    assert "Eén computer" in page
    assert "Met alle stembiljetten" in page
    assert "219" not in page


def test_counts_of_ways_in_that_are_too_small_are_not_given(client: Client, city: None) -> None:
    samples.published(samples.result(samples.area()))
    page = main_of(client, CITY)
    assert page.count("te weinig om te noemen") == 2
    assert "Met een code uit een brief" in page
    assert "800" in page


def test_a_round_for_entrepreneurs_says_ondernemers(client: Client, city: None) -> None:
    samples.published(samples.result(samples.area(), kind="entrepreneurs"))
    page = main_of(client, WIJK)
    assert "Ondernemers in Parkwijk willen eerst" in page
    assert "ondernemers deden mee in Parkwijk" in page
    assert "bewoners deden mee" not in page


def test_all_wijken_are_compared_in_order_of_name_without_a_script(client: Client, published: Round) -> None:
    page = main_of(client, "/uitslag/2025-1/vergelijk/?thema=jeugd")
    table = page[page.index('id="tabel"') :]
    names = re.findall(r"/uitslag/2025-1/\w+/\">(\w+)<", table)
    assert names == ["Meerwijk", "Molenwijk", "Parkwijk", "Slachthuiswijk", "Oost", "Schalkwijk"]
    assert "Jeugd per wijk, in een tabel" in page
    assert '<option value="jeugd" selected>' in page


def test_two_wijken_stand_side_by_side_on_one_axis(client: Client, published: Round) -> None:
    page = main_of(client, "/uitslag/2025-1/vergelijk/?wijk=parkwijk&wijk=slachthuiswijk&wijk=")
    assert "Parkwijk, Slachthuiswijk naast elkaar" in page
    assert page.count('class="hv-bars__axis"') == 1
    assert "Overlappen de balken van twee wijken" in page


def test_one_wijk_alone_is_not_compared(client: Client, published: Round) -> None:
    page = main_of(client, "/uitslag/2025-1/vergelijk/?wijk=parkwijk&wijk=parkwijk")
    assert 'id="naast"' not in page


def test_each_file_is_described_with_its_hash_and_downloads_as_it_was_published(
    client: Client, published: Round
) -> None:
    page = client.get("/uitslag/2025-1/bestanden/").text
    for name in ("ballots.csv", "cells.csv", "manifest.json", "results.csv"):
        response = client.get(f"/uitslag/2025-1/bestanden/{name}")
        assert hashlib.sha256(content_of(response)).hexdigest() in page
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        kind = "application/json" if name.endswith("json") else "text/csv"
        assert response["Content-Type"] == f"{kind}; charset=utf-8"
    assert "Alle stembiljetten: per biljet het bewijs" in page


def test_a_script_is_served_as_plain_text(client: Client, city: None) -> None:
    script = PublishedFile("verify.py", "text/x-python", b"print(1)\n")
    samples.published(samples.result(samples.area()), script)
    response = client.get("/uitslag/2025-1/bestanden/verify.py")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert content_of(response) == b"print(1)\n"


def test_the_pdf_is_not_among_the_open_data(client: Client, city: None) -> None:
    paper = PublishedFile("uitslag-2025-1.pdf", "application/pdf", b"%PDF")
    samples.published(samples.result(samples.area()), paper)
    assert "uitslag-2025-1.pdf" not in main_of(client, "/uitslag/2025-1/bestanden/")
    assert client.get("/uitslag/2025-1/bestanden/uitslag-2025-1.pdf").status_code == 404
    response = client.get("/uitslag/2025-1/pdf/")
    assert response["Content-Type"] == "application/pdf"
    assert content_of(response) == b"%PDF"
    assert "De hele uitslag als pdf" in main_of(client, CITY)


def test_a_correction_shows_in_place_of_what_it_corrects(client: Client, city: None) -> None:
    samples.published(samples.result(samples.area()))
    samples.published(samples.result(samples.area(n=20)))
    assert [found.edition.number for found in published_results()] == [2]
    assert "Te weinig bewoners van Parkwijk" in main_of(client, WIJK)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_the_database_at_most_three_things(
    client: Client, published: Round, address: str, django_assert_max_num_queries
) -> None:
    client.get(address)
    with django_assert_max_num_queries(3):
        client.get(address)


def test_an_edition_is_read_once_however_many_pages_show_it(
    client: Client, published: Round, monkeypatch
) -> None:
    client.get(WIJK)
    monkeypatch.setattr(result_selectors.RoundResultView, "from_json", _never)
    cache.clear()
    for address in PAGES:
        assert client.get(address).status_code == 200


def _never(*_arguments: object) -> None:
    raise AssertionError("the edition was read again")


def test_a_colleague_can_have_the_pdf_made_again(sign_in, published: Round) -> None:
    response = sign_in("beleidsmedewerker").post("/werk/rondes/2025-1/pdf/")
    edition = Edition.objects.get(subject="2025-1")
    job = Job.objects.filter(kind="round_result_pdf").latest("created_at")
    assert job.params == {"edition": str(edition.pk)}
    assert response.url == f"/werk/taken/{job.pk}/"
