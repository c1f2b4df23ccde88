import pytest
from django.db import DatabaseError

from haarlemveilig.accounts.models import User
from haarlemveilig.audit.models import AuditEntry
from haarlemveilig.canonical import sha256_of
from haarlemveilig.editions.models import Edition
from haarlemveilig.gemeente.selectors import WijkName
from priorities import services
from priorities.departures import Choice, Lack
from priorities.models import Weighing
from priorities.selectors import chosen_of, explanations_of
from tests import factories

COMPLETE = [Choice(1, "afval", "Bovenaan."), Choice(2, "donker", "Veel verhalen.")]
EXPLAINED = {"verkeer": "De drempels liggen er al."}


@pytest.fixture
def officer(db: None) -> User:
    return factories.user("beleidsmedewerker")


@pytest.fixture
def weighing(result: Edition, parkwijk: WijkName) -> Weighing:
    return Weighing.objects.first_or_new(parkwijk.area_id, 2027)


def log() -> list[str]:
    return [line.action for line in AuditEntry.objects.filter(action__startswith="priorities.")]


def test_it_saves_an_incomplete_draft_with_a_log_line(weighing: Weighing, officer: User) -> None:
    services.save_weighing(
        weighing=weighing, chosen=[Choice(2, "jeugd")], explanations={"verkeer": ""}, version=0, actor=officer
    )
    assert chosen_of(weighing) == (Choice(2, "jeugd", ""),)
    assert explanations_of(weighing) == {}
    assert (weighing.version, weighing.saved_by, weighing.status) == (1, officer, "draft")
    assert log() == ["priorities.weighing_saved"]


def test_it_lets_two_numbers_swap(weighing: Weighing, officer: User) -> None:
    for version, codes in enumerate((["afval", "jeugd"], ["jeugd", "afval"])):
        chosen = [Choice(rank, code, "x") for rank, code in enumerate(codes, start=1)]
        services.save_weighing(
            weighing=weighing, chosen=chosen, explanations={}, version=version, actor=officer
        )
    assert [choice.theme for choice in chosen_of(weighing)] == ["jeugd", "afval"]


def test_it_refuses_a_save_over_somebody_elses(weighing: Weighing, officer: User) -> None:
    services.save_weighing(weighing=weighing, chosen=COMPLETE, explanations={}, version=0, actor=officer)
    with pytest.raises(services.ChangedMeanwhile):
        services.save_weighing(weighing=weighing, chosen=[], explanations={}, version=0, actor=officer)
    assert chosen_of(weighing) == tuple(COMPLETE)
    assert log() == ["priorities.weighing_saved"]


def test_it_refuses_to_adopt_while_reasons_are_missing(
    weighing: Weighing, parkwijk: WijkName, officer: User
) -> None:
    with pytest.raises(services.Incomplete) as refusal:
        services.adopt(
            wijk=parkwijk,
            weighing=weighing,
            chosen=[Choice(1, "afval", " ")],
            explanations={"verkeer": "\n"},
            version=0,
            actor=officer,
        )
    assert {(gap.lack, gap.theme) for gap in refusal.value.gaps} == {
        (Lack.NO_REASON, "afval"),
        (Lack.UNEXPLAINED, "verkeer"),
    }
    weighing.refresh_from_db()
    assert (weighing.status, weighing.version) == ("draft", 0)
    assert log() == []


def adopt(weighing: Weighing, parkwijk: WijkName, officer: User, **changes: object) -> None:
    # Jeugd is only possibly in the top 3: its reason is not a departure and is not kept.
    arguments: dict[str, object] = {
        "chosen": COMPLETE,
        "explanations": {**EXPLAINED, "afval": "Toch gekozen."},
        "version": 0,
    }
    services.adopt(wijk=parkwijk, weighing=weighing, actor=officer, **(arguments | changes))  # type: ignore[arg-type]


def test_it_adopts_with_the_evidence_its_hash_and_the_result(
    weighing: Weighing, parkwijk: WijkName, officer: User, result: Edition
) -> None:
    adopt(weighing, parkwijk, officer)
    stored = Weighing.objects.get()
    assert stored.is_adopted
    assert stored.adopted_by == officer
    assert stored.result == result
    assert stored.evidence_sha256 == sha256_of(stored.evidence)
    assert stored.evidence["area"]["participants"] == 214
    assert stored.evidence["priorities"][0] == {"rank": 1, "theme": "afval", "reason": "Bovenaan."}
    assert explanations_of(stored) == EXPLAINED == stored.evidence["departures"]
    line = AuditEntry.objects.get(action="priorities.weighing_adopted")
    assert line.details == {"sha256": stored.evidence_sha256}


def test_it_adopts_without_a_round_for_there_is_nothing_to_depart_from(
    parkwijk: WijkName, officer: User
) -> None:
    weighing = Weighing.objects.first_or_new(parkwijk.area_id, 2031)
    adopt(weighing, parkwijk, officer, explanations={})
    assert Weighing.objects.get().result is None


def test_what_is_adopted_stays(weighing: Weighing, parkwijk: WijkName, officer: User) -> None:
    adopt(weighing, parkwijk, officer)
    with pytest.raises(services.AlreadyAdopted):
        adopt(weighing, parkwijk, officer, version=1)
    with pytest.raises(services.AlreadyAdopted):
        services.save_weighing(weighing=weighing, chosen=[], explanations={}, version=1, actor=officer)
    assert chosen_of(Weighing.objects.get()) == tuple(COMPLETE)


def test_a_failing_log_undoes_the_adoption(
    weighing: Weighing, parkwijk: WijkName, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise DatabaseError("log is full")

    monkeypatch.setattr(services, "record", broken)
    with pytest.raises(DatabaseError):
        adopt(weighing, parkwijk, officer)
    stored = Weighing.objects.get()
    assert not stored.is_adopted
    assert chosen_of(stored) == ()
