"""What reading costs while 10,000 series of twelve years are public: queries and processor time per page.

Run as a module in the environment of a site with the series of `figures_import`, it prints what it measured as
JSON.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.bench.figures import Figure
from tests.bench.site import python

TIMES = 9
# The least page of the site, and what it costs: by that the gate of a ratio follows from the milliseconds.
PLAIN, PLAIN_MS = "/gezond/", 0.5


@dataclass(frozen=True)
class Page:
    """An address and its gates."""

    path: str
    queries: int
    ms: float


# Queries go by what the pages promise; processor time by what was measured, with room for a slower machine.
PAGES = {
    "indicator page": Page("/cijfers/meting-0/", 6, 150),
    "indicator page of a wijk": Page("/cijfers/meting-0/?wijk=parkwijk", 6, 150),
    "sensitive indicator page": Page("/cijfers/meting-1/", 6, 150),
    "API page of 100 series": Page("/api/v1/reeksen?pageSize=100", 5, 150),
    "the same, sensitive": Page("/api/v1/reeksen?indicator=meting-1&pageSize=100", 5, 150),
    "page of a wijk": Page("/wijken/parkwijk/cijfers/", 6, 400),
    "page of a theme": Page("/cijfers/thema/jeugd/", 7, 150),
    "page of all figures": Page("/cijfers/", 2, 50),
    "search": Page("/cijfers/?zoek=inbraak+parkwijk", 6, 100),
}


def measure(name: str, env: Mapping[str, str]) -> Iterator[Figure]:
    """The gates of the issue, with warm caches: queries, milliseconds of one processor, and how many plain pages."""
    counted = json.loads(python("-m", "tests.bench.figures_pages", env=env))
    plain = counted["plain"]
    for about, page in PAGES.items():
        found = counted[about]
        yield Figure(f"{name}: queries of {about}", found["queries"], gate=page.queries)
        yield Figure(f"{name}: {about}", found["ms"], "ms CPU", gate=page.ms, note=found["size"])
        note = f"the plain page: {plain['ms']:.2f} ms"
        ratio, gate = found["ms"] / plain["ms"], page.ms / PLAIN_MS
        yield Figure(f"{name}: {about} / plain page", ratio, "x", gate=gate, note=note)


def _publish() -> None:
    """Everything; one indicator is sensitive, and one in ten belongs to a theme."""
    from django.utils import timezone

    from haarlemveilig.gemeente.models import Theme
    from indicators.models import Indicator, Publication

    moment = timezone.now()
    theme = Theme.objects.get(code="jeugd")
    for indicator in Indicator.objects.filter(slug__startswith="meting-"):
        indicator.is_sensitive = indicator.slug == "meting-1"
        indicator.theme = theme if indicator.slug.endswith("0") else None
        indicator.published_at = moment
        indicator.save()
        Publication.objects.create(indicator=indicator, published_at=moment)


def _measure_all() -> dict[str, dict[str, Any]]:
    from django.test import Client

    visitor = Client(SERVER_NAME="127.0.0.1")
    paths = {"plain": PLAIN} | {about: page.path for about, page in PAGES.items()}
    return {about: _measured(lambda path=path: visitor.get(path)) for about, path in paths.items()}


def _measured(visit: Callable[[], Any]) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    response = visit()
    if response.status_code != 200:
        raise SystemExit(f"bench: {response.status_code} for {response.request['PATH_INFO']}")
    with CaptureQueriesContext(connection) as captured:
        visit()
        queries = len(captured)
    took = []
    for _time in range(TIMES):
        begun = time.process_time()
        visit()
        took.append(1000 * (time.process_time() - begun))
    size = f"{len(response.content) / 1000:.0f} kB"
    return {"queries": queries, "ms": statistics.median(took), "size": size}


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haarlemveilig.settings")
    django.setup()
    _publish()
    sys.stdout.write(json.dumps(_measure_all()))
