import csv
from pathlib import Path

import pytest
from django.conf import settings

from haarlemveilig.gemeente.models import Area, Municipality
from indicators.import_report import ImportReport
from indicators.reading import read_file
from indicators.services import import_table
from indicators.table_file import TableFile
from tests import factories

REAL_FILE: Path = settings.BASE_DIR / "haarlemveilig/pages/demo/haarlem-indicatoren-2023.csv"
HEADER = "hoofdstuk;thema;groep;indicator;bron;2019;2020\n"


def real_table() -> TableFile:
    return read_file(REAL_FILE.read_bytes(), REAL_FILE.name, max_bytes=settings.IMPORT_MAX_BYTES)


def source_rows() -> list[dict[str, str]]:
    """The rows of the real file, read without any of our own code."""
    with REAL_FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def table(*rows: str, header: str = HEADER) -> TableFile:
    return read_file((header + "\n".join(rows)).encode(), "toets.csv", max_bytes=10_000)


def take_in(file: TableFile, **options: object) -> ImportReport:
    return import_table(file, area=factories.area("haarlem"), **({"provenance": "toets.csv"} | options))


@pytest.fixture
def haarlem(city: None) -> Area:
    """The small Haarlem with the real table imported."""
    take_in(real_table())
    return factories.area("haarlem")


@pytest.fixture
def profile(city: None) -> Municipality:
    return Municipality.objects.get()
