"""How the tests read the demo's files."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from haarlemveilig.pages.demo.generate import HERE


def read_json(name: str) -> Any:
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def read_csv(name: str, delimiter: str = ",") -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def theme_codes() -> list[str]:
    return [theme["code"] for theme in read_json("themas.json")]


def wijk_codes() -> list[str]:
    return [row["wijkcode"] for row in read_csv("wijken.csv")]


def strings(value: Any) -> Iterator[str]:
    """Every text in a JSON value, keys not counted."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
