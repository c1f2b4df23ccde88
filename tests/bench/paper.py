"""The demo's programme as PDF against Chromium printing the same page in the same style."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median

import pikepdf

from tests.bench.chromium import chromium
from tests.bench.figures import Figure
from tests.bench.processes import ROOT, Usage
from tests.bench.processes import measure as run
from tests.bench.site import python

RUNS = 3
MEGABYTE = 1024 * 1024
PRINT = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")


def measure(env: Mapping[str, str], folder: Path) -> Iterator[Figure]:
    """Both start from nothing: our part pays for its imports, the browser for its start."""
    job, page = folder / "job.json", folder / "page.html"
    python("-m", "tests.bench.paper", str(job), str(page), env=env)
    ours, theirs = zip(*(_both(job, page, folder) for _ in range(RUNS)), strict=True)
    with pikepdf.open(folder / "ours.pdf") as pdf:
        pages = len(pdf.pages)
    cpu, printed = _cpu(ours), _cpu(theirs)
    note = f"{cpu:.2f} s and {printed:.2f} s, middle of {RUNS} runs; fails above 3.5"
    peak = max(usage.peak_bytes for usage in ours) / MEGABYTE
    yield Figure(
        "programme: CPU of the PDF / Chromium's print", cpu / printed, "x", target=2.8, gate=3.5, note=note
    )
    yield Figure("programme: CPU a page", 1000 * cpu / pages, "ms", gate=120, note=f"{pages} pages")
    yield Figure("programme: peak memory", peak, "MB", gate=260 * max(pages / 60, 1))
    yield Figure("programme: size of the PDF", (folder / "ours.pdf").stat().st_size / 1024, "KB")


def _cpu(usages: tuple[Usage, ...]) -> float:
    return median(usage.cpu_seconds for usage in usages)


def _both(job: Path, page: Path, folder: Path) -> tuple[Usage, Usage]:
    theirs = folder / "theirs.pdf"
    browser = [
        chromium(),
        *PRINT,
        f"--user-data-dir={folder / 'browser'}",
        f"--print-to-pdf={theirs}",
        page.as_uri(),
    ]
    return (
        run([sys.executable, "-m", "haarlemveilig.pdf"], stdin=job, stdout=folder / "ours.pdf"),
        run(browser),
    )


def _write_job(job: Path, page: Path) -> None:
    """What the worker hands to the process that makes the PDF, and the page for the browser."""
    from actionprogram import document
    from actionprogram.models import Actieprogramma
    from actionprogram.selectors import programme_view
    from haarlemveilig.pdf.child import pack
    from haarlemveilig.pdf.limits import LIMITS

    view = programme_view(Actieprogramma.objects.select_related("period").get(year=2023))
    html = document.html(view)
    job.write_bytes(pack(html, {}, document.attachments(view), LIMITS))
    sheet = (ROOT / "static/css/print.css").as_uri()
    page.write_text(html.replace("/static/css/print.css", sheet), encoding="utf-8")


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haarlemveilig.settings")
    django.setup()
    _write_job(*map(Path, sys.argv[1:]))
