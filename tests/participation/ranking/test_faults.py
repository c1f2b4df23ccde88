"""A crash between any two statements: nothing is half done, and what was begun can be finished.

Before every statement in turn the connection breaks, as it does when the power goes; then the state is looked at.
"""

import itertools
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection

from haarlemveilig.editions.models import Edition
from participation.ranking import round_keys, services
from participation.ranking.models import (
    AreaResult,
    Ballot,
    OpenBallot,
    OpenRemark,
    PaperEntry,
    Participation,
    Quarantine,
    Remark,
    Round,
)
from participation.ranking.services import judging, paper
from tests import factories

Act = Callable[[], object]
MARKS = ("SAVEPOINT", "RELEASE", "ROLLBACK")


class Crash(OperationalError):
    """The power goes."""


@contextmanager
def crash_before(number: int) -> Iterator[None]:
    """Breaks off before statement `number`, counted from 1."""
    counter = itertools.count(1)

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        # The marks within a transaction change nothing, and taking back is what a database does by itself.
        if not sql.startswith(MARKS) and next(counter) >= number:
            raise Crash(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield


def crash_everywhere(act: Act, *, look: Callable[[], None]) -> int:
    """Break `act` off before each statement until it gets through; answers how many times that was."""
    for number in itertools.count(1):
        try:
            with crash_before(number):
                act()
        except Crash:
            look()
        else:
            return number - 1
    raise AssertionError


@pytest.fixture
def round_(shared_database: None, city: None, settings: Any, tmp_path: Any) -> Round:
    settings.KEY_DIR = tmp_path / "keys"
    made = factories.open_round(asks_remarks=True)
    round_keys.make(made.code)
    return made


def voter() -> services.Voter:
    wijk = factories.area("parkwijk")
    return services.Voter(uuid.uuid4(), wijk.pk, wijk.code, "postcode")


def choice(*ranking: str, **more: Any) -> services.Choice:
    return services.Choice(ranking, remarks={"motivation": "Omdat."}, **more)


def fresh() -> Round:
    return Round.objects.get()


pytestmark = pytest.mark.django_db(transaction=True)


def test_casting_leaves_no_ballot_or_a_whole_one(round_: Round) -> None:
    one = voter()

    def nothing() -> None:
        assert not Participation.objects.exists()
        assert not OpenBallot.objects.exists()
        assert not OpenRemark.objects.exists()

    crashes = crash_everywhere(
        lambda: services.cast(round_=round_, voter=one, choice=choice("afval", "jeugd")), look=nothing
    )
    assert crashes >= 4
    assert Participation.objects.get().pk == one.participation
    assert OpenBallot.objects.get().ranking == "afval>jeugd"
    assert OpenRemark.objects.exclude(text="").get().text == "Omdat."


def test_changing_ones_mind_leaves_the_old_ballot_or_the_new_one(round_: Round) -> None:
    one = voter()
    services.cast(round_=round_, voter=one, choice=choice("afval"))
    first = OpenBallot.objects.get()

    def the_old_one() -> None:
        kept = OpenBallot.objects.get()
        assert (kept.ranking, kept.leaf, kept.nonce) == ("afval", first.leaf, first.nonce)
        assert Participation.objects.count() == 1

    crash_everywhere(
        lambda: services.cast(round_=round_, voter=one, choice=choice("jeugd")), look=the_old_one
    )
    assert OpenBallot.objects.get().ranking == "jeugd"


def test_closing_leaves_an_open_round_with_all_ballots_or_a_closed_one_that_can_be_finished(
    round_: Round,
) -> None:
    for _voter in range(12):
        services.cast(round_=round_, voter=voter(), choice=choice("afval", flags=["burst"]))
    states = set()

    def all_are_there() -> None:
        state = fresh().status
        states.add(state)
        if state == "open":
            assert (OpenBallot.objects.count(), Ballot.objects.count()) == (12, 0)
            assert round_keys.exists(round_.code), "still needed to change a ballot"
        else:
            assert (OpenBallot.objects.count(), Ballot.objects.count()) == (0, 12)
            assert len(fresh().merkle_root) == 64

    def close() -> None:
        if fresh().status == "open":
            services.close_round(round_=fresh())
        else:
            raise Closed

    with pytest.raises(Closed):
        crash_everywhere(close, look=all_are_there)
    assert states == {"open", "closed"}
    assert Remark.objects.count() == 12
    assert Quarantine.objects.get().ballots == 12
    decide()
    services.count_round(round_=fresh())
    assert not round_keys.exists(round_.code), "counting finished what closing had begun"


class Closed(Exception):
    """The round was closed by a run that broke off after it."""


def decide() -> None:
    """Two people let all flagged ballots count."""
    rows = list(Quarantine.objects.values_list("pk", flat=True))
    first, second = factories.user("beleidsmedewerker"), factories.user("beheerder")
    judging.propose(round_=fresh(), rows=rows, sets_apart=False, reason="Een bibliotheek.", actor=first)
    judging.confirm(round_=fresh(), rows=rows, actor=second)


def test_a_paper_form_is_waiting_or_counted_and_never_both_or_neither(round_: Round) -> None:
    one = voter()
    first, second = factories.user("balie"), factories.user("beleidsmedewerker")

    def enter(who: Any) -> Act:
        return lambda: paper.enter_paper(
            round_=round_, voter=one, choice=choice("afval"), pile="1", actor=who
        )

    def nothing() -> None:
        assert not PaperEntry.objects.exists()

    def waiting() -> None:
        assert PaperEntry.objects.count() == 1
        assert not OpenBallot.objects.exists()
        assert not Participation.objects.exists()

    assert crash_everywhere(enter(first), look=nothing) >= 2
    assert crash_everywhere(enter(second), look=waiting) >= 5
    assert not PaperEntry.objects.exists()
    assert OpenBallot.objects.count() == Participation.objects.count() == 1


def test_counting_leaves_a_closed_round_without_results_or_a_counted_one_with_all(round_: Round) -> None:
    for _voter in range(12):
        services.cast(round_=round_, voter=voter(), choice=choice("afval", flags=["burst"]))
    services.close_round(round_=round_)
    decide()

    def all_or_nothing() -> None:
        state = fresh().status
        assert AreaResult.objects.count() == (0 if state == "closed" else 7)
        assert not Ballot.objects.filter(is_set_apart=True).exists()

    def count() -> None:
        if fresh().status == "closed":
            services.count_round(round_=fresh())

    assert crash_everywhere(count, look=all_or_nothing) >= 10
    assert fresh().status == "counted"
    assert AreaResult.objects.count() == 7


@pytest.mark.django_db(transaction=False)
def test_publishing_leaves_a_counted_round_without_an_edition_or_a_published_one_with_its_files(
    city: None, settings: Any, tmp_path: Any
) -> None:
    settings.KEY_DIR = tmp_path / "keys"
    round_ = factories.open_round()
    round_keys.make(round_.code)
    for _voter in range(12):
        services.cast(round_=round_, voter=voter(), choice=choice("afval"))
    services.close_round(round_=round_)
    services.count_round(round_=round_)

    def nothing() -> None:
        assert fresh().status == "counted"
        assert not Edition.objects.exists()

    assert crash_everywhere(lambda: services.publish_round(round_=fresh()), look=nothing) >= 10
    assert fresh().status == "published"
    assert Edition.objects.get().files.count() >= 10
