"""Which wijken are counted together, because one of them has too few participants. Pure.

Merging, not suppressing: nobody can subtract wijken from their stadsdeel to find the missing one.
"""

from collections.abc import Collection, Mapping

MINIMUM = 10


def merge_small(
    participants: Mapping[str, int],
    *,
    neighbours: Mapping[str, Collection[str]],
    stadsdeel: Mapping[str, str],
) -> dict[str, tuple[str, ...]]:
    """For each wijk the wijken it is counted with, itself included, in code order.

    A wijk with fewer than ten participants joins the adjacent wijk of its stadsdeel that has the fewest;
    where none is adjacent, any wijk of that stadsdeel. Repeated until every group has ten or the
    stadsdeel is one group. Ties go to the first code.
    """
    groups: list[tuple[str, ...]] = [(code,) for code in sorted(participants)]
    while (small := _smallest(groups, participants, stadsdeel)) is not None:
        partner = min(
            _partners(small, groups, neighbours, stadsdeel),
            key=lambda group: (_total(group, participants), group),
        )
        groups = [group for group in groups if group not in (small, partner)]
        groups.append(tuple(sorted(small + partner)))
    return {code: group for group in groups for code in group}


def merge_stadsdelen(
    participants: Mapping[str, int],
    *,
    neighbours: Mapping[str, Collection[str]],
    stadsdeel: Mapping[str, str],
    apart: Collection[str] = (),
) -> dict[str, tuple[str, ...]]:
    """For each stadsdeel the stadsdelen it is counted with, itself included, in code order.

    The same rule one level up: a stadsdeel with fewer than ten participants, shown or not, is what is left
    of the municipality when the others are subtracted. One where nobody took part hides nobody. Those in
    `apart` join only each other.
    """
    totals = dict.fromkeys(sorted(stadsdeel.values()), 0)
    adjacent: dict[str, set[str]] = {name: set() for name in totals}
    for wijk, name in stadsdeel.items():
        totals[name] += participants[wijk]
        adjacent[name] |= {stadsdeel[other] for other in neighbours.get(wijk, ()) if other in stadsdeel}
    alone = {name: (name,) for name in totals}
    taking_part = {name: total for name, total in totals.items() if total}
    sides = {name: "apart" if name in apart else "" for name in totals}
    return alone | merge_small(taking_part, neighbours=adjacent, stadsdeel=sides)


def joining(
    participants: Mapping[str, int], *, neighbours: Mapping[str, Collection[str]], within: Mapping[str, str]
) -> dict[str, str]:
    """For each wijk itself; for one where nobody took part the one it joins: that changes nobody's numbers."""
    found = {}
    for wijk, count in participants.items():
        others = [other for other in participants if participants[other] and within[other] == within[wijk]]
        near = [other for other in others if other in neighbours.get(wijk, ())] or others
        found[wijk] = wijk if count else min(near, key=lambda code: (participants[code], code), default=wijk)
    return found


def areas_to_hide(
    counts: Mapping[str, int], *, within: Mapping[str, str], groups: Mapping[str, tuple[str, ...]]
) -> set[str]:
    """Areas of which a second result, with `counts` more ballots, would tell what fewer than ten people chose.

    Directly, or by subtracting the others from the area they lie in: then the next smallest is hidden too.
    `groups` are areas that are counted together and stand for each other.
    """
    hidden = {area for area, count in counts.items() if 0 < count < MINIMUM}
    # The deepest first: what is hidden below may hide something above.
    for parent in sorted(set(within.values()) - {""}, key=lambda area: not within[area]):
        children = {groups.get(area, (area,))[0] for area, whole in within.items() if whole == parent}
        open_ = sorted(
            (area for area in children if counts[area] and area not in hidden),
            key=lambda area: (counts[area], area),
        )
        left = sum(counts[area] for area in children if area in hidden)
        while 0 < left < MINIMUM and open_ and parent not in hidden:
            left += counts[open_[0]]
            hidden.add(open_.pop(0))
    return {area for area in counts if hidden & set(groups.get(area, (area,)))}


def _total(group: tuple[str, ...], participants: Mapping[str, int]) -> int:
    return sum(participants[code] for code in group)


def _smallest(
    groups: list[tuple[str, ...]], participants: Mapping[str, int], stadsdeel: Mapping[str, str]
) -> tuple[str, ...] | None:
    mergeable = [
        group
        for group in groups
        if _total(group, participants) < MINIMUM and _others(group, groups, stadsdeel)
    ]
    return min(mergeable, key=lambda group: (_total(group, participants), group), default=None)


def _others(
    group: tuple[str, ...], groups: list[tuple[str, ...]], stadsdeel: Mapping[str, str]
) -> list[tuple[str, ...]]:
    return [other for other in groups if other != group and stadsdeel[other[0]] == stadsdeel[group[0]]]


def _partners(
    group: tuple[str, ...],
    groups: list[tuple[str, ...]],
    neighbours: Mapping[str, Collection[str]],
    stadsdeel: Mapping[str, str],
) -> list[tuple[str, ...]]:
    others = _others(group, groups, stadsdeel)
    adjacent = {code for member in group for code in neighbours.get(member, ())}
    return [other for other in others if adjacent & set(other)] or others
