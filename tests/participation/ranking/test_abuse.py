import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from participation.ranking import round_keys, watching
from participation.ranking.abuse import Circumstances, flags_at_casting
from participation.ranking.models import OpenBallot, Quarantine
from tests import factories

BALLOT = "/doe-mee/stembiljet/"


@pytest.mark.parametrize(
    ("how", "flags"),
    [
        (Circumstances(), set()),
        (Circumstances(trap="http://spam.example"), {"trap"}),
        (Circumstances(seconds=4.9), {"fast"}),
        (Circumstances(seconds=5), set()),
        (Circumstances(seconds=None), set()),
        (Circumstances(from_address=30), set()),
        (Circumstances(from_address=31), {"burst"}),
        (Circumstances(alike_from_address=8), set()),
        (Circumstances(alike_from_address=9), {"same"}),
        (Circumstances("x", 0, 31, 9), set(Quarantine.Flag.values)),
    ],
)
def test_each_flag_has_its_own_limit(how: Circumstances, flags: set[str]) -> None:
    assert flags_at_casting(how) == flags


def test_the_time_stamp_of_the_first_page_stays_and_a_forged_one_is_replaced() -> None:
    now = timezone.now()
    first = watching.stamp("", now)
    assert watching.stamp(first, now + dt.timedelta(minutes=1)) == first
    assert watching.stamp(first[:-1], now) != first[:-1]


@pytest.fixture
def at_the_ballot(city: None, client: Client, settings, tmp_path) -> Client:
    settings.KEY_DIR = tmp_path / "keys"
    round_keys.make(factories.open_round().code)
    client.post("/doe-mee/", {"postcode": "2033AB"})
    return client


def flags() -> set[str]:
    return set(filter(None, OpenBallot.objects.get().flags.split(",")))


def test_a_ballot_from_a_page_without_a_time_stamp_is_not_called_fast(at_the_ballot: Client) -> None:
    at_the_ballot.post(BALLOT, {"plaats-afval": "1"})
    assert flags() == set()


def test_a_ballot_sent_at_once_is_flagged_and_counted_like_any_other(at_the_ballot: Client) -> None:
    since = at_the_ballot.get(BALLOT).context["since"]
    page = at_the_ballot.post(BALLOT, {"plaats-afval": "1", "sinds": since, "website": "x"}, follow=True)
    assert "Uw keuze is geteld" in page.text
    assert flags() == {"fast", "trap"}


def test_time_counts_from_the_first_page_also_after_an_error(at_the_ballot: Client) -> None:
    since = watching.stamp("", timezone.now() - dt.timedelta(minutes=2))
    page = at_the_ballot.post(BALLOT, {"sinds": since})
    assert page.context["since"] == since
    at_the_ballot.post(BALLOT, {"plaats-afval": "1", "sinds": page.context["since"]})
    assert flags() == set()


def test_many_alike_from_one_address_are_flagged_and_a_household_is_not(at_the_ballot: Client) -> None:
    for ballot in range(31):
        themes = {"plaats-afval": "1"} if ballot < 9 else {"plaats-jeugd": "1", "plaats-afval": "2"}
        at_the_ballot.post(BALLOT, themes)
        if ballot == 7:
            assert flags() == set()
        if ballot == 8:
            assert flags() == {"same"}
    assert flags() == {"burst", "same"}
    at_the_ballot.post(BALLOT, {"plaats-donker": "1"}, REMOTE_ADDR="192.0.2.77")
    assert flags() == set()


def test_the_cache_does_not_tell_what_anybody_chose(at_the_ballot: Client, monkeypatch) -> None:
    names: list[str] = []
    add = cache.add
    monkeypatch.setattr(cache, "add", lambda key, *rest: names.append(key) or add(key, *rest))
    at_the_ballot.post(BALLOT, {"plaats-afval": "1"})
    assert len(names) == 2
    assert not any("afval" in name for name in names)
    round_keys.destroy("2026-1")
    round_keys.make("2026-1")
    at_the_ballot.post(BALLOT, {"plaats-afval": "1"})
    assert names[0] == names[2], "how many came from an address"
    assert names[1] != names[3], "which ranking: nobody can name it without the round key"


def test_only_ballots_from_the_web_are_watched(at_the_ballot: Client) -> None:
    session = at_the_ballot.session
    (key,) = (key for key in session.keys() if key.startswith("voter:"))  # noqa: SIM118  no mapping
    session[key] = {**session[key], "channel": "counter"}
    session.save()
    at_the_ballot.post(BALLOT, {"plaats-afval": "1", "website": "x"})
    assert flags() == set()
