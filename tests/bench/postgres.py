"""A PostgreSQL database that is thrown away, and what the machine's PostgreSQL can do at this moment."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

CLIENTS = 8
SECONDS = 8


@contextmanager
def scratch_database(url: str, name: str) -> Iterator[str]:
    """A database of our own on the server of `url`; the database that `url` names is left alone."""
    own = f"haarlemveilig_{name}_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(own)))
        try:
            yield urlsplit(url)._replace(path=f"/{own}").geturl()
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(own)))


def pgbench(url: str) -> str:
    """Transactions a second of pgbench's own bank, as words beside a throughput figure."""
    program = _find_pgbench()
    if program is None:
        return "pgbench is not installed"
    with scratch_database(url, "pgbench") as own:
        subprocess.run([program, "-i", "-q", "-s", "5", own], check=True, capture_output=True)
        run = [program, "-n", "-c", str(CLIENTS), "-j", "2", "-T", str(SECONDS), own]
        said = subprocess.run(run, check=True, capture_output=True, text=True).stdout
    found = re.search(r"tps = ([\d.]+)", said)
    return f"pgbench in this run: {float(found[1]):.0f} tps" if found else "pgbench said nothing"


def _find_pgbench() -> str | None:
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"))
    return shutil.which("pgbench") or (str(packaged[-1]) if packaged else None)
