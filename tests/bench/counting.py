"""The count and the closing of large rounds, as ratios to reading the same ballots once, in the same run."""

import time
from collections.abc import Callable, Iterator
from statistics import median

import numpy as np

from participation.ranking import merkle
from participation.ranking.ballots import UNUSED, BallotBox
from participation.ranking.kit import CastBallot, Place, ballot_rows, published_areas, root_of
from participation.ranking.tally import count_areas
from participation.ranking.weighting import CellPopulation, cell_code
from tests.bench.figures import Figure

WIJKEN = tuple(f"WK{number:06}" for number in range(25))
THEMES = tuple(f"thema-{letter}" for letter in "abcdefghijk")
CELLS = tuple(cell_code(band, gender) for band in ("16-34", "35-64", "65+") for gender in ("m", "v"))
POPULATION = [
    CellPopulation(wijk, cell, 1000 + 37 * place) for wijk in WIJKEN for place, cell in enumerate(CELLS)
]
K, RUNS = 3, 3
LARGE = {100_000: 5.0, 1_000_000: 30.0}
CITY = 165_000
CLOSING_SECONDS = 10.0


def _box(n: int) -> BallotBox:
    """`n` ballots of one to three themes, some liked more than others."""
    rng = np.random.default_rng(n)
    liking = rng.gumbel(size=(n, len(THEMES))) + np.linspace(1.5, 0, len(THEMES))
    places = np.argsort(-liking, axis=1)[:, :K].astype(np.int8)
    lengths = rng.choice([1, 2, 3], n, p=[0.1, 0.15, 0.75])
    places[np.arange(K) >= lengths[:, None]] = UNUSED
    return BallotBox(
        themes=THEMES,
        places=places,
        counts=np.ones(n, dtype=np.int64),
        areas=WIJKEN,
        area_of=rng.integers(0, len(WIJKEN), n),
        cells=CELLS,
        cell_of=rng.integers(-1, len(CELLS), n),
    )


def _seconds(act: Callable[[], object]) -> float:
    """CPU time of the middle one of some runs."""
    found = []
    for _ in range(RUNS):
        begun = time.process_time()
        act()
        found.append(time.process_time() - begun)
    return median(found)


def _count(box: BallotBox) -> object:
    return count_areas(box, themes=THEMES, k=K, cells=POPULATION, seed=1)


def _rows(n: int) -> list[CastBallot]:
    rng = np.random.default_rng(n)
    leaves = rng.bytes(32 * n)
    chosen = rng.integers(0, len(THEMES), (n, K))
    wijken = rng.integers(0, len(WIJKEN), n)
    return [
        CastBallot(
            leaves[32 * i : 32 * i + 32].hex(),
            WIJKEN[wijken[i]],
            ">".join(dict.fromkeys(THEMES[theme] for theme in chosen[i])),
        )
        for i in range(n)
    ]


def measure() -> Iterator[Figure]:
    """The count with weights and intervals, then the rows and the tree of a whole city."""
    for n, gate in LARGE.items():
        box = _box(n)
        once = _seconds(lambda box=box: int(box.places.sum()))  # type: ignore[misc]
        took = _seconds(lambda box=box: _count(box))  # type: ignore[misc]
        name = f"Count of {n:,} ballots in {len(WIJKEN)} wijken".replace(",", ".")
        yield Figure(name, took, "s", gate=gate, note=f"{took / once:,.0f}x reading them once")
    ballots = _rows(CITY)
    areas = published_areas(
        dict.fromkeys(WIJKEN, CITY // len(WIJKEN)), dict.fromkeys(WIJKEN, Place("stadsdeel", "GM0000"))
    )
    read = _seconds(lambda: sum(len(ballot.leaf) for ballot in ballots))
    took = _seconds(lambda: root_of(ballot_rows(ballots, areas, "GM0000")))
    name = f"Rows and Merkle tree of {CITY:,} ballots".replace(",", ".")
    yield Figure(name, took, "s", gate=CLOSING_SECONDS, note=f"{took / read:,.0f}x reading them once")
    hashes = [merkle.row_hash(ballot.leaf) for ballot in ballots]
    yield Figure(
        "Path of one row in that tree", 1000 * _seconds(lambda: merkle.path(hashes, CITY // 2)), "ms"
    )
