"""Everything that is public, page after page and file after file: no count of fewer than ten people is in it.

Two wijken are so small that they are counted with their neighbour. Whoever knew the neighbour alone could subtract;
so neither the small count nor the neighbour's own, a number that occurs nowhere else, may be found.
"""

import io
import json
import re
import uuid
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from haarlemveilig.editions.models import EditionFile
from participation.ranking import round_keys, services
from participation.ranking.models import Round
from tests import factories
from tests.test_permissions import PUBLIC

pytestmark = pytest.mark.django_db
# Together 200 and 165, of whom everybody chose something.
SMALL = {"parkwijk": 193, "slachthuiswijk": 7, "meerwijk": 8, "molenwijk": 157}
TELLING = (193, 157)
# A number that ends in a full stop ends a sentence ("de top 3."): what follows is another element.
PEOPLE = (
    r"(\d+(?:\.\d{3})*) (?:deelnemers?|deelnames?|bewoners deden mee|mensen deden mee|stembiljet(?:ten)?)\b"
)
MANY_PAGES = 400


@pytest.fixture
def published(city: None, settings: Any, tmp_path: Path) -> Round:
    settings.KEY_DIR = tmp_path / "keys"
    round_ = factories.open_round(asks_remarks=True)
    round_keys.make(round_.code)
    for slug, count in SMALL.items():
        wijk = factories.area(slug)
        for number in range(count):
            voter = services.Voter(_id(slug, number), wijk.pk, wijk.code, "postcode")
            ranking = factories.THEMES[number % 5 :: 2][:3]
            services.cast(round_=round_, voter=voter, choice=services.Choice(ranking))
    services.close_round(round_=round_)
    services.count_round(round_=round_)
    services.publish_round(round_=round_)
    return round_


def _id(slug: str, number: int) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_DNS, f"{slug}{number}")


def addresses() -> list[str]:
    """Where the walk begins: every public address that needs nothing, and those of the round and its wijken."""
    plain = [f"/{address}" for address in sorted(PUBLIC) if "<" not in address and "^" not in address]
    own = [f"/uitslag/2026-1/{rest}" for rest in ("", "natellen/")]
    return [*plain, *own, *(f"/wijken/{slug}/" for slug in SMALL)]


def walk(client: Client) -> Iterator[tuple[str, str]]:
    """Every public page that can be reached by links, and its text."""
    waiting, seen = addresses(), set()
    while waiting and len(seen) < MANY_PAGES:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        response = client.get(address, follow=True)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        text = as_text(content)
        yield address, text
        if response.get("Content-Type", "").startswith("text/html"):
            waiting += [unescape(link).split("#")[0] for link in re.findall(r'href="(/[^"]*)"', text)]


def as_text(content: bytes) -> str:
    """What stands in it; of a spreadsheet, what stands in the sheets."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b" ".join(archive.read(name) for name in archive.namelist())
    return content.decode("utf-8", "replace")


def published_files() -> Iterator[tuple[str, str]]:
    for file in EditionFile.objects.all():
        with file.file.open() as content:
            yield file.name, as_text(content.read())


def in_words(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", unescape(text)))


def counts_of_people(name: str, text: str) -> list[int]:
    """The counts of participants that a page says in words, or a file under a name."""
    found = [int(number.replace(".", "")) for number in re.findall(PEOPLE, in_words(text))]
    if name.endswith("manifest.json"):
        areas = json.loads(text)["areas"].values()
        found += [area["n"] for area in areas if area["n"] is not None]
    return found


def test_no_public_page_or_file_holds_a_count_from_which_a_few_people_can_be_told(
    client: Client, published: Round
) -> None:
    seen = 0
    for name, text in [*walk(client), *published_files()]:
        seen += 1
        # Hashes and identifiers are no counts; neither are the parts of a decimal number.
        for number in TELLING:
            assert not re.search(rf"(?<![\w.,:-]){number}(?![\w.,:-])", in_words(text)), f"{number} in {name}"
        assert not [count for count in counts_of_people(name, text) if 0 < count < 10], name
    assert seen > 40


def test_no_public_page_holds_more_than_the_turnout_in_steps_while_a_round_is_open(
    client: Client, city: None, settings: Any, tmp_path: Path
) -> None:
    settings.KEY_DIR = tmp_path / "keys"
    round_ = factories.open_round()
    round_keys.make(round_.code)
    wijk = factories.area("parkwijk")
    for number in range(73):
        voter = services.Voter(_id("open", number), wijk.pk, wijk.code, "postcode")
        services.cast(round_=round_, voter=voter, choice=services.Choice(("afval",)))
    for address, text in walk(client):
        assert not re.search(r"(?<![\w.,:-])73(?![\w.,:-])", in_words(text)), address
        assert all(count % 50 == 0 for count in counts_of_people(address, text)), address
