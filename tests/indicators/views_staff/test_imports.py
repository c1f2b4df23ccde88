import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from haarlemveilig.accounts.models import User
from haarlemveilig.gemeente.models import Area
from indicators.models import IndicatorTable, Observation, TableRow
from tests import factories
from tests.indicators.conftest import HEADER, REAL_FILE, source_rows, table, take_in

SignIn = Callable[[User | str], Client]
ROW = "2.1;Jeugd;;Meldingen;Politie;12;volgt\n"


def upload(text: str | bytes, name: str = "cijfers.csv") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())}


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
    confirm = client.post(reverse("indicators:import_confirm")).status_code
    assert confirm == (200 if "import" in may else 403)


def test_somebody_without_a_role_sees_nothing(haarlem: Area, sign_in: SignIn) -> None:
    client = sign_in(factories.outsider())
    assert {client.get(address).status_code for address in pages().values()} == {403}


def test_who_did_not_sign_in_is_sent_away(haarlem: Area, client: Client) -> None:
    for address in [*pages().values(), reverse("indicators:import_confirm")]:
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
    with django_assert_max_num_queries(6):
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


def test_a_preview_imports_nothing_and_says_what_is_uncertain(city: None, officer: Client) -> None:
    page = officer.post(reverse("indicators:import"), upload(REAL_FILE.read_bytes())).content.decode()
    assert "46 rijen met 184 vakken" in page
    assert "28 rijen hebben geen bron." in page
    assert "dezelfde cijfers als ‘Aantal overvallen’ op rij 39" in page
    assert not Observation.objects.exists()


def test_a_file_with_more_rows_than_a_page_can_take_is_refused(
    city: None, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indicators.forms.imports.ROWS_AT_ONCE", 1)
    page = officer.post(reverse("indicators:import"), upload(HEADER + ROW + "2.1;Jeugd;;Boetes;;1;2"))
    assert "te veel rijen: hoogstens 1." in page.content.decode()


def test_what_was_previewed_can_be_confirmed(city: None, officer: Client) -> None:
    preview = officer.post(reverse("indicators:import"), upload(HEADER + ROW + "2.1;Jeugd;;Boetes;;1;2"))
    sealed = preview.context["form"].initial["sealed"]
    answer = officer.post(reverse("indicators:import_confirm"), {"sealed": sealed}, follow=True)
    assert "Ingelezen: 4 cijfers zijn nieuw of anders." in answer.content.decode()
    observation = Observation.objects.first()
    assert observation is not None
    assert observation.recorded_by == User.objects.get(roles=["beleidsmedewerker"])
    assert observation.provenance == "cijfers.csv"
    assert not TableRow.objects.filter(source_is_proposed=True).exists()


def test_a_preview_shows_what_would_change(city: None, officer: Client) -> None:
    take_in(table(ROW.strip()))
    page = officer.post(
        reverse("indicators:import"), upload(HEADER + ROW.replace("volgt", "13"))
    ).content.decode()
    assert "was volgt, wordt 13" in page
    assert "1 cijfer wordt anders" in page


def test_a_second_person_is_shown_what_changed_meanwhile(city: None, officer: Client) -> None:
    preview = officer.post(reverse("indicators:import"), upload(HEADER + ROW))
    take_in(table(ROW.strip().replace("12", "11")))
    sealed = preview.context["form"].initial["sealed"]
    page = officer.post(reverse("indicators:import_confirm"), {"sealed": sealed}).content.decode()
    assert "Iemand anders heeft intussen cijfers ingelezen" in page
    assert "was 11, wordt 12" in page


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (HEADER + "2.1;Jeugd;;;Politie;1;2", "Rij 2, kolom indicator: dit vak is leeg."),
        ("a;b\n1;2", "Rij 1, kolom thema: deze kolom ontbreekt."),
        (b"PK\x03\x04", "Dit is een werkblad en geen CSV-bestand."),
        ("", "Het bestand is leeg."),
    ],
)
def test_a_bad_file_gets_its_message_at_the_field_and_on_top(
    city: None, officer: Client, content: str | bytes, says: str
) -> None:
    page = officer.post(reverse("indicators:import"), upload(content)).content.decode()
    assert page.count(says) == 2
    assert "<title>Fout:" in page


def test_no_file_at_all_is_asked_for(city: None, officer: Client) -> None:
    page = officer.post(reverse("indicators:import"), {}).content.decode()
    assert page.count("Kies een CSV-bestand.") == 2


def test_an_oversized_file_is_refused(city: None, officer: Client, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 1_000_000
    page = officer.post(reverse("indicators:import"), upload(b"x" * 1_000_001)).content.decode()
    assert "Het bestand is te groot: hoogstens 1 MB." in page


def test_a_file_that_does_not_fit_into_the_page_is_refused(
    city: None, officer: Client, settings: Any
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    page = officer.post(reverse("indicators:import"), upload(HEADER + ROW)).content.decode()
    assert "te groot voor deze pagina" in page


def test_many_faults_are_not_all_shown(city: None, officer: Client) -> None:
    page = officer.post(
        reverse("indicators:import"), upload(HEADER + "2.1;Jeugd;;;Politie;1;2\n" * 20)
    ).content.decode()
    assert "En nog 5 fouten." in page


@pytest.mark.parametrize("sealed", ["", "onzin"])
def test_a_tampered_confirmation_starts_again(city: None, officer: Client, sealed: str) -> None:
    page = officer.post(reverse("indicators:import_confirm"), {"sealed": sealed}).content.decode()
    assert "De controle is verlopen. Kies het bestand opnieuw." in page
    assert not Observation.objects.exists()


def test_nobody_confirms_what_another_previewed(city: None, officer: Client, sign_in: SignIn) -> None:
    sealed = (
        officer.post(reverse("indicators:import"), upload(HEADER + ROW)).context["form"].initial["sealed"]
    )
    answer = sign_in("redacteur").post(reverse("indicators:import_confirm"), {"sealed": sealed})
    assert answer.status_code == 200
    assert not Observation.objects.exists()
