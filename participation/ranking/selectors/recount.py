"""What a recount starts from: the ballots of a closed round, the area under which each is published, the files."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum

from haarlemveilig.editions.models import Edition, EditionFile
from haarlemveilig.gemeente.models import AreaVersion, PopulationCell
from haarlemveilig.gemeente.selectors import municipality, population_groups
from participation.ranking.kit import CastBallot, Place, published_areas
from participation.ranking.models import Ballot, Participation, Round

# The youngest band of the population tables that comes nearest to "16 jaar en ouder".
FROM_AGE = 15


def cast_ballots(round_: Round) -> Iterator[CastBallot]:
    """All ballots, also those that were set apart."""
    rows = Ballot.objects.filter(round=round_).values_list("leaf", "wijk__code", "ranking")
    return (CastBallot(*row) for row in rows.iterator(chunk_size=5000))


def wijken_of(round_: Round) -> list[AreaVersion]:
    """The wijken of a round on the current map: those that were chosen for it, or all of them."""
    chosen = set(round_.wijken.values_list("pk", flat=True))
    if chosen:
        # Nobody's ballot is lost because a wijk was taken out after they voted.
        chosen |= set(Ballot.objects.filter(round=round_).values_list("wijk_id", flat=True).distinct())
    found = AreaVersion.objects.in_year(municipality().area_year).wijken()
    return [
        wijk
        for wijk in found.select_related("area", "parent").prefetch_related("neighbours")
        if not chosen or wijk.area_id in chosen
    ]


def published_areas_of(round_: Round) -> tuple[dict[str, str], str]:
    """Per wijk code the area code of its published rows, and the code of the municipality.

    It follows from the ballots as they were at closing, also from those that were set apart later.
    """
    city = municipality().code
    places = {
        wijk.area.code: Place(wijk.parent.code if wijk.parent else "", city) for wijk in wijken_of(round_)
    }
    chose = (
        Ballot.objects.filter(round=round_).exclude(ranking="").values("wijk__code").annotate(n=Count("pk"))
    )
    return published_areas({row["wijk__code"]: row["n"] for row in chose}, places), city


def participations_hash(round_: Round) -> str:
    """Over the ids of all participations in order: what dice draw from is fixed before they roll."""
    digest = hashlib.sha256()
    for pk in (
        Participation.objects.filter(round=round_).order_by("pk").values_list("pk", flat=True).iterator()
    ):
        digest.update(f"{pk}\n".encode())
    return digest.hexdigest()


def residents_by_group() -> dict[str, dict[str, int]]:
    """Residents of about sixteen and older per wijk code and group, from the newest population.

    Where groups are not known one group, "all"; not where a band is unknown.
    """
    if groups := population_groups():
        return groups
    newest = PopulationCell.objects.order_by("-year").first()
    if newest is None:
        return {}
    cells = PopulationCell.objects.filter(year=newest.year, gender="", age_from__gte=FROM_AGE)
    totals = cells.values("area__code").annotate(total=Sum("count"), known=Count("count"), all=Count("pk"))
    return {row["area__code"]: {"all": row["total"]} for row in totals if row["known"] == row["all"]}


@dataclass(frozen=True)
class PublishedKit:
    """The files of a published round, and what their manifest says."""

    files: tuple[EditionFile, ...]
    manifest: Mapping[str, Any]

    @property
    def has_rows(self) -> bool:
        return "ballots.csv" in self.manifest["files"]


def published_kit(edition: Edition) -> PublishedKit | None:
    """The recount kit of an edition; None for one that was published without."""
    files = tuple(edition.files.order_by("name"))
    manifest = next((file for file in files if file.name == "manifest.json"), None)
    if manifest is None:
        return None
    with manifest.file.open() as content:
        return PublishedKit(files=files, manifest=json.load(content))
