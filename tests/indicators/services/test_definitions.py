from decimal import Decimal
from typing import Any

import pytest

from haarlemveilig.accounts.models import User
from haarlemveilig.audit.models import AuditEntry
from indicators.models import Indicator, IndicatorAlias, Source
from indicators.services.definitions import (
    DefinitionChanged,
    NameTaken,
    fingerprint,
    save_definition,
    values_of,
)
from tests import factories
from tests.indicators.conftest import table, take_in


@pytest.fixture
def officer(city: None) -> User:
    take_in(table("1;Jeugd;;Boetes;Politie;1;2"))
    return factories.user("beleidsmedewerker")


def boetes() -> Indicator:
    return Indicator.objects.get(slug="boetes")


def save(described: Indicator | Source, actor: User, **changes: Any) -> tuple[str, ...]:
    now = values_of(described)
    return save_definition(described=described, values=now | changes, seen=fingerprint(now), actor=actor)


def test_only_what_changed_is_written_and_logged(officer: User) -> None:
    changed = save(boetes(), officer, definition="Boetes die zijn gegeven.", unit="aantal")
    assert changed == ("definition", "unit")
    assert boetes().definition == "Boetes die zijn gegeven."
    entry = AuditEntry.objects.get(action="indicators.indicator_described")
    assert (entry.actor, entry.details) == (officer, {"fields": ["definition", "unit"]})


def test_saving_the_same_again_leaves_no_trace(officer: User) -> None:
    save(boetes(), officer, direction="band", band_low=Decimal(10), band_high=Decimal("20.5"))
    again = {"band_low": Decimal("10.00"), "band_high": Decimal("20.50"), "definition": ""}
    assert save(boetes(), officer, **again) == ()
    assert AuditEntry.objects.filter(action="indicators.indicator_described").count() == 1


def test_whoever_is_second_changes_nothing(officer: User) -> None:
    seen = fingerprint(values_of(boetes()))
    save(boetes(), officer, owner="Team Jeugd")
    values = values_of(boetes()) | {"owner": "Team Zorg"}
    with pytest.raises(DefinitionChanged):
        save_definition(described=boetes(), values=values, seen=seen, actor=officer)
    assert boetes().owner == "Team Jeugd"


def test_a_new_name_keeps_the_old_one_so_that_imports_find_it(officer: User) -> None:
    save(boetes(), officer, name="Boetes voor alcohol")
    assert [alias.name for alias in boetes().aliases.all()] == ["Boetes"]
    take_in(table("1;Jeugd;;Boetes;Politie;1;3"))
    assert Indicator.objects.count() == 1


def test_other_names_are_added_and_taken_away(officer: User) -> None:
    save(boetes(), officer, aliases=["Bekeuringen", "Aantal boetes"])
    save(boetes(), officer, aliases=["Aantal boetes", "Bonnen"])
    assert values_of(boetes())["aliases"] == ["Aantal boetes", "Bonnen"]


def test_a_source_is_described_the_same_way(officer: User) -> None:
    source = Source.objects.get(name="Politie")
    changed = save(source, officer, method="Meldingen worden geteld.", kind="administration")
    assert changed == ("kind", "method")
    assert AuditEntry.objects.filter(action="indicators.source_described").count() == 1


def test_a_name_that_was_given_away_at_the_same_moment_changes_nothing(officer: User) -> None:
    other = Indicator.objects.create(name="Bekeuringen", slug="bekeuringen")
    IndicatorAlias.objects.create(indicator=other, name="Bonnen")
    with pytest.raises(NameTaken):
        save(boetes(), officer, aliases=["Bonnen"], unit="aantal")
    assert boetes().unit == ""
