"""Several people who save the same cell at the same moment, each over a connection of their own."""

from threading import Barrier

import pytest

from haarlemveilig.accounts.models import User
from haarlemveilig.audit.models import AuditEntry
from indicators.columns import Column
from indicators.models import IndicatorTable, Observation, Target
from indicators.periods import Period
from indicators.selectors.editing import GridCell, edit_grid, table_rows
from indicators.services.editing import CellEdit, Saved, save_cells
from tests import factories
from tests.indicators.conftest import table, take_in
from tests.participation.conftest import at_once, shared_database  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 6
WAIT = 60


@pytest.fixture
def figures(shared_database: None, city: None) -> IndicatorTable:  # noqa: F811
    take_in(table("1;Jeugd;;Burenruzie;Politie;12;volgt"))
    found = IndicatorTable.objects.get()
    found.columns = [*found.columns, Column("target", Period.of_year(2023), "Streefwaarde 2023")]
    found.save()
    return found


def cells(figures: IndicatorTable) -> tuple[GridCell, ...]:
    return edit_grid(figures, table_rows(figures)).cells


@pytest.mark.parametrize("place", [0, 2])
def test_one_of_them_saves_and_all_others_are_shown_the_difference(
    figures: IndicatorTable, place: int
) -> None:
    officer = factories.user("beleidsmedewerker")
    one = cells(figures)[place]
    together = Barrier(PEOPLE, timeout=WAIT)

    def save(number: int) -> Saved:
        edit = CellEdit(one.series_id, one.column, one.saved, str(100 + number))
        together.wait()
        return save_cells(table=figures, edits=[edit], reason="telling", actor=User(pk=officer.pk))

    answers = at_once(save, range(PEOPLE))
    assert sorted(answer.changed for answer in answers) == [0] * (PEOPLE - 1) + [1]
    winner = str(100 + next(number for number, answer in enumerate(answers) if answer.changed))
    seen = {conflict.now.printed for answer in answers for conflict in answer.conflicts}
    assert seen == {winner}
    rows = (Target if one.is_target else Observation).objects.filter(
        series_id=one.series_id, period_start=one.column.period.start
    )
    assert [row.printed for row in rows.filter(is_current=True)] == [winner]
    assert rows.count() == (2 if one.saved else 1)
    assert AuditEntry.objects.filter(action="indicators.cells_edited").count() == 1


def test_people_who_save_the_same_cells_in_another_order_do_not_wait_for_each_other(
    figures: IndicatorTable,
) -> None:
    officer = factories.user("beleidsmedewerker")
    known = cells(figures)[:2]
    together = Barrier(2, timeout=WAIT)

    def save(number: int) -> Saved:
        edits = [CellEdit(one.series_id, one.column, one.saved, str(100 + number)) for one in known]
        together.wait()
        return save_cells(
            table=figures, edits=edits[:: 1 - 2 * number], reason="telling", actor=User(pk=officer.pk)
        )

    answers = at_once(save, range(2))
    assert sorted(answer.changed for answer in answers) == [0, 2]
