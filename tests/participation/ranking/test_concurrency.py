"""Many writers at once, on the database that is configured: each thread has its own connection."""

import itertools
import uuid
from threading import Barrier, Event

import pytest
from django.db import connection

from haarlemveilig.accounts.models import User
from participation.ranking import round_keys, services
from participation.ranking.models import Ballot, OpenBallot, PaperEntry, Participation, Round
from participation.ranking.services import Voter, paper
from tests import factories
from tests.participation.conftest import at_once

pytestmark = pytest.mark.django_db(transaction=True)
VOTERS = 6
THREADS = 8
SUBMISSIONS = 200
WAIT = 60
BEFORE_CLOSING = 20
AT_MOST = 2_000


@pytest.fixture
def round_(shared_database: None, city: None, settings, tmp_path) -> Round:
    settings.KEY_DIR = tmp_path / "keys"
    made = factories.open_round()
    round_keys.make(made.code)
    return made


def test_no_ballot_that_was_told_to_count_is_lost_when_the_round_closes_meanwhile(round_: Round) -> None:
    wijk = factories.area("parkwijk")
    enough = Event()
    counted: list[str] = []
    refused: list[uuid.UUID] = []

    def cast_until_closed(_number: int) -> None:
        for _turn in range(AT_MOST):
            voter = Voter(uuid.uuid4(), wijk.pk, wijk.code, "postcode")
            try:
                receipt = services.cast(
                    round_=round_, voter=voter, choice=services.Choice(("afval", "jeugd"))
                )
            except services.RoundClosed:
                refused.append(voter.participation)
                return
            counted.append(receipt.leaf().hex())
            if len(counted) >= BEFORE_CLOSING:
                enough.set()

    def close(_number: int) -> None:
        assert enough.wait(timeout=WAIT)
        services.close_round(round_=Round.objects.get())

    at_once(lambda number: (cast_until_closed if number else close)(number), range(VOTERS + 1))
    assert len(refused) == VOTERS, "everybody was still casting when the round closed"
    assert sorted(counted) == list(Ballot.objects.values_list("leaf", flat=True))
    assert Participation.objects.count() == len(counted)
    assert not Participation.objects.filter(pk__in=refused).exists()
    assert not OpenBallot.objects.exists()


def test_closing_leaves_no_page_with_open_ballots_in_the_files_of_sqlite(round_: Round, tmp_path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL rewrites the table; what its WAL archive keeps is in the README")
    wijk = factories.area("parkwijk")
    for _voter in range(5):
        voter = Voter(uuid.uuid4(), wijk.pk, wijk.code, "postcode")
        services.cast(round_=round_, voter=voter, choice=services.Choice(("afval",)))
    keys = list(OpenBallot.objects.values_list("pk", flat=True))
    services.close_round(round_=round_)
    written = b"".join(file.read_bytes() for file in tmp_path.glob("shared.sqlite3*"))
    assert not [key for key in keys if key.encode() in written]


def test_a_change_of_mind_while_the_round_closes_counts_once(round_: Round) -> None:
    wijk = factories.area("parkwijk")
    voter = Voter(uuid.uuid4(), wijk.pk, wijk.code, "postcode")
    first = services.cast(round_=round_, voter=voter, choice=services.Choice(("afval",)))
    together = Barrier(2, timeout=WAIT)

    def change(_number: int) -> str | None:
        together.wait()
        try:
            return services.cast(round_=round_, voter=voter, choice=services.Choice(("jeugd",))).leaf().hex()
        except services.RoundClosed:
            return None

    def close(_number: int) -> None:
        together.wait()
        services.close_round(round_=Round.objects.get())

    changed, _closed = at_once(lambda number: (close if number else change)(number), range(2))
    assert Ballot.objects.get().leaf == (changed or first.leaf().hex())


def test_the_same_code_from_eight_browsers_gives_one_participation_and_one_ballot(round_: Round) -> None:
    codes = services.make_codes(round_=round_, wijken=[factories.area("meerwijk")] * 5)
    together = Barrier(THREADS, timeout=WAIT)

    def take_part(number: int) -> list[str]:
        leaves = []
        for code in codes:
            voter = services.voter_with_code(round_=round_, code=code)
            together.wait()
            ranking = ("afval", "jeugd")[: 1 + number % 2]
            leaves.append(
                services.cast(round_=round_, voter=voter, choice=services.Choice(ranking)).leaf().hex()
            )
        return leaves

    leaves = at_once(take_part, range(THREADS))
    assert Participation.objects.count() == OpenBallot.objects.count() == len(codes)
    services.close_round(round_=round_)
    kept = set(Ballot.objects.values_list("leaf", flat=True))
    assert len(kept) == len(codes)
    assert kept <= set(itertools.chain.from_iterable(leaves))


def test_two_hundred_submissions_of_one_person_leave_one_ballot(round_: Round) -> None:
    wijk = factories.area("parkwijk")
    voter = Voter(uuid.uuid4(), wijk.pk, wijk.code, "postcode")
    together = Barrier(THREADS, timeout=WAIT)

    def submit(number: int) -> list[str]:
        together.wait()
        rankings = [("afval", "jeugd")[: 1 + turn % 2] for turn in range(SUBMISSIONS // THREADS)]
        sent = [
            services.cast(round_=round_, voter=voter, choice=services.Choice(ranking)) for ranking in rankings
        ]
        return [receipt.leaf().hex() for receipt in sent]

    leaves = list(itertools.chain.from_iterable(at_once(submit, range(THREADS))))
    assert len(set(leaves)) == SUBMISSIONS
    assert Participation.objects.get().pk == voter.participation
    assert OpenBallot.objects.get().leaf in leaves


def test_only_one_of_two_colleagues_closes_a_round(round_: Round) -> None:
    together = Barrier(2, timeout=WAIT)

    def close(_number: int) -> bool:
        mine = Round.objects.get()
        together.wait()
        try:
            services.close_round(round_=mine)
        except services.RoundError:
            return False
        return True

    assert sorted(at_once(close, range(2))) == [False, True]


def test_of_two_second_entries_of_a_form_at_once_one_counts(round_: Round) -> None:
    (code,) = services.make_codes(round_=round_, wijken=[factories.area("parkwijk")])
    people = [factories.user(role) for role in ("balie", "beheerder", "griffie")]
    together = Barrier(2, timeout=WAIT)

    def enter(who: User) -> bool:
        return paper.enter_paper(
            round_=round_,
            voter=paper.voter_of_form(round_=round_, code=code),
            choice=services.Choice(("afval",)),
            pile="",
            actor=who,
        ).is_counted

    def enter_together(who: User) -> bool:
        together.wait()
        try:
            return enter(who)
        except services.RoundError:
            return False

    enter(people[0])
    assert sorted(at_once(enter_together, people[1:])) == [False, True]
    assert OpenBallot.objects.count() == Participation.objects.count() == 1
    assert not PaperEntry.objects.exists()
