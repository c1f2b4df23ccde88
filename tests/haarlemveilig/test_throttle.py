from django.core.cache import cache
from django.test import RequestFactory

from haarlemveilig.throttle import address_today, times, too_often, too_often_for


def test_an_address_is_stopped_after_its_limit_and_another_is_not() -> None:
    one, other = (
        RequestFactory(REMOTE_ADDR="192.0.2.1").get("/"),
        RequestFactory(REMOTE_ADDR="192.0.2.2").get("/"),
    )
    assert [too_often(one, "code", limit=2, seconds=60) for _try in range(3)] == [False, False, True]
    assert not too_often(other, "code", limit=2, seconds=60)
    assert not too_often(one, "signup", limit=2, seconds=60)


def test_behind_our_proxy_visitors_keep_their_own_address_and_cannot_invent_one(settings) -> None:
    settings.PROXIES = 1
    factory = RequestFactory(REMOTE_ADDR="10.0.0.1")
    one = factory.get("/", headers={"X-Forwarded-For": "198.51.100.7, 192.0.2.1"})
    other = factory.get("/", headers={"X-Forwarded-For": "192.0.2.2"})
    liar = factory.get("/", headers={"X-Forwarded-For": "203.0.113.9, 192.0.2.1"})
    assert not too_often(one, "code", limit=1, seconds=60)
    assert not too_often(other, "code", limit=1, seconds=60)
    assert too_often(liar, "code", limit=1, seconds=60)


def test_a_counter_whose_time_ends_meanwhile_starts_anew(monkeypatch) -> None:
    request = RequestFactory(REMOTE_ADDR="192.0.2.1").get("/")
    assert not too_often(request, "code", limit=1, seconds=60)
    ends = [True]

    def add(key: str, value: int, seconds: int) -> bool:
        if ends.pop():
            cache.delete(key)
            ends.append(False)
            return False  # It was still there when we asked.
        monkeypatch.undo()
        return cache.add(key, value, seconds)

    monkeypatch.setattr(cache, "add", add)
    assert not too_often(request, "code", limit=1, seconds=60)
    assert too_often(request, "code", limit=1, seconds=60)


def test_counting_refuses_nothing_and_an_address_is_kept_only_as_a_name_for_today(settings) -> None:
    request = RequestFactory(REMOTE_ADDR="192.0.2.1").get("/")
    assert [times("ballots:here", seconds=60) for _time in range(3)] == [1, 2, 3]
    assert times("ballots:there", seconds=60) == 1
    name = address_today(request)
    assert "192" not in name
    settings.SECRET_KEY = "another"
    assert address_today(request) != name


def test_something_else_than_a_visitor_can_be_counted_and_its_name_is_not_kept() -> None:
    tries = [too_often_for("jan@example.org", "code-mail", limit=1, seconds=60) for _try in range(2)]
    assert tries == [False, True]
    assert not too_often_for("ann@example.org", "code-mail", limit=1, seconds=60)
    assert not cache.get("throttle:code-mail:jan@example.org")
