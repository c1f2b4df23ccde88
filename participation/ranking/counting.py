"""From the ballots of a closed round to what may be said of each area."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import Count, Sum

from haarlemveilig.disclosure import Tier, public_count
from haarlemveilig.gemeente.models import Area, AreaVersion, PopulationCell
from haarlemveilig.gemeente.selectors import municipality
from participation.ranking import merkle
from participation.ranking.ballots import BallotLine, ranking_from
from participation.ranking.merging import merge_small, merge_stadsdelen
from participation.ranking.models import Ballot, Round
from participation.ranking.published import AreaResultView, ThemeResult
from participation.ranking.results import AreaTally
from participation.ranking.tally import count_areas

# The youngest band of the population tables that comes nearest to "16 jaar en ouder".
FROM_AGE = 15


def count_by_area(round_: Round) -> dict[str, AreaResultView]:
    """The result per area code: every wijk on the map, every stadsdeel, and the municipality.

    Wijken, and whole stadsdelen, with fewer than ten participants are counted together with a neighbour first.
    """
    lines = _lines(round_)
    wijken = list(
        AreaVersion.objects.in_year(municipality().area_year).wijken().prefetch_related("neighbours")
    )
    groups = _groups(lines, wijken)
    residents = _residents()
    views = {
        code: _view(code, level, tally, residents=_of_members(residents, members))
        for code, (level, tally, members) in _tallies(round_, lines, groups).items()
    }
    return _with_partners(views, groups.wijken | groups.stadsdelen)


@dataclass(frozen=True)
class Groups:
    """Which wijken are counted together, which stadsdelen, and to which of those a wijk belongs."""

    wijken: dict[str, tuple[str, ...]]
    stadsdelen: dict[str, tuple[str, ...]]
    stadsdeel_of: dict[str, str]


def _groups(lines: list[BallotLine], wijken: list[AreaVersion]) -> Groups:
    neighbours = {version.area.code: [area.code for area in version.neighbours.all()] for version in wijken}
    own = {version.area.code: version.parent.code if version.parent else "" for version in wijken}
    participants = _participants(lines, own)
    stadsdelen = merge_stadsdelen(participants, neighbours=neighbours, stadsdeel=own)
    together = {wijk: stadsdelen[name][0] for wijk, name in own.items()}
    merged = merge_small(participants, neighbours=neighbours, stadsdeel=together)
    return Groups(wijken=merged, stadsdelen=stadsdelen, stadsdeel_of=together)


def _lines(round_: Round) -> list[BallotLine]:
    rows = Ballot.objects.filter(round=round_).values_list("wijk__code", "ranking").annotate(n=Count("pk"))
    return [
        BallotLine(ranking=ranking_from(ranking), area=area, count=n)
        for area, ranking, n in rows.order_by("wijk__code", "ranking")
    ]


def _participants(lines: list[BallotLine], stadsdeel: Mapping[str, str]) -> dict[str, int]:
    counter: Counter[str] = Counter(dict.fromkeys(stadsdeel, 0))
    for line in lines:
        counter[line.area] += line.count if line.ranking else 0
    return {code: counter[code] for code in stadsdeel}


Found = tuple[str, AreaTally | None, tuple[str, ...]]


def _tallies(round_: Round, lines: list[BallotLine], groups: Groups) -> dict[str, Found]:
    """Per area code: its level, its count, and the wijken it is made of."""
    themes = sorted(round_.themes.values_list("code", flat=True))
    seed = _seed(round_)

    def counted(area_of: Mapping[str, str]) -> tuple[Mapping[str, AreaTally], AreaTally | None]:
        moved = [BallotLine(line.ranking, area_of[line.area], line.cell, line.count) for line in lines]
        result = count_areas(moved, themes=themes, k=round_.k, seed=seed)
        return result.areas, result.total

    per_wijk, total = counted({code: group[0] for code, group in groups.wijken.items()})
    found: dict[str, Found] = {
        code: ("wijk", per_wijk.get(group[0]), group) for code, group in groups.wijken.items()
    }
    if any(groups.stadsdelen):
        per_stadsdeel, _total = counted(groups.stadsdeel_of)
        for name, group in groups.stadsdelen.items():
            members = tuple(code for code, first in groups.stadsdeel_of.items() if first == group[0])
            found[name] = ("stadsdeel", per_stadsdeel.get(group[0]), members)
    found[municipality().code] = ("gemeente", total, tuple(groups.wijken))
    return found


def _seed(round_: Round) -> int:
    """From the Merkle root over the rows, so that a stranger draws the same numbers."""
    rows = Ballot.objects.filter(round=round_).order_by("leaf").values_list("leaf", "wijk__code", "ranking")
    hashes = [
        merkle.row_hash(merkle.ballot_row(bytes.fromhex(leaf), wijk, ranking_from(ranking)))
        for leaf, wijk, ranking in rows
    ]
    return merkle.seed(merkle.root(hashes)) if hashes else 0


def _residents() -> dict[str, int]:
    """Residents of fifteen and older per wijk code, from the newest population; not where a band is unknown."""
    newest = PopulationCell.objects.order_by("-year").first()
    if newest is None:
        return {}
    cells = PopulationCell.objects.filter(year=newest.year, gender="", age_from__gte=FROM_AGE)
    totals = cells.values("area__code").annotate(total=Sum("count"), known=Count("count"), all=Count("pk"))
    return {row["area__code"]: row["total"] for row in totals if row["known"] == row["all"]}


def _of_members(residents: Mapping[str, int], members: tuple[str, ...]) -> int | None:
    known = [residents[wijk] for wijk in members if wijk in residents]
    return sum(known) if len(known) == len(members) else None


def _view(code: str, level: str, tally: AreaTally | None, *, residents: int | None) -> AreaResultView:
    if tally is None or tally.n is None:
        return AreaResultView(code=code, level=level, tier=Tier.NOTHING, residents=residents)
    themes = [_theme(theme, tally) for theme in tally.themes] if tally.tier >= Tier.INDICATIVE else []
    return AreaResultView(
        code=code,
        level=level,
        tier=tally.tier,
        participants=tally.n,
        # Of the whole only: per wijk they are few, and a few can be subtracted.
        abstentions=public_count(tally.abstentions or 0) if level == Area.Level.GEMEENTE else None,
        residents=residents,
        robust=tally.robust,
        themes=tuple(sorted(themes, key=lambda theme: (-(theme.share or 0), theme.code))),
    )


def _theme(code: str, tally: AreaTally) -> ThemeResult:
    theme = tally.themes[code]
    return ThemeResult(
        code=code,
        share=theme.share,
        share_raw=theme.share_raw,
        low=theme.margin_low,
        high=theme.margin_high,
        rank_low=theme.rank_low,
        rank_high=theme.rank_high,
        label=theme.label or "",
    )


def _with_partners(
    views: dict[str, AreaResultView], groups: Mapping[str, tuple[str, ...]]
) -> dict[str, AreaResultView]:
    return {
        code: replace(view, merged_with=tuple(other for other in groups.get(code, ()) if other != code))
        for code, view in views.items()
    }
