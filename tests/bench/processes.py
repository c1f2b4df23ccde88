"""CPU time and memory of other processes."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    """What a running process and its children have used so far."""
    stats = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name in brackets may hold spaces; parent, user and system time come after it.
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # It ended while we looked.
        stats[int(path.parent.name)] = (int(fields[1]), int(fields[11]) + int(fields[12]))
    return sum(ticks for own, (parent, ticks) in stats.items() if pid in (own, parent)) / TICKS


@dataclass(frozen=True)
class Usage:
    """What a finished command used, everything that it started included."""

    cpu_seconds: float
    peak_bytes: int


def measure(
    command: Sequence[str],
    *,
    stdin: Path | None = None,
    stdout: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> Usage:
    """Run a command to its end and tell what it used; CalledProcessError when it fails."""
    with (stdin or Path(os.devnull)).open("rb") as source, (stdout or Path(os.devnull)).open("wb") as sink:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.harvest", *command],
            cwd=ROOT,
            stdin=source,
            stdout=sink,
            stderr=subprocess.PIPE,
            env=env,
            check=True,
        )
    return Usage(**json.loads(done.stderr.splitlines()[-1]))
