"""Apply or explain: which themes of residents' top 3 a weighing leaves out, and what it still lacks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from participation.ranking.published import AreaResultView


@dataclass(frozen=True)
class Choice:
    """One priority as somebody filled it in: its number, the code of its theme, the reason for residents."""

    rank: int
    theme: str
    reason: str = ""


class Lack(StrEnum):
    """What stands between a draft and its adoption."""

    NO_PRIORITY = "no_priority"
    SKIPPED_RANK = "skipped_rank"
    NO_REASON = "no_reason"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True)
class Gap:
    """One thing that is missing: at a number, or at a theme that was left out."""

    lack: Lack
    rank: int = 0
    theme: str = ""


def departures(area: AreaResultView | None, chosen: Collection[str]) -> tuple[str, ...]:
    """Codes of the themes that must be explained: surely in the top 3 of residents, not in `chosen`.

    Only where 100 people or more took part; without a result there is nothing to depart from.
    """
    return _left_out("in", area, chosen)


def near_misses(area: AreaResultView | None, chosen: Collection[str]) -> tuple[str, ...]:
    """Codes of the themes that are possibly in the top 3 and not in `chosen`: shown, never gated."""
    return _left_out("possible", area, chosen)


def _left_out(label: str, area: AreaResultView | None, chosen: Collection[str]) -> tuple[str, ...]:
    if area is None or not area.shows_ranks:
        return ()
    return tuple(theme.code for theme in area.labelled(label) if theme.code not in chosen)


def gaps(
    area: AreaResultView | None, chosen: Sequence[Choice], explanations: Mapping[str, str]
) -> tuple[Gap, ...]:
    """Everything a weighing still lacks before it can be adopted, numbers first; empty when nothing."""
    return (
        *_rank_gaps(chosen),
        *(Gap(Lack.NO_REASON, choice.rank, choice.theme) for choice in chosen if not choice.reason.strip()),
        *unexplained(area, chosen, explanations),
    )


def _rank_gaps(chosen: Sequence[Choice]) -> tuple[Gap, ...]:
    if not chosen:
        return (Gap(Lack.NO_PRIORITY, rank=1),)
    ranks = {choice.rank for choice in chosen}
    return tuple(Gap(Lack.SKIPPED_RANK, rank) for rank in range(1, max(ranks)) if rank not in ranks)


def unexplained(
    area: AreaResultView | None, chosen: Sequence[Choice], explanations: Mapping[str, str]
) -> tuple[Gap, ...]:
    """The departures without a written reason. A draft that chose nothing yet departs from nothing."""
    if not chosen:
        return ()
    codes = departures(area, {choice.theme for choice in chosen})
    return tuple(
        Gap(Lack.UNEXPLAINED, theme=code) for code in codes if not explanations.get(code, "").strip()
    )


@dataclass(frozen=True)
class Difference:
    """One field that two people filled in differently."""

    field: str
    mine: str
    theirs: str


def differences(mine: Mapping[str, str], theirs: Mapping[str, str]) -> tuple[Difference, ...]:
    """The fields on which two versions differ, in the order of `mine`; a field that is missing is empty."""
    fields = [*mine, *(name for name in theirs if name not in mine)]
    pairs = ((name, mine.get(name, ""), theirs.get(name, "")) for name in fields)
    return tuple(Difference(*pair) for pair in pairs if pair[1].split() != pair[2].split())
