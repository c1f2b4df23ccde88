"""Paper forms: typed over by two people, counted once, never readable beside a code."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.utils import timezone

from haarlemveilig.accounts.models import Role, User
from haarlemveilig.audit.models import AuditEntry
from participation.ranking import round_keys, services
from participation.ranking.models import AccessCode, OpenBallot, PaperEntry, Participation, Round
from participation.ranking.selectors import channels
from participation.ranking.services import paper
from tests import factories

pytestmark = pytest.mark.django_db


@dataclass
class Desk:
    """An open round, one form with its code, and two people to type it over."""

    round_: Round
    code: str
    first: User
    second: User

    def voter(self) -> services.Voter:
        return paper.voter_of_form(round_=self.round_, code=self.code)

    def type(self, who: User, *ranking: str, **options: object) -> paper.Entered:
        cell = str(options.pop("cell", ""))
        return paper.enter_paper(
            round_=self.round_,
            voter=self.voter(),
            choice=services.Choice(ranking, cell=cell),
            pile="bibliotheek",
            actor=who,
            **options,
        )


@pytest.fixture
def desk(city: None, settings, tmp_path) -> Desk:
    settings.KEY_DIR = tmp_path / "keys"
    round_ = factories.open_round()
    round_keys.make(round_.code)
    (code,) = services.make_codes(round_=round_, wijken=[factories.area("meerwijk")])
    return Desk(round_, code, factories.user(Role.BALIE), factories.user(Role.BEHEERDER))


def test_a_form_counts_when_two_people_typed_the_same(desk: Desk) -> None:
    assert not desk.type(desk.first, "afval", "jeugd", cell="65+/v").is_counted
    assert not OpenBallot.objects.exists()
    assert not Participation.objects.exists()
    assert desk.type(desk.second, "afval", "jeugd", cell="65+/v").is_counted
    ballot = OpenBallot.objects.get()
    assert (ballot.ranking, ballot.cell, ballot.wijk.slug) == ("afval>jeugd", "65+/v", "meerwijk")
    assert Participation.objects.get().channel == "paper"
    assert not PaperEntry.objects.exists()


def test_nobody_types_both_entries(desk: Desk) -> None:
    desk.type(desk.first, "afval")
    with pytest.raises(paper.SamePerson):
        desk.type(desk.first, "afval")
    with pytest.raises(paper.SamePerson):
        paper.refuse_own(round_=desk.round_, voter=desk.voter(), actor=desk.first)
    assert not OpenBallot.objects.exists()
    assert PaperEntry.objects.get().ranking == "afval"


@pytest.mark.parametrize(("ranking", "cell"), [(("jeugd",), ""), (("afval",), "65+/v"), ((), "")])
def test_two_different_entries_do_not_count_and_both_are_shown(
    desk: Desk, ranking: tuple[str, ...], cell: str
) -> None:
    desk.type(desk.first, "afval")
    entered = desk.type(desk.second, *ranking, cell=cell)
    assert not entered.is_counted
    assert entered.difference
    assert (entered.difference.ranking, entered.difference.cell) == (("afval",), "")
    assert not OpenBallot.objects.exists()
    assert PaperEntry.objects.exists()


def test_the_second_person_decides_with_the_paper_in_hand(desk: Desk) -> None:
    desk.type(desk.first, "afval")
    shown = desk.type(desk.second, "jeugd").difference
    assert shown
    assert desk.type(desk.second, "jeugd", looked_again=shown.token).is_counted
    assert OpenBallot.objects.get().ranking == "jeugd"
    assert AuditEntry.objects.get(action="ranking.paper_counted").details == {"differed": True}


def test_nobody_decides_about_a_difference_that_they_were_not_shown(desk: Desk) -> None:
    desk.type(desk.first, "afval")
    third = factories.user(Role.BELEIDSMEDEWERKER)
    of_somebody_else = desk.type(third, "jeugd").difference
    (other_code,) = services.make_codes(round_=desk.round_, wijken=[factories.area("meerwijk")])
    other = Desk(desk.round_, other_code, desk.first, desk.second)
    other.type(desk.first, "afval")
    of_another_form = other.type(desk.second, "jeugd").difference
    assert of_somebody_else
    assert of_another_form
    for token in ("1", of_somebody_else.token, of_another_form.token):
        assert desk.type(desk.second, "jeugd", looked_again=token).difference
    assert not OpenBallot.objects.exists()
    first = desk.type(desk.second, "jeugd").difference
    PaperEntry.objects.update(ranking="donker")
    assert first
    assert desk.type(desk.second, "jeugd", looked_again=first.token).difference, "it is another one now"


def test_an_entry_is_kept_without_its_code_and_the_log_without_both(desk: Desk) -> None:
    desk.type(desk.first, "afval")
    kept, participation = PaperEntry.objects.get(), desk.voter().participation
    row = " ".join(str(getattr(kept, field.attname)) for field in PaperEntry._meta.fields)
    for telltale in (str(participation), participation.hex, AccessCode.objects.get().code_hash):
        assert telltale not in row
    assert kept.pk != round_keys.ballot_id(desk.round_.code, participation)
    log = " ".join(str(entry.details) for entry in AuditEntry.objects.all())
    assert "afval" not in log
    assert desk.code not in log


def test_a_ballot_that_was_sent_before_is_replaced_only_when_somebody_says_so(desk: Desk) -> None:
    web = services.voter_with_code(round_=desk.round_, code=desk.code)
    services.cast(round_=desk.round_, voter=web, choice=services.Choice(("parkeren",)))
    assert paper.earlier_channel(round_=desk.round_, voter=desk.voter()) == "web"
    with pytest.raises(paper.AlreadySent):
        desk.type(desk.first, "afval")
    assert not PaperEntry.objects.exists()
    desk.type(desk.first, "afval", may_replace=True)
    assert OpenBallot.objects.get().ranking == "parkeren"
    desk.type(desk.second, "afval", may_replace=True)
    assert OpenBallot.objects.get().ranking == "afval"
    assert Participation.objects.get().channel == "paper"


def test_a_ballot_sent_between_the_two_entries_is_noticed_and_may_stand(desk: Desk) -> None:
    desk.type(desk.first, "afval")
    web = services.voter_with_code(round_=desk.round_, code=desk.code)
    services.cast(round_=desk.round_, voter=web, choice=services.Choice(("parkeren",)))
    with pytest.raises(paper.AlreadySent):
        desk.type(desk.second, "afval")
    paper.leave_out_paper(round_=desk.round_, voter=desk.voter(), actor=desk.second)
    assert OpenBallot.objects.get().ranking == "parkeren"
    assert not PaperEntry.objects.exists()


def test_a_form_that_came_in_on_time_is_typed_over_after_the_end(desk: Desk) -> None:
    over = timezone.now() - dt.timedelta(hours=1)
    Round.objects.update(closes_at=over)
    AccessCode.objects.update(expires_at=over)
    desk.round_.refresh_from_db()
    desk.type(desk.first, "afval")
    assert desk.type(desk.second, "afval").is_counted


def test_a_code_that_ended_before_the_round_did_is_refused(desk: Desk) -> None:
    AccessCode.objects.update(expires_at=timezone.now() - dt.timedelta(days=1))
    with pytest.raises(services.CodeRefused, match="niet meer geldig"):
        desk.voter()


def test_a_code_of_another_round_is_refused(desk: Desk) -> None:
    other = factories.open_round(code="2026-2")
    with pytest.raises(services.CodeRefused, match="teken voor teken"):
        paper.voter_of_form(round_=other, code=desk.code)


def test_a_closed_round_takes_no_paper_at_all(desk: Desk) -> None:
    services.close_round(round_=desk.round_)
    with pytest.raises(services.RoundClosed, match="niet bewaard"):
        desk.type(desk.first, "afval")
    assert not PaperEntry.objects.exists()


def test_a_round_does_not_close_while_forms_wait_and_closes_once_they_lapsed(desk: Desk) -> None:
    desk.type(desk.first, "afval")
    with pytest.raises(services.RoundError, match="tweede invoer"):
        services.close_round(round_=desk.round_)
    desk.round_.refresh_from_db()
    with pytest.raises(services.RoundError, match="intussen veranderd"):
        paper.drop_waiting_paper(round_=desk.round_, expected=2, reason="weg", actor=desk.second)
    assert PaperEntry.objects.exists()
    assert paper.drop_waiting_paper(round_=desk.round_, expected=1, reason="weg", actor=desk.second) == 1
    assert AuditEntry.objects.get(action="ranking.paper_dropped").details == {"count": 1, "reason": "weg"}
    services.close_round(round_=desk.round_)


def test_piles_tell_how_many_wait_and_how_many_are_for_the_reader(desk: Desk) -> None:
    desk.type(desk.first, "afval")
    assert channels.piles(desk.round_, desk.first) == [channels.Pile("bibliotheek", waiting=1, own=1)]
    assert channels.piles(desk.round_, desk.second)[0].for_you == 1


def test_forms_that_count_are_told_in_steps_of_fifty(desk: Desk) -> None:
    wijk = factories.area("meerwijk")
    Participation.objects.bulk_create(
        Participation(round=desk.round_, wijk=wijk, way_in="letter_code", channel=channel)
        for channel in ["paper"] * 74 + ["web"] * 60
    )
    assert channels.counted_on_paper(desk.round_) == 50
