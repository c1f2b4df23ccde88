"""Importing 10,000 series of twelve years, against plainly adding the same rows to the same table.

Run as a module in a site's environment it prints what it measured as JSON: `plain` or `import`.
"""

import json
import random
import resource
import sys
import time
from collections.abc import Iterator, Mapping
from typing import Any

from tests.bench.figures import Figure
from tests.bench.site import python

SERIES = 10_000
YEARS = range(2014, 2026)
SOURCE = "Verzonnen voor de meting"


def measure(name: str, env: Mapping[str, str]) -> Iterator[Figure]:
    """The gates of the issue: at most a minute, 300 MB, and twelve times the bare rows."""
    plain = json.loads(python("-m", "tests.bench.figures_import", "plain", env=env))
    ours = json.loads(python("-m", "tests.bench.figures_import", "import", env=env))
    cells = f"{ours['series']} series, {ours['cells']} cells"
    yield Figure(f"{name}: import of a large file", ours["seconds"], "s", gate=60, note=cells)
    yield Figure(f"{name}: the same, memory of the worker", ours["peak_mb"], "MB", gate=300)
    ratio = ours["seconds"] / plain["seconds"]
    note = f"{plain['way']} of the same rows: {plain['seconds']:.2f} s"
    yield Figure(f"{name}: import / plain rows", ratio, "x", gate=12, note=note)


def _codes() -> list[str]:
    from haarlemveilig.gemeente.models import Area

    return list(Area.objects.exclude(level=Area.Level.STADSDEEL).values_list("code", flat=True))


def _file() -> bytes:
    """A row per indicator and area, a column per year: what a city monitor hands over."""
    random.seed(7)
    codes = _codes()
    rows = [f"indicator;bron;gebiedscode;{';'.join(map(str, YEARS))}"]
    for number in range(SERIES):
        figures = ";".join(str(random.randint(0, 999)) for _year in YEARS)
        rows.append(f"Meting {number // len(codes)};{SOURCE};{codes[number % len(codes)]};{figures}")
    return "\n".join(rows).encode()


def _import() -> dict[str, Any]:
    from django.utils import timezone

    from haarlemveilig.accounts.models import User
    from haarlemveilig.jobs import services as jobs
    from indicators.models import FigureImport
    from indicators.reading import Layout, guessed_mapping
    from indicators.services import imports

    content = _file()
    officer = User.objects.create_user(email="meting@example.org", name="Meting", roles=["beleidsmedewerker"])
    layout = Layout(mapping=guessed_mapping(content, "meting.csv", Layout()))
    draft = imports.start_import(
        name="meting.csv",
        content=content,
        layout=layout,
        vintage=timezone.localdate(),
        created_by=officer,
    )
    job = imports.queue_import(draft, expected="")
    begun = time.perf_counter()
    jobs.run(job.pk)
    seconds = time.perf_counter() - begun
    outcome = FigureImport.objects.get(pk=draft.pk).outcome
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "peak_mb": peak, "series": outcome["series"], "cells": outcome["new"]}


def _plain() -> dict[str, Any]:
    """The rows alone, made beforehand, into the same table with all its indexes and checks; rolled back."""
    from django.db import connection, transaction

    with transaction.atomic():
        columns, rows = _rows()
        names = ", ".join(columns)
        with connection.cursor() as cursor:
            begun = time.perf_counter()
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY indicators_observation ({names}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
                connection.check_constraints()
            else:
                marks = ", ".join("?" * len(columns))
                statement = f"INSERT INTO indicators_observation ({names}) VALUES ({marks})"  # noqa: S608 (names of our own)
                cursor.connection.executemany(statement, rows)
            seconds = time.perf_counter() - begun
        transaction.set_rollback(True)
    return {"seconds": seconds, "way": "COPY" if connection.vendor == "postgresql" else "executemany"}


def _rows() -> tuple[list[str], list[list[Any]]]:
    from django.utils import timezone

    from haarlemveilig.gemeente.models import Area
    from indicators.models import Indicator, Series, Source

    indicator = Indicator.objects.create(name=SOURCE, slug="meting")
    source = Source.objects.create(name=SOURCE)
    area = Area.objects.first()
    every = Series.objects.bulk_create(
        Series(indicator=indicator, source=source, area=area, breakdown=str(number))
        for number in range(SERIES)
    )
    now, random_ = str(timezone.now()), random.Random(7)
    fixed: dict[str, Any] = {
        "granularity": "year", "comparator": "", "parts": None, "status": "normal", "reason": "", "note": "",
        "provenance": "meting.csv", "vintage": now[:10], "change_reason": "", "is_current": True,
        "recorded_at": now, "superseded_at": None, "recorded_by_id": None, "n": None, "margin_low": None,
        "margin_high": None, "measured_start": None, "measured_end": None,
    }  # fmt: skip
    columns = ["series_id", "period_start", "period_end", "value", "printed", *fixed]
    rows = []
    for one in every:
        for year in YEARS:
            figure = str(random_.randint(0, 999))
            rows.append([one.pk, f"{year}-01-01", f"{year}-12-31", figure, figure, *fixed.values()])
    return columns, rows


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haarlemveilig.settings")
    django.setup()
    from indicators import tasks  # noqa: F401 (registers the handler of the job)

    sys.stdout.write(json.dumps(_plain() if sys.argv[1] == "plain" else _import()))
