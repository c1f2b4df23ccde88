"""What tests with several writers at once need."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.db import connection

Answer = TypeVar("Answer")


@pytest.fixture
def shared_database(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """A database that threads can write to at once, each over a connection of its own.

    PostgreSQL is one already. Django tests SQLite in memory, where connections lock each other out at once
    instead of waiting and where there is no WAL: the test gets a copy of that database as a file.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    memory, name = connection.connection, connection.settings_dict["NAME"]
    file = tmp_path / "shared.sqlite3"
    copy = sqlite3.connect(file)
    memory.backup(copy)
    copy.close()
    # Threads make their connections from this same dictionary.
    connection.connection, connection.settings_dict["NAME"] = None, str(file)
    yield
    connection.close()
    connection.connection, connection.settings_dict["NAME"] = memory, name


def at_once(act: Callable[..., Answer], arguments: Sequence[Any]) -> list[Answer]:
    """`act` on every argument, each in a thread with a connection of its own, which is closed afterwards."""

    def closing(argument: Any) -> Answer:
        try:
            return act(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(arguments)) as threads:
        return list(threads.map(closing, arguments))
