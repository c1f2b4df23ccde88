"""Making figures public, and taking them back. Nothing else decides what readers see."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from haarlemveilig.audit.services import record
from haarlemveilig.gemeente.models import Area
from indicators.models import Indicator, Publication
from indicators.selectors.publishing import fingerprint, gaps_of, news_of


class NotReady(Exception):
    """Some of these indicators may not become public yet; `gaps` has their names with what is missing."""

    def __init__(self, gaps: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(", ".join(gaps))
        self.gaps = gaps


class FiguresChanged(Exception):
    """Since somebody looked, figures were added; nothing became public."""


def hold_figures() -> None:
    """Until this transaction ends nobody else changes figures or makes them public; an import does the same.

    A figure that is still being written could otherwise slip in under the moment of a publication, unseen.
    """
    list(Area.objects.select_for_update(no_key=True).filter(level=Area.Level.GEMEENTE))


@transaction.atomic
def publish_indicators(*, indicators: Iterable[Indicator], actor: Any, expected: str = "") -> int:
    """Let readers see what is known now of these indicators; answers how many there were.

    `expected` is the fingerprint of what the person looked at. All of them, or none: raises NotReady or
    FiguresChanged.
    """
    hold_figures()
    wanted = sorted({one.pk for one in indicators})
    chosen = list(Indicator.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    gaps = {one.name: missing for one in chosen if (missing := gaps_of(one))}
    if gaps:
        raise NotReady(gaps)
    if expected and fingerprint(news_of(chosen)) != expected:
        raise FiguresChanged
    moment = timezone.now()
    Indicator.objects.filter(pk__in=wanted).update(
        published_at=moment, public_since=Coalesce("public_since", Value(moment))
    )
    Publication.objects.bulk_create(
        [Publication(indicator=one, published_at=moment, published_by=actor) for one in chosen]
    )
    for one in chosen:
        record("indicators.indicator_published", actor=actor, target=one)
    return len(chosen)


@transaction.atomic
def withdraw_indicator(*, indicator: Indicator, reason: str, actor: Any) -> bool:
    """Let readers see nothing of this indicator any more, nor look back. Answers whether it was public."""
    was_public = Indicator.objects.filter(pk=indicator.pk, published_at__isnull=False).update(
        published_at=None, public_since=None
    )
    if was_public:
        record("indicators.indicator_withdrawn", actor=actor, target=indicator, reason=reason)
    return bool(was_public)
