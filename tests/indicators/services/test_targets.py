from decimal import Decimal

import pytest

from haarlemveilig.accounts.models import User
from haarlemveilig.audit.models import AuditEntry
from indicators.models import Target
from indicators.services.targets import Reading, TargetChanged, interpret_target
from tests import factories
from tests.indicators.conftest import table, take_in

HEADER = "hoofdstuk;thema;groep;indicator;bron;2025;Streefwaarde 2025\n"
ROWS = (
    "1;Doelen;;Klachten;Politie;129;6.500",
    "1;Doelen;;Meldingen;Politie;129;maximaal 6.500 meldingen",
    "1;Doelen;;Overleg;Gemeente;1 keer overleg en 3 keer schouw;12 keer overleg en 4 keer schouw",
)


@pytest.fixture
def officer(city: None) -> User:
    take_in(table(*ROWS, header=HEADER))
    return factories.user("beleidsmedewerker")


def current(label: str) -> Target:
    return Target.objects.current().get(series__indicator__name=label)


def test_a_reading_is_added_with_who_and_when_and_the_old_row_stays(officer: User) -> None:
    before = current("Klachten")
    interpret_target(target=before, reading=Reading("at_most"), actor=officer)
    after = current("Klachten")
    assert (after.interpretation, after.interpreted_by, after.recorded_by) == ("at_most", officer, officer)
    assert (after.printed, after.value, after.vintage) == (before.printed, before.value, before.vintage)
    before.refresh_from_db()
    assert before.superseded_at == after.recorded_at == after.interpreted_at


def test_a_number_in_a_text_becomes_the_value_and_the_text_stays(officer: User) -> None:
    interpret_target(target=current("Meldingen"), reading=Reading("at_most", Decimal(6500)), actor=officer)
    after = current("Meldingen")
    assert (after.printed, after.value, after.status) == ("maximaal 6.500 meldingen", Decimal(6500), "normal")
    assert after.reason == ""


def test_a_text_may_get_a_criterion_and_later_a_number(officer: User) -> None:
    for reading in (
        Reading(criterion="Niet meetbaar, want niemand telt dit."),
        Reading("at_most", Decimal(6500)),
    ):
        interpret_target(target=current("Meldingen"), reading=reading, actor=officer)
    assert Target.objects.filter(series=current("Meldingen").series).count() == 3
    assert current("Meldingen").interpretation == "at_most"


def test_the_parts_of_a_composite_stay(officer: User) -> None:
    before = current("Overleg")
    interpret_target(target=before, reading=Reading("at_least"), actor=officer)
    assert current("Overleg").parts == before.parts


def test_whoever_is_second_is_told_and_changes_nothing(officer: User) -> None:
    seen = current("Klachten")
    interpret_target(target=seen, reading=Reading("at_most"), actor=officer)
    with pytest.raises(TargetChanged):
        interpret_target(target=seen, reading=Reading("at_least"), actor=officer)
    assert current("Klachten").interpretation == "at_most"


def test_a_later_import_of_the_same_text_keeps_the_reading(officer: User) -> None:
    interpret_target(target=current("Klachten"), reading=Reading("at_most"), actor=officer)
    take_in(table(*ROWS, header=HEADER))
    assert current("Klachten").interpretation == "at_most"
    take_in(table("1;Doelen;;Klachten;Politie;129;6.600", header=HEADER))
    assert current("Klachten").interpretation == ""


def test_one_line_of_the_log_says_who_read_what(officer: User) -> None:
    interpret_target(target=current("Klachten"), reading=Reading("at_most"), actor=officer)
    entry = AuditEntry.objects.get(action="indicators.target_interpreted")
    assert (entry.actor, entry.details["printed"], entry.details["interpretation"]) == (
        officer, "6.500", "at_most"
    )  # fmt: skip
