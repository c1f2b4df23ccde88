"""Open figures as files: what is public and nothing else, as it is or as it was on a day."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from haarlemveilig.accounts.models import User
from tests import factories
from tests.indicators import open_data

SignIn = Callable[[User | str], Client]
pytestmark = pytest.mark.usefixtures("city")
BURENRUZIE = "/cijfers/burenruzie.csv"


@pytest.fixture(autouse=True)
def _in_june() -> Iterator[None]:
    with time_machine.travel(open_data.START.replace(month=6), tick=False):
        yield


def lines(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


# --- one indicator --------------------------------------------------------------------------------
def test_the_csv_of_an_indicator_has_its_figures_and_targets(client: Client) -> None:
    open_data.burenruzie()
    response = client.get(BURENRUZIE)
    assert response.headers["Content-Type"].startswith("text/csv; charset=utf-8")
    assert response.content.startswith(b"\xef\xbb\xbftabel;")
    found = [
        (one["soort"], one["periode"], one["waarde"], one["gedrukt"], one["status_sdmx"])
        for one in lines(response.content)
    ]
    assert found == [
        ("meting", "2021", "403", "403", "A"),
        ("meting", "2022", "", "volgt", "O"),
        ("streefwaarde", "2027", "350", "≤ 350", "A"),
    ]


def test_the_csv_points_to_its_description_and_that_names_every_column(client: Client) -> None:
    open_data.burenruzie()
    response = client.get(BURENRUZIE)
    address = response.headers["Link"].split(">")[0].removeprefix("<")
    assert address == "http://testserver/cijfers/burenruzie.csv-metadata.json"
    metadata = client.get(address).json()
    assert metadata["url"] == "http://testserver/cijfers/burenruzie.csv"
    header = response.content.decode("utf-8-sig").splitlines()[0].split(";")
    assert [column["titles"] for column in metadata["tableSchema"]["columns"]] == header
    assert metadata["dialect"]["delimiter"] == ";"


@pytest.mark.parametrize("kind", ["csv", "csv-metadata.json", "xlsx", "ods"])
def test_each_file_is_the_same_twice_and_says_when_it_changed(client: Client, kind: str) -> None:
    open_data.burenruzie()
    address = f"/cijfers/burenruzie.{kind}"
    first = client.get(address)
    assert first.status_code == 200
    assert client.get(address).content == first.content
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert first.headers["Last-Modified"] == "Sat, 02 May 2026 09:00:00 GMT"
    assert client.head(address).content == b""


def test_a_spreadsheet_has_the_table_its_figures_and_an_explanation(client: Client) -> None:
    open_data.burenruzie()
    book = load_workbook(io.BytesIO(client.get("/cijfers/burenruzie.xlsx").content))
    assert book.sheetnames == ["Gegevens", "Tabel", "Uitleg"]
    texts = [cell.value for row in book["Tabel"].iter_rows() for cell in row if cell.value]
    assert {"Burenruzie", "Streefwaarde 2027", "403", "volgt", "≤ 350"} <= set(texts)
    assert "Meldingen van ruzie tussen buren." in [row[1].value for row in book["Uitleg"].iter_rows()]


@pytest.mark.parametrize("kind", ["csv", "csv-metadata.json", "xlsx", "ods"])
def test_an_indicator_that_is_not_public_has_no_file(client: Client, kind: str) -> None:
    open_data.secret()
    assert client.get(f"/cijfers/zeer-geheim.{kind}").status_code == 404


# --- as it was ------------------------------------------------------------------------------------
def test_a_file_of_a_day_has_what_readers_saw_at_the_end_of_it(client: Client) -> None:
    series = open_data.burenruzie()
    open_data.say(series, {2022: open_data.number(12)}, after=10)
    open_data.publish(series.indicator, after=11)
    open_data.say(series, {2022: open_data.number(13)}, after=20)

    def printed(day: str) -> list[str]:
        found = lines(client.get(BURENRUZIE, {"opDatum": day}).content)
        return [one["gedrukt"] for one in found if one["periode"] == "2022"]

    assert printed("2026-05-02") == ["volgt"]
    assert printed("2026-05-11") == ["volgt"]
    assert printed("2026-05-12") == ["12"]
    assert printed("2026-05-30") == ["12"]
    assert client.get(BURENRUZIE, {"opDatum": "2026-05-01"}).status_code == 404


@pytest.mark.parametrize("day", ["gisteren", "2026-02-30", "", "2026-6-1", "2027-01-01", "0000-01-01"])
def test_a_day_that_cannot_be_is_refused_in_plain_words(client: Client, day: str) -> None:
    open_data.burenruzie()
    response = client.get(BURENRUZIE, {"opDatum": day})
    assert response.status_code == 400
    assert "‘opDatum’" in response.content.decode()


# --- a table --------------------------------------------------------------------------------------
def test_a_table_is_public_when_all_of_its_rows_are(client: Client) -> None:
    table = open_data.table(open_data.burenruzie())
    found = lines(client.get(f"/cijfers/tabellen/{table.pk}.csv").content)
    assert [(one["tabel"], one["rij"], one["label"], one["waarde"]) for one in found] == [
        ("Overlast", "1", "Burenruzie", "403")
    ]


@pytest.mark.parametrize("kind", ["csv", "csv-metadata.json", "xlsx", "ods"])
def test_one_row_that_is_not_public_keeps_the_whole_table_in(client: Client, kind: str) -> None:
    table = open_data.table(open_data.burenruzie(), open_data.secret())
    assert client.get(f"/cijfers/tabellen/{table.pk}.{kind}").status_code == 404


# --- for colleagues -------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_colleagues_get_a_whole_table_with_what_is_not_public_yet(sign_in: SignIn, kind: str) -> None:
    table = open_data.table(open_data.burenruzie(), open_data.secret())
    address = reverse(f"indicators:table_{kind}", args=[table.pk])
    response = sign_in("redacteur").get(address)
    assert response.status_code == 200
    assert kind != "csv" or "987654" in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    assert sign_in(factories.outsider()).get(address).status_code == 403
    assert Client().get(address).status_code == 302


# --- page and catalogue ---------------------------------------------------------------------------
def test_the_page_lists_what_is_open_with_its_files(client: Client) -> None:
    open_data.burenruzie()
    page = client.get("/open-data/").content.decode()
    for address in (
        "/cijfers/burenruzie/",
        BURENRUZIE,
        "/cijfers/burenruzie.xlsx",
        "/cijfers/burenruzie.ods",
    ):
        assert f'href="{address}"' in page
    assert "CC BY 4.0" in page


def test_the_page_says_so_when_nothing_is_open_yet(client: Client) -> None:
    assert "nog geen open cijfers" in client.get("/open-data/").content.decode()


def test_the_catalogue_has_a_data_set_with_four_ways_to_get_it(client: Client) -> None:
    open_data.burenruzie()
    response = client.get("/open-data/catalogus.jsonld")
    assert response.headers["Content-Type"] == "application/ld+json"
    (dataset,) = response.json()["dcat:dataset"]
    assert dataset["dct:title"] == {"@value": "Burenruzie", "@language": "nl"}
    assert dataset["dct:publisher"]["@id"] == "https://identifier.overheid.nl/tooi/id/gemeente/gm0392"
    assert dataset["dct:temporal"]["dcat:endDate"]["@value"] == "2022-12-31"
    for distribution in dataset["dcat:distribution"]:
        address = distribution["dcat:accessURL"]["@id"]
        assert client.get(address).status_code == 200
        assert distribution["dct:license"]["@id"].endswith("/CC_BY_4_0")
    assert len(dataset["dcat:distribution"]) == 4


def test_every_short_name_in_the_catalogue_is_explained(client: Client) -> None:
    open_data.burenruzie()
    data = client.get("/open-data/catalogus.jsonld").json()
    short = {name.partition(":")[0] for name in _names(data) if ":" in name}
    assert short <= set(data["@context"])


def _names(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for name, value in data.items():
            yield name
            yield from [value] if name == "@type" else _names(value)
    elif isinstance(data, list):
        for value in data:
            yield from _names(value)


@pytest.mark.django_db
def test_the_page_and_the_catalogue_do_not_ask_more_for_more_indicators(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    open_data.burenruzie()
    for number in range(5):
        one = open_data.indicator(f"Cijfer {number}", f"cijfer-{number}")
        open_data.say(open_data.series(one), {2021: open_data.number(number)})
        open_data.publish(one)
    for address in ("/open-data/", "/open-data/catalogus.jsonld"):
        with django_assert_max_num_queries(4):
            assert client.get(address).status_code == 200
