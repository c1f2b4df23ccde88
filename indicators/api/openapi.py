"""The description of the API in OpenAPI, made from the same tables that the API itself goes by."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Any, get_args, get_origin

from indicators.api.parameters import (
    AREA,
    FROM,
    INDICATOR,
    ON_DAY,
    PAGE,
    PAGE_SIZE,
    THEME,
    UNTIL,
    Parameter,
)
from indicators.api.resources import RESOURCES, Area, Indicator, Series, Source, outputs
from indicators.api.resources import Theme as ThemeResource

VERSION = "1.0.0"
PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}


@dataclass(frozen=True)
class Endpoint:
    """One address below /api/v1. `pages` says whether it gives a page of resources or a single one."""

    path: str
    operation: str
    summary: str
    resource: type
    parameters: tuple[Parameter, ...] = ()
    pages: bool = True


PAGES = (PAGE, PAGE_SIZE)
INDICATORS = Endpoint(
    "/indicatoren", "indicatoren", "Wat er gemeten wordt", Indicator, (THEME, ON_DAY, *PAGES)
)
ONE_INDICATOR = Endpoint(
    "/indicatoren/{slug}", "indicator", "Eén indicator", Indicator, (ON_DAY,), pages=False
)
SERIES = Endpoint(
    "/reeksen",
    "reeksen",
    "Reeksen met hun cijfers",
    Series,
    (THEME, AREA, INDICATOR, FROM, UNTIL, ON_DAY, *PAGES),
)
ONE_SERIES = Endpoint("/reeksen/{id}", "reeks", "Eén reeks", Series, (FROM, UNTIL, ON_DAY), pages=False)
SOURCES = Endpoint("/bronnen", "bronnen", "Wie telt of vraagt", Source, PAGES)
AREAS = Endpoint("/gebieden", "gebieden", "Gebieden van de gemeente", Area, PAGES)
THEMES = Endpoint("/themas", "themas", "Thema’s", ThemeResource, PAGES)
ENDPOINTS = (INDICATORS, ONE_INDICATOR, SERIES, ONE_SERIES, SOURCES, AREAS, THEMES)


def openapi(
    *, title: str, server: str, contact: Mapping[str, str], licence: tuple[str, str]
) -> dict[str, Any]:
    """The whole description; `server` is the address of /api/v1."""
    return {
        "openapi": "3.0.3",
        "info": {
            "title": title,
            "version": VERSION,
            "description": "Openbare cijfers over veiligheid. Alleen lezen, zonder account.",
            "contact": dict(contact),
            "license": {"name": licence[0], "url": licence[1]},
        },
        "servers": [{"url": server}],
        "tags": [{"name": "Cijfers", "description": "Indicatoren, reeksen, bronnen en gebieden."}],
        "paths": {endpoint.path: {"get": _operation(endpoint)} for endpoint in ENDPOINTS},
        "components": {
            "headers": {"API-Version": {"description": "Versie van de API.", "schema": {"type": "string"}}},
            "responses": {"Probleem": _problem_response()},
            "schemas": _schemas(),
        },
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    name = endpoint.resource.__name__
    schema = _ref(f"{name}Page" if endpoint.pages else name)
    wrong = {"400": _ref_response()} if endpoint.parameters else {}
    missing = {} if endpoint.pages else {"404": _ref_response()}
    return {
        "operationId": endpoint.operation,
        "summary": endpoint.summary,
        "description": (endpoint.resource.__doc__ or "").strip(),
        "tags": ["Cijfers"],
        "parameters": [*_path_parameters(endpoint), *map(_parameter, endpoint.parameters)],
        "responses": {
            "200": {
                "description": "Gevonden",
                "headers": {"API-Version": {"$ref": "#/components/headers/API-Version"}},
                "content": {"application/json": {"schema": schema}},
            },
            **wrong,
            **missing,
        },
    }


def _path_parameters(endpoint: Endpoint) -> list[dict[str, Any]]:
    if endpoint.pages:
        return []
    name, kind = ("slug", "string") if "{slug}" in endpoint.path else ("id", "integer")
    return [{"name": name, "in": "path", "required": True, "schema": {"type": kind}}]


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.meaning,
        "schema": dict(parameter.schema),
    }


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _ref_response() -> dict[str, Any]:
    return {"$ref": "#/components/responses/Probleem"}


def _problem_response() -> dict[str, Any]:
    return {
        "description": "Dit kan niet, met de reden",
        "headers": {"API-Version": {"$ref": "#/components/headers/API-Version"}},
        "content": {"application/problem+json": {"schema": _ref("Problem")}},
    }


def _schemas() -> dict[str, Any]:
    paged = {endpoint.resource for endpoint in ENDPOINTS if endpoint.pages}
    problem = {
        name: {"type": "integer" if name == "status" else "string"} for name in ("title", "status", "detail")
    }
    return (
        {resource.__name__: _object(resource) for resource in RESOURCES}
        | {f"{resource.__name__}Page": _page(resource) for resource in RESOURCES if resource in paged}
        | {"Problem": {"type": "object", "required": list(problem), "properties": problem}}
    )


def _object(resource: type) -> dict[str, Any]:
    found = [(out, kind) for out, kind in outputs(resource).values()]
    return {
        "type": "object",
        "description": (resource.__doc__ or "").strip(),
        "required": [out.name for out, _kind in found],
        "properties": {out.name: _described(_schema(kind), out.meaning) for out, kind in found},
    }


def _described(schema: dict[str, Any], meaning: str) -> dict[str, Any]:
    # Beside a reference OpenAPI 3.0 reads nothing else.
    return (
        {"allOf": [schema], "description": meaning} if "$ref" in schema else schema | {"description": meaning}
    )


def _schema(kind: Any) -> dict[str, Any]:
    if isinstance(kind, UnionType):
        inner = next(one for one in get_args(kind) if one is not type(None))
        return _schema(inner) | {"nullable": True}
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _ref(get_args(kind)[0].__name__)}
    if get_origin(kind) is dict:
        return {"type": "object", "additionalProperties": {"type": "string"}}
    if kind in PLAIN:
        return {"type": PLAIN[kind]}
    if kind in (dt.datetime, dt.date):
        return {"type": "string", "format": "date-time" if kind is dt.datetime else "date"}
    return _ref(kind.__name__)


def _page(resource: type) -> dict[str, Any]:
    links = {name: {"type": "string", "format": "uri"} for name in ("self", "first", "prev", "next", "last")}
    properties = {
        "resultaten": {"type": "array", "items": _ref(resource.__name__)},
        "totaal": {"type": "integer"},
        "page": {"type": "integer"},
        "pageSize": {"type": "integer"},
        "links": {"type": "object", "required": ["self", "first", "last"], "properties": links},
    }
    return {"type": "object", "required": list(properties), "properties": properties}
