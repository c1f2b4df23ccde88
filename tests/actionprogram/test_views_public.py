from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from actionprogram.selectors import published
from haarlemveilig.editions.models import Edition

PAGES = [
    "/actieprogramma/2023/",
    "/actieprogramma/2023/jeugd-en-veiligheid/",
    "/actieprogramma/2023/voorwoord/",
]


def test_without_a_programme_there_is_an_explanation(client: Client, city: None) -> None:
    response = client.get("/actieprogramma/")
    assert response.status_code == 200
    assert "nog geen actieprogramma" in response.content.decode()


def test_the_front_door_leads_to_the_latest_year(client: Client, edition: Edition) -> None:
    assert client.get("/actieprogramma/").headers["Location"] == "/actieprogramma/2023/"


@pytest.mark.parametrize("address", PAGES)
def test_everybody_can_read_what_was_published(client: Client, edition: Edition, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_a_page_takes_at_most_three_queries(
    client: Client, edition: Edition, address: str, django_assert_max_num_queries: Any
) -> None:
    client.get(address)  # the municipality's profile is cached
    with django_assert_max_num_queries(3):
        client.get(address)
    cache.clear()


@pytest.mark.parametrize("address", [*PAGES, "/actieprogramma/2023/pdf/"])
def test_a_draft_is_not_public(client: Client, programme: Any, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_chapter_shows_its_aims_acties_places_figures_and_notes(client: Client, edition: Edition) -> None:
    html = client.get("/actieprogramma/2023/jeugd-en-veiligheid/").content.decode()
    for text in (
        "Ambitie 2023–2026",
        "Doelstelling 2023",
        "Regie in elke wijk",
        "(12x per jaar)",
        "Team Jeugd",
        "Reinaldapark: aanlijnen.",
        "Meldingen jeugdoverlast",
        "hv-spark",
        "Een waarschuwing.",
        "Terug naar de tekst",
        "Vorige:",
        "1.2 Veilig uitgaan",
    ):
        assert text in html


def test_the_notes_of_another_chapter_stay_there(client: Client, edition: Edition) -> None:
    html = client.get("/actieprogramma/2023/veilig-uitgaan/").content.decode()
    assert "Werk dat niet kan wachten." in html
    assert "Een waarschuwing." not in html


@pytest.mark.parametrize("address", PAGES)
def test_no_id_stands_twice_on_a_page(client: Client, edition: Edition, address: str) -> None:
    ids = [part.partition('"')[0] for part in client.get(address).content.decode().split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_a_block_has_an_address_that_lasts(client: Client, edition: Edition) -> None:
    found = published(2023)
    assert found is not None
    actie = found.view.sections[2].lines[0].acties[0].id
    response = client.get(f"/actieprogramma/2023/{actie}/")
    assert response.headers["Location"] == f"/actieprogramma/2023/jeugd-en-veiligheid/#{actie}"


def test_an_address_that_never_was_is_not_found(client: Client, edition: Edition) -> None:
    assert client.get("/actieprogramma/2023/bestaat-niet/").status_code == 404
    assert client.get("/actieprogramma/2023/7e78b743-199b-5911-a8f9-84498217a4f0/").status_code == 404


def test_the_pdf_is_the_one_that_was_published(client: Client, edition: Edition) -> None:
    response = client.get("/actieprogramma/2023/pdf/")
    assert response.headers["Content-Type"] == "application/pdf"
    assert "actieprogramma-2023.pdf" in response.headers["Content-Disposition"]
    assert b"".join(response.streaming_content) == b"%PDF-1.7 not a real one"  # type: ignore[attr-defined]
