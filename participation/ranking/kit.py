"""The files with which a stranger counts again: one row per ballot, and the tables behind every figure. Pure.

README.md says what stands in them. The same files come out whenever they are written from the same ballots.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from participation.ranking import merkle
from participation.ranking.ballots import ranking_from

# With fewer participants a row of a wijk could be recognised (section 4.2).
ENOUGH = 100


@dataclass(frozen=True)
class CastBallot:
    """A ballot after closing: `ranking` as stored, "" for no preference."""

    leaf: str
    wijk: str
    ranking: str


@dataclass(frozen=True)
class Place:
    """Where a wijk lies: its stadsdeel ("" where there are none) and the municipality."""

    stadsdeel: str
    municipality: str


def published_areas(participants: Mapping[str, int], places: Mapping[str, Place]) -> dict[str, str]:
    """Per wijk the area under which its rows are published: itself, its stadsdeel, or the municipality.

    `participants` are those who chose something. A wijk or stadsdeel needs a hundred of them. Were one the only
    one of its kind that is coarsened, its rows would be known all the same: then the next smallest goes along.
    """
    coarse = _coarsened(participants, {wijk: place.stadsdeel for wijk, place in places.items()})
    totals: Counter[str] = Counter()
    for wijk, place in places.items():
        totals[place.stadsdeel] += participants.get(wijk, 0)
    known = {place.stadsdeel: place.municipality for place in places.values() if place.stadsdeel}
    too_coarse = _coarsened(totals, known) if any(places[wijk].stadsdeel for wijk in coarse) else set()
    # A stadsdeel that goes along without a small wijk of its own goes along as a whole.
    whole = too_coarse - {places[wijk].stadsdeel for wijk in coarse}
    return {
        wijk: _label(wijk, place, wijk in coarse or place.stadsdeel in whole, place.stadsdeel in too_coarse)
        for wijk, place in places.items()
    }


def _label(wijk: str, place: Place, is_coarse: bool, is_too_coarse: bool) -> str:
    if not is_coarse:
        return wijk
    return place.municipality if is_too_coarse or not place.stadsdeel else place.stadsdeel


def _coarsened(participants: Mapping[str, int], within: Mapping[str, str]) -> set[str]:
    """The areas that are published one level up, by the area they lie in."""
    groups: dict[str, list[str]] = defaultdict(list)
    # Where nobody chose there is no row to hide behind.
    for area in sorted(filter(participants.get, within), key=lambda area: (participants[area], area)):
        groups[within[area]].append(area)
    found: set[str] = set()
    for members in groups.values():
        small = [area for area in members if participants[area] < ENOUGH]
        found.update(members[:2] if len(small) == 1 else small)
    return found


def ballot_rows(ballots: Iterable[CastBallot], areas: Mapping[str, str], municipality: str) -> list[str]:
    """The rows of ballots.csv in order: `leaf;area;A>B>C`.

    No preference is a row of the whole municipality: per wijk these are few.
    """
    return sorted(
        merkle.ballot_row(
            bytes.fromhex(ballot.leaf),
            areas[ballot.wijk] if ballot.ranking else municipality,
            ranking_from(ballot.ranking),
        )
        for ballot in ballots
    )


def root_of(rows: Sequence[str]) -> bytes:
    """The Merkle root over rows in order."""
    return merkle.root([merkle.row_hash(row) for row in rows])
