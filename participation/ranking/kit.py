"""The files with which a stranger counts again: one row per ballot, and the tables behind every figure. Pure.

kit_files.py says what stands in them. The same files come out whenever they are written from the same ballots.
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

    `participants` are those who chose something. A wijk or stadsdeel needs a hundred of them. Those that have
    fewer go one level up together, and the next smallest with them, until they are at least two with a hundred
    together: else their rows would be known all the same.
    """
    coarse = _coarsened(participants, {wijk: place.stadsdeel for wijk, place in places.items()})
    totals: Counter[str] = Counter()
    for wijk, place in places.items():
        totals[place.stadsdeel] += participants.get(wijk, 0)
    known = {place.stadsdeel: place.municipality for place in places.values() if place.stadsdeel}
    too_coarse = _coarsened(totals, known) if any(places[wijk].stadsdeel for wijk in coarse) else set()
    # A stadsdeel that goes along without a small wijk of its own goes along as a whole.
    whole = too_coarse - {places[wijk].stadsdeel for wijk in coarse}
    # Of a wijk without participants nothing may tell that there were none.
    coarse |= {wijk for wijk in places if not participants.get(wijk)}
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
    return {area for members in groups.values() for area in _together(members, participants)}


def _together(members: Sequence[str], participants: Mapping[str, int]) -> Sequence[str]:
    """The small ones among `members`, smallest first, and who has to go along so that they cannot be told apart."""
    count = sum(participants[area] < ENOUGH for area in members)
    if not count:
        return []
    count = max(count, 2)
    while count < len(members) and sum(participants[area] for area in members[:count]) < ENOUGH:
        count += 1
    return members[:count]


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
