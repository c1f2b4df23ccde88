"""Queries per page, counted inside Django. Run as a module in a site's environment it prints them as JSON."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.bench.figures import Figure
from tests.bench.site import python

LIMITS = {"ballot POST": 7, "page with the receipt": None, "ranking page": 5, "public result page": 3}
# These keep a transaction together and ask nothing: counted apart.
BRACKETS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def measure(name: str, env: Mapping[str, str]) -> Iterator[Figure]:
    """Gates hold with warm caches (a minute old at most); the first visit of a process is in the note."""
    counted = json.loads(python("-m", "tests.bench.queries", env=env))
    for page, limit in LIMITS.items():
        warm, cold = counted[page]["warm"], counted[page]["cold"]
        note = f"and {warm['brackets']} BEGIN/COMMIT; cold caches: {cold['queries']}"
        yield Figure(f"{name}: queries of {page}", warm["queries"], gate=limit, note=note)


def postcodes(env: Mapping[str, str]) -> list[str]:
    """Postcodes of all wijken that need no house number."""
    return json.loads(python("-m", "tests.bench.queries", "postcodes", env=env))


def _count(visit: Callable[[], Any], expect: int) -> dict[str, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        status = visit().status_code
    if status != expect:
        raise SystemExit(f"bench: {status} where {expect} was expected")
    brackets = sum(query["sql"].startswith(BRACKETS) for query in captured.captured_queries)
    return {"queries": len(captured) - brackets, "brackets": brackets}


def _count_all() -> dict[str, dict[str, dict[str, int]]]:
    from django.core.cache import cache
    from django.test import Client

    from haarlemveilig.gemeente.selectors import wijken

    voter = Client(SERVER_NAME="127.0.0.1")
    _count(lambda: voter.post("/doe-mee/", {"postcode": _postcodes()[0]}), 302)
    page = voter.get("/doe-mee/stembiljet/").content.decode()
    first = page.split('name="plaats-', 1)[1].split('"', 1)[0]
    choice = {f"plaats-{first}": "1"}
    result = f"/wijken/{wijken()[0].slug}/"
    visits = {
        "ballot POST": (302, lambda: voter.post("/doe-mee/stembiljet/", choice)),
        "page with the receipt": (200, lambda: voter.get("/doe-mee/geteld/")),
        "ranking page": (200, lambda: voter.get("/doe-mee/stembiljet/")),
        "public result page": (200, lambda: Client(SERVER_NAME="127.0.0.1").get(result)),
    }
    counted = {}
    for name, (status, visit) in visits.items():
        cache.clear()
        counted[name] = {"cold": _count(visit, status), "warm": _count(visit, status)}
    return counted


def _postcodes() -> list[str]:
    from django.db.models import Count

    from haarlemveilig.gemeente.models import Postcode

    in_one_wijk = (
        Postcode.objects.values("code").annotate(wijken=Count("wijk", distinct=True)).filter(wijken=1)
    )
    return list(in_one_wijk.order_by("code").values_list("code", flat=True))


def main() -> None:
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haarlemveilig.settings")
    django.setup()
    sys.stdout.write(json.dumps(_postcodes() if "postcodes" in sys.argv else _count_all()))


if __name__ == "__main__":
    main()
