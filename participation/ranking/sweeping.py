"""Removing what the database itself remembers of removed rows: their old pages and the order of casting."""

import logging
from collections.abc import Iterable

from django.db import connection
from django.db.models import Model

from participation.ranking.models import Ballot, OpenBallot, OpenRemark, PaperEntry, Round

logger = logging.getLogger(__name__)
OPEN_TABLES = (OpenBallot, OpenRemark, PaperEntry)


def empty_open_tables(round_: Round) -> None:
    """Remove the rows of a round that closes, inside its transaction.

    On PostgreSQL the tables get new files, into which the rows of other open rounds are copied in an order that tells
    nothing. A DELETE with VACUUM FULL would not do: that keeps rows which any older snapshot can still see, and
    with them the transaction that joins person and choice.
    """
    if connection.vendor != "postgresql":
        for model in OPEN_TABLES:
            model._default_manager.filter(round=round_).delete()
        return
    with connection.cursor() as cursor:
        # Checks that wait for the end of the transaction would keep a table from being emptied.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in (model._meta.db_table for model in OPEN_TABLES):
            others = f"SELECT * FROM {table} WHERE round_id <> %s ORDER BY id"  # noqa: S608  names of our own
            cursor.execute(f"CREATE TEMPORARY TABLE kept AS {others}", [round_.pk])
            cursor.execute(f"TRUNCATE {table}")
            cursor.execute(f"INSERT INTO {table} SELECT * FROM kept ORDER BY id")  # noqa: S608
            cursor.execute("DROP TABLE kept")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def sweep_open_tables() -> None:
    """Let no page of the database keep a removed row. On PostgreSQL `empty_open_tables` did it already."""
    if connection.vendor != "postgresql":
        _sweep(OPEN_TABLES)


def sweep_ballots() -> None:
    """Rewrite the table of ballots, so that no page remembers the group that was on each until the count."""
    _sweep((Ballot,))


def _sweep(models: Iterable[type[Model]]) -> None:
    if connection.in_atomic_block:
        return  # Only in tests and for the invented ballots of the demo: VACUUM cannot run inside a transaction.
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for model in models:
                cursor.execute(f"VACUUM FULL {model._meta.db_table}")
            return
        cursor.execute("VACUUM")
        # SQLite's journal holds the old pages, in the order of casting, until it is emptied.
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if cursor.fetchone()[0]:
            logger.warning("somebody keeps reading: the journal of SQLite still holds what was removed")
