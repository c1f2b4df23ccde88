"""From the ballots of a closed round to what may be said of each area."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet

from haarlemveilig.disclosure import Tier, public_count
from haarlemveilig.gemeente.models import Area, AreaVersion
from haarlemveilig.gemeente.selectors import municipality, population_groups
from participation.ranking import merkle
from participation.ranking.ballots import BallotLine, ranking_from
from participation.ranking.composition import composition
from participation.ranking.merging import areas_to_hide, joining, merge_small, merge_stadsdelen
from participation.ranking.models import AreaResult, Ballot, Quarantine, Round
from participation.ranking.published import AreaResultView, CellView, ThemeResult
from participation.ranking.results import AreaTally
from participation.ranking.selectors.recount import published_areas_of, residents_by_group, wijken_of
from participation.ranking.services.closing import cut_the_tie
from participation.ranking.services.errors import RoundError
from participation.ranking.services.rounds import go
from participation.ranking.sweeping import sweep_ballots
from participation.ranking.tally import count_areas
from participation.ranking.weighting import CellPopulation


def count_round(*, round_: Round, actor: Any = None) -> None:
    """Count a closed round: one result per wijk, stadsdeel and the whole municipality.

    RoundError while flagged ballots wait for a decision of two people.
    """
    if round_.status == Round.Status.CLOSED:
        cut_the_tie(round_, actor)  # Closing may have been cut off half-way.
    with transaction.atomic():
        go(round_, Round.Status.COUNTED, actor)
        set_apart = _set_apart(round_)
        results, with_all = count_by_area(round_), count_with_all(round_) if set_apart else {}
        areas = {area.code: area for area in Area.objects.filter(code__in=results)}
        AreaResult.objects.bulk_create(
            AreaResult(
                round=round_,
                area=areas[code],
                participants=view.participants or 0,
                tally=view.as_json(),
                tally_with_all=with_all[code].as_json() if code in with_all else {},
            )
            for code, view in results.items()
        )
        # The group was there for the weights; a ballot keeps nothing about a person but the wijk.
        Ballot.objects.filter(round=round_).exclude(cell="").update(cell="")
    sweep_ballots()


def _set_apart(round_: Round) -> int:
    """Mark the ballots that two people decided not to count; answers how many."""
    rows = list(Quarantine.objects.filter(round=round_))
    undecided = [row for row in rows if row.confirmed_by_id is None]
    if undecided:
        raise RoundError(
            f"Over {len(undecided)} groepen opvallende stembiljetten is nog niet door twee mensen beslist."
        )
    apart = {(row.wijk_id, row.flag) for row in rows if row.sets_apart}
    flagged = Ballot.objects.filter(round=round_).exclude(flags="").exclude(ranking="")
    found = [
        pk
        for pk, wijk, flags in flagged.values_list("pk", "wijk_id", "flags")
        if any((wijk, flag) in apart for flag in flags.split(","))
    ]
    count = Ballot.objects.filter(pk__in=found).update(is_set_apart=True)
    if count:
        _refuse_a_few(round_)
    return count


def _refuse_a_few(round_: Round) -> None:
    """Of a few ballots the results with and without them would tell what was chosen, and the rows even which."""
    published, _city = published_areas_of(round_)
    rows = Ballot.objects.filter(round=round_).exclude(ranking="").values_list("wijk__code", "is_set_apart")
    counter = Counter((published[wijk], is_apart) for wijk, is_apart in rows)
    few = {area for area, is_apart in counter if is_apart and counter[area, True] < Tier.COUNT_ONLY}
    rest = {area for area, is_apart in counter if not is_apart and 0 < counter[area, False] < Tier.COUNT_ONLY}
    apart = {area for area, is_apart in counter if is_apart}
    if wrong := sorted(few | rest & apart):
        names = AreaVersion.objects.in_year(municipality().area_year).filter(area__code__in=wrong)
        raise RoundError(
            f"Zet in {', '.join(sorted(area.name for area in names))} geen stembiljetten apart, of minstens tien, "
            "en laat er minstens tien meetellen. Anders is te zien wat een paar mensen kozen."
        )


def count_by_area(round_: Round) -> dict[str, AreaResultView]:
    """The result per area code: every wijk of the round, every stadsdeel, and the municipality.

    Wijken, and whole stadsdelen, with fewer than ten participants are counted together with a neighbour first.
    """
    lines = _lines(Ballot.objects.filter(round=round_, is_set_apart=False))
    groups = _groups(round_, lines)
    return _views(_tallies(round_, lines, groups, _cells(round_, groups)), groups)


def count_with_all(round_: Round) -> dict[str, AreaResultView]:
    """The same with the ballots that were set apart, not weighted, for the areas where that gives nobody away.

    Weighted it would need cells, and the difference of two cells is a handful of people with age and gender.
    """
    groups = _groups(round_, _lines(Ballot.objects.filter(round=round_, is_set_apart=False)))
    found = _tallies(round_, _lines(Ballot.objects.filter(round=round_)), groups, None)
    views = _views(found, groups)
    apart = Counter(
        Ballot.objects.filter(round=round_, is_set_apart=True).values_list("wijk__code", flat=True)
    )
    per_area = {code: sum(apart[wijk] for wijk in one.members) for code, one in found.items()}
    hidden = areas_to_hide(
        per_area, within={code: one.within for code, one in found.items()}, groups=groups.all
    )
    return {code: view for code, view in views.items() if code not in hidden}


# --- which areas are counted together ---------------------------------------------------------------
@dataclass(frozen=True)
class Groups:
    """Which wijken are counted together, which stadsdelen, and to which of those a wijk belongs."""

    wijken: dict[str, tuple[str, ...]]
    stadsdelen: dict[str, tuple[str, ...]]
    stadsdeel_of: dict[str, str]

    @property
    def all(self) -> dict[str, tuple[str, ...]]:
        return self.wijken | self.stadsdelen

    def first(self, wijk: str) -> str:
        """The wijk under whose code `wijk` is counted."""
        return self.wijken[wijk][0]


def _groups(round_: Round, lines: Sequence[BallotLine]) -> Groups:
    """Together are counted only wijken whose rows are published together: else rows minus counts tell of a few."""
    wijken = wijken_of(round_)
    neighbours = {version.area.code: [area.code for area in version.neighbours.all()] for version in wijken}
    own = {version.area.code: version.parent.code if version.parent else "" for version in wijken}
    published, city = published_areas_of(round_)
    participants = _participants(lines, own)
    apart = {name for wijk, name in own.items() if name and published[wijk] == city}
    stadsdelen = merge_stadsdelen(participants, neighbours=neighbours, stadsdeel=own, apart=apart)
    together = {wijk: stadsdelen[name][0] for wijk, name in own.items()}
    rows = {wijk: f"{together[wijk]} {published[wijk]}" for wijk in own}
    near = joining(participants, neighbours=neighbours, within=together)
    merged = merge_small(
        participants, neighbours=neighbours, stadsdeel={wijk: rows[near[wijk]] for wijk in own}
    )
    return Groups(wijken=merged, stadsdelen=stadsdelen, stadsdeel_of=together)


def _lines(ballots: QuerySet[Ballot]) -> list[BallotLine]:
    rows = ballots.values_list("wijk__code", "ranking", "cell").annotate(n=Count("pk"))
    return [
        BallotLine(ranking=ranking_from(ranking), area=area, cell=cell, count=n)
        for area, ranking, cell, n in rows.order_by("wijk__code", "ranking", "cell")
    ]


def _participants(lines: Iterable[BallotLine], stadsdeel: Mapping[str, str]) -> dict[str, int]:
    counter: Counter[str] = Counter(dict.fromkeys(stadsdeel, 0))
    for line in lines:
        counter[line.area] += line.count if line.ranking else 0
    return {code: counter[code] for code in stadsdeel}


# --- the count --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Found:
    """An area with its count, the wijken it is made of, and the area it lies in."""

    level: str
    tally: AreaTally | None
    members: tuple[str, ...]
    within: str


def _cells(round_: Round, groups: Groups) -> list[CellPopulation] | None:
    """The population by group of each wijk as it is counted; None where that is not asked or not known."""
    known = population_groups() if round_.asks_group and round_.kind == Round.Kind.RESIDENTS else {}
    if not known or groups.wijken.keys() - known.keys():
        return None
    totals: dict[tuple[str, str], int] = defaultdict(int)
    for wijk in groups.wijken:
        for cell, count in known[wijk].items():
            totals[groups.first(wijk), cell] += count
    return [CellPopulation(area, cell, count) for (area, cell), count in totals.items()]


def _tallies(
    round_: Round, lines: Sequence[BallotLine], groups: Groups, cells: Sequence[CellPopulation] | None
) -> dict[str, Found]:
    """Per area code its count. A whole is counted by the cells of its wijken, so that none outvotes another."""
    themes = sorted(round_.themes.values_list("code", flat=True))
    seed = merkle.seed(bytes.fromhex(round_.merkle_root))
    city = municipality().code
    moved = [replace(line, area=groups.first(line.area)) for line in lines]

    def counted(wijken: set[str]) -> Any:
        own = [line for line in moved if line.area in wijken]
        within = None if cells is None else [cell for cell in cells if cell.area in wijken]
        return count_areas(own, themes=themes, k=round_.k, cells=within, seed=seed)

    everything = counted(set(groups.wijken))
    found = {
        wijk: Found("wijk", everything.areas.get(group[0]), group, groups.stadsdeel_of[wijk] or city)
        for wijk, group in groups.wijken.items()
    }
    if any(groups.stadsdelen):
        for name, group in groups.stadsdelen.items():
            members = tuple(wijk for wijk, first in groups.stadsdeel_of.items() if first == group[0])
            found[name] = Found("stadsdeel", counted(set(members)).total, members, city)
    found[city] = Found("gemeente", everything.total, tuple(groups.wijken), "")
    return found


# --- what may be said -------------------------------------------------------------------------------
def _views(found: Mapping[str, Found], groups: Groups) -> dict[str, AreaResultView]:
    residents = {wijk: sum(cells.values()) for wijk, cells in residents_by_group().items()}
    views = {
        code: _view(code, one, residents=_of_members(residents, one.members)) for code, one in found.items()
    }
    return _with_partners(views, groups.all)


def _of_members(residents: Mapping[str, int], members: tuple[str, ...]) -> int | None:
    known = [residents[wijk] for wijk in members if wijk in residents]
    return sum(known) if len(known) == len(members) else None


def _view(code: str, found: Found, *, residents: int | None) -> AreaResultView:
    tally = found.tally
    if tally is None or tally.n is None:
        return AreaResultView(
            code=code,
            level=found.level,
            tier=Tier.NOTHING,
            residents=residents,
            members=found.members,
            within=found.within,
        )
    themes = [_theme(theme, tally) for theme in tally.themes] if tally.tier >= Tier.INDICATIVE else []
    return AreaResultView(
        code=code,
        level=found.level,
        tier=tally.tier,
        participants=tally.n,
        # Of the whole only: per wijk they are few, and a few can be subtracted.
        abstentions=public_count(tally.abstentions or 0) if found.level == Area.Level.GEMEENTE else None,
        residents=residents,
        robust=tally.robust,
        themes=tuple(sorted(themes, key=lambda theme: (-(theme.share or 0), theme.code))),
        members=found.members,
        within=found.within,
        is_weighted=bool(tally.cells) and tally.raw_because is None,
        raw_because=tally.raw_because or "",
        deff=tally.deff,
        n_eff=tally.n_eff,
        disputed=tally.disputed or (),
        schulze=tally.schulze or (),
        pairwise=tally.pairwise or {},
        few_pairs=tally.few_pairs or (),
        covariance=tally.covariance or (),
        cells=tuple(
            CellView(cell.area, cell.codes, cell.n, float(cell.share), cell.places)
            for cell in tally.cells or ()
        ),
        composition=composition(tally.cells or ()),
    )


def _theme(code: str, tally: AreaTally) -> ThemeResult:
    theme = tally.themes[code]
    return ThemeResult(
        code=code,
        share=theme.share,
        share_raw=theme.share_raw,
        low=theme.margin_low,
        high=theme.margin_high,
        rank=theme.rank,
        rank_low=theme.rank_low,
        rank_high=theme.rank_high,
        label=theme.label or "",
        chosen=theme.chosen,
        places=theme.places or (),
        points=theme.points_raw if theme.points_weighted is None else theme.points_weighted,
        points_raw=theme.points_raw,
    )


def _with_partners(
    views: dict[str, AreaResultView], groups: Mapping[str, tuple[str, ...]]
) -> dict[str, AreaResultView]:
    return {
        code: replace(view, merged_with=tuple(other for other in groups.get(code, ()) if other != code))
        for code, view in views.items()
    }
