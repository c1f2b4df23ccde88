"""What residents wrote beside their ballot, as a moderator let it through."""

from collections.abc import Collection
from dataclasses import dataclass

from participation.ranking.models import Remark


@dataclass(frozen=True)
class ShownRemark:
    """One text, with what kind of remark it is ("waarom dit belangrijk is")."""

    kind: str
    text: str


def shown_remarks(round_code: str, wijken: Collection[str]) -> list[ShownRemark]:
    """The texts that may be read by everybody, of these wijk codes: reasons first, then what people want to do."""
    order = [Remark.Kind.MOTIVATION, Remark.Kind.OWN_PART, Remark.Kind.SUGGESTION]
    found = Remark.objects.filter(round__code=round_code, wijk__code__in=wijken, state=Remark.State.SHOWN)
    rows = sorted(found, key=lambda remark: (order.index(Remark.Kind(remark.kind)), remark.pk))
    return [ShownRemark(remark.get_kind_display(), remark.public_text) for remark in rows]
