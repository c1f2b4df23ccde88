"""Three paper forms of the open round that wait for their second entry."""

import random
from dataclasses import dataclass

from haarlemveilig.accounts.models import Role, User
from haarlemveilig.gemeente.selectors import wijken
from haarlemveilig.pages.demo import files
from participation.ranking import services
from participation.ranking.codes import keyed_hash, make_code
from participation.ranking.models import AccessCode, PaperEntry, Participation, Round
from participation.ranking.services import paper


@dataclass(frozen=True)
class DemoForm:
    """What stands on an invented form, and who typed it first."""

    code: str
    wijk: str
    ranking: tuple[str, ...]
    cell: str
    pile: str
    typed_by: Role


def demo_forms() -> list[DemoForm]:
    """The same in every demo, so that somebody can type them a second time."""
    chance = random.Random("demo-paper")  # noqa: S311  anybody may know these
    rows = [
        ("Europawijk", ("verkeer", "afval", "jeugd"), "65+/v", "bibliotheek Schalkwijk", Role.BALIE),
        ("Molenwijk", ("afval", "honden"), "", "bibliotheek Schalkwijk", Role.BALIE),
        ("Parkwijk", ("jeugd",), "35-64/m", "buurthuis Parkwijk", Role.BEHEERDER),
    ]
    return [DemoForm(make_code(chance.choice), *row) for row in rows]


def load_paper() -> None:
    """Type the forms once, each by a demo account; nothing when that was done, or when the round is over."""
    round_ = Round.objects.get(code=files.read_json("ronde.json")["open"]["code"])
    if round_.status != Round.Status.OPEN:
        return
    by_name = {wijk.name: wijk.area_id for wijk in wijken()}
    for form in demo_forms():
        AccessCode.objects.update_or_create(
            code_hash=keyed_hash(form.code, services.code_key()),
            defaults={"round": round_, "wijk_id": by_name[form.wijk], "expires_at": round_.closes_at},
        )
    if not _was_done(round_):
        for form in demo_forms():
            _type(round_, form)


def _was_done(round_: Round) -> bool:
    counted = Participation.objects.filter(round=round_, channel=Participation.Channel.PAPER)
    return PaperEntry.objects.filter(round=round_).exists() or counted.exists()


def _type(round_: Round, form: DemoForm) -> None:
    paper.enter_paper(
        round_=round_,
        voter=paper.voter_of_form(round_=round_, code=form.code),
        choice=services.Choice(ranking=form.ranking, cell=form.cell),
        pile=form.pile,
        actor=User.objects.get(email=f"{form.typed_by.value}@demo.example"),
    )
