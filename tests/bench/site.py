"""A site of our own to measure: the demo's data in a folder that is thrown away, served as in production."""

import http.client
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.processes import ROOT

# The same as in the Dockerfile.
SERVER = ("--worker-class", "gthread", "--workers", "2", "--threads", "8", "--log-level", "warning")
OURS = (
    "DATABASE_URL",
    "REDIS_URL",
    "EMAIL_URL",
    "HTTPS",
    "DEBUG",
    "KEY_DIR",
    "ALLOWED_HOSTS",
    "GUNICORN_CMD_ARGS",
)
START_SECONDS = 30


def environment(folder: Path, **services: str) -> dict[str, str]:
    """The environment of a demo site in `folder`, with the services given and no others."""
    inherited = {name: value for name, value in os.environ.items() if name not in OURS}
    return inherited | services | {"VAR_DIR": str(folder), "DEMO": "1", "SECRET_KEY": secrets.token_hex(32)}


def prepare(env: Mapping[str, str]) -> None:
    """Load the demo and collect the static files."""
    for command in (["load_demo"], ["collectstatic", "--noinput", "--verbosity", "0"]):
        python("manage.py", *command, env=env)


def python(*arguments: str, env: Mapping[str, str]) -> str:
    """Run Python in the project's folder and give what it prints; what it complains of is shown."""
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, check=True, text=True, stdout=subprocess.PIPE).stdout


@dataclass(frozen=True)
class Server:
    """A gunicorn that answers on 127.0.0.1."""

    pid: int
    port: int


@contextmanager
def serve(application: str, env: Mapping[str, str]) -> Iterator[Server]:
    """Serve a WSGI application until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", *SERVER, application]
    process = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        _wait_for(port, process)
        yield Server(process.pid, port)
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
            connection.request("GET", "/gezond/")
            connection.getresponse().read()
            return
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise SystemExit("bench: the server did not start")
