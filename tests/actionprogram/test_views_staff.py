from collections.abc import Callable
from typing import Any
from unittest.mock import Mock

import pytest
from django.core.cache import cache
from django.test import Client
from kombu.exceptions import OperationalError

from actionprogram import draft
from actionprogram.models import Actie, Actielijn, Actieprogramma, Section
from actionprogram.selectors import programme_view
from haarlemveilig.jobs import tasks as jobs
from haarlemveilig.jobs.models import Job
from tests import factories

SignIn = Callable[..., Client]


@pytest.fixture
def address(jeugd: Section) -> str:
    return f"/werk/programma/2023/{jeugd.pk}/"


@pytest.fixture
def nudged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The jobs that a worker was asked to do."""
    asked: list[str] = []
    monkeypatch.setattr(jobs.run, "delay", asked.append)
    return asked


def form(section: Section, **changes: str) -> dict[str, str]:
    """The page as a browser sends it back: every text twice, the second one hidden and as it was shown."""
    view = next(one for one in programme_view(section.programme).sections if one.id == str(section.pk))
    shown = draft.texts(view)
    return {
        "version": str(view.version),
        **{f"initial-{name}": text for name, text in shown.items()},
        **shown,
        **changes,
    }


# --- who may come in --------------------------------------------------------------------------------
READERS = ["beleidsmedewerker", "redacteur", "communicatie", "griffie", "wijkprofessional"]


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("page", ["/werk/programma/", "/werk/programma/2023/", "preview"])
def test_colleagues_read_drafts(sign_in: SignIn, address: str, role: str, page: str) -> None:
    assert sign_in(role).get(f"{address}bekijken/" if page == "preview" else page).status_code == 200


@pytest.mark.parametrize("page", ["/werk/programma/", "/werk/programma/2023/", "edit", "preview"])
def test_an_outsider_reads_no_draft(sign_in: SignIn, address: str, page: str) -> None:
    places = {"edit": address, "preview": f"{address}bekijken/"}
    assert sign_in(factories.outsider()).get(places.get(page, page)).status_code == 403


@pytest.mark.parametrize("page", ["/werk/programma/", "/werk/programma/2023/", "edit"])
def test_whoever_has_not_signed_in_is_sent_away(client: Client, address: str, page: str) -> None:
    response = client.get(address if page == "edit" else page)
    assert response.status_code == 302
    assert "login" in response.headers["Location"]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("beleidsmedewerker", 200),
        ("redacteur", 200),
        ("communicatie", 403),
        ("griffie", 403),
        ("raadslid", 403),
    ],
)
def test_only_policy_and_editing_write(sign_in: SignIn, address: str, role: str, status: int) -> None:
    assert sign_in(role).get(address).status_code == status


@pytest.mark.parametrize(
    ("role", "status"),
    [("beleidsmedewerker", 302), ("communicatie", 302), ("redacteur", 403), ("griffie", 403)],
)
def test_only_policy_and_communication_publish(
    sign_in: SignIn, programme: Actieprogramma, nudged: list[str], role: str, status: int
) -> None:
    assert sign_in(role).post("/werk/programma/2023/publiceren/").status_code == status


def test_a_year_or_chapter_that_does_not_exist_is_not_found(
    sign_in: SignIn, programme: Actieprogramma
) -> None:
    client = sign_in("redacteur")
    assert client.get("/werk/programma/1999/").status_code == 404
    assert client.get(f"/werk/programma/2023/{'0' * 8}-0000-0000-0000-{'0' * 12}/").status_code == 404


# --- editing ----------------------------------------------------------------------------------------
def test_the_editor_shows_every_text_and_takes_few_queries(
    sign_in: SignIn, address: str, jeugd: Section, django_assert_max_num_queries: Any
) -> None:
    client = sign_in("redacteur")
    cache.clear()
    with django_assert_max_num_queries(20):
        html = client.get(address).content.decode()
    for name in form(jeugd):
        assert f'name="{name}"' in html


def test_opening_and_saving_without_touching_anything_changes_nothing(
    sign_in: SignIn, address: str, jeugd: Section
) -> None:
    before = form(jeugd)
    response = sign_in("redacteur").post(address, form(jeugd))
    assert response.headers["Location"] == address
    assert form(jeugd) == before | {"version": "1"}


def test_saving_says_so(sign_in: SignIn, address: str, jeugd: Section) -> None:
    response = sign_in("redacteur").post(
        address, form(jeugd, **{f"title:{jeugd.pk}": "Jongeren"}), follow=True
    )
    html = response.content.decode()
    assert "Bewaard." in html
    assert "1.1 Jongeren" in html


def test_saving_and_going_on_leads_to_the_next_chapter(sign_in: SignIn, address: str, jeugd: Section) -> None:
    following = Section.objects.get(slug="veilig-uitgaan")
    response = sign_in("redacteur").post(address, form(jeugd, do="next"))
    assert response.headers["Location"] == f"/werk/programma/2023/{following.pk}/"


def test_a_button_saves_what_was_typed_and_then_adds_a_row(
    sign_in: SignIn, address: str, jeugd: Section
) -> None:
    line = Actielijn.objects.get(title__nl="Samen")
    data = form(jeugd, **{f"line:{line.pk}": "Beter samen", "do": f"add:actie:{line.pk}"})
    response = sign_in("redacteur").post(address, data)
    line.refresh_from_db()
    new = Actie.objects.filter(actielijn=line).order_by("order").last()
    assert str(line.title) == "Beter samen"
    assert new is not None
    assert response.headers["Location"] == f"{address}?naar={new.pk}"


def test_the_new_row_has_the_focus(sign_in: SignIn, address: str, jeugd: Section) -> None:
    actie = Actie.objects.get(text__nl="Overleg")
    html = sign_in("redacteur").get(f"{address}?naar={actie.pk}").content.decode()
    field = html[html.index(f'<textarea name="actie:{actie.pk}"') :].partition(">")[0]
    assert "autofocus" in field
    assert html.count("autofocus") == 1


def test_moving_a_row_keeps_the_focus_on_the_button(sign_in: SignIn, address: str, jeugd: Section) -> None:
    line = Actielijn.objects.get(title__nl="Samen")
    html = (
        sign_in("redacteur").post(address, form(jeugd, do=f"up:line:{line.pk}"), follow=True).content.decode()
    )
    button = html[html.index(f'value="up:line:{line.pk}"') :].partition(">")[0]
    assert "autofocus" in button
    assert [str(one.title) for one in Actielijn.objects.order_by("order")] == ["Samen", "Eén aanpak"]


def test_what_cannot_be_done_is_said_and_the_typing_stays(
    sign_in: SignIn, address: str, jeugd: Section
) -> None:
    line = Actielijn.objects.get(title__nl="Samen")
    data = form(jeugd, **{f"title:{jeugd.pk}": "Half getypt", "do": f"remove:line:{line.pk}"})
    html = sign_in("redacteur").post(address, data).content.decode()
    assert "Haal eerst de acties" in html
    assert 'value="Half getypt"' in html
    jeugd.refresh_from_db()
    assert str(jeugd.title) == "Jeugd en veiligheid"


def test_a_chapter_without_title_is_refused_with_an_error(
    sign_in: SignIn, address: str, jeugd: Section
) -> None:
    response = sign_in("redacteur").post(address, form(jeugd, **{f"title:{jeugd.pk}": ""}))
    html = response.content.decode()
    assert "<title>Fout:" in html
    assert "hv-errors" in html


def test_a_text_that_is_too_long_comes_back_whole(sign_in: SignIn, address: str, jeugd: Section) -> None:
    data = form(jeugd, **{f"title:{jeugd.pk}": "Lang " * 50})
    html = sign_in("redacteur").post(address, data).content.decode()
    assert "Titel: maak de tekst korter. Er passen 200 tekens in, u hebt er 249." in html
    assert "Lang " * 49 in html
    assert "maxlength" not in html


def test_of_two_editors_the_second_sees_what_changed_and_keeps_what_was_typed(
    sign_in: SignIn, address: str, jeugd: Section
) -> None:
    client = sign_in("redacteur")
    theirs, mine = form(jeugd), form(jeugd)
    line, actie = Actielijn.objects.get(title__nl="Samen"), Actie.objects.get(text__nl="Overleg")
    theirs |= {f"title:{jeugd.pk}": "Van de ander", f"line:{line.pk}": "Lijn van de ander"}
    mine |= {f"title:{jeugd.pk}": "Van mij", f"actie:{actie.pk}": "Actie van mij"}
    client.post(address, theirs)
    response = client.post(address, mine)
    html = response.content.decode()
    assert response.status_code == 409
    assert "Iemand anders heeft dit hoofdstuk intussen bewaard" in html
    for text in ("Van de ander", 'value="Van mij"', 'value="Lijn van de ander"', "Actie van mij"):
        assert text in html
    assert 'name="version" value="1"' in html


def test_saving_again_after_a_conflict_keeps_the_work_of_both(
    sign_in: SignIn, address: str, jeugd: Section
) -> None:
    client = sign_in("redacteur")
    theirs, mine = form(jeugd), form(jeugd)
    line, actie = Actielijn.objects.get(title__nl="Samen"), Actie.objects.get(text__nl="Overleg")
    client.post(address, theirs | {f"line:{line.pk}": "Lijn van de ander"})
    page = client.post(address, mine | {f"actie:{actie.pk}": "Actie van mij"})
    shown = {field.html_name: field.value() for field in page.context["form"]}
    hidden = {
        f"initial-{name}": text
        for name, text in form(jeugd).items()
        if ":" in name and "initial-" not in name
    }
    client.post(address, {**hidden, **shown})
    line.refresh_from_db()
    actie.refresh_from_db()
    assert (str(line.title), str(actie.text)) == ("Lijn van de ander", "Actie van mij")


def test_text_typed_in_a_row_that_somebody_removed_is_shown_once_more(
    sign_in: SignIn, address: str, jeugd: Section
) -> None:
    client = sign_in("redacteur")
    mine = form(jeugd)
    actie = Actie.objects.get(text__nl="Overleg")
    client.post(address, form(jeugd, do=f"remove:actie:{actie.pk}"))
    response = client.post(address, mine | {f"actie:{actie.pk}": "Net nog verbeterd"})
    assert response.status_code == 409
    assert "Net nog verbeterd" in response.content.decode()


# --- the desk ---------------------------------------------------------------------------------------
def test_the_desk_lists_faults_with_a_link_to_the_place(sign_in: SignIn, jeugd: Section) -> None:
    actie = Actie.objects.get(text__nl="Overleg")
    Actie.objects.filter(pk=actie.pk).update(owner="")
    html = sign_in("beleidsmedewerker").get("/werk/programma/2023/").content.decode()
    assert "Actie 2.1 heeft nog geen eigenaar." in html
    assert f"/werk/programma/2023/{jeugd.pk}/?naar={actie.pk}#{actie.pk}" in html
    assert "Publiceer het programma" not in html


def test_publishing_with_a_fault_starts_nothing(
    sign_in: SignIn, programme: Actieprogramma, nudged: list[str]
) -> None:
    Actie.objects.filter(text__nl="Overleg").update(owner="")
    response = sign_in("beleidsmedewerker").post("/werk/programma/2023/publiceren/", follow=True)
    assert "Los eerst de fouten op" in response.content.decode()
    assert not Job.objects.exists()


def test_making_a_pdf_starts_a_job_and_leads_to_it(
    sign_in: SignIn, programme: Actieprogramma, nudged: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    client = sign_in("redacteur")
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/werk/programma/2023/pdf/")
    job = Job.objects.get()
    assert (job.kind, job.params["year"]) == ("programme_pdf", 2023)
    assert nudged == [str(job.pk)]
    assert response.headers["Location"] == f"/werk/taken/{job.pk}/"
    assert client.get(f"/werk/taken/{job.pk}/").status_code == 200


def test_without_a_broker_the_job_waits(
    sign_in: SignIn,
    programme: Actieprogramma,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    monkeypatch.setattr(jobs.run, "delay", Mock(side_effect=OperationalError))
    with django_capture_on_commit_callbacks(execute=True):
        assert sign_in("redacteur").post("/werk/programma/2023/pdf/").status_code == 302
    assert Job.objects.queued().exists()


def test_a_pdf_is_never_made_by_following_a_link(sign_in: SignIn, programme: Actieprogramma) -> None:
    assert sign_in("redacteur").get("/werk/programma/2023/pdf/").status_code == 405


def test_after_removing_a_row_the_page_opens_where_it_was(
    sign_in: SignIn, address: str, jeugd: Section
) -> None:
    actie = Actie.objects.get(text__nl="Overleg")
    response = sign_in("redacteur").post(address, form(jeugd, do=f"remove:actie:{actie.pk}"))
    assert response.headers["Location"] == f"{address}?naar={actie.actielijn_id}#{actie.actielijn_id}"
    assert "Weggehaald: “Overleg”" in response.client.get(address).content.decode()
