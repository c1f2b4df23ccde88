"""Codes for a city's letters, and closing, counting and publishing a round in which the whole city took part.

Run as a module in a site's environment it prints what it measured as JSON.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.bench.figures import Figure
from tests.bench.site import python

CITY = 165_000
CODES = 50_000
CODE = "meting"


def measure(name: str, env: Mapping[str, str]) -> Iterator[Figure]:
    """The gates of the issue: codes within a minute, closing within ten seconds."""
    took = json.loads(python("-m", "tests.bench.closing", env=env))
    read = took["read"]
    yield Figure(f"{name}: making {CODES:,} codes".replace(",", "."), took["codes"], "s", gate=60)
    yield Figure(
        f"{name}: closing a round of {CITY:,} ballots".replace(",", "."),
        took["close"],
        "s",
        gate=10,
        note=f"{took['close'] / read:.1f}x reading them once",
    )
    for act in ("count", "publish"):
        yield Figure(
            f"{name}: the same, to {act}", took[act], "s", note=f"{took[act] / read:.1f}x reading them once"
        )


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _round() -> Any:
    import datetime as dt

    from django.utils import timezone

    from haarlemveilig.gemeente.models import Theme
    from participation.ranking import round_keys
    from participation.ranking.models import Round

    now = timezone.now()
    round_ = Round.objects.create(
        code=CODE,
        for_year=2027,
        title={"nl": "Meting"},
        status="open",
        asks_group=True,
        ways_in=["postcode", "letter_code"],
        opens_at=now - dt.timedelta(days=1),
        closes_at=now + dt.timedelta(days=1),
        publish_on=(now + dt.timedelta(days=9)).date(),
    )
    round_.themes.set(Theme.objects.safety())
    round_keys.make(round_.code)
    return round_


def _make_codes(round_: Any) -> float:
    from haarlemveilig.gemeente.selectors import wijken
    from participation.ranking.models import CodeBatch
    from participation.ranking.services import codes

    wanted = codes.wanted_per_wijk({wijk.code: 1 + CODES // len(wijken()) for wijk in wijken()})[:CODES]
    batch = codes.order_codes(
        batch=CodeBatch(round=round_, name="Meting", wanted=wanted),
        base_url="https://example.org",
        actor=None,
    )
    took = _seconds(
        lambda: codes.make_batch(batch.pk, base_url="https://example.org", progress=lambda *_said: None)
    )
    codes.take_export(batch=batch, actor=None)
    return took


def _cast(round_: Any) -> None:
    """All ballots at once, without the pages: that is measured elsewhere."""
    import uuid

    from haarlemveilig.gemeente.models import Area
    from participation.ranking import round_keys
    from participation.ranking.models import OpenBallot, Participation

    chance = random.Random(CODE)
    themes = sorted(round_.themes.values_list("code", flat=True))
    wijken = list(Area.objects.filter(level=Area.Level.WIJK))
    cells = [f"{band}/{gender}" for band in ("16-34", "35-64", "65+") for gender in "mv"]
    people = [uuid.UUID(int=chance.getrandbits(128)) for _ in range(CITY)]
    Participation.objects.bulk_create(
        (Participation(pk=pk, round=round_, wijk=chance.choice(wijken), way_in="postcode") for pk in people),
        batch_size=2000,
    )
    OpenBallot.objects.bulk_create(
        (
            OpenBallot(
                id=round_keys.ballot_id(CODE, pk),
                round=round_,
                wijk=chance.choice(wijken),
                ranking=">".join(chance.sample(themes, 3)),
                cell=chance.choice(cells),
                nonce=chance.randbytes(16).hex(),
                leaf=chance.randbytes(32).hex(),
            )
            for pk in people
        ),
        batch_size=2000,
    )


def _measured() -> dict[str, float]:
    from participation.ranking import services
    from participation.ranking.models import OpenBallot

    round_ = _round()
    took = {"codes": _make_codes(round_)}
    _cast(round_)
    rows = OpenBallot.objects.filter(round=round_).values_list("leaf", "wijk__code", "ranking")
    took["read"] = _seconds(lambda: sum(1 for _row in rows.iterator(chunk_size=5000)))
    took["close"] = _seconds(lambda: services.close_round(round_=round_))
    took["count"] = _seconds(lambda: services.count_round(round_=round_))
    took["publish"] = _seconds(lambda: services.publish_round(round_=round_))
    return took


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haarlemveilig.settings")
    django.setup()
    sys.stdout.write(json.dumps(_measured()))
