"""After closing nobody joins person and ballot: an attacker with the database, its files, the keys and the code tries.

The attacker does not have the round key, which closing destroyed, nor a copy of the database from before.
"""

import hashlib
import hmac
import itertools
import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from participation.ranking import round_keys, services
from participation.ranking.models import Ballot, OpenBallot, OpenRemark, Participation, Remark, Round
from participation.ranking.services import paper
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
PER_WIJK = 12
WIJKEN = ("parkwijk", "meerwijk")
# Guessing at random is right once per wijk on average; 13 times happens once in a million.
CHANCE = 13
CELL = "35-64/v"


@dataclass
class Case:
    """A closed round, with what only the voters know: which participation cast which ballot."""

    round: Round
    leaf_of: dict[str, str] = field(default_factory=dict)
    remark_of: dict[str, str] = field(default_factory=dict)
    open_ids: list[str] = field(default_factory=list)
    old_key: bytes = b""
    key_link: Path = Path()
    log: str = ""


@pytest.fixture
def case(shared_database: None, city: None, settings: Any, tmp_path: Path, caplog: Any) -> Case:
    settings.KEY_DIR = tmp_path / "keys"
    caplog.set_level("DEBUG")
    made = Case(factories.open_round(asks_remarks=True, asks_group=True))
    round_keys.make(made.round.code)
    key = next((tmp_path / "keys").iterdir())
    made.old_key, made.key_link = key.read_bytes(), tmp_path / "link"
    os.link(key, made.key_link)
    _everybody_votes(made)
    made.open_ids = [
        *OpenBallot.objects.values_list("pk", flat=True),
        *OpenRemark.objects.values_list("pk", flat=True),
    ]
    with _somebody_keeps_reading():
        services.close_round(round_=made.round)
        services.count_round(round_=made.round)
    made.log = caplog.text
    return made


@contextmanager
def _somebody_keeps_reading() -> Iterator[None]:
    """A dump, say, that began before closing: PostgreSQL then keeps removed rows for it where it can."""
    if connection.vendor != "postgresql":
        yield
        return
    reader = connection.copy()
    with reader.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT count(*) FROM django_content_type")
        yield
    reader.close()


def _everybody_votes(case: Case) -> None:
    """Half through the pages with a code, the others as services get them from paper; each at their own time."""
    chance, start = random.Random(7), timezone.now()
    codes = {
        slug: services.make_codes(round_=case.round, wijken=[factories.area(slug)] * PER_WIJK)
        for slug in WIJKEN
    }
    turns = [(slug, code) for slug in WIJKEN for code in codes[slug]]
    chance.shuffle(turns)
    typists = factories.user("balie"), factories.user("beleidsmedewerker")
    for minute, (_slug, code) in enumerate(turns):
        with time_machine.travel(start + minute * timezone.timedelta(minutes=7), tick=False):
            voter = services.voter_with_code(round_=case.round, code=code)
            order = chance.sample(factories.THEMES, 3)
            if minute % 8 == 0:
                _on_paper(case, voter, order, typists)
            else:
                _on_the_web(code, order, f"Toelichting {chance.getrandbits(64):x}")
            _remember(case, voter)


def _on_the_web(code: str, order: list[str], remark: str) -> None:
    client = Client()
    client.post("/doe-mee/code/", {"code": code})
    places = {f"plaats-{theme}": str(place) for place, theme in enumerate(order, start=1)}
    response = client.post("/doe-mee/stembiljet/", {**places, "suggestion": remark, "motivation": remark})
    assert response["Location"] == "/doe-mee/geteld/"
    assert client.get("/doe-mee/geteld/").status_code == 200


def _on_paper(case: Case, voter: services.Voter, order: list[str], typists: tuple[Any, Any]) -> None:
    choice = services.Choice(tuple(order), cell=CELL, remarks={"suggestion": f"Papier {'-'.join(order)}"})
    for typist in typists:
        paper.enter_paper(round_=case.round, voter=voter, choice=choice, pile="doos 1", actor=typist)


def _remember(case: Case, voter: services.Voter) -> None:
    receipt = services.receipt_of(round_=case.round, participation=voter.participation)
    assert receipt is not None
    case.leaf_of[str(voter.participation)] = receipt.leaf().hex()


# --- what the attacker has --------------------------------------------------------------------------
def rows_of(model: Any) -> list[dict[str, Any]]:
    return list(model._base_manager.values())


def dump(*, without: set[Any]) -> str:
    """Every value in the database as text, but for these tables."""
    models = [model for model in apps.get_models(include_auto_created=True) if model not in without]
    sessions = [] if Session in without else [session.get_decoded() for session in Session.objects.all()]
    return " ".join(str(rows_of(model)) for model in models) + str(sessions)


def database_bytes(tmp_path: Path) -> bytes:
    """The files of the database as they lie on the disk."""
    if connection.vendor == "sqlite":
        return b"".join(file.read_bytes() for file in sorted(tmp_path.glob("shared.sqlite3*")))
    tables = [model._meta.db_table for model in (OpenBallot, OpenRemark, Ballot, Remark)]
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        found = b""
        for table in tables:
            cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath(%s))", [table])
            found += bytes(cursor.fetchone()[0])
    return found


def physical_order(model: Any, column: str) -> list[str]:
    """Values as the database keeps them: by place in the table, which follows insertion."""
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {model._meta.db_table} ORDER BY {place}")  # noqa: S608
        return [str(row[0]) for row in cursor.fetchall()]


def by_transaction(model: Any, column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {model._meta.db_table} ORDER BY xmin::text::bigint, ctid")  # noqa: S608
        return [str(row[0]) for row in cursor.fetchall()]


def orders_of_people() -> Iterator[tuple[str, list[str]]]:
    people = [(str(row["id"]), row) for row in rows_of(Participation)]
    yield "id", sorted(key for key, _row in people)
    yield "code", [key for key, _row in sorted(people, key=lambda one: one[1]["access_code_id"])]
    known = {str(row["id"]).replace("-", "") for row in rows_of(Participation)}
    place = [key.replace("-", "") for key in physical_order(Participation, "id")]
    assert set(place) == known
    yield "place in the table", [_dashed(key) for key in place]
    if connection.vendor == "postgresql":
        yield "transaction", by_transaction(Participation, "id")
    kept = people_in_sessions()
    assert kept, "the attack sees who voted in which session"
    yield "session", [*kept, *(key for key, _row in people if key not in kept)]


def people_in_sessions() -> list[str]:
    """Who voted, in the order in which their sessions end; a session has a voter for each round."""
    known = {str(pk) for pk in Participation.objects.values_list("pk", flat=True)}
    voters = [
        kept["participation"]
        for session in Session.objects.order_by("expire_date")
        for key, kept in session.get_decoded().items()
        if key.startswith("voter:")
    ]
    return [person for person in voters if person in known]


def _dashed(key: str) -> str:
    return "-".join((key[:8], key[8:12], key[12:16], key[16:20], key[20:]))


def orders_of_ballots(tmp_path: Path) -> Iterator[tuple[str, list[str]]]:
    yield "number", list(Ballot.objects.order_by("pk").values_list("leaf", flat=True))
    yield "leaf", sorted(Ballot.objects.values_list("leaf", flat=True))
    yield "place in the table", physical_order(Ballot, "leaf")
    yield "nonce", list(Ballot.objects.order_by("nonce").values_list("leaf", flat=True))
    content = database_bytes(tmp_path)
    leaves = list(Ballot.objects.values_list("leaf", flat=True))
    yield "place in the file", sorted(leaves, key=lambda leaf: content.find(leaf.encode()))
    yield "last place in the file", sorted(leaves, key=lambda leaf: content.rfind(leaf.encode()))
    if connection.vendor == "postgresql":
        yield "transaction", by_transaction(Ballot, "leaf")


def right_guesses(case: Case, people: list[str], leaves: list[str]) -> int:
    """How many are joined rightly by laying two orders side by side, wijk by wijk."""
    wijk_of = dict(Ballot.objects.values_list("leaf", "wijk_id"))
    home = {str(pk): wijk for pk, wijk in Participation.objects.values_list("pk", "wijk_id")}
    return sum(
        case.leaf_of[person] == leaf
        for wijk in set(home.values())
        for person, leaf in zip(
            [person for person in people if home[person] == wijk],
            [leaf for leaf in leaves if wijk_of[leaf] == wijk],
            strict=True,
        )
    )


# --- what the attacker tries ------------------------------------------------------------------------
def test_no_order_of_people_beside_an_order_of_ballots_does_better_than_chance(
    case: Case, tmp_path: Path
) -> None:
    tried = 0
    for (one, people), (other, leaves) in itertools.product(orders_of_people(), orders_of_ballots(tmp_path)):
        for turned in (leaves, leaves[::-1]):
            assert right_guesses(case, people, turned) <= CHANCE, f"{one} beside {other}"
            tried += 1
    assert tried >= 40


def test_with_the_key_that_is_gone_the_same_attack_would_have_succeeded(case: Case) -> None:
    """So that the other tests cannot pass because the attack is made wrong."""
    ids = {
        hmac.digest(case.old_key, bytes.fromhex(key.replace("-", "")), "sha256").hex() for key in case.leaf_of
    }
    assert ids <= set(case.open_ids)


def test_no_key_at_hand_makes_the_name_of_a_ballot(case: Case, tmp_path: Path) -> None:
    everything = dump(without=set()) + database_bytes(tmp_path).decode("latin-1")
    keys = [django_settings.SECRET_KEY.encode(), services.code_key(), case.round.code.encode(), b""]
    keys += [case.key_link.read_bytes(), case.round.merkle_root.encode()]
    for person in case.leaf_of:
        raw = bytes.fromhex(person.replace("-", ""))
        for key, what in itertools.product(keys, (raw, person.encode(), raw + b"suggestion", raw + b"paper")):
            guess = hmac.digest(key, what, "sha256").hex()
            assert guess not in case.open_ids
            assert guess not in everything
        assert hashlib.sha256(raw).hexdigest() not in everything


def test_a_ballot_and_a_person_are_named_in_no_other_table_session_job_mail_or_log(case: Case) -> None:
    elsewhere = dump(without={Ballot}) + case.log
    for leaf, nonce in Ballot.objects.values_list("leaf", "nonce"):
        assert leaf not in elsewhere
        assert nonce not in elsewhere
    beside = dump(without={Participation, Session}) + case.log
    assert not [person for person in case.leaf_of if person in beside or person.replace("-", "") in beside]


def test_no_session_or_line_of_the_log_holds_a_choice(case: Case) -> None:
    rankings = set(Ballot.objects.values_list("ranking", flat=True))
    sessions = " ".join(str(session.get_decoded()) for session in Session.objects.all())
    audit = str(rows_of(apps.get_model("audit", "AuditEntry")))
    for ranking in rankings:
        assert ranking not in sessions + audit + case.log
        assert str(tuple(ranking.split(">"))) not in sessions + audit
    assert not any(theme in sessions for theme in factories.THEMES)


def test_no_byte_of_the_open_tables_is_left_in_the_files(case: Case, tmp_path: Path) -> None:
    content = database_bytes(tmp_path)
    assert not [key for key in case.open_ids if key.encode() in content]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA freelist_count")
            assert cursor.fetchone()[0] == 0
        assert not [file for file in tmp_path.glob("shared.sqlite3-wal") if OPEN_TABLE in file.read_bytes()]


OPEN_TABLE = b"ranking_openballot"


def test_remarks_stand_in_an_order_that_tells_nothing_and_hang_on_nobody(case: Case) -> None:
    texts = list(Remark.objects.order_by("pk").values_list("text", flat=True))
    assert texts == sorted(texts)
    assert physical_order(Remark, "text") == texts
    names = {column.name for column in Remark._meta.fields}
    assert not names & {"participation", "ballot", "access_code", "made_at"}


def test_a_ballot_keeps_no_group_after_the_count(case: Case, tmp_path: Path) -> None:
    assert not Ballot.objects.exclude(cell="").exists()
    assert CELL.encode() not in database_bytes(tmp_path)


def test_paper_that_was_typed_twice_leaves_no_row_and_no_line_that_names_it(case: Case) -> None:
    lines = apps.get_model("audit", "AuditEntry").objects.filter(action__startswith="ranking.paper")
    assert lines.exists()
    assert not rows_of(apps.get_model("ranking", "PaperEntry"))
    assert not [person for person in case.leaf_of if person in str(list(lines.values()))]


def test_the_key_is_gone_and_was_overwritten(case: Case) -> None:
    assert not round_keys.exists(case.round.code)
    assert case.key_link.read_bytes() != case.old_key
    assert len(case.key_link.read_bytes()) == len(case.old_key)
    for pk in Participation.objects.values_list("pk", flat=True):
        assert services.receipt_of(round_=case.round, participation=pk) is None
        with pytest.raises(round_keys.KeyGone):
            round_keys.ballot_id(case.round.code, pk)


def test_nobody_comes_back_to_an_old_receipt_after_closing(case: Case) -> None:
    for session in Session.objects.all():
        client = Client()
        client.cookies[django_settings.SESSION_COOKIE_NAME] = session.session_key
        assert "/doe-mee/geteld/" not in client.get("/doe-mee/geteld/", follow=True).request["PATH_INFO"]
