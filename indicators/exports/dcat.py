"""The catalogue of open figures by DCAT-AP-NL 3, as JSON-LD. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

EU = "http://publications.europa.eu/resource/authority"
LICENCE_ID = f"{EU}/licence/CC_BY_4_0"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
MEDIA = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}


@dataclass(frozen=True)
class Publisher:
    """The municipality: its CBS code, name, and how to reach it."""

    code: str
    name: str
    phone_link: str
    home: str

    @property
    def id(self) -> str:
        return f"https://identifier.overheid.nl/tooi/id/gemeente/{self.code.lower()}"


@dataclass(frozen=True)
class Entry:
    """One data set: `files` by extension, `api` the address of its series. All addresses are whole."""

    url: str
    title: str
    description: str
    keywords: tuple[str, ...]
    modified: dt.datetime
    years: tuple[int, int] | None
    files: Mapping[str, str]
    api: str


def catalogue(
    url: str, title: str, publisher: Publisher, service: Mapping[str, str], entries: Iterable[Entry]
) -> dict[str, Any]:
    """The whole catalogue at `url`; `service` has the `url` of the API and its `description`."""
    listed = list(entries)
    return {
        "@context": CONTEXT,
        "@id": url,
        "@type": "dcat:Catalog",
        **_texts(title, "Open cijfers over veiligheid, met bron, definitie en licentie."),
        **_about(publisher),
        "dct:license": _id(LICENCE_ID),
        "foaf:homepage": _id(publisher.home),
        "dcat:service": _service(service, publisher, listed),
        "dcat:dataset": [_dataset(entry, publisher, service["url"]) for entry in listed],
    }


def _dataset(entry: Entry, publisher: Publisher, service: str) -> dict[str, Any]:
    return {
        "@id": entry.url,
        "@type": "dcat:Dataset",
        **_texts(entry.title, entry.description),
        **_about(publisher),
        "dct:identifier": entry.url,
        "dct:creator": _id(publisher.id),
        "dct:accessRights": _id(f"{EU}/access-right/PUBLIC"),
        "dcat:theme": [_id(f"{EU}/data-theme/JUST")],
        "dcat:keyword": [_nl(word) for word in entry.keywords],
        "dct:modified": _moment(entry.modified),
        "dct:spatial": {"@id": publisher.id, "@type": "dct:Location", "skos:prefLabel": publisher.name},
        **_temporal(entry.years),
        "dcat:landingPage": _id(entry.url),
        "dcat:distribution": [
            *(_file(entry, extension, address) for extension, address in entry.files.items()),
            _from_service(entry, service),
        ],
    }


def _file(entry: Entry, extension: str, address: str) -> dict[str, Any]:
    described = (
        {"dct:conformsTo": _id("https://www.w3.org/TR/tabular-metadata/")} if extension == "csv" else {}
    )
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": _nl(f"{entry.title} ({extension.upper()})"),
        "dcat:accessURL": _id(address),
        "dcat:downloadURL": _id(address),
        "dcat:mediaType": _id(f"https://www.iana.org/assignments/media-types/{MEDIA[extension]}"),
        "dct:format": _id(f"{EU}/file-type/{extension.upper()}"),
        "dct:license": _id(LICENCE_ID),
        "dct:modified": _moment(entry.modified),
        **described,
    }


def _from_service(entry: Entry, service: str) -> dict[str, Any]:
    return {
        "@id": entry.api,
        "@type": "dcat:Distribution",
        "dct:title": _nl(f"{entry.title} (API)"),
        "dcat:accessURL": _id(entry.api),
        "dcat:accessService": _id(service),
        "dct:format": _id(f"{EU}/file-type/JSON"),
        "dct:license": _id(LICENCE_ID),
    }


def _service(service: Mapping[str, str], publisher: Publisher, entries: list[Entry]) -> dict[str, Any]:
    return {
        "@id": service["url"],
        "@type": "dcat:DataService",
        **_texts(f"API van {publisher.name}", "Dezelfde cijfers, op te vragen per indicator en gebied."),
        "dct:identifier": service["url"],
        "dct:publisher": _id(publisher.id),
        "dcat:contactPoint": _contact(publisher),
        "dct:accessRights": _id(f"{EU}/access-right/PUBLIC"),
        "dct:license": _id(LICENCE_ID),
        "dcat:theme": [_id(f"{EU}/data-theme/JUST")],
        "dcat:endpointURL": _id(service["url"]),
        "dcat:endpointDescription": _id(service["description"]),
        "dcat:servesDataset": [_id(entry.url) for entry in entries],
    }


def _texts(title: str, description: str) -> dict[str, Any]:
    return {"dct:title": _nl(title), "dct:description": _nl(description)}


def _about(publisher: Publisher) -> dict[str, Any]:
    return {
        "dct:publisher": {"@id": publisher.id, "@type": "foaf:Agent", "foaf:name": _nl(publisher.name)},
        "dcat:contactPoint": _contact(publisher),
        "dct:language": _id(f"{EU}/language/NLD"),
    }


def _contact(publisher: Publisher) -> dict[str, Any]:
    return {
        "@type": "vcard:Organization",
        "vcard:fn": publisher.name,
        "vcard:hasTelephone": _id(publisher.phone_link),
        "vcard:hasURL": _id(publisher.home),
    }


def _temporal(years: tuple[int, int] | None) -> dict[str, Any]:
    if years is None:
        return {}
    first, last = (_date(dt.date(years[0], 1, 1)), _date(dt.date(years[1], 12, 31)))
    return {"dct:temporal": {"@type": "dct:PeriodOfTime", "dcat:startDate": first, "dcat:endDate": last}}


def _id(address: str) -> dict[str, str]:
    return {"@id": address}


def _nl(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "nl"}


def _date(day: dt.date) -> dict[str, str]:
    return {"@value": day.isoformat(), "@type": "xsd:date"}


def _moment(when: dt.datetime) -> dict[str, str]:
    return {"@value": when.astimezone(dt.UTC).isoformat(timespec="seconds"), "@type": "xsd:dateTime"}
