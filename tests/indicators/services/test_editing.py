import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from haarlemveilig.accounts.models import User
from haarlemveilig.audit.models import AuditEntry
from haarlemveilig.gemeente.models import Area
from indicators.columns import Column, year_column
from indicators.models import IndicatorTable, Observation, Target
from indicators.periods import Period
from indicators.selectors.editing import GridCell, edit_grid, table_rows
from indicators.services.editing import CellEdit, Details, NoReason, Saved, save_cells
from tests import factories
from tests.indicators.conftest import table, take_in

TARGET = Column("target", Period.of_year(2023), "Streefwaarde 2023")
Edit = Callable[..., CellEdit]


@pytest.fixture
def figures(city: None) -> IndicatorTable:
    """Two rows of two years: 12 and volgt, 300 and 310; and a column for a target."""
    take_in(table("1;Jeugd;;Burenruzie;Politie;12;volgt", "1;Jeugd;;Boetes;Politie;300;310"))
    found = IndicatorTable.objects.get()
    found.columns = [*found.columns, TARGET]
    found.save()
    return found


@pytest.fixture
def officer(figures: IndicatorTable) -> User:
    return factories.user("beleidsmedewerker")


def cells(figures: IndicatorTable) -> list[GridCell]:
    return list(edit_grid(figures, table_rows(figures)).cells)


def cell(figures: IndicatorTable, row: int, column: int) -> GridCell:
    return next(one for one in cells(figures) if one.place == (row, column))


def edit(one: GridCell, text: str, **more: Any) -> CellEdit:
    return CellEdit(one.series_id, one.column, one.saved, text, name=one.label, **more)


@pytest.fixture
def save(figures: IndicatorTable, officer: User) -> Callable[..., Saved]:
    def save(*edits: CellEdit, reason: str = "nieuwe telling", actor: User = officer) -> Saved:
        return save_cells(table=figures, edits=edits, reason=reason, actor=actor)

    return save


def test_what_is_not_known_says_so_when_it_is_typed(
    figures: IndicatorTable, save: Callable[..., Saved]
) -> None:
    save(edit(cell(figures, 0, 1), "n.b."))
    assert (now(figures, 0, 1).status, now(figures, 0, 1).reason) == (
        "unknown",
        "Niet bekend volgens de bron.",
    )


def now(figures: IndicatorTable, row: int, column: int) -> Any:
    return cell(figures, row, column).saved


def test_a_first_figure_needs_no_reason(
    figures: IndicatorTable, save: Callable[..., Saved], officer: User
) -> None:
    assert save(edit(cell(figures, 0, 1), "15"), reason="").changed == 1
    row = now(figures, 0, 1)
    assert (row.printed, row.value, row.status, row.change_reason) == ("15", 15, "normal", "")
    assert (row.recorded_by, row.provenance) == (officer, "met de hand, in de tabel Jeugd")


def test_another_figure_needs_a_reason_and_keeps_it(
    figures: IndicatorTable, save: Callable[..., Saved]
) -> None:
    one = edit(cell(figures, 0, 0), "13")
    with pytest.raises(NoReason) as refused:
        save(one, edit(cell(figures, 0, 1), "15"), reason="")
    assert refused.value.edits == (one,)
    assert now(figures, 0, 1).printed == "volgt"
    save(one)
    assert (now(figures, 0, 0).printed, now(figures, 0, 0).change_reason) == ("13", "nieuwe telling")
    assert [row.printed for row in Observation.objects.order_by("-pk")[:1]] == ["13"]
    assert Observation.objects.filter(printed="12", is_current=False).exists()


def test_a_reason_of_one_cell_goes_before_that_of_all(
    figures: IndicatorTable, save: Callable[..., Saved]
) -> None:
    save(
        edit(cell(figures, 0, 0), "13", reason="typefout"),
        edit(cell(figures, 1, 0), "301"),
        edit(cell(figures, 0, 1), "15"),
    )
    reasons = [now(figures, *place).change_reason for place in ((0, 0), (1, 0), (0, 1))]
    assert reasons == ["typefout", "nieuwe telling", ""]


def test_saving_is_one_line_in_the_log(figures: IndicatorTable, save: Callable[..., Saved]) -> None:
    save(edit(cell(figures, 0, 0), "13"), edit(cell(figures, 1, 1), "311"))
    line = AuditEntry.objects.get(action="indicators.cells_edited")
    assert (line.details["cells"], line.details["revised"]) == (2, 2)


def test_saving_what_stands_there_changes_nothing(
    figures: IndicatorTable, save: Callable[..., Saved]
) -> None:
    before = Observation.objects.count()
    assert save(edit(cell(figures, 0, 0), "12")) == Saved(0)
    assert Observation.objects.count() == before
    assert not AuditEntry.objects.filter(action="indicators.cells_edited").exists()


def test_a_text_that_is_no_figure_stays_text(figures: IndicatorTable, save: Callable[..., Saved]) -> None:
    save(edit(cell(figures, 0, 1), "6.7"))
    row = now(figures, 0, 1)
    assert (row.printed, row.status, row.value) == ("6.7", "text_only", None)
    assert row.reason == "Hier staat tekst in plaats van een getal."


def test_an_emptied_cell_says_why_it_was_emptied(figures: IndicatorTable, save: Callable[..., Saved]) -> None:
    save(edit(cell(figures, 0, 0), ""), reason="de politie trok dit cijfer terug")
    row = now(figures, 0, 0)
    assert (row.printed, row.status, row.reason) == ("", "unknown", "de politie trok dit cijfer terug")


def test_a_status_and_a_note_stay_when_only_the_text_changes(
    figures: IndicatorTable, save: Callable[..., Saved]
) -> None:
    details = Details("provisional", note="tot 1 juli", measured=Period.of_year(2018))
    save(edit(cell(figures, 0, 0), "12", details=details), reason="")
    save(edit(cell(figures, 0, 0), "13"))
    row = now(figures, 0, 0)
    assert (row.status, row.note, row.measured) == ("provisional", "tot 1 juli", Period.of_year(2018))


def test_a_missing_figure_keeps_its_status_and_reason_under_another_text(
    figures: IndicatorTable, save: Callable[..., Saved]
) -> None:
    save(edit(cell(figures, 0, 1), "", details=Details("not_collected", "er was geen enquête")))
    save(edit(cell(figures, 0, 1), "-"))
    row = now(figures, 0, 1)
    assert (row.printed, row.status, row.reason) == ("-", "not_collected", "er was geen enquête")
    save(edit(cell(figures, 0, 1), "volgt"))
    assert now(figures, 0, 1).status == "pending"


def test_another_reason_alone_is_a_change(figures: IndicatorTable, save: Callable[..., Saved]) -> None:
    save(edit(cell(figures, 0, 1), "volgt", details=Details("pending", "De politie levert in mei.")))
    assert now(figures, 0, 1).reason == "De politie levert in mei."


def test_a_target_may_be_a_range(figures: IndicatorTable, save: Callable[..., Saved]) -> None:
    save(edit(cell(figures, 1, 2), "250 tot 300"))
    row = Target.objects.get()
    assert (row.printed, row.value, row.value_high) == ("250 tot 300", 250, 300)


def test_an_interpretation_stays_with_the_same_text_only(
    figures: IndicatorTable, save: Callable[..., Saved], officer: User
) -> None:
    save(edit(cell(figures, 1, 2), "250"))
    Target.objects.update(is_current=False, superseded_at=timezone.now())
    old = Target.objects.get()
    old.pk, old.is_current, old.superseded_at = None, True, None
    old.interpretation, old.interpreted_by, old.interpreted_at = "at_most", officer, timezone.now()
    old.save(force_insert=True)
    save(edit(cell(figures, 1, 2), "250", details=Details(note="uit de kadernota")))
    assert (now(figures, 1, 2).interpretation, now(figures, 1, 2).note) == ("at_most", "uit de kadernota")
    save(edit(cell(figures, 1, 2), "240"))
    assert now(figures, 1, 2).interpretation == ""


def test_margins_go_with_the_figure_they_were_of_and_n_stays(city: None) -> None:
    take_in(table("1;Jeugd;;Cijfer;Omnibus;6,5;6,7"))
    figures = IndicatorTable.objects.get()
    one = cell(figures, 0, 0)
    Observation.objects.filter(pk=one.saved_id).update(is_current=False, superseded_at=timezone.now())
    row = Observation.objects.get(pk=one.saved_id)
    row.pk, row.is_current, row.superseded_at = None, True, None
    row.n, row.margin_low, row.margin_high = 800, 6, 7
    row.save(force_insert=True)
    officer = factories.user("redacteur")
    noted = edit(cell(figures, 0, 0), "6,5", details=Details("normal", note="x"))
    save_cells(table=figures, edits=[noted], reason="", actor=officer)
    assert now(figures, 0, 0).margin_low == 6
    save_cells(table=figures, edits=[edit(cell(figures, 0, 0), "6,6")], reason="herteld", actor=officer)
    assert (now(figures, 0, 0).n, now(figures, 0, 0).margin_low) == (800, None)


def test_a_figure_of_a_later_date_does_not_stand_in_the_way_of_a_person(
    figures: IndicatorTable, save: Callable[..., Saved]
) -> None:
    take_in(
        table("1;Jeugd;;Burenruzie;Politie;14;volgt"), vintage=timezone.localdate() + dt.timedelta(days=5)
    )
    save(edit(cell(figures, 0, 0), "15"))
    assert now(figures, 0, 0).printed == "15"


# --- two people -------------------------------------------------------------------------------------
@pytest.fixture
def colleague(figures: IndicatorTable) -> User:
    return factories.user("redacteur")


def test_a_cell_that_somebody_else_changed_is_not_overwritten(
    figures: IndicatorTable, save: Callable[..., Saved], colleague: User
) -> None:
    mine, other = edit(cell(figures, 0, 0), "13"), edit(cell(figures, 1, 0), "301")
    save(edit(cell(figures, 0, 0), "14"), actor=colleague)
    saved = save(mine, other)
    assert saved.changed == 1
    conflict = saved.conflicts[0]
    assert (conflict.edit, conflict.now.printed, conflict.now.recorded_by) == (mine, "14", colleague)
    assert (now(figures, 0, 0).printed, now(figures, 1, 0).printed) == ("14", "301")


def test_the_same_figure_typed_twice_is_no_conflict(
    figures: IndicatorTable, save: Callable[..., Saved], colleague: User
) -> None:
    mine = edit(cell(figures, 0, 0), "13")
    save(edit(cell(figures, 0, 0), "13"), actor=colleague)
    assert save(mine) == Saved(0)


def test_an_empty_cell_that_somebody_else_filled_is_a_conflict(
    figures: IndicatorTable, save: Callable[..., Saved], colleague: User
) -> None:
    mine = edit(cell(figures, 0, 2), "10")
    save(edit(cell(figures, 0, 2), "9"), actor=colleague)
    saved = save(mine)
    assert [conflict.now.printed for conflict in saved.conflicts] == ["9"]


def test_a_conflict_asks_for_no_reason(
    figures: IndicatorTable, save: Callable[..., Saved], colleague: User
) -> None:
    mine = edit(cell(figures, 0, 0), "13")
    save(edit(cell(figures, 0, 0), "14"), actor=colleague)
    assert save(mine, reason="").conflicts


def test_choosing_mine_after_a_conflict_keeps_both_in_the_history(
    figures: IndicatorTable, save: Callable[..., Saved], colleague: User
) -> None:
    mine = edit(cell(figures, 0, 0), "13")
    save(edit(cell(figures, 0, 0), "14"), actor=colleague)
    conflict = save(mine).conflicts[0]
    save(CellEdit(mine.series_id, mine.column, conflict.now, "13"))
    texts = Observation.objects.filter(series_id=mine.series_id, period_start__year=2019).order_by("pk")
    assert [row.printed for row in texts] == ["12", "14", "13"]


def test_an_edit_of_a_year_that_the_table_lacks_so_far_is_stored(haarlem: Area) -> None:
    found = IndicatorTable.objects.get(name="Jeugd en veiligheid")
    found.columns = [*found.columns, year_column(2023)]
    found.save()
    one = cell(found, 0, 4)
    assert one.saved is None
    save_cells(table=found, edits=[edit(one, "volgt")], reason="", actor=factories.user("redacteur"))
    assert now(found, 0, 4).status == "pending"
