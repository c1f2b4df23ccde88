"""What staff see of paper forms: how many wait and how many count, never what is on them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from haarlemveilig.disclosure import public_turnout
from haarlemveilig.gemeente.selectors import wijken
from participation.ranking.models import PaperEntry, Participation, Round


@dataclass(frozen=True)
class Pile:
    """A pile of forms that wait for their second entry; `own` of them the reader typed first."""

    name: str
    waiting: int
    own: int

    @property
    def for_you(self) -> int:
        return self.waiting - self.own


def piles(round_: Round, reader: Any) -> list[Pile]:
    """The piles with forms that wait, by name."""
    rows = (
        PaperEntry.objects.filter(round=round_)
        .values("pile")
        .annotate(waiting=Count("pk"), own=Count("pk", filter=Q(entered_by=reader.pk)))
        .order_by("pile")
    )
    return [Pile(name=row["pile"], waiting=row["waiting"], own=row["own"]) for row in rows]


def counted_on_paper(round_: Round) -> int:
    """How many forms count, in steps of 50."""
    found = Participation.objects.filter(round=round_, channel=Participation.Channel.PAPER)
    return public_turnout(found.count())


def wijk_name(area_id: int) -> str:
    """The name of a wijk on the current map."""
    return next((wijk.name for wijk in wijken() if wijk.area_id == area_id), "")
