"""What a recount starts from: the ballots of a closed round, and the area under which each is published."""

import hashlib
from collections.abc import Iterator

from django.db.models import Count

from haarlemveilig.gemeente.models import AreaVersion
from haarlemveilig.gemeente.selectors import municipality
from participation.ranking.kit import CastBallot, Place, published_areas
from participation.ranking.models import Ballot, Participation, Round


def cast_ballots(round_: Round) -> Iterator[CastBallot]:
    """All ballots, also those that were set apart."""
    rows = Ballot.objects.filter(round=round_).values_list("leaf", "wijk__code", "ranking")
    return (CastBallot(*row) for row in rows.iterator(chunk_size=5000))


def published_areas_of(round_: Round) -> tuple[dict[str, str], str]:
    """Per wijk code the area code of its published rows, and the code of the municipality."""
    city = municipality()
    wijken = AreaVersion.objects.in_year(city.area_year).wijken().select_related("area", "parent")
    places = {wijk.area.code: Place(wijk.parent.code if wijk.parent else "", city.code) for wijk in wijken}
    chose = (
        Ballot.objects.filter(round=round_).exclude(ranking="").values("wijk__code").annotate(n=Count("pk"))
    )
    return published_areas({row["wijk__code"]: row["n"] for row in chose}, places), city.code


def participations_hash(round_: Round) -> str:
    """Over the ids of all participations in order: what dice draw from is fixed before they roll."""
    digest = hashlib.sha256()
    for pk in (
        Participation.objects.filter(round=round_).order_by("pk").values_list("pk", flat=True).iterator()
    ):
        digest.update(f"{pk}\n".encode())
    return digest.hexdigest()
