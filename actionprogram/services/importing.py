"""Reads a programme from one JSON document."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction
from django.utils.text import slugify

from actionprogram import rich_text
from actionprogram.errors import ProgrammeError
from actionprogram.models import (
    Actie,
    Actielijn,
    Actieprogramma,
    Focuslocatie,
    Footnote,
    HowItem,
    Section,
    TablePlacement,
    TextBlock,
    WhatHow,
)
from haarlemveilig.audit.services import record
from haarlemveilig.gemeente.models import Theme
from haarlemveilig.gemeente.selectors import stadsdelen
from indicators.models import IndicatorTable
from priorities.models import PolicyPeriod

# Rows are written in this order: each kind after the one it hangs on.
ORDER = (Section, TextBlock, Actielijn, Actie, WhatHow, HowItem, Focuslocatie, TablePlacement)
NAMESPACE = uuid.UUID("3c5b9a3e-2f0d-5c0e-9d37-6a1c8f5b7e10")


@transaction.atomic
def import_programme(
    data: Mapping[str, Any], *, is_synthetic: bool = False, imported_by: Any = None
) -> Actieprogramma:
    """Make the programme of one year from `data`; the README describes its form. Raises ProgrammeError.

    A made-up programme of that year is replaced, any other is never touched. Ids follow from the year and the
    place in the document: the same data gives the same addresses on every machine.
    """
    year = int(data["year"])
    if Actieprogramma.objects.filter(year=year, is_synthetic=False).exists():
        raise ProgrammeError(f"Er is al een actieprogramma voor {year}. Dat wordt niet overschreven.")
    Actieprogramma.objects.filter(year=year).delete()
    programme = Actieprogramma.objects.create(
        year=year,
        period=_period(data["period"]),
        title={"nl": data["title"]},
        subtitle={"nl": data.get("subtitle", "")},
        dated=dt.date.fromisoformat(data.get("dated", f"{year}-01-01")),
        is_synthetic=is_synthetic,
    )
    _Importer(programme, data.get("table_notes", {})).run(data["sections"])
    Footnote.objects.bulk_create(
        Footnote(programme=programme, key=key, text={"nl": rich_text.clean_inline(text)})
        for key, text in data.get("footnotes", {}).items()
    )
    record("actionprogram.programme_imported", actor=imported_by, target=programme, year=year)
    return programme


def _period(data: Mapping[str, Any]) -> PolicyPeriod:
    period, _created = PolicyPeriod.objects.get_or_create(
        start_year=data["start"], defaults={"end_year": data["end"], "name": data["name"]}
    )
    return period


class _Importer:
    """Gathers the rows of one programme and writes them kind by kind."""

    def __init__(self, programme: Actieprogramma, table_notes: Mapping[str, Mapping[str, str]]) -> None:
        self._programme = programme
        self._table_notes = table_notes
        self._themes = {theme.code: theme for theme in Theme.objects.all()}
        self._tables = {table.name: table for table in IndicatorTable.objects.all()}
        self._stadsdelen = {version.name: version.area for version in stadsdelen()}
        self._rows: dict[type[models.Model], list[Any]] = {kind: [] for kind in ORDER}
        self._slugs: set[str] = set()

    def run(self, sections: Iterable[Mapping[str, Any]]) -> None:
        for order, section in enumerate(sections):
            self._section(section, None, f"{order}", order)
        for kind, rows in self._rows.items():
            kind._default_manager.bulk_create(rows)

    def _add(self, model: type[models.Model], path: str, order: int, **fields: Any) -> Any:
        row = model(id=uuid.uuid5(NAMESPACE, f"{self._programme.year}/{path}"), order=order, **fields)
        self._rows[model].append(row)
        return row

    def _section(self, data: Mapping[str, Any], parent: Section | None, path: str, order: int) -> None:
        section = self._add(
            Section, path, order, programme=self._programme, parent=parent, kind=data["kind"],
            title={"nl": data["title"]}, slug=self._slug(data["title"]), theme=self._theme(data.get("theme")),
        )  # fmt: skip
        self._blocks(data.get("blocks", []), section, path)
        self._lines(data.get("actielijnen", []), section, path)
        self._what_hows(data.get("what_how", []), section, path)
        self._focus(data.get("focuslocaties", []), section, path)
        self._placements(data.get("tables", []), section, path)
        for child_order, child in enumerate(data.get("children", [])):
            self._section(child, section, f"{path}.{child_order}", child_order)

    def _blocks(self, blocks: Iterable[Mapping[str, Any]], section: Section, path: str) -> None:
        for order, block in enumerate(blocks):
            html = block["html"] if block["kind"] == "heading" else rich_text.clean(block["html"])
            fields = {"section": section, "kind": block["kind"], "html": {"nl": html}}
            self._add(TextBlock, f"{path}/block/{order}", order, **fields)

    def _lines(self, lines: Iterable[Mapping[str, Any]], section: Section, path: str) -> None:
        for order, data in enumerate(lines):
            line_path = f"{path}/line/{order}"
            line = self._add(Actielijn, line_path, order, section=section, title={"nl": data["title"]})
            for actie_order, actie in enumerate(data["acties"]):
                fields = {name: actie.get(name) or "" for name in ("owner", "recurrence")}
                fields |= {"actielijn": line, "text": {"nl": actie["text"]}}
                self._add(Actie, f"{line_path}/{actie_order}", actie_order, **fields)

    def _what_hows(self, rows: Iterable[Mapping[str, Any]], section: Section, path: str) -> None:
        for order, data in enumerate(rows):
            row_path = f"{path}/what/{order}"
            row = self._add(WhatHow, row_path, order, section=section, what={"nl": data["what"]})
            for how_order, how in enumerate(data["how"]):
                self._add(HowItem, f"{row_path}/{how_order}", how_order, what_how=row, text={"nl": how})

    def _focus(self, areas: Iterable[Mapping[str, Any]], section: Section, path: str) -> None:
        order = 0
        for area in areas:
            stadsdeel = self._stadsdelen.get(area["stadsdeel"])
            if stadsdeel is None:
                raise ProgrammeError(f"Het stadsdeel ‘{area['stadsdeel']}’ bestaat niet.")
            for item in area["items"]:
                fields = {"section": section, "stadsdeel": stadsdeel, "theme": self._theme(item.get("theme"))}
                self._add(Focuslocatie, f"{path}/focus/{order}", order, text={"nl": item["text"]}, **fields)
                order += 1

    def _placements(self, names: Iterable[str], section: Section, path: str) -> None:
        for order, name in enumerate(names):
            if name not in self._tables:
                raise ProgrammeError(f"De tabel ‘{name}’ bestaat niet. Importeer eerst de cijfers.")
            fields = {"table": self._tables[name], "notes": self._table_notes.get(name, {})}
            self._add(TablePlacement, f"{path}/table/{order}", order, section=section, **fields)

    def _theme(self, code: str | None) -> Theme | None:
        if code and code not in self._themes:
            raise ProgrammeError(f"Het thema ‘{code}’ bestaat niet.")
        return self._themes[code] if code else None

    def _slug(self, title: str) -> str:
        base = slugify(title)[:70] or "hoofdstuk"
        slug = next(name for name in _candidates(base) if name not in self._slugs)
        self._slugs.add(slug)
        return slug


def _candidates(base: str) -> Iterable[str]:
    yield base
    yield from (f"{base}-{number}" for number in range(2, 1000))
