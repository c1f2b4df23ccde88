"""Removing what the database itself remembers of removed rows: their old pages and the order of casting."""

import logging

from django.db import connection, transaction
from django.db.models import Model

from participation.ranking.models import Ballot, OpenBallot, OpenRemark, PaperEntry, Round

logger = logging.getLogger(__name__)
OPEN_TABLES = (OpenBallot, OpenRemark, PaperEntry)


def empty_open_tables(round_: Round) -> None:
    """Remove the rows of a round that closes, inside its transaction."""
    for model in OPEN_TABLES:
        if connection.vendor == "postgresql":
            _give_a_new_file(model, without=round_)
        else:
            model._default_manager.filter(round=round_).delete()


def sweep_open_tables() -> None:
    """Let no page of the database keep a removed row. On PostgreSQL `empty_open_tables` did it already."""
    if connection.vendor != "postgresql":
        _rewrite_sqlite()


def sweep_ballots() -> None:
    """Rewrite the table of ballots, so that no page remembers the group that was on each until the count.

    In a transaction of its own: one that counted already holds locks for which a closing round may be waiting.
    """
    if connection.vendor != "postgresql":
        _rewrite_sqlite()
        return
    with transaction.atomic():
        _give_a_new_file(Ballot)


def _give_a_new_file(model: type[Model], without: Round | None = None) -> None:
    """Put a table of PostgreSQL in a new file, in an order that tells nothing, and without the rows of one round.

    A DELETE or UPDATE with VACUUM FULL would not do: that keeps what any older snapshot can still see, be it of a
    reader, a dump or the database's own analysis; and with it the transaction that joins person and choice.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        # Checks that wait for the end of the transaction would keep a table from being emptied.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        others = f"SELECT * FROM {table} WHERE round_id <> %s"  # noqa: S608  names of our own
        cursor.execute(f"CREATE TEMPORARY TABLE kept AS {others}", [without.pk if without else 0])
        cursor.execute(f"TRUNCATE {table}")
        cursor.execute(f"INSERT INTO {table} SELECT * FROM kept ORDER BY id")  # noqa: S608
        cursor.execute("DROP TABLE kept")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _rewrite_sqlite() -> None:
    if connection.in_atomic_block:
        return  # Only in tests and for the invented ballots of the demo: VACUUM cannot run inside a transaction.
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        # SQLite's journal holds the old pages, in the order of casting, until it is emptied.
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if cursor.fetchone()[0]:
            logger.warning("somebody keeps reading: the journal of SQLite still holds what was removed")
