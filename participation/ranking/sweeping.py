"""Removing what the database itself remembers of removed rows: their old pages and the order of casting."""

import logging

from django.db import connection

from participation.ranking.models import OpenBallot

logger = logging.getLogger(__name__)


def sweep_open_ballots() -> None:
    """Rewrite the table of open ballots, so that no removed row is left in its pages."""
    if connection.in_atomic_block:
        return  # Only in tests: VACUUM cannot run inside a transaction.
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"VACUUM FULL {OpenBallot._meta.db_table}")
            return
        cursor.execute("VACUUM")
        # SQLite's journal holds the old pages, in the order of casting, until it is emptied.
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if cursor.fetchone()[0]:
            logger.warning("somebody keeps reading: the journal of SQLite still holds the open ballots")
