"""CPU time of a ballot, as a ratio to a bare hello on the same server, at 32 connections."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from statistics import median

from tests.bench.figures import Figure
from tests.bench.processes import cpu_seconds
from tests.bench.site import Server, serve
from tests.bench.voters import Line, Voter

CONNECTIONS = 32
ROUNDS = 5
BALLOTS, HELLOS = 6, 100  # per connection and round
BODY_BYTES = 400  # as long as a ballot
SITE = "haarlemveilig.wsgi"
Task = Callable[[], object]


@dataclass(frozen=True)
class Load:
    """What a number of equal requests took together."""

    requests: int
    errors: Sequence[str]
    cpu_seconds: float
    seconds: float

    @property
    def cpu_each(self) -> float:
        return self.cpu_seconds / self.requests


def _fire(server: Server, work: Sequence[Sequence[Task]]) -> Load:
    """Do each list of tasks on a thread of its own, all lists at once."""
    errors: list[str] = []

    def one_after_the_other(tasks: Sequence[Task]) -> None:
        for task in tasks:
            try:
                task()
            except Exception as error:
                errors.append(repr(error))

    cpu, begun = cpu_seconds(server.pid), time.monotonic()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(one_after_the_other, work))
    took = time.monotonic() - begun
    return Load(sum(map(len, work)), errors, cpu_seconds(server.pid) - cpu, took)


def _new_voters(server: Server, postcodes: Iterator[str]) -> list[list[Voter]]:
    """Every ballot is a first one, of a voter of its own; finding the wijk is not measured."""
    chosen = [[next(postcodes) for _ in range(BALLOTS)] for _ in range(CONNECTIONS)]

    def find_wijken(codes: Sequence[str]) -> list[Voter]:
        line = Line(server.port)
        return [line.new_voter(code) for code in codes]

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        return list(pool.map(find_wijken, chosen))


def _ballots(server: Server, postcodes: Iterator[str], cast: Callable[[Line, Voter], None]) -> Load:
    voters = _new_voters(server, postcodes)
    lines = [Line(server.port) for _ in voters]
    return _fire(
        server,
        [[partial(cast, line, voter) for voter in mine] for line, mine in zip(lines, voters, strict=True)],
    )


def _hellos(server: Server) -> Load:
    body = b"x" * BODY_BYTES
    lines = [Line(server.port) for _ in range(CONNECTIONS)]
    return _fire(server, [[partial(line.send, "POST", "/", body)] * HELLOS for line in lines])


@dataclass(frozen=True)
class Round:
    """Loads that were measured one right after the other."""

    hellos: Load
    ballots: Load
    with_receipt: Load


def _rounds(env: Mapping[str, str], postcodes: Iterator[str]) -> Iterator[Round]:
    """By turns, so that what else the machine does weighs on all alike. The first round warms up."""
    with serve(SITE, env) as site, serve("tests.bench.hello", env) as hello:
        for _ in range(1 + ROUNDS):
            yield Round(
                hellos=_hellos(hello),
                ballots=_ballots(site, postcodes, Line.cast),
                with_receipt=_ballots(site, postcodes, Line.cast_and_read),
            )


def measure(name: str, env: Mapping[str, str], postcodes: Iterator[str], pgbench: str) -> Iterator[Figure]:
    """Every ratio is the middle one of several rounds."""
    rounds = list(_rounds(env, postcodes))[1:]
    ballots, full = [each.ballots for each in rounds], [each.with_receipt for each in rounds]
    yield _ratio(f"{name}: CPU of a ballot POST / bare hello", rounds, ballots, gate=40)
    yield _ratio(f"{name}: the same with the receipt's page", rounds, full)
    hello = f"a hello {1000 * median(each.hellos.cpu_each for each in rounds):.2f} ms"
    yield Figure(
        f"{name}: CPU of a ballot POST", 1000 * median(each.cpu_each for each in ballots), "ms", note=hello
    )
    count = sum(each.requests for each in full)
    yield Figure(f"{name}: voters a second", count / sum(each.seconds for each in full), note=pgbench)
    errors = [error for each in (*ballots, *full) for error in each.errors]
    note = errors[0] if errors else f"of {2 * count} ballots"
    yield Figure(f"{name}: errors at {CONNECTIONS} connections", len(errors), gate=0, note=note)


def _ratio(name: str, rounds: Sequence[Round], loads: Sequence[Load], gate: float | None = None) -> Figure:
    pairs = zip(loads, rounds, strict=True)
    ratios = sorted(load.cpu_each / each.hellos.cpu_each for load, each in pairs)
    return Figure(
        name, median(ratios), "x", gate=gate, note=f"{ratios[0]:.1f} to {ratios[-1]:.1f} in {ROUNDS} rounds"
    )
