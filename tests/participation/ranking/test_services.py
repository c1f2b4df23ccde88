import datetime as dt
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from haarlemveilig.audit.models import AuditEntry
from haarlemveilig.editions.models import Edition
from participation.ranking import round_keys, services
from participation.ranking.models import AccessCode, AreaResult, Ballot, OpenBallot, Participation, Round
from participation.ranking.selectors import result_of_round
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(city: None, settings, tmp_path) -> Round:
    settings.KEY_DIR = tmp_path / "keys"
    made = factories.open_round()
    round_keys.make(made.code)
    return made


def voter(slug: str = "parkwijk", participation: uuid.UUID | None = None) -> services.Voter:
    wijk = factories.area(slug)
    return services.Voter(
        participation=participation or uuid.uuid4(), wijk_id=wijk.pk, wijk_code=wijk.code, way_in="postcode"
    )


def cast_many(round_: Round, slug: str, ranking: tuple[str, ...], times: int) -> None:
    for _time in range(times):
        services.cast(round_=round_, voter=voter(slug), choice=services.Choice(ranking))


def test_a_ballot_is_stored_apart_from_who_took_part(round_: Round) -> None:
    receipt = services.cast(round_=round_, voter=voter(), choice=services.Choice(("afval", "jeugd")))
    ballot = OpenBallot.objects.get()
    participation = Participation.objects.get()
    assert ballot.ranking == "afval>jeugd"
    assert ballot.leaf == receipt.leaf().hex()
    assert str(participation.pk) not in ballot.pk
    assert {field.name for field in OpenBallot._meta.fields} == {
        "id",
        "round",
        "wijk",
        "ranking",
        "cell",
        "nonce",
        "leaf",
        "flags",
    }


def test_a_second_ballot_of_the_same_participation_replaces_the_first(round_: Round) -> None:
    same = voter()
    services.cast(round_=round_, voter=same, choice=services.Choice(("afval",)))
    services.cast(round_=round_, voter=same, choice=services.Choice(("jeugd",)))
    assert OpenBallot.objects.get().ranking == "jeugd"
    assert Participation.objects.count() == 1
    receipt = services.receipt_of(round_=round_, participation=same.participation)
    assert receipt is not None
    assert receipt.ranking == ("jeugd",)
    assert receipt.leaf().hex() == OpenBallot.objects.get().leaf


def test_a_ballot_after_the_end_does_not_count(round_: Round) -> None:
    Round.objects.update(closes_at=timezone.now() - dt.timedelta(minutes=1))
    with pytest.raises(services.RoundClosed):
        services.cast(round_=round_, voter=voter(), choice=services.Choice(("afval",)))
    assert not OpenBallot.objects.exists()
    assert not Participation.objects.exists()


def test_a_code_leads_to_the_same_participation_each_time(round_: Round) -> None:
    (code,) = services.make_codes(round_=round_, wijken=[factories.area("meerwijk")])
    first = services.voter_with_code(round_=round_, code=code.lower())
    services.cast(round_=round_, voter=first, choice=services.Choice(("afval",)))
    again = services.voter_with_code(round_=round_, code=code)
    assert again == first
    assert again.wijk_code == "WK039221"


def test_a_code_is_kept_only_as_a_hash(round_: Round) -> None:
    (code,) = services.make_codes(round_=round_, wijken=[factories.area("meerwijk")])
    kept = AccessCode.objects.get()
    assert code.replace("-", "") not in kept.code_hash.upper()
    assert code not in str(AuditEntry.objects.values_list("details", flat=True))


def test_a_wrong_and_an_expired_code_are_refused_in_plain_words(round_: Round) -> None:
    with pytest.raises(services.CodeRefused, match="klopt niet"):
        services.voter_with_code(round_=round_, code="AAAA-AAAA-AAAA")
    (code,) = services.make_codes(round_=round_, wijken=[factories.area("meerwijk")])
    AccessCode.objects.update(expires_at=timezone.now() - dt.timedelta(days=1))
    with pytest.raises(services.CodeRefused, match="niet meer geldig"):
        services.voter_with_code(round_=round_, code=code)


def test_a_round_that_is_not_ready_does_not_open(city: None) -> None:
    draft = factories.open_round(status="draft", ways_in=[])
    draft.themes.clear()
    with pytest.raises(services.RoundError, match=r"twee onderwerpen.*manier om mee te doen"):
        services.open_round(round_=draft)
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_closing_destroys_the_key_and_lays_the_ballots_down_in_the_order_of_their_proofs(
    round_: Round,
) -> None:
    mine = voter()
    services.cast(round_=round_, voter=mine, choice=services.Choice(("afval",)))
    cast_many(round_, "parkwijk", ("jeugd",), 5)
    services.close_round(round_=round_)
    with pytest.raises(round_keys.KeyGone):
        round_keys.ballot_id(round_.code, mine.participation)
    assert not OpenBallot.objects.exists()
    leaves = list(Ballot.objects.order_by("pk").values_list("leaf", flat=True))
    assert leaves == sorted(leaves)
    assert len(leaves) == Participation.objects.count() == 6
    assert AuditEntry.objects.filter(action="ranking.key_destroyed").exists()


def test_a_closed_round_cannot_be_opened_again(round_: Round) -> None:
    services.close_round(round_=round_)
    with pytest.raises(services.RoundError):
        services.open_round(round_=round_)
    with pytest.raises(services.RoundError):
        services.close_round(round_=round_)


def test_counting_gives_wijken_stadsdelen_and_the_city(round_: Round) -> None:
    cast_many(round_, "parkwijk", ("afval", "verkeer"), 30)
    cast_many(round_, "slachthuiswijk", ("verkeer",), 12)
    cast_many(round_, "meerwijk", ("jeugd",), 4)
    cast_many(round_, "molenwijk", ("jeugd", "afval"), 8)
    services.close_round(round_=round_)
    services.count_round(round_=round_)
    services.publish_round(round_=round_)
    published = result_of_round(round_.code)
    assert published is not None
    areas = published.result.areas
    parkwijk = areas["WK039209"]
    assert parkwijk.participants == 30
    assert [(theme.code, theme.share) for theme in parkwijk.themes[:2]] == [("afval", 1.0), ("verkeer", 1.0)]
    assert not parkwijk.shows_ranks
    assert areas["WK039208"].participants == 12
    assert areas["WK039208"].themes == ()
    assert areas["GM0392"].participants == 54
    assert areas["oost"].participants == 42


def test_a_wijk_with_too_few_is_counted_with_its_neighbour_so_that_no_subtraction_reveals_it(
    round_: Round,
) -> None:
    cast_many(round_, "meerwijk", ("jeugd",), 4)
    cast_many(round_, "molenwijk", ("afval",), 30)
    services.close_round(round_=round_)
    services.count_round(round_=round_)
    views = {result.area.slug: result.tally for result in AreaResult.objects.select_related("area")}
    assert views["meerwijk"]["merged_with"] == ["WK039220"]
    assert views["meerwijk"]["participants"] == views["molenwijk"]["participants"] == 34


def test_a_stadsdeel_with_too_few_is_counted_with_another_and_cannot_be_subtracted(round_: Round) -> None:
    cast_many(round_, "meerwijk", ("jeugd",), 4)
    cast_many(round_, "parkwijk", ("afval",), 30)
    cast_many(round_, "slachthuiswijk", ("afval",), 12)
    services.close_round(round_=round_)
    services.count_round(round_=round_)
    views = {result.area.slug: result.tally for result in AreaResult.objects.select_related("area")}
    assert views["oost"]["participants"] == views["schalkwijk"]["participants"] == 46
    assert views["schalkwijk"]["merged_with"] == ["oost"]
    assert views["parkwijk"]["participants"] == 30
    assert views["meerwijk"]["participants"] == views["slachthuiswijk"]["participants"] == 16


def test_how_many_had_no_preference_is_told_of_the_whole_only(round_: Round) -> None:
    cast_many(round_, "parkwijk", ("afval",), 30)
    cast_many(round_, "parkwijk", (), 11)
    services.close_round(round_=round_)
    services.count_round(round_=round_)
    views = {result.area.slug: result.tally for result in AreaResult.objects.select_related("area")}
    assert views["haarlem"]["abstentions"] == 11
    assert views["parkwijk"]["abstentions"] is None


def test_closing_that_was_cut_off_is_finished_before_counting(round_: Round, monkeypatch) -> None:
    cast_many(round_, "parkwijk", ("afval",), 12)

    def fail(_code: str) -> bool:
        raise OSError("disk")

    monkeypatch.setattr(round_keys, "destroy", fail)
    with pytest.raises(OSError, match="disk"):
        services.close_round(round_=round_)
    monkeypatch.undo()
    assert round_keys.exists(round_.code)
    services.count_round(round_=Round.objects.get())
    assert not round_keys.exists(round_.code)
    assert AuditEntry.objects.filter(action="ranking.key_destroyed").count() == 1


def test_a_round_that_is_closed_before_its_end_says_that_it_ended_today(round_: Round) -> None:
    services.close_round(round_=round_)
    round_.refresh_from_db()
    assert round_.closes_at <= timezone.now()


def test_a_way_in_that_the_round_does_not_offer_counts_nothing(round_: Round) -> None:
    Round.objects.update(ways_in=["letter_code"])
    with pytest.raises(services.RoundClosed, match="Op deze manier"):
        services.cast(round_=round_, voter=voter(), choice=services.Choice(("afval",)))
    assert not Participation.objects.exists()


def test_a_published_result_cannot_be_changed(round_: Round) -> None:
    cast_many(round_, "parkwijk", ("afval",), 10)
    services.close_round(round_=round_)
    services.count_round(round_=round_)
    edition = services.publish_round(round_=round_)
    with pytest.raises(Exception, match="never changed"), connection.cursor() as cursor:
        cursor.execute("UPDATE editions_edition SET title = 'iets anders' WHERE number = 1")
    assert edition.kind == Edition.Kind.ROUND_RESULT


def test_nobody_asks_for_results_while_a_round_is_open(round_: Round) -> None:
    cast_many(round_, "parkwijk", ("afval",), 3)
    for act in (services.count_round, services.publish_round):
        with pytest.raises(services.RoundError):
            act(round_=round_)
    assert not AreaResult.objects.exists()
