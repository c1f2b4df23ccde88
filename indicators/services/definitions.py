"""What people say about an indicator or a source: its definition, its names, what better means."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, models, transaction

from haarlemveilig.audit.services import record
from haarlemveilig.canonical import sha256_of
from indicators.models import Indicator, Source
from indicators.names import folded

INDICATOR_FIELDS = (
    "name", "definition", "question", "numerator", "denominator", "unit", "scale", "decimals", "direction",
    "direction_note", "band_low", "band_high", "theme", "owner", "is_sensitive",
)  # fmt: skip
SOURCE_FIELDS = ("name", "kind", "method", "frequency", "licence", "url", "next_release")
ALIASES = "aliases"


class DefinitionChanged(Exception):
    """Somebody else saved this meanwhile; nothing was written."""


class NameTaken(Exception):
    """Somebody else gave one of these names away at this very moment; nothing was written."""


def values_of(described: Indicator | Source) -> dict[str, Any]:
    """What is said now, by field; `aliases` is a list of names."""
    names = INDICATOR_FIELDS if isinstance(described, Indicator) else SOURCE_FIELDS
    said: dict[str, Any] = {name: getattr(described, name) for name in names}
    return said | {ALIASES: sorted(described.aliases.values_list("name", flat=True))}


def fingerprint(values: Mapping[str, Any]) -> str:
    """The same as long as nobody changed anything."""
    return sha256_of({name: _plain(value) for name, value in values.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, Decimal):
        return str(value.normalize())
    # Browsers send the line breaks of a text in a way of their own.
    return value if isinstance(value, list) else str(value).replace("\r\n", "\n")


@transaction.atomic
def save_definition(
    *, described: Indicator | Source, values: Mapping[str, Any], seen: str, actor: Any
) -> tuple[str, ...]:
    """Save what somebody says; answers the names of the fields that changed.

    `seen` is the fingerprint of what stood there when they began: raises DefinitionChanged when that is no
    longer so, and NameTaken. A name that is replaced stays as an alias, so that imports go on finding it.
    """
    model = type(described)
    current = model.objects.select_for_update().get(pk=described.pk)
    before = values_of(current)
    if fingerprint(before) != seen:
        raise DefinitionChanged
    after = dict(values)
    if folded(after["name"]) != folded(current.name):
        after[ALIASES] = [*after[ALIASES], current.name]
    changed = tuple(name for name in before if _plain(before[name]) != _plain(after[name]))
    if not changed:
        return ()
    for name in changed:
        if name != ALIASES:
            setattr(current, name, after[name])
    try:
        current.save(update_fields=[name for name in changed if name != ALIASES])
        if ALIASES in changed:
            _set_aliases(current, after[ALIASES])
    except IntegrityError as error:
        raise NameTaken from error
    kind = "indicator" if isinstance(current, Indicator) else "source"
    record(f"indicators.{kind}_described", actor=actor, target=current, fields=list(changed))
    return changed


def _set_aliases(described: Indicator | Source, names: Collection[str]) -> None:
    wanted = {folded(name): name for name in names if folded(name) != folded(described.name)}
    known = {folded(alias.name): alias for alias in described.aliases.all()}
    for name in known.keys() - wanted.keys():
        known[name].delete()
    for name in wanted.keys() - known.keys():
        described.aliases.create(name=wanted[name])
