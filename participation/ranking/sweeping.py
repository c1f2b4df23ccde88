"""Removing what the database itself remembers of removed rows: their old pages and the order of casting."""

import logging
from collections.abc import Iterable

from django.db import connection
from django.db.models import Model

from participation.ranking.models import Ballot, OpenBallot, OpenRemark, PaperEntry

logger = logging.getLogger(__name__)
OPEN_TABLES = (OpenBallot, OpenRemark, PaperEntry)


def sweep_open_tables() -> None:
    """Rewrite the tables of open ballots and what lies beside them, so that no removed row is left in a page."""
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
