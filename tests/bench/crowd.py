"""A thousand residents at once: each comes in with the code from a letter and sends a ballot. None is lost or doubled.

Run as a module in a site's environment: `codes` prints as many codes of the open round, `counts` what was kept.
"""

import json
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests.bench.figures import Figure
from tests.bench.site import python, serve
from tests.bench.voters import Line

PEOPLE = 1_000
SITE = "haarlemveilig.wsgi"


def measure(name: str, env: Mapping[str, str], pgbench: str) -> Iterator[Figure]:
    """All wait for each other, then go at once; afterwards the database is asked what it kept."""
    codes = json.loads(python("-m", "tests.bench.crowd", "codes", env=env))
    before = json.loads(python("-m", "tests.bench.crowd", "counts", env=env))
    with serve(SITE, env) as site:
        errors, seconds = _all_at_once(site.port, codes)
    after = json.loads(python("-m", "tests.bench.crowd", "counts", env=env))
    note = errors[0] if errors else f"in {seconds:.0f} s; {pgbench}"
    yield Figure(f"{name}: errors among {PEOPLE} residents at once", len(errors), gate=0, note=note)
    wrong = sum(abs(after[what] - before[what] - PEOPLE) for what in ("ballots", "participations"))
    yield Figure(f"{name}: ballots lost or doubled", wrong, gate=0)


def _all_at_once(port: int, codes: list[str]) -> tuple[list[str], float]:
    start = Barrier(len(codes) + 1)
    errors: list[str] = []

    def vote(code: str) -> None:
        line = Line(port)
        start.wait()
        try:
            line.cast_and_read(line.voter_with_code(code))
        except Exception as error:
            errors.append(repr(error))

    with ThreadPoolExecutor(len(codes)) as pool:
        waiting = [pool.submit(vote, code) for code in codes]
        start.wait()
        begun = time.monotonic()
        for one in waiting:
            one.result()
    return errors, time.monotonic() - begun


def _codes() -> list[str]:
    from django.utils import timezone

    from haarlemveilig.gemeente.models import Area
    from participation.ranking import services
    from participation.ranking.selectors import open_round

    round_ = open_round(timezone.now())
    wijken = list(Area.objects.filter(level=Area.Level.WIJK))
    if round_ is None:
        raise LookupError("the demo has no open round")
    return services.make_codes(round_=round_, wijken=[wijken[i % len(wijken)] for i in range(PEOPLE)])


def _counts() -> dict[str, int]:
    from participation.ranking.models import OpenBallot, Participation

    letters = Participation.objects.filter(way_in="letter_code")
    return {"ballots": OpenBallot.objects.count(), "participations": letters.count()}


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haarlemveilig.settings")
    django.setup()
    sys.stdout.write(json.dumps(_codes() if sys.argv[1] == "codes" else _counts()))
