"""The public API: by the Dutch API Design Rules, read only, and never more than is public."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from openapi_spec_validator import validate

from haarlemveilig.gemeente.selectors import municipality
from indicators.models import Series
from indicators.selectors import open_data as selectors
from tests.indicators import open_data

pytestmark = pytest.mark.usefixtures("city")
LISTS = ["indicatoren", "reeksen", "bronnen", "gebieden", "themas"]


@pytest.fixture(autouse=True)
def _in_june() -> Iterator[None]:
    with time_machine.travel(open_data.START.replace(month=6), tick=False):
        yield


def get(client: Client, path: str, **asked: Any) -> Any:
    response = client.get(f"/api/v1/{path}", asked)
    assert response.status_code == 200, response.content
    return response.json()


# --- what it gives --------------------------------------------------------------------------------
def test_a_series_has_its_figures_and_why_one_is_missing(client: Client) -> None:
    series = open_data.burenruzie()
    (found,) = get(client, "reeksen")["resultaten"]
    assert (found["id"], found["indicator"], found["bron"]) == (series.pk, "burenruzie", "Politie")
    assert found["gebied"] == {"code": "GM0392", "naam": "Haarlem", "niveau": "gemeente"}
    known, pending = found["waarnemingen"]
    assert (known["waarde"], known["status"], known["statusSdmx"]) == (403, "gewoon", "A")
    assert (pending["waarde"], pending["gedrukt"], pending["toelichting"]) == (
        None,
        "volgt",
        "Dit cijfer komt nog.",
    )
    assert found["streefwaarden"][0]["vergelijking"] == "≤"
    assert known["peildatum"] == found["streefwaarden"][0]["peildatum"] == timezone.localdate().isoformat()
    assert get(client, f"reeksen/{series.pk}") == found


def test_an_indicator_has_its_definition_and_its_files(client: Client) -> None:
    open_data.burenruzie()
    found = get(client, "indicatoren/burenruzie")
    assert get(client, "indicatoren")["resultaten"] == [found]
    assert (found["omschrijving"], found["thema"]) == ("Meldingen van ruzie tussen buren.", "jeugd")
    assert found["bestanden"]["csv"] == "http://testserver/cijfers/burenruzie.csv"


def test_sources_areas_and_themes_can_be_listed(client: Client) -> None:
    open_data.burenruzie()
    assert [one["naam"] for one in get(client, "bronnen")["resultaten"]] == ["Politie"]
    areas = {one["code"]: one for one in get(client, "gebieden")["resultaten"]}
    assert areas["WK039209"]["naam"] == "Parkwijk"
    assert areas["GM0392"]["ligtIn"] is None
    assert {"code": "jeugd", "naam": "Jeugd"} in get(client, "themas")["resultaten"]


def test_the_root_leads_to_everything(client: Client) -> None:
    for address in client.get("/api/v1").json()["links"].values():
        assert client.get(address).status_code == 200


# --- what can be asked ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"thema": "jeugd"}, 1),
        ({"thema": "afval"}, 0),
        ({"gebied": "GM0392"}, 2),
        ({"gebied": "WK039209"}, 0),
        ({"indicator": "burenruzie"}, 1),
        ({"indicator": "zeer-geheim"}, 0),
        ({"gebied": "' OR 1=1 --"}, 0),
    ],
)
def test_series_can_be_asked_by_theme_area_and_indicator(
    client: Client, asked: dict[str, str], count: int
) -> None:
    open_data.burenruzie()
    other = open_data.indicator("Overvallen", "overvallen")
    open_data.say(open_data.series(other), {2021: open_data.number(9)})
    open_data.publish(other)
    open_data.secret()
    assert get(client, "reeksen", **asked)["totaal"] == count


def test_figures_can_be_asked_from_and_until_a_period(client: Client) -> None:
    open_data.burenruzie()

    def periods(**asked: str) -> list[str]:
        return [one["periode"] for one in get(client, "reeksen", **asked)["resultaten"][0]["waarnemingen"]]

    assert periods(periodeVanaf="2022") == ["2022"]
    assert periods(periodeTot="2021") == ["2021"]
    assert periods(periodeVanaf="2021-Q2", periodeTot="2021-12") == []


def test_the_past_can_be_asked(client: Client) -> None:
    series = open_data.burenruzie()
    open_data.say(series, {2022: open_data.number(12)}, after=10)
    open_data.publish(series.indicator, after=11)
    address = f"reeksen/{series.pk}"
    assert get(client, address, opDatum="2026-05-11")["waarnemingen"][1]["gedrukt"] == "volgt"
    assert get(client, address, opDatum="2026-05-12")["waarnemingen"][1]["gedrukt"] == "12"
    for path in ("reeksen", "indicatoren"):
        assert get(client, path, opDatum="2026-05-01")["totaal"] == 0
        assert get(client, path, opDatum="2026-05-02")["totaal"] == 1


def test_a_series_without_public_figures_is_not_counted(client: Client) -> None:
    series = open_data.burenruzie()
    open_data.say(open_data.series(series.indicator, source="Later"), {2021: open_data.number(5)}, after=5)
    assert get(client, "reeksen")["totaal"] == 1
    assert "Later" not in client.get("/api/v1/bronnen").content.decode()


def test_pages_follow_each_other(client: Client) -> None:
    for number in range(5):
        one = open_data.indicator(f"Cijfer {number}", f"cijfer-{number}")
        open_data.say(open_data.series(one), {2021: open_data.number(number)})
        open_data.publish(one)
    found, address = [], "/api/v1/reeksen?pageSize=2"
    while address:
        page = client.get(address).json()
        found += [one["indicator"] for one in page["resultaten"]]
        address = page["links"].get("next")
    assert found == [f"cijfer-{number}" for number in range(5)]
    assert page["links"]["prev"].endswith("pageSize=2&page=2")


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"kleur": "rood"}, "kleur"),
        ({"pageSize": "101"}, "pageSize"),
        ({"page": "0"}, "page"),
        ({"page": "²"}, "page"),
        ({"periodeVanaf": "vorig jaar"}, "periodeVanaf"),
        ({"periodeTot": "2021-13"}, "periodeTot"),
        ({"opDatum": "2026-02-30"}, "opDatum"),
        ({"opDatum": "2027-01-01"}, "opDatum"),
        ({"indicator": ""}, "indicator"),
        ({"gebied": "x\x00"}, "gebied"),
        ({"thema": ["a", "b"]}, "thema"),
    ],
)
def test_a_wrong_question_is_a_problem_that_names_the_parameter(
    client: Client, asked: Any, named: str
) -> None:
    response = client.get("/api/v1/reeksen", asked)
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == 400
    assert f"‘{named}’" in problem["detail"]


# --- the rules of the house -----------------------------------------------------------------------
@pytest.mark.parametrize(
    "path", ["", "/openapi.json", *(f"/{one}" for one in LISTS), "/reeksen/0", "/niets", "/reeksen/"]
)
def test_every_answer_says_its_version_and_may_be_read_from_anywhere(client: Client, path: str) -> None:
    response = client.get(f"/api/v1{path}")
    assert response.headers["API-Version"] == "1.0.0"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert client.head(f"/api/v1{path}").status_code == response.status_code
    wrong = client.get(f"/api/v1{path}", {"kleur": "rood"})
    assert wrong.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path",
    ["", "reeksen/", "niets", "reeksen/0", "indicatoren/zeer-geheim", "reeksen/x", f"reeksen/{10**30}"],
)
def test_what_is_not_there_is_a_problem_and_no_page(client: Client, path: str) -> None:
    open_data.secret()
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"


def test_an_unexpected_error_is_a_problem_that_tells_nothing_and_is_logged(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_asked: Any) -> None:
        raise RuntimeError("geheim")

    monkeypatch.setattr(selectors, "themes", broken)
    response = client.get("/api/v1/themas")
    assert (response.status_code, response.headers["Content-Type"]) == (500, "application/problem+json")
    assert "geheim" not in response.content.decode()
    assert "RuntimeError: geheim" in caplog.text


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_only_reading_is_allowed(method: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)("/api/v1/reeksen")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"
    assert response.headers["Content-Type"] == "application/problem+json"


def test_who_has_the_answer_already_gets_nothing_new(client: Client) -> None:
    open_data.burenruzie()
    first = client.get("/api/v1/reeksen")
    assert "public" in first.headers["Cache-Control"]
    again = client.get("/api/v1/reeksen", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.headers["API-Version"]) == (304, "1.0.0")


def test_the_description_is_valid(client: Client) -> None:
    described = get(client, "openapi.json")
    validate(described)
    assert described["info"]["contact"].keys() == {"name", "url", "email"}
    assert described["servers"] == [{"url": "http://testserver/api/v1"}]


def test_every_answer_is_as_described(client: Client) -> None:
    series = open_data.burenruzie()
    described = get(client, "openapi.json")
    for path, operation in described["paths"].items():
        data = get(client, path[1:].format(slug="burenruzie", id=series.pk))
        schema = operation["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        _assert_fits(data, schema, described["components"]["schemas"])


def _assert_fits(data: Any, schema: dict[str, Any], named: dict[str, Any]) -> None:
    (schema,) = schema.get("allOf", [schema])
    schema = named[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    if data is None:
        assert schema["nullable"]
        return
    kinds = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
    }
    assert isinstance(data, kinds[schema["type"]])
    if schema["type"] == "array":
        for one in data:
            _assert_fits(one, schema["items"], named)
    for name, inner in schema.get("properties", {}).items():
        assert name in data or name not in schema["required"]
        if name in data:
            _assert_fits(data[name], inner, named)
    if "properties" in schema:
        assert data.keys() <= schema["properties"].keys()


# --- what must stay inside ------------------------------------------------------------------------
def test_nothing_private_and_nothing_too_small_is_anywhere(client: Client) -> None:
    secret, small = open_data.secret(), open_data.small_count()
    table = open_data.table(open_data.burenruzie(), secret)
    files = [
        f"/cijfers/{name}.{kind}"
        for name in ("zeer-geheim", "mensenhandel", f"tabellen/{table.pk}")
        for kind in ("csv", "csv-metadata.json")
    ]
    api = [
        f"/api/v1/{name}"
        for name in (*LISTS, "openapi.json", "indicatoren/zeer-geheim", "indicatoren/mensenhandel")
    ]
    api += [f"/api/v1/reeksen/{pk}" for pk in Series.objects.values_list("pk", flat=True)]
    days = ["", "?opDatum=2026-05-02", "?opDatum=2026-05-31"]
    for address in ["/open-data/", "/open-data/catalogus.jsonld", *files, *api]:
        for day in days:
            text = client.get(address + day).content.decode()
            assert not any(word in text for word in ("geheim cijfer", "Geheime bron", "987654")), address
            assert '"recordedBy"' not in text
    (shown,) = get(client, f"reeksen/{small.pk}")["waarnemingen"]
    assert (shown["waarde"], shown["gedrukt"], shown["statusSdmx"]) == (None, "", "Q")


# --- speed ----------------------------------------------------------------------------------------
def test_a_page_of_a_hundred_series_takes_five_queries(
    client: Client, django_assert_num_queries: Any
) -> None:
    for number in range(100):
        one = open_data.indicator(f"Cijfer {number}", f"cijfer-{number}")
        open_data.say(open_data.series(one), {year: open_data.number(year) for year in range(2015, 2022)})
        open_data.publish(one)
    cache.clear()
    municipality()
    with django_assert_num_queries(5):
        page = client.get("/api/v1/reeksen", {"pageSize": "100"}).json()
    assert len(page["resultaten"]) == 100
    with django_assert_num_queries(5):
        client.get("/api/v1/reeksen", {"pageSize": "100", "opDatum": "2026-05-20", "gebied": "GM0392"})


def test_a_list_of_indicators_takes_two_queries(django_assert_num_queries: Any) -> None:
    open_data.burenruzie()
    with django_assert_num_queries(2):
        found = selectors.indicators(
            selectors.Filters(at=open_data.START + dt.timedelta(9)), 0, 9, lambda _slug: {}
        )
    assert found.total == 1
