"""Changes to the texts and rows of one section."""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.db.models import F

from actionprogram import draft, rich_text
from actionprogram.errors import ProgrammeError, SectionChangedError
from actionprogram.models import Actie, Actielijn, Focuslocatie, HowItem, Section, TextBlock, WhatHow
from actionprogram.selectors import programme_view
from haarlemveilig.audit.services import record
from haarlemveilig.gemeente.models import Area, Theme

GONE = "Deze regel bestaat niet meer. Iemand anders heeft hem weggehaald."


@dataclass(frozen=True)
class Field:
    """Where a text of draft.py is kept: the attribute of a row, and how the row hangs under its section."""

    model: type[models.Model]
    attribute: str
    section: str = "section"
    localized: bool = True


FIELDS = {
    "title": Field(Section, "title", section="pk"),
    "block": Field(TextBlock, "html"),
    "line": Field(Actielijn, "title"),
    "actie": Field(Actie, "text", section="actielijn__section"),
    "owner": Field(Actie, "owner", section="actielijn__section", localized=False),
    "often": Field(Actie, "recurrence", section="actielijn__section", localized=False),
    "what": Field(WhatHow, "what"),
    "how": Field(HowItem, "text", section="what_how__section"),
    "focus": Field(Focuslocatie, "text"),
    "theme": Field(Focuslocatie, "theme_id", localized=False),
}


@transaction.atomic
def save_section(
    *, section: Section, version: int, seen: Mapping[str, str], typed: Mapping[str, str], saved_by: Any
) -> int:
    """Save what somebody changed of the texts they had `seen`, and return the new version.

    `version` is that of the section as it was shown to them. When somebody else saved it since, nothing is
    written and SectionChangedError says what changed.
    """
    changes = draft.changed(seen, typed)
    _claim_version(section, version, seen, changes)
    by_field: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for name, text in changes.items():
        kind, _colon, row = name.partition(":")
        by_field[kind][row] = text
    for kind, values in by_field.items():
        _write(section, FIELDS[kind], values)
    record("actionprogram.section_saved", actor=saved_by, target=section, fields=sorted(changes))
    return version + 1


def _claim_version(
    section: Section, version: int, seen: Mapping[str, str], changes: Mapping[str, str]
) -> None:
    """Only one of two people who start from the same version gets to write."""
    if Section.objects.filter(pk=section.pk, version=version).update(version=F("version") + 1) == 1:
        return
    now = next(view for view in programme_view(section.programme).sections if view.id == str(section.pk))
    raise SectionChangedError(
        now.version, draft.differences(draft.labels(now), seen, changes, draft.texts(now))
    )


def _write(section: Section, field: Field, values: Mapping[str, str]) -> None:
    rows = list(field.model._default_manager.filter(**{field.section: section.pk, "pk__in": values}))
    if len(rows) != len(values):
        raise ProgrammeError(GONE)
    themes = _theme_ids(values.values()) if field.attribute == "theme_id" else {}
    for row in rows:
        _set(row, field, values[str(row.pk)], themes)
    field.model._default_manager.bulk_update(rows, [field.attribute.removesuffix("_id")])


def _set(row: Any, field: Field, text: str, themes: Mapping[str, int]) -> None:
    if field.attribute == "theme_id":
        row.theme_id = themes.get(text)
    elif field.localized:
        rich = field.model is TextBlock and row.kind != TextBlock.Kind.HEADING
        getattr(row, field.attribute)["nl"] = rich_text.from_typed(text) if rich else text
    else:
        setattr(row, field.attribute, text)


def _theme_ids(codes: Any) -> dict[str, int]:
    return dict(Theme.objects.filter(code__in=[code for code in codes if code]).values_list("code", "pk"))


# --- rows -----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Rows:
    """A kind of row: its model, what it hangs under, and which rows must be gone before it can go."""

    model: type[models.Model]
    parent: str
    children: str = ""
    children_first: str = ""


ROWS = {
    "text": Rows(TextBlock, "section"),
    "heading": Rows(TextBlock, "section"),
    "ambition": Rows(TextBlock, "section"),
    "objective": Rows(TextBlock, "section"),
    "line": Rows(Actielijn, "section", "acties", "Haal eerst de acties van deze actielijn weg."),
    "actie": Rows(Actie, "actielijn"),
    "what": Rows(WhatHow, "section", "items", "Haal eerst de regels onder ‘hoe’ weg."),
    "how": Rows(HowItem, "what_how"),
    "focus": Rows(Focuslocatie, "section"),
}


@transaction.atomic
def change_rows(*, section: Section, act: str, kind: str, target: str, changed_by: Any) -> str:
    """Act is add, remove, up or down: a new row of `kind` under `target`, or the row `target` itself.

    `target` is an id; for a new focuslocatie it is that of the stadsdeel, for other rows directly under the
    section that of the section. Returns the id to go to. Raises ProgrammeError when it is not possible.
    """
    rows = ROWS[kind]
    row = _add(section, kind, rows, target) if act == "add" else _row(section, rows, target)
    if act == "remove":
        _remove(row, rows)
    elif act in STEPS:
        _move(row, rows, STEPS[act])
    Section.objects.filter(pk=section.pk).update(version=F("version") + 1)
    record(f"actionprogram.row_{_PAST[act]}", actor=changed_by, target=section, kind=kind, row=str(row.pk))
    return str(row.pk) if act != "remove" else str(getattr(row, f"{rows.parent}_id"))


STEPS = {"up": -1, "down": 1}
_PAST = {"add": "added", "remove": "removed", "up": "moved", "down": "moved"}


def _add(section: Section, kind: str, rows: Rows, target: str) -> Any:
    fields = _new_fields(section, kind, rows, target)
    siblings = rows.model._default_manager.filter(**{rows.parent: fields[rows.parent]})
    last = siblings.aggregate(last=models.Max("order"))["last"]
    return rows.model._default_manager.create(order=0 if last is None else last + 1, **fields)


def _new_fields(section: Section, kind: str, rows: Rows, target: str) -> dict[str, Any]:
    if kind == "focus":
        stadsdeel = Area.objects.filter(pk=int(target) if target.isdecimal() else 0).first()
        if stadsdeel is None:
            raise ProgrammeError("Dit stadsdeel bestaat niet.")
        return {"section": section, "stadsdeel": stadsdeel}
    if rows.model is TextBlock:
        return {"section": section, "kind": kind}
    if rows.parent == "section":
        return {"section": section}
    parent_kind = {"actie": "line", "how": "what"}[kind]
    return {rows.parent: _row(section, ROWS[parent_kind], target)}


def _row(section: Section, rows: Rows, target: str) -> Any:
    path = "section" if rows.parent == "section" else f"{rows.parent}__section"
    try:
        return rows.model._default_manager.get(**{path: section, "pk": uuid.UUID(target)})
    except (ValueError, ObjectDoesNotExist):
        raise ProgrammeError(GONE) from None


def _remove(row: Any, rows: Rows) -> None:
    if rows.children and getattr(row, rows.children).exists():
        raise ProgrammeError(rows.children_first)
    type(row).objects.filter(pk=row.pk).delete()


def _move(row: Any, rows: Rows, step: int) -> None:
    """Change places with the neighbour; at the end of the list nothing happens."""
    family = rows.model._default_manager.filter(**{rows.parent: getattr(row, rows.parent)})
    siblings: list[Any] = list(family.order_by("order", "pk"))
    index = siblings.index(row)
    other = index + step
    if not 0 <= other < len(siblings):
        return
    siblings[index], siblings[other] = siblings[other], siblings[index]
    for order, sibling in enumerate(siblings):
        sibling.order = order
    rows.model._default_manager.bulk_update(siblings, ["order"])
