import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from haarlemveilig.audit.models import AuditEntry
from haarlemveilig.gemeente.models import Area, Theme
from indicators.models import Indicator, IndicatorAlias, IndicatorTable, Observation, Series, Source, TableRow
from indicators.selectors import table_view
from indicators.services import ImportChanged
from tests import factories
from tests.indicators.conftest import real_table, source_rows, table, take_in

ROW = "2.1;Jeugd;;Meldingen;Politie;12;volgt"


def printed(name: str = "Jeugd") -> list[list[str]]:
    view = table_view(IndicatorTable.objects.get(name=name))
    return [[cell.printed for cell in row.cells] for row in view.rows]


def test_the_real_file_becomes_46_rows_of_43_series(haarlem: Area) -> None:
    assert TableRow.objects.count() == 46
    assert Series.objects.count() == 43
    assert Observation.objects.count() == 43 * 4
    assert IndicatorTable.objects.count() == 8


def test_one_label_from_two_sources_is_two_series(haarlem: Area) -> None:
    found = Series.objects.filter(indicator__name="Meldingen jeugdoverlast")
    assert {one.source.name for one in found} == {"Politie", "Gemeente"}


def test_two_labels_with_the_same_figures_are_proposed_as_one_series(haarlem: Area) -> None:
    assert IndicatorAlias.objects.get().name == "Overvallen"
    proposed = TableRow.objects.filter(series_is_proposed=True)
    assert {row.label for row in proposed} == {"Burenruzie", "Huiselijke twist", "Overvallen"}


def test_sources_go_by_several_names(haarlem: Area) -> None:
    assert set(Source.objects.values_list("name", flat=True)) == {
        "LAA",
        "Gemeente",
        "Politie",
        "Omnibus",
        "ZVH",
    }
    assert Source.objects.get(name="Omnibus").kind == Source.Kind.SURVEY


def test_every_cell_prints_exactly_as_in_the_source(haarlem: Area) -> None:
    stands = {}
    for table_ in IndicatorTable.objects.all():
        for group in table_view(table_).groups:
            for row in group.rows:
                texts = [cell.printed for cell in row.cells]
                stands[table_.name, group.heading, row.label, row.source.casefold(), row.printed_source] = (
                    texts
                )
    cells = 0
    for row in source_rows():
        key = next(
            key
            for key in stands
            if key[:3] == (row["thema"], row["groep"], row["indicator"]) and key[4] == row["bron"]
        )
        assert stands[key] == [row["2019"], row["2020"], row["2021"], row["2022"]]
        cells += len(stands[key])
    assert cells == 184


def test_running_it_again_changes_nothing(haarlem: Area) -> None:
    before = [*Observation.objects.values_list("pk", flat=True)], AuditEntry.objects.count()
    report = take_in(real_table())
    assert (report.changes, report.placed) == ((), 0)
    assert ([*Observation.objects.values_list("pk", flat=True)], AuditEntry.objects.count()) == before


def test_an_import_is_one_line_in_the_log(city: None) -> None:
    take_in(real_table(), recorded_by=factories.user("redacteur"))
    entry = AuditEntry.objects.get(action="indicators.table_imported")
    assert (entry.details["rows"], entry.details["cells"], entry.details["uncertain"]) == (46, 184, 28)
    assert entry.actor is not None


def test_a_dry_run_reports_the_same_and_leaves_nothing_behind(city: None) -> None:
    rehearsal = take_in(real_table(), dry_run=True)
    assert not Observation.objects.exists()
    assert not Source.objects.exists()
    assert not AuditEntry.objects.exists()
    assert take_in(real_table()) == rehearsal


def test_a_revised_cell_keeps_what_stood_there_before(city: None) -> None:
    take_in(table(ROW))
    take_in(table(ROW.replace("volgt", "12")))
    report = take_in(table(ROW.replace("volgt", "13")))
    assert [(change.before, change.after) for change in report.revised] == [("12", "13")]
    history = Observation.objects.filter(period_start__year=2020).order_by("pk")
    assert [(one.printed, one.is_current) for one in history] == [
        ("volgt", False),
        ("12", False),
        ("13", True),
    ]
    assert Observation.objects.count() == 4


def test_pending_and_blank_cells_have_no_value_and_say_why(city: None) -> None:
    take_in(table("2.1;Jeugd;;Meldingen;Politie;;volgt"))
    blank, pending = Observation.objects.order_by("period_start")
    assert (blank.value, blank.status, blank.printed) == (None, "unknown", "")
    assert (pending.value, pending.status, pending.printed) == (None, "pending", "volgt")
    assert blank.reason
    assert pending.reason


def test_what_the_source_does_not_know_is_missing_and_says_so(city: None) -> None:
    report = take_in(table("2.1;Jeugd;;Meldingen;Politie;n.b.;-"))
    unknown, dash = Observation.objects.order_by("period_start")
    assert (unknown.status, unknown.reason) == ("unknown", "Niet bekend volgens de bron.")
    assert dash.status == "text_only"
    assert report.uncertain == 1
    assert printed() == [["n.b.", "-"]]


def test_zero_is_a_figure(city: None) -> None:
    take_in(table("2.1;Jeugd;;Meldingen;Politie;0;<20%"))
    assert [one.value for one in Observation.objects.order_by("period_start")] == [0, 20]
    assert printed() == [["0", "<20%"]]


def test_text_is_kept_and_a_person_is_told(city: None) -> None:
    report = take_in(table("2.1;Jeugd;;Meldingen;Politie;12O;6.500 en 7.000"))
    assert report.uncertain == 2
    assert "‘12O’" in report.remarks[0].text
    assert printed() == [["12O", "6.500 en 7.000"]]


def test_without_a_name_the_proposals_stay_open(city: None) -> None:
    rows = ROW, "2.1;Jeugd;;Boetes;;1;2"
    take_in(table(*rows))
    assert TableRow.objects.get(label="Boetes").source_is_proposed
    take_in(table(*rows), recorded_by=factories.user("redacteur"))
    assert not TableRow.objects.get(label="Boetes").source_is_proposed
    take_in(table(*rows))
    assert not TableRow.objects.get(label="Boetes").source_is_proposed


def test_a_blank_source_stays_blank_in_print(haarlem: Area) -> None:
    row = TableRow.objects.get(label="Mensenhandel")
    assert (row.printed_source, row.series.source.name) == ("", "Politie")


def test_a_file_that_contradicts_itself_keeps_both_figures(city: None) -> None:
    rows = ROW, "2.4;Zorg;Sociaal;Meldingen;Politie;12;99"
    report = take_in(table(*rows))
    assert "andere cijfers op rij 2" in report.remarks[0].text
    assert printed("Jeugd") + printed("Zorg") == [["12", "volgt"], ["12", "99"]]
    assert take_in(table(*rows)).changes == ()


def test_a_contradiction_that_is_solved_leaves_one_row_in_each_table(city: None) -> None:
    take_in(table(ROW, "2.4;Zorg;;Meldingen;Politie;12;99"))
    take_in(table(ROW, "2.4;Zorg;;Meldingen;Politie;12;volgt"))
    assert printed("Zorg") == [["12", "volgt"]]


def test_new_rows_come_where_the_file_has_them_and_old_ones_stay(city: None) -> None:
    take_in(table(ROW, "2.1;Jeugd;;Oud;Politie;1;2", "2.1;Jeugd;;Boetes;Politie;3;4"))
    take_in(table("2.1;Jeugd;;Boetes;Politie;3;4", "2.1;Jeugd;;Nieuw;Politie;5;6", ROW))
    rows = TableRow.objects.values_list("label", flat=True)
    assert list(rows) == ["Boetes", "Nieuw", "Meldingen", "Oud"]


def test_a_row_that_the_file_lacks_stays_in_its_group(city: None) -> None:
    take_in(table("1;J;A;Een;Politie;1;1", "1;J;A;Twee;Politie;1;1", "1;J;B;Drie;Politie;1;1"))
    take_in(table("1;J;A;Een;Politie;1;1", "1;J;B;Drie;Politie;1;1", "1;J;B;Vier;Politie;1;1"))
    assert list(TableRow.objects.values_list("label", flat=True)) == ["Een", "Twee", "Drie", "Vier"]


def test_a_new_year_is_a_new_column(city: None) -> None:
    take_in(table(ROW))
    header = "thema;indicator;bron;2021\n"
    take_in(table("Jeugd;Meldingen;Politie;14", header=header))
    assert printed() == [["12", "volgt", "14"]]


def test_indicators_find_their_theme_by_name_alias_or_table(city: None) -> None:
    theme = Theme.objects.get(code="jeugd")
    theme.aliases.create(name="Hangjongeren")
    take_in(
        table("1;Divers;;hangjongeren;Politie;1;1", "1;Jeugd;;Boetes;Politie;1;1", "1;Rest;;Iets;Politie;1;1")
    )
    themes = {one.name: one.theme for one in Indicator.objects.all()}
    assert themes == {"hangjongeren": theme, "Boetes": theme, "Iets": None}


def test_nothing_is_imported_when_the_figures_changed_since_the_preview(city: None) -> None:
    seen = take_in(table(ROW), dry_run=True).fingerprint
    take_in(table(ROW.replace("12", "11")))
    with pytest.raises(ImportChanged):
        take_in(table(ROW), expected=seen)
    assert printed() == [["11", "volgt"]]


def test_what_was_previewed_is_imported(city: None) -> None:
    seen = take_in(table(ROW), dry_run=True).fingerprint
    assert take_in(table(ROW), expected=seen).fingerprint == seen


def test_an_import_that_fails_leaves_nothing_behind(city: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise IntegrityError

    monkeypatch.setattr("indicators.services.tables.save_tables", fail)
    with pytest.raises(IntegrityError):
        take_in(table(ROW))
    assert not Source.objects.exists()
    assert not Observation.objects.exists()


CELLS = st.text(alphabet="0123456789.,%<≥*)volgt ", max_size=6)


@hypothesis_settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4))
def test_any_series_of_imports_prints_what_came_last(city: None, imports: list[tuple[str, str]]) -> None:
    for one, other in imports:
        take_in(table(f'1;Jeugd;;Meldingen;Politie;"{one}";"{other}"'))
    assert printed() == [[text.strip() for text in imports[-1]]]
