"""Between closing and counting: flagged ballots, what residents wrote, and the sample of the griffie."""

import uuid
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from haarlemveilig.accounts.models import Role, User
from haarlemveilig.audit.models import AuditEntry
from participation.ranking import round_keys, services
from participation.ranking.models import (
    AreaResult,
    AuditedParticipation,
    Ballot,
    OpenRemark,
    Participation,
    Quarantine,
    Remark,
    Round,
    SampleAudit,
)
from participation.ranking.sample import drawn_numbers
from participation.ranking.services import judging, moderating
from tests import factories

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def round_(city: None, settings, tmp_path) -> Round:
    settings.KEY_DIR = tmp_path / "keys"
    made = factories.open_round(asks_remarks=True)
    round_keys.make(made.code)
    return made


def cast(round_: Round, ranking: tuple[str, ...], times: int = 1, **more: object) -> None:
    wijk = factories.area("parkwijk")
    for _time in range(times):
        voter = services.Voter(uuid.uuid4(), wijk.pk, wijk.code, "postcode")
        services.cast(round_=round_, voter=voter, choice=services.Choice(ranking, **more))


@pytest.fixture
def flagged(round_: Round) -> Round:
    """Forty ballots, twelve of which were sent too fast; closed."""
    cast(round_, ("jeugd",), 28)
    cast(round_, ("afval",), 12, flags=("fast",))
    services.close_round(round_=round_)
    return round_


@pytest.fixture
def first(db: None) -> User:
    return factories.user(Role.BELEIDSMEDEWERKER)


@pytest.fixture
def second(db: None) -> User:
    return factories.user(Role.BEHEERDER)


def rows() -> list[int]:
    return list(Quarantine.objects.values_list("pk", flat=True))


# --- flagged ballots --------------------------------------------------------------------------------
def test_closing_lists_what_stood_out_per_wijk(flagged: Round) -> None:
    row = Quarantine.objects.get()
    assert (row.flag, row.wijk.slug, row.ballots, row.sets_apart) == ("fast", "parkwijk", 12, None)


def test_a_ballot_with_two_flags_stands_in_both_rows(round_: Round) -> None:
    cast(round_, ("afval",), flags=("fast", "burst"))
    services.close_round(round_=round_)
    assert set(Quarantine.objects.values_list("flag", "ballots")) == {("fast", 1), ("burst", 1)}


def test_nobody_counts_before_two_people_decided(flagged: Round, first: User) -> None:
    with pytest.raises(services.RoundError, match="nog niet door twee mensen"):
        services.count_round(round_=flagged)
    judging.propose(round_=flagged, rows=rows(), sets_apart=True, reason="x", actor=first)
    flagged.refresh_from_db()
    with pytest.raises(services.RoundError, match="nog niet door twee mensen"):
        services.count_round(round_=flagged)
    assert Round.objects.get().status == "closed"


def test_who_proposed_cannot_confirm(flagged: Round, first: User) -> None:
    judging.propose(round_=flagged, rows=rows(), sets_apart=True, reason="x", actor=first)
    with pytest.raises(services.RoundError, match="zelf voor"):
        judging.confirm(round_=flagged, rows=rows(), actor=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        Quarantine.objects.update(confirmed_by=first)


def test_ballots_that_are_set_apart_count_only_in_the_other_result(
    flagged: Round, first: User, second: User
) -> None:
    judging.propose(round_=flagged, rows=rows(), sets_apart=True, reason="Een script.", actor=first)
    judging.confirm(round_=flagged, rows=rows(), actor=second)
    services.count_round(round_=flagged)
    result = AreaResult.objects.get(area__slug="haarlem")
    assert (result.participants, result.tally_with_all["participants"]) == (28, 40)
    assert Ballot.objects.filter(is_set_apart=True).count() == 12
    edition = services.publish_round(round_=flagged)
    (told,) = edition.view_model["set_apart"]
    assert told == {"flag": "fast", "area": "WK039209", "ballots": 12, "reason": "Een script."}
    with edition.files.get(name="apart.csv").file.open() as file:
        assert len(file.read().split()) == 12


def test_ballots_that_stand_out_and_are_right_all_count(flagged: Round, first: User, second: User) -> None:
    judging.propose(round_=flagged, rows=rows(), sets_apart=False, reason="Bibliotheek.", actor=first)
    judging.confirm(round_=flagged, rows=rows(), actor=second)
    services.count_round(round_=flagged)
    result = AreaResult.objects.get(area__slug="haarlem")
    assert (result.participants, result.tally_with_all) == (40, {})


def test_published_is_how_many_were_really_set_apart(round_: Round, first: User, second: User) -> None:
    """Who had no preference is never set apart; a count with them would tell how few they were."""
    cast(round_, ("jeugd",), 28)
    cast(round_, ("afval",), 12, flags=("fast",))
    cast(round_, (), 3, flags=("fast",))
    services.close_round(round_=round_)
    judging.propose(round_=round_, rows=rows(), sets_apart=True, reason="Een script.", actor=first)
    judging.confirm(round_=round_, rows=rows(), actor=second)
    services.count_round(round_=round_)
    (told,) = services.publish_round(round_=round_).view_model["set_apart"]
    assert told["ballots"] == 12


def test_another_proposal_undoes_the_confirmation(flagged: Round, first: User, second: User) -> None:
    judging.propose(round_=flagged, rows=rows(), sets_apart=True, reason="x", actor=first)
    judging.confirm(round_=flagged, rows=rows(), actor=second)
    judging.propose(round_=flagged, rows=rows(), sets_apart=False, reason="Toch niet.", actor=second)
    row = Quarantine.objects.get()
    assert (row.sets_apart, row.confirmed_by) == (False, None)


def test_after_counting_nothing_is_decided_any_more(round_: Round, first: User) -> None:
    services.close_round(round_=round_)
    services.count_round(round_=round_)
    with pytest.raises(services.RoundError, match="voor het tellen"):
        judging.propose(round_=round_, rows=[], sets_apart=True, reason="x", actor=first)


def test_two_colleagues_decide_on_the_page_without_seeing_a_choice(flagged: Round, sign_in: SignIn) -> None:
    there = reverse("ranking:quarantine", args=[flagged.code])
    officer, colleague = sign_in(Role.BELEIDSMEDEWERKER), sign_in(Role.BEHEERDER)
    page = officer.get(there)
    assert "sneller ingevuld" in page.text
    assert "afval" not in page.text.lower().replace("afvallen", "")
    data = {"rij": rows(), "sets_apart": "yes", "reason": "Een script."}
    officer.post(there, data)
    confirm = reverse("ranking:quarantine_confirm", args=[flagged.code])
    assert "zelf voor" in officer.post(confirm, {"rij": rows()}, follow=True).text
    assert "Bevestigd: 1" in colleague.post(confirm, {"rij": rows()}, follow=True).text
    assert AuditEntry.objects.filter(action="ranking.quarantine_confirmed").count() == 1


def test_a_proposal_without_rows_or_reason_is_refused_and_keeps_what_was_typed(
    flagged: Round, sign_in: SignIn
) -> None:
    there = reverse("ranking:quarantine", args=[flagged.code])
    officer = sign_in(Role.BELEIDSMEDEWERKER)
    assert "Kruis eerst aan" in officer.post(there, {"sets_apart": "yes", "reason": "x"}).text
    page = officer.post(there, {"rij": rows(), "sets_apart": "yes"})
    assert "Vul in: Reden" in page.text
    assert page.context["ticked"] == rows()


# --- the counted result -----------------------------------------------------------------------------
def test_a_counted_result_is_looked_over_before_it_is_public(round_: Round, sign_in: SignIn) -> None:
    there = reverse("ranking:check", args=[round_.code])
    officer = sign_in(Role.BELEIDSMEDEWERKER)
    cast(round_, ("afval", "jeugd"), 120)
    services.close_round(round_=round_)
    assert officer.get(there).status_code == 404
    services.count_round(round_=round_)
    page = officer.get(there)
    assert "Nog niet openbaar." in page.text
    city = page.context["areas"][0]
    assert (city.name, city.area.participants) == ("Haarlem", 120)
    assert {row.theme.code: row.stability for row in city.themes}["afval"] == 1


# --- what residents wrote ---------------------------------------------------------------------------
def test_remarks_are_laid_down_without_the_voter_and_in_another_order(round_: Round) -> None:
    for text in ("Zebra", "Aap", "Noot"):
        cast(round_, ("afval",), remarks={"motivation": text})
    assert OpenRemark.objects.count() == 9
    services.close_round(round_=round_)
    assert not OpenRemark.objects.exists()
    assert list(Remark.objects.values_list("kind", "text", "state")) == [
        ("motivation", "Aap", "new"),
        ("motivation", "Noot", "new"),
        ("motivation", "Zebra", "new"),
    ]


def test_a_new_ballot_replaces_what_was_written_with_the_old_one(round_: Round) -> None:
    wijk = factories.area("parkwijk")
    voter = services.Voter(uuid.uuid4(), wijk.pk, wijk.code, "postcode")
    for text in ("Eerst", ""):
        services.cast(
            round_=round_, voter=voter, choice=services.Choice(("afval",), remarks={"suggestion": text})
        )
    services.close_round(round_=round_)
    assert not Remark.objects.exists()


def test_nobody_reads_remarks_while_the_round_is_open(round_: Round, sign_in: SignIn) -> None:
    cast(round_, ("afval",), remarks={"motivation": "Lees mij niet."})
    assert sign_in(Role.REDACTEUR).get(reverse("ranking:remarks", args=[round_.code])).status_code == 404


def test_a_moderator_shows_a_remark_in_other_words_or_hides_it(round_: Round, sign_in: SignIn) -> None:
    cast(round_, ("afval",), remarks={"motivation": "Jan de Vries gooit alles op straat."})
    services.close_round(round_=round_)
    remark, editor = Remark.objects.get(), sign_in(Role.REDACTEUR)
    there = reverse("ranking:remark_moderate", args=[round_.code, remark.pk])
    assert "Jan de Vries" in editor.get(reverse("ranking:remarks", args=[round_.code])).text
    assert "Schrijf eerst de tekst" in editor.post(there, {"wat": "tonen", "tekst": " "}, follow=True).text
    editor.post(there, {"wat": "tonen", "tekst": "Iemand gooit alles  op straat."})
    remark.refresh_from_db()
    assert (remark.state, remark.public_text) == ("shown", "Iemand gooit alles op straat.")
    editor.post(there, {"wat": "verbergen", "tekst": "Iemand gooit alles op straat."})
    remark.refresh_from_db()
    assert (remark.state, remark.public_text) == ("hidden", "")


def test_the_database_shows_nothing_that_no_moderator_wrote(round_: Round, first: User) -> None:
    remark = Remark.objects.create(round=round_, wijk=factories.area("parkwijk"), kind="own_part", text="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.update(state="shown")
    moderating.moderate(remark=remark, state="hidden", public_text="blijft weg", actor=first)
    assert Remark.objects.get().public_text == ""


# --- the sample -------------------------------------------------------------------------------------
def test_dice_draw_participations_that_everybody_can_draw_again(flagged: Round, sign_in: SignIn) -> None:
    griffie = sign_in(Role.GRIFFIE)
    griffie.post(reverse("ranking:samples", args=[flagged.code]), {"dice": "3516246135", "size": "60"})
    audit = SampleAudit.objects.get()
    numbers = list(audit.rows.values_list("number", flat=True))
    assert numbers == drawn_numbers("3516246135", population=40, size=40)
    ids = list(Participation.objects.order_by("pk").values_list("pk", flat=True))
    assert [row.participation_id for row in audit.rows.all()] == [ids[number - 1] for number in numbers]
    page = griffie.get(reverse("ranking:sample", args=[flagged.code, audit.pk]))
    assert "0 van 40 nagegaan" in page.text


def test_what_was_found_is_kept(flagged: Round, sign_in: SignIn) -> None:
    griffie = sign_in(Role.GRIFFIE)
    griffie.post(reverse("ranking:samples", args=[flagged.code]), {"dice": "3516246135", "size": "60"})
    row = AuditedParticipation.objects.first()
    assert row is not None
    griffie.post(
        reverse("ranking:sample_judge", args=[flagged.code, row.audit_id, row.pk]),
        {"outcome": "not_confirmed", "note": "Deed niet mee."},
    )
    row.refresh_from_db()
    assert (row.outcome, row.note) == ("not_confirmed", "Deed niet mee.")


def test_a_sample_waits_until_the_round_is_closed(round_: Round, sign_in: SignIn) -> None:
    assert sign_in(Role.GRIFFIE).get(reverse("ranking:samples", args=[round_.code])).status_code == 404


@pytest.mark.parametrize("dice", ["", "12", "abcdefghijkl", "1203123123123", "1234561237"])
def test_a_throw_that_is_none_is_refused(flagged: Round, sign_in: SignIn, dice: str) -> None:
    page = sign_in(Role.GRIFFIE).post(
        reverse("ranking:samples", args=[flagged.code]), {"dice": dice, "size": "60"}
    )
    assert page.status_code == 200
    assert not SampleAudit.objects.exists()
