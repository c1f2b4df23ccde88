import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from haarlemveilig.accounts.models import User
from haarlemveilig.gemeente.models import Area
from indicators.columns import Column
from indicators.models import IndicatorTable, Observation, TableRow
from indicators.periods import Period
from indicators.selectors.editing import GridCell, edit_grid, table_rows
from tests.indicators.conftest import table, take_in

SignIn = Callable[[User | str], Client]
HEADER = "hoofdstuk;thema;groep;indicator;bron;2019;2020;2021\n"


@pytest.fixture
def figures(city: None) -> IndicatorTable:
    """Three rows in two groups, of three years."""
    rows = (
        "1;Jeugd;A;Burenruzie;Politie;12;volgt;",
        "1;Jeugd;A;Boetes;Politie;300;310;6,7",
        "1;Jeugd;B;HALT;LAA;1;2;3",
    )
    take_in(table(*rows, header=HEADER))
    return IndicatorTable.objects.get()


@pytest.fixture
def officer(sign_in: SignIn) -> Client:
    return sign_in("beleidsmedewerker")


def cells(figures: IndicatorTable) -> dict[tuple[int, int], GridCell]:
    return {one.place: one for one in edit_grid(figures, table_rows(figures)).cells}


def address(figures: IndicatorTable) -> str:
    return f"/werk/cijfers/{figures.pk}/bewerken/"


def posted(figures: IndicatorTable, typed: dict[tuple[int, int], str], **more: Any) -> dict[str, Any]:
    """What the page posts when these cells are typed over."""
    known = cells(figures)
    ids = {one.key: one.saved_id for one in known.values() if one.saved}
    texts = {f"c:{one.key}": typed.get(place, one.printed) for place, one in known.items()}
    return {"seen": json.dumps(ids), "reason": "", "do": "save", **texts, **more}


def printed(figures: IndicatorTable, row: int, column: int) -> str:
    return cells(figures)[row, column].printed


def text(response: Any) -> str:
    return str(response.content.decode())


def test_the_page_has_a_field_for_each_cell_in_its_group(figures: IndicatorTable, officer: Client) -> None:
    page = text(officer.get(address(figures)))
    assert page.count("data-cell=") == 9
    assert 'aria-label="Burenruzie, Politie, 2020"' in page
    assert page.count("data-headed") == 2


def test_who_may_only_read_is_led_to_the_table(figures: IndicatorTable, sign_in: SignIn) -> None:
    reader = sign_in("communicatie")
    answer = reader.get(address(figures))
    assert answer["Location"] == f"/werk/cijfers/{figures.pk}/"
    assert reader.post(address(figures), posted(figures, {(0, 0): "13"})).status_code == 403


def test_a_first_figure_is_saved(figures: IndicatorTable, officer: Client) -> None:
    answer = officer.post(address(figures), posted(figures, {(0, 1): " 15 "}), follow=True)
    assert "1 vak bewaard." in text(answer)
    assert printed(figures, 0, 1) == "15"


def test_without_a_reason_a_figure_stays_and_what_was_typed_too(
    figures: IndicatorTable, officer: Client
) -> None:
    answer = officer.post(address(figures), posted(figures, {(0, 0): "13", (0, 1): "15"}))
    assert "1 cijfer verandert. Schrijf waarom." in text(answer)
    assert 'value="13"' in text(answer)
    assert 'value="15"' in text(answer)
    assert (printed(figures, 0, 0), printed(figures, 0, 1)) == ("12", "volgt")


def test_many_figures_without_a_reason_are_counted_and_named_once(
    figures: IndicatorTable, officer: Client
) -> None:
    typed = {(1, 0): "301", (1, 1): "311", (2, 0): "2", (2, 1): "3", (2, 2): "4"}
    page = text(officer.post(address(figures), posted(figures, typed)))
    # On top, and at the field in the bar.
    assert page.count("5 cijfers veranderen. Schrijf waarom.") == 2
    assert page.count(">Boetes, Politie, 2020<") == 1
    assert "Bekijk welke 5 cijfers" in page
    assert page.index("<details") < page.index(">Boetes, Politie, 2020<")


def test_only_the_changed_cells_need_to_be_posted(figures: IndicatorTable, officer: Client) -> None:
    data = posted(figures, {(0, 0): "13"}, reason="telfout")
    changed = cells(figures)[0, 0].key
    few = {name: value for name, value in data.items() if not name.startswith("c:") or name.endswith(changed)}
    officer.post(address(figures), few)
    assert printed(figures, 0, 0) == "13"
    assert printed(figures, 1, 0) == "300"


def test_a_text_is_kept_with_a_remark_beside_it(figures: IndicatorTable, officer: Client) -> None:
    data = posted(figures, {(0, 1): "6.7", (0, 0): "13"})
    assert "‘6.7’ lezen we als tekst. Bedoelt u 6,7?" in text(officer.post(address(figures), data))
    asked = {"texts": [["6.7", False], ["10 tot 15", True], ["12", False]]}
    answer = officer.post(f"{address(figures)}lezen/", asked, content_type="application/json")
    assert answer.json() == {"remarks": ["‘6.7’ lezen we als tekst. Bedoelt u 6,7?", "", ""]}


@pytest.mark.parametrize("body", ["", "[]", '{"texts": 3}', '{"texts": [1]}', "{", '"x"'])
def test_a_broken_question_about_texts_is_refused(
    figures: IndicatorTable, officer: Client, body: str
) -> None:
    answer = officer.post(f"{address(figures)}lezen/", body, content_type="application/json")
    assert answer.status_code == 400


def test_details_of_a_cell_come_along(figures: IndicatorTable, officer: Client) -> None:
    said = {"status": "provisional", "note": "tot juli", "measured": "2018", "reason": "", "why": "voorlopig"}
    key = cells(figures)[0, 0].key
    officer.post(address(figures), posted(figures, {(0, 0): "13"}, **{f"d:{key}": json.dumps(said)}))
    row = cells(figures)[0, 0].saved
    assert row is not None
    assert (row.printed, row.status, row.note, row.change_reason) == (
        "13",
        "provisional",
        "tot juli",
        "voorlopig",
    )
    assert isinstance(row, Observation)
    assert row.measured == Period.of_year(2018)


@pytest.mark.parametrize(
    ("typed", "said", "problem"),
    [
        ("13", {"status": "pending"}, "In dit vak staat een cijfer."),
        ("", {"status": "provisional"}, "Bij deze stand hoort één getal."),
        ("", {"status": "suppressed"}, "Schrijf op waarom er geen cijfer is."),
        ("13", {"measured": "vorig jaar"}, "‘vorig jaa"),
        ("x" * 201, {}, "Deze tekst is te lang"),
    ],
)
def test_what_does_not_fit_is_said_at_the_cell_and_nothing_is_saved(
    figures: IndicatorTable, officer: Client, typed: str, said: dict[str, str], problem: str
) -> None:
    key = cells(figures)[0, 0].key
    data = posted(figures, {(0, 0): typed, (2, 0): "9"}, reason="x", **{f"d:{key}": json.dumps(said)})
    answer = officer.post(address(figures), data)
    assert "Burenruzie, Politie, 2019: " in text(answer)
    assert problem[:9] in text(answer)
    assert "<title>Fout:" in text(answer)
    assert (printed(figures, 0, 0), printed(figures, 2, 0)) == ("12", "1")


@pytest.mark.parametrize("seen", ["", "[]", "{", '{"x": 1}', "12"])
def test_a_page_without_its_origins_is_shown_the_difference(
    figures: IndicatorTable, officer: Client, seen: str
) -> None:
    answer = officer.post(address(figures), posted(figures, {(0, 0): "13"}, seen=seen, reason="x"))
    assert answer.status_code == 409
    assert printed(figures, 0, 0) == "12"


def test_a_line_break_in_a_stored_text_is_no_change(city: None, officer: Client) -> None:
    take_in(table("1;Jeugd;;Burenruzie;Politie;12;volgt"))
    figures = IndicatorTable.objects.get()
    key = cells(figures)[0, 1]
    Observation.objects.filter(pk=key.saved_id).update(is_current=False, superseded_at="2030-01-01T00:00Z")
    row = Observation.objects.get(pk=key.saved_id)
    row.pk, row.is_current, row.superseded_at, row.printed = None, True, None, "12\nkeer"
    row.status, row.reason = "text_only", "tekst"
    row.save(force_insert=True)
    data = posted(figures, {(0, 1): "12keer"})
    assert "Er was niets veranderd." in text(officer.post(address(figures), data, follow=True))


# --- a block --------------------------------------------------------------------------------------
def test_a_block_fills_the_fields_and_stores_nothing(figures: IndicatorTable, officer: Client) -> None:
    data = posted(
        figures,
        {(0, 0): "13"},
        do="paste",
        block="1\t2\r\n\t\r\n33\t4\r\n5\t6\r\n",
        start_row="1",
        start_column="2",
    )
    page = text(officer.post(address(figures), data))
    assert "2 vakken zijn gevuld." in page
    assert "Dit paste niet meer in de tabel: 2; 4; 5; 6" in page
    assert "Lege regels op de plaats van een groep zijn overgeslagen." in page
    assert "3 vakken gewijzigd, nog niet bewaard" in page
    assert printed(figures, 1, 2) == "6,7"


def test_an_empty_block_is_asked_for(figures: IndicatorTable, officer: Client) -> None:
    data = posted(figures, {}, do="paste", block="", start_row="0", start_column="0")
    assert "Plak eerst de vakken uit Excel." in text(officer.post(address(figures), data))


# --- two people -------------------------------------------------------------------------------------
@pytest.fixture
def conflict(figures: IndicatorTable, officer: Client, sign_in: SignIn) -> Any:
    """The officer typed 13 and 15; meanwhile the redacteur saved 14 in the first cell."""
    mine = posted(figures, {(0, 0): "13", (0, 1): "15"}, reason="telfout")
    sign_in("redacteur").post(address(figures), posted(figures, {(0, 0): "14"}, reason="nagekeken"))
    return officer.post(address(figures), mine)


def test_the_second_is_shown_what_they_saw_what_is_saved_and_what_they_typed(
    figures: IndicatorTable, conflict: Any
) -> None:
    page = text(conflict)
    assert conflict.status_code == 409
    assert "Iemand anders heeft 1 vak intussen veranderd" in page
    assert "U zag: <b>12</b>" in page
    assert "Houd <b>14</b>. Dat bewaarde Redacteur op" in " ".join(page.split())
    assert "Neem <b>13</b>" in page
    assert "1 vak bewaard." in page
    assert (printed(figures, 0, 0), printed(figures, 0, 1)) == ("14", "15")


def again(figures: IndicatorTable, choice: str, **more: str) -> dict[str, Any]:
    key = cells(figures)[0, 0].key
    asked = {"asked": key, f"w:{key}": "12", **({f"k:{key}": choice} if choice else {})}
    return posted(figures, {(0, 0): "13"}, reason="telfout", **asked, **more)


@pytest.mark.parametrize(("choice", "stands"), [("mine", "13"), ("theirs", "14")])
def test_the_choice_is_what_is_saved(
    figures: IndicatorTable, officer: Client, conflict: Any, choice: str, stands: str
) -> None:
    officer.post(address(figures), again(figures, choice))
    assert printed(figures, 0, 0) == stands


def test_without_a_choice_nothing_is_overwritten(
    figures: IndicatorTable, officer: Client, conflict: Any
) -> None:
    page = text(officer.post(address(figures), again(figures, "")))
    assert "Kies wat er in dit vak moet staan." in page
    assert "U zag: <b>12</b>" in page
    assert printed(figures, 0, 0) == "14"


def test_what_was_typed_in_a_row_that_is_gone_is_told(figures: IndicatorTable, officer: Client) -> None:
    data = posted(figures, {(2, 0): "999"}, reason="x")
    TableRow.objects.get(label="HALT").delete()
    assert "999" in text(officer.post(address(figures), data, follow=True))


def test_two_rows_of_one_series_must_say_the_same(figures: IndicatorTable, officer: Client) -> None:
    row = TableRow.objects.get(label="Burenruzie")
    TableRow.objects.create(table=figures, series=row.series, order=9, label="Ruzie", group="B")
    page = text(officer.post(address(figures), posted(figures, {(0, 0): "13", (3, 0): "14"}, reason="x")))
    assert "Dit is dezelfde reeks als ‘Burenruzie, Politie, 2019’. Daar typte u: 13." in page
    officer.post(address(figures), posted(figures, {(0, 0): "13", (3, 0): "13"}, reason="x"))
    assert printed(figures, 0, 0) == "13"


# --- one cell -----------------------------------------------------------------------------------------
def test_one_cell_has_a_page_of_its_own(figures: IndicatorTable, officer: Client) -> None:
    one = cells(figures)[0, 1]
    row = TableRow.objects.get(label="Burenruzie")
    here = f"{address(figures)}{row.pk}/{one.column.key}/"
    assert 'value="volgt"' in text(officer.get(here))
    said = {"text": "", "status": "not_collected", "reason": "", "seen": one.saved_id, "note": "", "why": ""}
    assert "Schrijf op waarom er geen cijfer is." in text(officer.post(here, said))
    officer.post(here, said | {"reason": "Er was dit jaar geen telling."})
    saved = cells(figures)[0, 1].saved
    assert saved is not None
    assert (saved.status, saved.reason) == ("not_collected", "Er was dit jaar geen telling.")


def test_the_page_of_one_cell_shows_the_difference_and_saves_at_the_second_time(
    figures: IndicatorTable, officer: Client, sign_in: SignIn
) -> None:
    one = cells(figures)[0, 0]
    here = f"{address(figures)}{TableRow.objects.get(label='Burenruzie').pk}/{one.column.key}/"
    sign_in("redacteur").post(address(figures), posted(figures, {(0, 0): "14"}, reason="nagekeken"))
    mine = {"text": "13", "status": "", "reason": "", "seen": one.saved_id, "note": "", "why": "telfout"}
    answer = officer.post(here, mine)
    assert answer.status_code == 409
    assert "U zag 12. Redacteur bewaarde op" in text(answer)
    assert printed(figures, 0, 0) == "14"
    officer.post(here, mine | {"seen": cells(figures)[0, 0].saved_id})
    assert printed(figures, 0, 0) == "13"


def test_the_page_of_one_cell_asks_why_a_figure_changes(figures: IndicatorTable, officer: Client) -> None:
    one = cells(figures)[0, 0]
    here = f"{address(figures)}{TableRow.objects.get(label='Burenruzie').pk}/{one.column.key}/"
    mine = {"text": "13", "status": "", "reason": "", "seen": one.saved_id, "note": "", "why": ""}
    assert "Schrijf op waarom dit cijfer verandert." in text(officer.post(here, mine))


def test_a_column_that_the_table_lacks_has_no_page(figures: IndicatorTable, officer: Client) -> None:
    row = TableRow.objects.get(label="Burenruzie")
    assert officer.get(f"{address(figures)}{row.pk}/observation:1999/").status_code == 404


# --- size ---------------------------------------------------------------------------------------------
def test_the_page_asks_few_queries_however_many_rows(
    haarlem: Area, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    officer = sign_in("beleidsmedewerker")
    figures = IndicatorTable.objects.get(name="Leefbaarheid van wijken en buurten")
    figures.columns = [*figures.columns, Column("target", Period.of_year(2023), "Streefwaarde 2023")]
    figures.save()
    # Session, user, profile, the table; count and rows of this page; observations and targets.
    with django_assert_max_num_queries(10):
        officer.get(address(figures))


def test_a_large_table_comes_in_pages(figures: IndicatorTable, officer: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("indicators.views_staff.editing.CELLS_AT_ONCE", 6)
    assert text(officer.get(address(figures))).count("data-cell=") == 6
    assert text(officer.get(f"{address(figures)}?page=2")).count("data-cell=") == 3
    known = cells(figures)[2, 0]
    data = {
        "seen": json.dumps({known.key: known.saved_id}),
        f"c:{known.key}": "4",
        "reason": "x",
        "do": "save",
    }
    assert officer.post(f"{address(figures)}?page=2", data)["Location"].endswith("?page=2")
    assert printed(figures, 2, 0) == "4"


def test_numbers_and_signs_that_no_database_takes_do_no_harm(
    figures: IndicatorTable, officer: Client
) -> None:
    first = cells(figures)[0, 0]
    strange = json.dumps({first.key: 10**25})
    response = officer.post(address(figures), posted(figures, {(0, 0): "13"}, seen=strange, reason="telling"))
    assert response.status_code == 409
    alone = f"{address(figures)}{first.key.replace(':', '/', 1)}/"
    assert officer.post(alone, {"text": "13", "seen": 10**25}).status_code == 200
    officer.post(address(figures), posted(figures, {(0, 0): "1\x004"}, reason="telling"))
    assert printed(figures, 0, 0) == "14"
