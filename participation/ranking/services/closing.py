"""Closing a round for good: after it nobody can join a person and a ballot."""

from collections import Counter
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from haarlemveilig.audit.services import record
from participation.ranking import round_keys
from participation.ranking.kit import ballot_rows, root_of
from participation.ranking.models import Ballot, OpenBallot, OpenRemark, PaperEntry, Quarantine, Remark, Round
from participation.ranking.selectors.recount import cast_ballots, published_areas_of
from participation.ranking.services.errors import RoundError
from participation.ranking.services.rounds import go
from participation.ranking.sweeping import empty_open_tables, sweep_open_tables

BATCH = 2000


def close_round(*, round_: Round, actor: Any = None) -> None:
    """Close a round for good: lay its ballots down in the order of their proofs and destroy its key.

    RoundError while paper forms wait for their second typist: they would be lost.
    """
    with transaction.atomic():
        go(round_, Round.Status.CLOSED, actor)
        _refuse_waiting_paper(round_)
        _end_now(round_)
        _lay_down(round_)
        _fix_rows(round_)
        _list_flagged(round_)
    cut_the_tie(round_, actor)


def _refuse_waiting_paper(round_: Round) -> None:
    waiting = PaperEntry.objects.filter(round=round_).count()
    if waiting:
        raise RoundError(
            f"Er wachten nog {waiting} papieren formulieren op een tweede invoer. "
            "Voer ze in, of laat ze vervallen. Sluit daarna de ronde."
        )


def _end_now(round_: Round) -> None:
    """A round that is closed before its time ended today, and pages say so."""
    now = timezone.now()
    if round_.opens_at < now < round_.closes_at:
        Round.objects.filter(pk=round_.pk).update(closes_at=now)
        round_.closes_at = now


def _lay_down(round_: Round) -> None:
    """Into fresh tables, in an order that has nothing to do with who came first: proofs, and texts by alphabet."""
    _copy_in_order(round_)
    written = OpenRemark.objects.filter(round=round_).exclude(text="").order_by("text", "kind", "wijk")
    told = written.values("wijk_id", "kind", "text")
    Remark.objects.bulk_create((Remark(round=round_, **row) for row in told), batch_size=BATCH)
    empty_open_tables(round_)


def _copy_in_order(round_: Round) -> None:
    """In the database itself: a city's ballots through Python take five times as long."""
    columns = ", ".join(str(field.column) for field in OpenBallot._meta.fields if not field.primary_key)
    into, source = Ballot._meta.db_table, OpenBallot._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {into} ({columns}, is_set_apart)"  # noqa: S608  names of our own
            f" SELECT {columns}, %s FROM {source} WHERE round_id = %s ORDER BY leaf",
            [False, round_.pk],
        )


def _fix_rows(round_: Round) -> None:
    """From here on no ballot can change unseen: the root over the rows to publish is kept, and on the log."""
    areas, municipality = published_areas_of(round_)
    root = root_of(ballot_rows(cast_ballots(round_), areas, municipality)).hex()
    Round.objects.filter(pk=round_.pk).update(merkle_root=root)
    round_.merkle_root = root
    record("ranking.rows_fixed", target=round_, root=root)


def _list_flagged(round_: Round) -> None:
    """One line per flag and wijk, for two people to judge before counting. Without looking at a choice."""
    flagged = Ballot.objects.filter(round=round_).exclude(flags="").values_list("flags", "wijk_id")
    found = Counter((flag, wijk) for flags, wijk in flagged for flag in flags.split(","))
    Quarantine.objects.bulk_create(
        Quarantine(round=round_, flag=flag, wijk_id=wijk, ballots=count)
        for (flag, wijk), count in sorted(found.items())
    )


def cut_the_tie(round_: Round, actor: Any = None) -> None:
    """Destroy what joins people and ballots: the key, and what the database remembers of the open tables.

    Harmless when it was done already, or half.
    """
    if round_keys.destroy(round_.code):
        record("ranking.key_destroyed", actor=actor, target=round_)
    sweep_open_tables()


def finish_closing() -> None:
    """Destroy keys that a crash left behind right after closing."""
    for round_ in Round.objects.exclude(status__in=(Round.Status.DRAFT, Round.Status.OPEN)):
        if round_keys.exists(round_.code):
            cut_the_tie(round_)
