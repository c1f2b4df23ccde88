"""All measurements in one run, so that the ratios belong together. Exits with 1 when a gate fails."""

import os
import platform
import random
import sys
import tempfile
from collections.abc import Iterator, Mapping
from itertools import cycle
from pathlib import Path

from tests.bench import (
    ballots,
    closing,
    counting,
    crowd,
    figures_import,
    figures_pages,
    first_visit,
    paper,
    queries,
)
from tests.bench.figures import Figure, say, show
from tests.bench.postgres import pgbench, scratch_database
from tests.bench.site import environment, prepare


def _on_one_database(name: str, env: Mapping[str, str], speed: str) -> Iterator[Figure]:
    codes = queries.postcodes(env)
    random.Random(name).shuffle(codes)
    yield from ballots.measure(name, env, cycle(codes), speed)
    yield from crowd.measure(name, env, speed)
    yield from queries.measure(name, env)
    yield from closing.measure(name, env)
    yield from figures_import.measure(name, env)
    # Behind the import: these read what it left.
    yield from figures_pages.measure(name, env)


def _on_sqlite(folder: Path, speed: str) -> list[Figure]:
    env = environment(folder)
    prepare(env)
    figures = show("Ballots on SQLite", _on_one_database("SQLite", env, speed))
    figures += show("Counting", counting.measure())
    figures += show("Bytes", first_visit.measure(env, queries.postcodes(env)[0]))
    return figures + show("Paper", paper.measure(env, folder))


def _on_postgresql(url: str, folder: Path, speed: str) -> list[Figure]:
    with scratch_database(url, "bench") as own:
        env = environment(folder, DATABASE_URL=own)
        prepare(env)
        return show("Ballots on PostgreSQL", _on_one_database("PostgreSQL", env, speed))


def main() -> int:
    url = os.environ.get("DATABASE_URL", "")
    say(f"Python {platform.python_version()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    speed = pgbench(url) if url.startswith("postgres") else "no pgbench: DATABASE_URL is not set"
    with tempfile.TemporaryDirectory(prefix="haarlemveilig-bench-") as name:
        figures = _on_sqlite(Path(name) / "sqlite", speed)
        if url.startswith("postgres"):
            figures += _on_postgresql(url, Path(name) / "postgresql", speed)
    failed = [figure for figure in figures if figure.fails]
    say("\nall gates hold" if not failed else f"\n{len(failed)} gate(s) fail:")
    for figure in failed:
        say(figure.line())
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
