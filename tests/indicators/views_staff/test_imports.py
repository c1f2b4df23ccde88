import datetime as dt
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from haarlemveilig.accounts.models import User
from haarlemveilig.gemeente.models import Area
from haarlemveilig.jobs import services as jobs
from haarlemveilig.jobs.models import Job
from indicators import tasks  # noqa: F401 (registers the handler of the job)
from indicators.models import (
    FigureImport,
    Indicator,
    IndicatorTable,
    Observation,
    Publication,
    Source,
    TableRow,
)
from tests import factories
from tests.indicators.conftest import HEADER, REAL_FILE, source_rows, table, take_in

SignIn = Callable[[User | str], Client]
ROW = "2.1;Jeugd;;Meldingen;Politie;12;volgt\n"


def pages() -> dict[str, str]:
    table_id = IndicatorTable.objects.values_list("pk", flat=True)[0]
    return {
        "list": reverse("indicators:list"),
        "table": reverse("indicators:table", args=[table_id]),
        "import": reverse("indicators:import"),
    }


@pytest.fixture
def officer(sign_in: SignIn) -> Client:
    return sign_in("beleidsmedewerker")


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("beleidsmedewerker", {"list", "table", "import"}),
        ("redacteur", {"list", "table", "import"}),
        ("beheerder", {"list", "table", "import"}),
        ("communicatie", {"list", "table"}),
        ("griffie", {"list", "table"}),
        ("bewoner", set()),
        ("raadslid", set()),
    ],
)
def test_everybody_sees_only_their_own_pages(
    haarlem: Area, sign_in: SignIn, role: str, may: set[str]
) -> None:
    client = sign_in(role)
    for name, address in pages().items():
        assert client.get(address).status_code == (200 if name in may else 403)


def test_somebody_without_a_role_sees_nothing(haarlem: Area, sign_in: SignIn) -> None:
    client = sign_in(factories.outsider())
    assert {client.get(address).status_code for address in pages().values()} == {403}


def test_who_did_not_sign_in_is_sent_away(haarlem: Area, client: Client) -> None:
    for address in pages().values():
        assert client.get(address).status_code == 302


def test_the_list_names_every_table(haarlem: Area, officer: Client) -> None:
    page = officer.get(reverse("indicators:list")).content.decode()
    assert all(row["thema"] in page for row in source_rows())


def test_an_empty_list_says_what_one_can_do(city: None, officer: Client) -> None:
    assert "Er zijn nog geen cijfers" in officer.get(reverse("indicators:list")).content.decode()


def test_the_pages_keep_to_their_queries(
    haarlem: Area, officer: Client, django_assert_max_num_queries: Any
) -> None:
    officer.get(pages()["list"])
    with django_assert_max_num_queries(9):
        officer.get(pages()["list"])
    with django_assert_max_num_queries(6):
        officer.get(pages()["table"])


def cells_in(page: str) -> list[str]:
    """The cells of years as a reader sees them: without the marks of notes."""
    found = re.findall(r'<td class="hv-right">(.*?)</td>', page, re.DOTALL)
    return [re.sub(r"<sup>.*?</sup>", "", cell).strip() for cell in found]


def test_the_tables_print_every_cell_as_in_the_source(haarlem: Area, officer: Client) -> None:
    count = 0
    for table_ in IndicatorTable.objects.all():
        rows = [row for row in source_rows() if row["thema"] == table_.name]
        page = officer.get(reverse("indicators:table", args=[table_.pk])).content.decode()
        assert cells_in(page) == [row[year] for row in rows for year in ("2019", "2020", "2021", "2022")]
        count += len(cells_in(page))
    assert count == 184


def test_an_empty_cell_is_explained_below_the_table(haarlem: Area, officer: Client) -> None:
    table_ = IndicatorTable.objects.get(name="Ondermijnende criminaliteit")
    page = officer.get(reverse("indicators:table", args=[table_.pk])).content.decode()
    assert '<li id="noot-a">Dit vak is leeg in de bron.</li>' in page
    assert page.count('href="#noot-a"') == 3


def choose(client: Client, content: str | bytes, name: str = "cijfers.csv", **more: str) -> HttpResponse:
    """Upload a file as a browser does, and follow to what comes next."""
    form = {"vintage": "2026-01-31", "table_name": "", "source": ""} | more
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    return client.post(reverse("indicators:import"), {**form, "file": file}, follow=True)


def draft() -> FigureImport:
    return FigureImport.objects.latest("created_at")


def there(name: str, *more: object) -> str:
    return reverse(f"indicators:import_{name}", args=[draft().pk, *more])


def confirm(client: Client, preview: HttpResponse, **more: str) -> HttpResponse:
    sent = {"expected": preview.context["report"].fingerprint} | more
    return client.post(there("confirm"), sent, follow=True)


def save_row(client: Client, place: int, **changes: str) -> HttpResponse:
    """Send the form of a row as it stands, but for `changes`."""
    form = client.get(there("row", place)).context["form"]
    sent = {name: form[name].value() for name in form.fields} | changes
    return client.post(there("row", place), sent, follow=True)


def test_a_preview_imports_nothing_and_says_what_is_uncertain(city: None, officer: Client) -> None:
    page = choose(officer, REAL_FILE.read_bytes()).content.decode()
    assert "46 rijen met 184 vakken" in page
    assert "28 rijen hebben geen bron." in page
    assert "dezelfde cijfers als ‘Aantal overvallen’ op rij 39" in page
    assert not Observation.objects.exists()
    assert not Source.objects.exists()


def test_what_was_previewed_can_be_confirmed(city: None, officer: Client) -> None:
    preview = choose(officer, HEADER + ROW + "2.1;Jeugd;;Boetes;;1;2")
    page = confirm(officer, preview).content.decode()
    assert "Er is nog niets openbaar." in page
    assert "cijfers zijn nieuw" in page
    observation = Observation.objects.first()
    assert observation is not None
    assert observation.recorded_by == User.objects.get(roles=["beleidsmedewerker"])
    assert (observation.provenance, str(observation.vintage)) == ("cijfers.csv", "2026-01-31")
    assert not TableRow.objects.filter(source_is_proposed=True).exists()
    assert draft().state == "applied"


def test_an_import_publishes_nothing(haarlem: Area, officer: Client) -> None:
    Indicator.objects.update(published_at=timezone.now())
    seen = list(Observation.objects.published().order_by("pk").values_list("pk", "printed"))
    preview = choose(
        officer, HEADER.replace("2019;2020", "2021;2022") + "1;Jeugd;;Boetes vuurwerk;Politie;9;9"
    )
    confirm(officer, preview)
    assert list(Observation.objects.published().order_by("pk").values_list("pk", "printed")) == seen
    assert not Indicator.objects.get(name="Boetes vuurwerk").published_at
    assert not Publication.objects.exists()


def test_a_preview_shows_what_would_change(city: None, officer: Client) -> None:
    take_in(table(ROW.strip()), vintage=dt.date(2025, 1, 1))
    page = choose(officer, HEADER + ROW.replace("volgt", "13")).content.decode()
    assert "was volgt, wordt 13" in page
    assert "1 cijfer wordt anders" in page


def test_a_figure_that_changes_needs_a_reason_which_stays_with_it(city: None, officer: Client) -> None:
    take_in(table(ROW.strip()), vintage=dt.date(2025, 1, 1))
    preview = choose(officer, HEADER + ROW.replace("12;volgt", "11;13"))
    assert "1 cijfer dat er al stond verandert. Schrijf waarom." in preview.text
    page = confirm(officer, preview, reason=" ").text
    assert page.count("Schrijf op waarom deze cijfers veranderen.") == 2
    assert "<title>Fout:" in page
    assert draft().state == "draft"
    confirm(officer, preview, reason="De politie telde opnieuw.")
    changed, first = Observation.objects.current().order_by("period_start")
    assert (changed.printed, changed.change_reason) == ("11", "De politie telde opnieuw.")
    # "volgt" was no figure yet.
    assert (first.printed, first.change_reason) == ("13", "")


def test_leaving_the_question_out_does_not_get_round_it(city: None, officer: Client) -> None:
    take_in(table(ROW.strip()), vintage=dt.date(2025, 1, 1))
    preview = choose(officer, HEADER + ROW.replace("12", "11"))
    assert "Schrijf waarom." in confirm(officer, preview).text
    confirm(officer, preview, queue="yes")
    jobs.run(Job.objects.get().pk)
    assert "Schrijf eerst op waarom" in Job.objects.get().error
    assert draft().state == "draft"
    assert not Observation.objects.filter(printed="11").exists()


def test_a_figure_written_otherwise_is_counted_apart_and_needs_no_reason(city: None, officer: Client) -> None:
    take_in(table("2.1;Jeugd;;Meldingen;Politie;1024;1"), vintage=dt.date(2025, 1, 1))
    preview = choose(officer, HEADER + "2.1;Jeugd;;Meldingen;Politie;1.024;1")
    assert "1 cijfer wordt alleen anders geschreven: 1024 wordt 1.024." in preview.text
    assert "0 cijfers" not in preview.text
    assert "Schrijf waarom." not in preview.text
    assert preview.context["attention"] == 0
    assert "1 cijfer is alleen anders geschreven." in confirm(officer, preview).text
    assert Observation.objects.current().get(value=1024).printed == "1.024"


def test_the_reason_that_was_typed_is_kept_when_somebody_else_was_first(city: None, officer: Client) -> None:
    take_in(table(ROW.strip()), vintage=dt.date(2025, 1, 1))
    preview = choose(officer, HEADER + ROW.replace("12", "11"))
    take_in(table(ROW.strip().replace("12", "10")), vintage=dt.date(2025, 1, 1))
    page = confirm(officer, preview, reason="De politie telde opnieuw.").text
    assert "Iemand anders heeft intussen cijfers veranderd" in page
    assert 'value="De politie telde opnieuw."' in page


def test_the_links_of_a_preview_that_came_back_lead_to_the_preview(city: None, officer: Client) -> None:
    choose(officer, HEADER + ROW)
    answer = officer.get(there("confirm"), {"toon": "alles"})
    assert answer.headers["Location"] == there("preview") + "?toon=alles"


def test_a_preview_says_which_cells_a_newer_file_keeps(city: None, officer: Client) -> None:
    take_in(table(ROW.strip()), vintage=dt.date(2026, 3, 3))
    preview = choose(officer, HEADER + ROW.replace("volgt", "13"))
    page = preview.content.decode()
    assert "hier staat al ‘volgt’ uit een nieuwer bestand, van 3 maart 2026." in page
    assert "1 cijfer lezen we niet in" in page
    confirm(officer, preview)
    assert Observation.objects.get(period_start__year=2020).printed == "volgt"


def test_a_second_person_is_shown_what_changed_meanwhile(city: None, officer: Client) -> None:
    preview = choose(officer, HEADER + ROW)
    take_in(table(ROW.strip().replace("12", "11")), vintage=dt.date(2025, 1, 1))
    page = confirm(officer, preview).content.decode()
    assert "Iemand anders heeft intussen cijfers veranderd" in page
    assert "was 11, wordt 12" in page
    assert draft().state == "draft"


def test_confirming_without_a_preview_previews_first(city: None, officer: Client) -> None:
    choose(officer, HEADER + ROW)
    officer.post(there("confirm"))
    assert not Observation.objects.exists()


# --- decisions per row ----------------------------------------------------------------------------
def test_a_row_that_is_skipped_changes_nothing(city: None, officer: Client) -> None:
    choose(officer, HEADER + ROW + "2.1;Jeugd;;Boetes;;1;2")
    preview = save_row(officer, 2, choice="skip")
    assert "overgeslagen" in preview.content.decode()
    confirm(officer, preview)
    assert [row.label for row in TableRow.objects.all()] == ["Meldingen"]
    assert not Indicator.objects.filter(name="Boetes").exists()


def test_a_row_for_later_stays_a_proposal(city: None, officer: Client) -> None:
    choose(officer, HEADER + ROW + "2.1;Jeugd;;Boetes;;1;2\n2.1;Jeugd;;Vernielingen;;3;4")
    preview = save_row(officer, 2, choice="later")
    confirm(officer, preview)
    assert TableRow.objects.get(label="Boetes").source_is_proposed
    assert not TableRow.objects.get(label="Vernielingen").source_is_proposed


def test_label_source_and_cells_of_a_row_can_be_changed(city: None, officer: Client) -> None:
    choose(officer, HEADER + "2.1;Jeugd;;Meldignen;Politie;12;l3")
    preview = save_row(officer, 1, label="Meldingen", source="Gemeente", text_1="13")
    assert "aangepast" in preview.content.decode()
    confirm(officer, preview)
    row = TableRow.objects.get()
    assert (row.label, row.printed_source, row.series.source.name) == ("Meldingen", "Gemeente", "Gemeente")
    assert [one.value for one in Observation.objects.order_by("period_start")] == [12, 13]


def test_a_label_can_stand_for_an_indicator_that_is_known(haarlem: Area, officer: Client) -> None:
    count = Indicator.objects.count()
    choose(officer, HEADER + "2.1;Buurt;;Ruzies met buren;Politie;1;2")
    confirm(officer, save_row(officer, 1, indicator="Burenruzie"))
    assert Indicator.objects.count() == count
    assert TableRow.objects.get(label="Ruzies met buren").series.indicator.name == "Burenruzie"


def test_an_indicator_that_does_not_exist_is_refused_and_nothing_typed_is_lost(
    city: None, officer: Client
) -> None:
    choose(officer, HEADER + ROW)
    page = save_row(officer, 1, indicator="Bestaat niet", text_0="99").content.decode()
    assert page.count("Deze indicator is er niet.") == 2
    assert 'value="99"' in page
    assert "<title>Fout:" in page
    assert draft().decisions == {}


def test_a_proposed_series_can_be_made_a_series_of_its_own(city: None, officer: Client) -> None:
    choose(officer, HEADER + "1;Jeugd;;Aantal overvallen;Politie;1;2\n1;Jeugd;;Overvallen;Politie;1;2")
    preview = save_row(officer, 2, series="own")
    confirm(officer, preview)
    first, second = TableRow.objects.order_by("order")
    assert first.series.indicator != second.series.indicator


def test_a_proposed_series_that_is_checked_is_confirmed(city: None, officer: Client) -> None:
    choose(officer, HEADER + "1;Jeugd;;Aantal overvallen;Politie;1;2\n1;Jeugd;;Overvallen;Politie;1;2")
    confirm(officer, save_row(officer, 2))
    first, second = TableRow.objects.order_by("order")
    assert first.series == second.series
    assert not second.series_is_proposed


def test_the_year_in_which_a_figure_was_measured_can_be_changed(city: None, officer: Client) -> None:
    choose(officer, HEADER + "1;Jeugd;;Rapportcijfer;Omnibus;6,5;6,7 *)")
    confirm(officer, save_row(officer, 1, measured_1="2018"))
    later = Observation.objects.get(period_start__year=2020)
    assert later.measured is not None
    assert later.measured.code == "2018"


def test_a_measured_year_that_is_none_is_refused(city: None, officer: Client) -> None:
    choose(officer, HEADER + "1;Jeugd;;Rapportcijfer;Omnibus;6,5;6,7 *)")
    page = save_row(officer, 1, measured_1="ooit").content.decode()
    assert page.count("Vul een jaar in") == 2


def test_one_can_go_on_to_the_next_row_that_asks_for_a_person(city: None, officer: Client) -> None:
    choose(officer, HEADER + "1;Jeugd;;Een;Politie;x;2\n1;Jeugd;;Twee;Politie;1;2\n1;Jeugd;;Drie;Politie;y;2")
    page = save_row(officer, 1, next="yes")
    assert page.redirect_chain[-1][0] == there("row", 3)


def test_a_row_that_is_not_there_is_not_found(city: None, officer: Client) -> None:
    choose(officer, HEADER + ROW)
    assert officer.get(there("row", 2)).status_code == 404


def test_only_rows_that_ask_for_attention_can_be_shown(city: None, officer: Client) -> None:
    choose(officer, HEADER + ROW + "2.1;Jeugd;;Boetes;;1;2")
    page = officer.get(there("preview"), {"toon": "aandacht"})
    assert [row.label for one in page.context["tables"] for row in one.rows] == ["Boetes"]


def test_many_rows_are_shown_a_hundred_at_a_time(city: None, officer: Client) -> None:
    rows = "".join(f"1;Jeugd;;Indicator {number};Politie;1;2\n" for number in range(101))
    page = choose(officer, HEADER + rows)
    assert len(page.context["tables"][0].rows) == 100
    page = officer.get(there("preview"), {"page": 2})
    assert [row.label for row in page.context["tables"][0].rows] == ["Indicator 100"]


# --- how the file is read -------------------------------------------------------------------------
EXPORT = "Onderwerpnaam;Gebiedscode;Jaar;Getal\nInbraak;WK039209;2021;12\nInbraak;WK036301;2021;9\n"


def map_columns(client: Client, **changes: str) -> HttpResponse:
    form = client.get(there("layout")).context["form"]
    sent = {name: form[name].value() for name in form.fields} | changes
    return client.post(there("layout"), sent, follow=True)


def test_an_export_asks_what_its_columns_are_and_remembers_it(city: None, officer: Client) -> None:
    page = choose(officer, EXPORT)
    assert page.redirect_chain[-1][0] == there("layout")
    preview = map_columns(officer, role_3="value", source="Politie")
    assert preview.redirect_chain[-1][0] == there("preview")
    assert "1 rij lezen we niet in" in preview.content.decode()
    confirm(officer, preview)
    observation = Observation.objects.get()
    assert (observation.series.area.code, observation.value) == ("WK039209", 12)
    again = choose(officer, EXPORT, source="Politie")
    assert again.redirect_chain[-1][0] == there("preview")


def test_a_column_without_a_meaning_is_asked_for_and_nothing_is_lost(city: None, officer: Client) -> None:
    choose(officer, EXPORT)
    page = map_columns(officer, role_3="observation", source="Mijn bron").content.decode()
    assert page.count("Vul in van welke periode ‘Getal’ is") == 2
    assert 'value="Mijn bron"' in page


def test_a_wijk_that_we_do_not_know_must_be_skipped_first(city: None, officer: Client) -> None:
    choose(officer, EXPORT.replace("WK036301", "WK039299"))
    page = map_columns(officer, role_3="value", source="Politie")
    assert "de wijk WK039299 is niet bekend" in page.content.decode()
    assert "Lees deze cijfers in" not in page.content.decode()
    officer.post(there("confirm"), {"expected": page.context["report"].fingerprint})
    assert not Observation.objects.exists()
    confirm(officer, save_row(officer, 2, choice="skip"))
    assert Observation.objects.get().series.area.code == "WK039209"


def test_a_spreadsheet_goes_the_same_way(city: None, officer: Client) -> None:
    book = openpyxl.Workbook()
    for row in (["thema", "indicator", "bron", 2021], ["Jeugd", "Meldingen", "Politie", 12]):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    confirm(officer, choose(officer, content.getvalue(), "cijfers.xlsx"))
    assert Observation.objects.get().printed == "12"


# --- bad files ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (HEADER + "2.1;Jeugd;;;Politie;1;2", "Rij 2, kolom indicator: dit vak is leeg."),
        ("", "Het bestand is leeg."),
    ],
)
def test_a_bad_file_gets_its_message_at_the_field_and_on_top(
    city: None, officer: Client, content: str | bytes, says: str
) -> None:
    page = choose(officer, content, source="Mijn bron").content.decode()
    assert page.count(says) == 2
    assert "<title>Fout:" in page
    assert 'value="Mijn bron"' in page
    assert not FigureImport.objects.exists()


def test_no_file_at_all_is_asked_for(city: None, officer: Client) -> None:
    page = officer.post(reverse("indicators:import"), {"vintage": "2026-01-31"}).content.decode()
    assert page.count("Kies een bestand.") == 2


def test_a_day_that_has_yet_to_come_is_refused(city: None, officer: Client) -> None:
    page = choose(officer, HEADER + ROW, vintage="2199-01-01").content.decode()
    assert page.count("Deze dag moet nog komen.") == 2


def test_an_oversized_file_is_refused(city: None, officer: Client, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 1_000_000
    page = choose(officer, b"x" * 1_000_001).content.decode()
    assert "Het bestand is te groot: hoogstens 1 MB." in page


def test_many_faults_are_not_all_shown(city: None, officer: Client) -> None:
    page = choose(officer, HEADER + "2.1;Jeugd;;;Politie;1;2\n" * 20).content.decode()
    assert "En nog 5 fouten." in page


# --- who, and afterwards --------------------------------------------------------------------------
def test_nobody_sees_or_confirms_what_another_chose(city: None, officer: Client, sign_in: SignIn) -> None:
    choose(officer, HEADER + ROW)
    other = sign_in("redacteur")
    for name in ("preview", "layout", "result"):
        assert other.get(there(name)).status_code == 404
    assert other.get(there("row", 1)).status_code == 404
    for name in ("confirm", "discard"):
        assert other.post(there(name)).status_code == 404
    assert not Observation.objects.exists()


@pytest.mark.parametrize("role", ["communicatie", "bewoner"])
def test_who_may_not_import_gets_in_nowhere(city: None, officer: Client, sign_in: SignIn, role: str) -> None:
    choose(officer, HEADER + ROW)
    client = sign_in(role)
    answers = [client.get(there(name)) for name in ("preview", "layout", "result")]
    answers += [client.post(there(name)) for name in ("confirm", "discard")]
    assert {answer.status_code for answer in answers} == {403}


def test_a_kept_file_has_no_address(city: None, officer: Client) -> None:
    choose(officer, HEADER + ROW)
    name = draft().file.name
    assert {officer.get(f"/{path}{name}").status_code for path in ("", "media/", "static/")} == {404}


def test_a_file_can_be_thrown_away(city: None, officer: Client) -> None:
    choose(officer, HEADER + ROW)
    path = Path(draft().file.path)
    page = officer.post(there("discard"), follow=True).content.decode()
    assert "Het bestand is weggegooid." in page
    assert not path.exists()
    assert "Dit bestand is weggegooid" in officer.get(there("preview"), follow=True).content.decode()


def test_a_file_is_taken_in_once(city: None, officer: Client) -> None:
    preview = choose(officer, HEADER + ROW)
    confirm(officer, preview)
    page = confirm(officer, preview).content.decode()
    assert "al ingelezen of weggegooid" in page
    assert Observation.objects.count() == 2


def test_a_draft_stands_on_the_page_until_it_is_taken_in(city: None, officer: Client) -> None:
    preview = choose(officer, HEADER + ROW)
    assert there("preview") in officer.get(reverse("indicators:import")).content.decode()
    confirm(officer, preview)
    assert there("preview") not in officer.get(reverse("indicators:import")).content.decode()


def test_the_preview_keeps_to_its_queries(
    haarlem: Area, officer: Client, django_assert_max_num_queries: Any
) -> None:
    choose(officer, REAL_FILE.read_bytes())
    with django_assert_max_num_queries(40):
        officer.get(there("preview"))


def test_a_large_file_is_left_to_a_worker(
    city: None, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indicators.services.imports.ROWS_AT_ONCE", 0)
    preview = choose(officer, HEADER + ROW)
    assert preview.context["is_large"]
    page = confirm(officer, preview, queue="yes").content.decode()
    assert "U mag deze pagina sluiten" in page
    assert draft().state == "applying"
    jobs.run(Job.objects.get().pk)
    assert Job.objects.get().status == "done"
    assert "Wat er is ingelezen" in officer.get(there("result")).content.decode()
    assert Observation.objects.count() == 2


def test_a_worker_keeps_the_reason_too(city: None, officer: Client) -> None:
    take_in(table(ROW.strip()), vintage=dt.date(2025, 1, 1))
    preview = choose(officer, HEADER + ROW.replace("12", "11"))
    confirm(officer, preview, queue="yes", reason="De politie telde opnieuw.")
    jobs.run(Job.objects.get().pk)
    assert Observation.objects.get(printed="11").change_reason == "De politie telde opnieuw."


def test_a_job_that_failed_brings_the_preview_back(city: None, officer: Client) -> None:
    preview = choose(officer, HEADER + ROW)
    confirm(officer, preview, queue="yes")
    Job.objects.update(status="failed", error="De taak werd afgebroken.")
    page = officer.get(there("result"), follow=True)
    assert page.redirect_chain[-1][0] == there("preview")
    assert "De taak werd afgebroken." in page.content.decode()


def test_a_worker_that_finds_other_figures_leaves_it_to_a_person(city: None, officer: Client) -> None:
    preview = choose(officer, HEADER + ROW)
    take_in(table(ROW.strip().replace("12", "11")), vintage=dt.date(2025, 1, 1))
    confirm(officer, preview, queue="yes")
    jobs.run(Job.objects.get().pk)
    assert "Iemand anders" in Job.objects.get().error
    assert draft().state == "draft"
    assert Observation.objects.filter(is_current=True, printed="11").exists()


def test_all_rows_that_cannot_be_taken_in_are_skipped_at_once(city: None, officer: Client) -> None:
    rows = "".join(
        f"{area};2021;{name};Omnibus;12\n" for area in ("Nederland", "GM0392") for name in ("Aa", "Bb")
    )
    choose(officer, f"Gebiedscode;Periode;Indicator;Bron;Waarde\n{rows}")
    map_columns(officer)
    assert "Sla 2 rijen over" in officer.get(there("preview")).text
    page = officer.post(there("skip"), follow=True).text
    assert "2 rijen zijn overgeslagen." in page
    assert "Lees deze cijfers in" in page


def test_nobody_skips_rows_of_somebody_elses_file(city: None, officer: Client, sign_in: SignIn) -> None:
    choose(officer, HEADER + ROW)
    assert sign_in("redacteur").post(there("skip")).status_code == 404
    assert draft().decisions == {}
