import logging
from pathlib import Path

import pytest
from django.test import Client
from gunicorn.config import Config
from gunicorn.glogging import Logger

from haarlemveilig.log_masking import MaskedRecord, mask

CODE = "A4KM-9XTP-H7CQ"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (f"Not Found: /l/{CODE}/", "Not Found: /l/..."),
        ("Not Found: /l/A4KM 9XTP H7CQ", "Not Found: /l/..."),
        (f'"GET /l/{CODE} HTTP/1.1" 302 0', '"GET /l/... HTTP/1.1" 302 0'),
        (f'"GET /l/{CODE}/?utm=brief HTTP/1.1"', '"GET /l/...?utm=brief HTTP/1.1"'),
        (f'"https://veilig.example.org/l/{CODE}/" "Firefox"', '"https://veilig.example.org/l/..." "Firefox"'),
        ("Not Found: /b/0a1b2c/", "Not Found: /b/..."),
        ("Not Found: /cijfers/", "Not Found: /cijfers/"),
    ],
)
def test_a_code_in_a_path_is_masked_and_the_rest_stays(said: str, kept: str) -> None:
    assert mask(said) == kept


def test_every_record_of_this_process_is_masked_and_its_arguments_are_gone() -> None:
    assert logging.getLogRecordFactory() is MaskedRecord
    record = logging.getLogger("any").makeRecord("any", 30, "f", 1, "%s: %s", ("Gone", f"/l/{CODE}"), None)
    assert CODE not in str(vars(record))


def test_words_and_arguments_that_do_not_fit_do_not_stop_the_program() -> None:
    record = logging.getLogger("any").makeRecord("any", 30, "f", 1, "%s and %s", ("one",), None)
    assert record.msg == "%s and %s"


def test_gunicorns_access_log_never_holds_a_code(tmp_path: Path) -> None:
    file = tmp_path / "access.log"
    config = Config()
    config.set("accesslog", str(file))
    logger = Logger(config)
    atoms = {"r": f"GET /l/{CODE} HTTP/1.1", "f": f"https://site/l/{CODE}/", "s": "302"}
    logger.access_log.info('"%(r)s" %(s)s "%(f)s"', logger.atoms_wrapper_class(atoms))
    for handler in list(logger.access_log.handlers):
        handler.close()
        logger.access_log.removeHandler(handler)
    assert file.read_text().strip() == '"GET /l/... HTTP/1.1" 302 "https://site/l/..."'


def test_djangos_own_lines_about_a_request_never_hold_a_code(
    client: Client, city: None, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        client.post(f"/l/{CODE}/")  # 405: Django writes a line about it
        client.get(f"/l/{CODE}/nog-iets/")  # 404
    assert "/l/..." in caplog.text
    assert CODE not in caplog.text
