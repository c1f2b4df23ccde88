"""Codes for letters and paper forms: asked for, made by a worker, fetched once, then readable nowhere."""

import datetime as dt
import io
import logging
from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from haarlemveilig.audit.models import AuditEntry
from haarlemveilig.jobs import services as jobs
from haarlemveilig.jobs.models import Job
from participation.ranking import services
from participation.ranking.models import AccessCode, CodeBatch, Round
from participation.ranking.services import codes
from participation.ranking.tasks import purge_code_files
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/werk/rondes/2026-1/codes/"
NEW = f"{LIST}nieuw/"


@pytest.fixture
def round_(city: None, settings: Settings, tmp_path: Path) -> Round:
    settings.KEY_DIR = tmp_path / "keys"
    return factories.open_round()


@pytest.fixture
def officer(sign_in: Callable[[str], Client]) -> Client:
    return sign_in("beleidsmedewerker")


def numbers(**more: object) -> dict[str, object]:
    return {"name": "Brieven", "purpose": "letter", "wijk-WK039209": "3", **more}


def listed(*rows: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("brieven.csv", "\n".join(["kenmerk;wijkcode", *rows]).encode())


def made_batch(officer: Client, **more: object) -> CodeBatch:
    officer.post(NEW, numbers(**more))
    batch = CodeBatch.objects.get()
    jobs.run(batch.job_id)
    batch.refresh_from_db()
    return batch


def page_of(batch: CodeBatch) -> str:
    return f"{LIST}{batch.pk}/"


def fetched_codes(content: bytes) -> list[str]:
    return [line.split(";")[3] for line in content.decode("utf-8-sig").splitlines()[1:]]


def test_numbers_per_wijk_become_codes_that_work(officer: Client, round_: Round) -> None:
    batch = made_batch(officer, **{"wijk-WK039221": "2"})
    assert batch.count == 5
    assert Job.objects.get().status == Job.Status.DONE
    file = officer.post(f"{page_of(batch)}bestand/")
    found = fetched_codes(file.content)
    assert len(set(found)) == 5
    assert services.voter_with_code(round_=round_, code=found[0]).wijk_code == "WK039209"
    assert services.voter_with_code(round_=round_, code=found[4]).wijk_code == "WK039221"


def test_a_list_of_letters_becomes_one_code_for_each_with_its_address(officer: Client, round_: Round) -> None:
    officer.post(NEW, {"name": "Brieven", "purpose": "letter", "file": listed("A1;WK039209", "A2;WK039221")})
    batch = CodeBatch.objects.get()
    jobs.run(batch.job_id)
    lines = officer.post(f"{page_of(batch)}bestand/").content.decode("utf-8-sig").splitlines()
    assert lines[0] == "nummer;kenmerk;wijk;code;adres"
    number, reference, wijk, code, address = lines[2].split(";")
    assert (number, reference, wijk, address) == ("2", "A2", "WK039221", f"http://testserver/l/{code}")
    assert AccessCode.objects.get(reference="A2").batch == batch


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"wijk-WK039209": ""}, "Vul in hoeveel codes u wilt, of kies een bestand met kenmerken."),
        ({"file": listed("A1;WK039209")}, "Vul aantallen in of kies een bestand, niet allebei."),
        ({"wijk-WK039209": "100000", "wijk-WK039208": "1"}, "Maak hoogstens 100000 codes in één keer."),
        ({"wijk-WK039209": "", "file": listed("111222333;WK039209")}, "Rij 2, kolom kenmerk: dit kan een"),
    ],
)
def test_what_cannot_be_made_gets_a_sentence(
    officer: Client, round_: Round, more: dict[str, object], sentence: str
) -> None:
    page = officer.post(NEW, numbers(**more))
    assert page.status_code == 200
    assert sentence in page.text
    assert not CodeBatch.objects.exists()


def test_only_wijken_of_the_round_are_asked_for_and_taken(officer: Client, round_: Round) -> None:
    round_.wijken.set([factories.area("parkwijk")])
    page = officer.get(NEW).text
    assert "Parkwijk" in page
    assert "Meerwijk" not in page
    batch = CodeBatch(round=round_, name="x", wanted=codes.wanted_per_wijk({"WK039221": 1}))
    with pytest.raises(services.RoundError, match="Deze wijken doen niet mee aan de ronde: WK039221"):
        codes.order_codes(batch=batch, base_url="http://testserver/", actor=None)


def test_the_file_is_for_our_eyes_only_and_gone_once_fetched(
    officer: Client, round_: Round, settings: Settings
) -> None:
    batch = made_batch(officer)
    path = codes.export_path(batch)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent == Path(settings.KEY_DIR)
    officer.post(f"{page_of(batch)}bestand/")
    assert not path.exists()


def test_the_file_can_be_fetched_once_and_the_page_says_so_before_and_after(
    officer: Client, round_: Round
) -> None:
    batch = made_batch(officer)
    before = officer.get(page_of(batch)).text
    assert "Dit kan één keer." in before
    officer.post(f"{page_of(batch)}bestand/")
    after = officer.get(page_of(batch)).text
    assert "Het bestand is opgehaald" in after
    assert "Haal de" not in after
    again = officer.post(f"{page_of(batch)}bestand/", follow=True)
    assert "Dit bestand is al opgehaald." in again.text


def test_a_get_does_not_fetch_the_file(officer: Client, round_: Round) -> None:
    batch = made_batch(officer)
    assert officer.get(f"{page_of(batch)}bestand/").status_code == 405
    assert codes.export_path(batch).exists()


def test_neither_the_database_nor_any_log_holds_a_readable_code(
    officer: Client, round_: Round, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        batch = made_batch(officer)
        found = fetched_codes(officer.post(f"{page_of(batch)}bestand/").content)
        officer.get(f"/l/{found[0]}")
    dump = io.StringIO()
    call_command("dumpdata", stdout=dump)
    everywhere = dump.getvalue() + caplog.text + str(list(AuditEntry.objects.values()))
    for code in found:
        assert code not in everywhere
        assert code.replace("-", "") not in everywhere


def test_the_making_runs_once_however_often_it_is_asked(officer: Client, round_: Round) -> None:
    batch = made_batch(officer)
    before = codes.export_path(batch).read_bytes()
    assert codes.make_batch(batch.pk, base_url="http://testserver", progress=lambda *said: None) == 3
    assert codes.export_path(batch).read_bytes() == before
    assert AccessCode.objects.count() == 3


def test_while_the_worker_is_busy_the_page_follows_it(officer: Client, round_: Round) -> None:
    answer = officer.post(NEW, numbers(), follow=True)
    assert "De codes worden gemaakt" in answer.text
    assert f'data-job="/werk/taken/{CodeBatch.objects.get().job_id}/"' in answer.text


def test_a_colleague_sees_the_batch_without_a_script_that_may_not_follow_the_job(
    officer: Client, round_: Round, sign_in: Callable[[str], Client]
) -> None:
    officer.post(NEW, numbers())
    page = sign_in("beheerder").get(page_of(CodeBatch.objects.get())).text
    assert "De codes worden gemaakt" in page
    assert "data-job" not in page


def test_a_closed_round_gets_no_more_codes_not_even_those_that_were_asked_for(
    officer: Client, round_: Round
) -> None:
    officer.post(NEW, numbers())
    Round.objects.update(status="closed")
    jobs.run(CodeBatch.objects.get().job_id)
    assert "Voor een gesloten ronde worden geen codes meer gemaakt." in Job.objects.get().error
    assert "Voor een gesloten ronde worden geen codes meer gemaakt." in officer.post(NEW, numbers()).text
    assert "Maak een reeks codes" not in officer.get(LIST).text
    assert not AccessCode.objects.exists()


def test_a_file_that_nobody_fetches_goes_after_seven_days_and_the_log_says_so(
    officer: Client, round_: Round
) -> None:
    batch = made_batch(officer)
    purge_code_files()
    assert codes.export_path(batch).exists()
    with time_machine.travel(timezone.now() + dt.timedelta(days=8), tick=False):
        purge_code_files()
    assert not codes.export_path(batch).exists()
    assert AuditEntry.objects.filter(action="ranking.code_files_purged").count() == 1
    assert "niet op tijd opgehaald" in officer.get(page_of(batch)).text


def test_a_file_that_a_crash_left_behind_after_fetching_goes_too(officer: Client, round_: Round) -> None:
    batch = made_batch(officer)
    content = officer.post(f"{page_of(batch)}bestand/").content
    codes.export_path(batch).write_bytes(content)
    purge_code_files()
    assert not codes.export_path(batch).exists()


def test_the_list_of_batches_does_not_load_what_was_wanted(
    officer: Client, round_: Round, django_assert_max_num_queries
) -> None:
    made_batch(officer)
    with django_assert_max_num_queries(6) as seen:
        assert "Brieven" in officer.get(LIST).text
    assert not [query for query in seen.captured_queries if '"wanted"' in query["sql"]]
