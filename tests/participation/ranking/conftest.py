"""Rounds that were really cast, closed, counted and published."""

import random
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from haarlemveilig.editions.models import Edition
from haarlemveilig.gemeente.models import Area, PopulationCell
from participation.ranking import round_keys, services
from participation.ranking.models import Quarantine, Round
from participation.ranking.services import judging
from tests import factories

BANDS = ((16, 35), (35, 65), (65, None))
CELLS = ("16-34/m", "16-34/v", "35-64/m", "35-64/v", "65+/m", "65+/v")
Written = tuple[Path, Edition]


@pytest.fixture
def key_dir(settings: Any, tmp_path: Path) -> Path:
    settings.KEY_DIR = tmp_path / "keys"
    return settings.KEY_DIR


@pytest.fixture
def population(city: None) -> None:
    """Residents by age band and gender in every wijk; older people in the minority, as in the city."""
    for number, wijk in enumerate(Area.objects.filter(level="wijk").order_by("code")):
        for place, (age_from, age_below) in enumerate(BANDS):
            for gender in ("m", "v"):
                PopulationCell.objects.create(
                    area=wijk,
                    year=2024,
                    age_from=age_from,
                    age_below=age_below,
                    gender=gender,
                    count=1500 + 300 * number - 400 * place,
                )


def cast_random(
    round_: Round, counts: dict[str, int], *, seed: int = 1, flags: dict[str, int] | None = None
) -> None:
    """So many ballots per wijk, by chance but the same every time; of the first in a wijk so many are flagged."""
    chance = random.Random(seed)
    themes = sorted(round_.themes.values_list("code", flat=True))
    for slug, count in counts.items():
        wijk = factories.area(slug)
        for number in range(count):
            order = sorted(themes, key=lambda theme: chance.random() * (1 + themes.index(theme)))
            choice = services.Choice(
                tuple(order[: chance.randint(1, round_.k)]) if chance.random() > 0.05 else (),
                cell=chance.choice(("", *CELLS * 2)) if round_.asks_group else "",
                flags=["burst"] if number < (flags or {}).get(slug, 0) else (),
            )
            voter = services.Voter(uuid.UUID(int=chance.getrandbits(128)), wijk.pk, wijk.code, "postcode")
            services.cast(round_=round_, voter=voter, choice=choice)


def set_all_flagged_apart(round_: Round) -> None:
    """Two people decide that the flagged ballots do not count."""
    first, second = factories.user("beleidsmedewerker"), factories.user("beheerder")
    rows = list(Quarantine.objects.filter(round=round_).values_list("pk", flat=True))
    judging.propose(round_=round_, rows=rows, sets_apart=True, reason="Eén adres.", actor=first)
    judging.confirm(round_=round_, rows=rows, actor=second)


def publish(round_: Round, *, judge: Callable[[Round], object] | None = None) -> Edition:
    services.close_round(round_=round_)
    if judge:
        judge(round_)
    services.count_round(round_=round_)
    return services.publish_round(round_=round_)


def write_files(edition: Edition, folder: Path) -> Path:
    """The published files as a stranger has them, in a folder of their own."""
    folder.mkdir()
    for file in edition.files.all():
        with file.file.open() as content:
            (folder / file.name).write_bytes(content.read())
    return folder


def make_round(**fields: Any) -> Round:
    wijken: Iterable[str] = fields.pop("wijken", ())
    round_ = factories.open_round(**fields)
    round_.wijken.set(Area.objects.filter(slug__in=wijken))
    round_keys.make(round_.code)
    return round_
