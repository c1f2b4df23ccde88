"""A whole site as script/demo runs it: the demo's data, gunicorn, a real worker, an SMTP peer.

SQLite and files, or PostgreSQL and Redis where the environment of the tests names them.
"""

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from queue import Queue
from threading import Event
from typing import Any
from urllib.error import URLError

import psycopg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler

ROOT = Path(__file__).parents[2]
START_SECONDS = 60


class Inbox(MessageHandler):
    """Keeps the mails that arrive."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: Queue[Message] = Queue()

    def handle_message(self, message: Message) -> None:
        self.mails.put(message)


@dataclass(frozen=True)
class Site:
    """A running site, the mails it sends, and its environment for management commands."""

    url: str
    inbox: Inbox
    env: dict[str, str]

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.env, check=True, capture_output=True, text=True
        ).stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def own_database(url: str, worker: str) -> str:
    """A fresh PostgreSQL database beside the one the tests use, one per test process."""
    name = f"browser_tests_{worker}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        # Not from template1: another test process may be copying that just now.
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    return f"{url.rpartition('/')[0]}/{name}"


def environment(folder: Path, mail_port: int, worker: str) -> dict[str, str]:
    env = {
        **os.environ,
        "DEMO": "1",
        "VAR_DIR": str(folder),
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "PYTHONWARNINGS": "default",
    }
    if url := os.environ.get("DATABASE_URL"):
        env["DATABASE_URL"] = own_database(url, worker)
    if url := os.environ.get("REDIS_URL"):
        number = 8 + int(worker.removeprefix("gw") if worker != "master" else 0)
        env["REDIS_URL"] = f"{url.rpartition('/')[0]}/{number}"
    return env


def wait_until_healthy(url: str, server: "subprocess.Popen[bytes]") -> None:
    for _try in range(START_SECONDS * 10):
        try:
            urllib.request.urlopen(f"{url}/gezond/", timeout=2).close()  # noqa: S310  our own address
        except (URLError, OSError):
            assert server.poll() is None, "the server stopped while it started"
            Event().wait(0.1)
        else:
            return
    raise AssertionError("the server did not answer")


def started(stack: ExitStack, command: list[str], env: dict[str, str]) -> "subprocess.Popen[bytes]":
    process = stack.enter_context(subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, env=env))
    stack.callback(process.terminate)
    return process


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Site]:
    inbox, mail_port, port = Inbox(), free_port(), free_port()
    env = environment(tmp_path_factory.mktemp("site"), mail_port, worker_id)
    mail = Controller(inbox, hostname="127.0.0.1", port=mail_port)
    running = Site(url=f"http://127.0.0.1:{port}", inbox=inbox, env=env)
    running.manage("load_demo")
    running.manage("collectstatic", "--noinput", "--verbosity", "0")
    with ExitStack() as stack:
        mail.start()
        stack.callback(mail.stop)
        worker = "celery -A haarlemveilig worker --beat --concurrency 1 --loglevel ERROR"
        started(stack, worker.split(), env)
        gunicorn = f"gunicorn --bind 127.0.0.1:{port} --worker-class gthread --threads 8 haarlemveilig.wsgi"
        server = started(stack, gunicorn.split(), env)
        wait_until_healthy(running.url, server)
        yield running


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "nl-NL", "reduced_motion": "reduce"}
