"""The view-model of a published round: what its edition holds, and nothing that the disclosure gate stopped."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from haarlemveilig.disclosure import Tier, tier
from participation.ranking.composition import Group

# 1: shares and ranks. 2: also the figures that a recount needs, who took part, and what was set apart.
SCHEMA_VERSION = 2


@dataclass(frozen=True)
class ThemeResult:
    """One theme in one area. Shares are fractions of 1; None where too few people took part to say it.

    `label` is "in", "possible" or "out" of the top 3, or "" where no ranks may be given.
    """

    code: str
    share: float | None = None
    share_raw: float | None = None
    low: float | None = None
    high: float | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    label: str = ""
    rank: int | None = None
    # How many put it in their first places, and how many in each place.
    chosen: int | None = None
    places: tuple[int, ...] = ()
    points: float | None = None
    points_raw: float | None = None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "ThemeResult":
        """The theme back from JSON, which knows lists where a frozen dataclass holds tuples."""
        return cls(**{**data, "places": tuple(data.get("places", ()))})


@dataclass(frozen=True)
class CellView:
    """A cell that was counted by: `share` is the part of the area it speaks for, `codes` the groups in it.

    No codes: those who gave no group. `places` has a row per theme in order of code, a column per place.
    """

    area: str
    codes: tuple[str, ...]
    n: int
    share: float
    places: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class AreaResultView:
    """The result of one wijk, stadsdeel or the whole municipality, themes from most to least chosen."""

    code: str
    level: str
    tier: int
    participants: int | None = None
    abstentions: int | None = None
    residents: int | None = None
    robust: bool | None = None
    # Codes of the wijken this one was counted together with, because one of them had too few participants.
    merged_with: tuple[str, ...] = ()
    themes: tuple[ThemeResult, ...] = field(default=())
    # The wijken it is made of, and the area it lies in ("" for the municipality).
    members: tuple[str, ...] = ()
    within: str = ""
    is_weighted: bool = False
    # Why there is a population by group but no weighted result: see results.AreaTally.
    raw_because: str = ""
    deff: float | None = None
    n_eff: float | None = None
    # In the top 3 by one way of counting and not by another.
    disputed: tuple[str, ...] = ()
    schulze: tuple[tuple[str, ...], ...] = ()
    pairwise: Mapping[str, Mapping[str, int | None]] = field(default_factory=dict)
    # What the matrix leaves blank because a percentage of so few says nothing, but the Schulze order is from.
    few_pairs: tuple[tuple[str, str, int], ...] = ()
    # Of the shares, themes in order of code; what the intervals were drawn with.
    covariance: tuple[tuple[float, ...], ...] = ()
    cells: tuple[CellView, ...] = ()
    composition: tuple[Group, ...] = ()

    @property
    def shows_shares(self) -> bool:
        return self.tier >= Tier.INDICATIVE

    @property
    def shows_ranks(self) -> bool:
        return self.tier >= Tier.RANKED

    def labelled(self, label: str) -> list[ThemeResult]:
        """The themes with this label, in order."""
        return [theme for theme in self.themes if theme.label == label]

    def theme(self, code: str) -> ThemeResult | None:
        return next((theme for theme in self.themes if theme.code == code), None)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "AreaResultView":
        """The view back from JSON, which knows lists where a frozen dataclass holds tuples."""
        tuples = {name: _tuples(data[name]) for name in _TUPLES if name in data}
        themes = tuple(map(ThemeResult.from_json, data["themes"]))
        cells = tuple(
            CellView(**{**cell, "codes": tuple(cell["codes"]), "places": _tuples(cell["places"])})
            for cell in data.get("cells", ())
        )
        composition = tuple(Group(**group) for group in data.get("composition", ()))
        parts = {"themes": themes, "cells": cells, "composition": composition}
        return cls(**{**data, **tuples, **parts}).disclosed()

    def disclosed(self) -> "AreaResultView":
        """Without what this number of participants does not allow. The count left it out already; should it ever
        not have, then no page can show it."""
        step = min(Tier(self.tier), tier(self.participants or 0))
        hidden: dict[str, Any] = {"tier": step} if step != self.tier else {}
        for needed, fields in _FROM_TIER.items():
            if step < needed:
                hidden |= {name: empty for name, empty in fields.items() if getattr(self, name) != empty}
        if Tier.INDICATIVE <= step < Tier.RANKED:
            hidden["themes"] = tuple(replace(theme, **_NO_RANKS) for theme in self.themes)
        return replace(self, **hidden) if hidden else self


_FROM_TIER: dict[Tier, dict[str, Any]] = {
    Tier.COUNT_ONLY: {"participants": None, "abstentions": None},
    Tier.INDICATIVE: {
        "themes": (), "raw_because": "", "deff": None, "n_eff": None, "pairwise": {}, "covariance": (), "cells": (),
        "composition": (),
    },
    Tier.RANKED: {"robust": None, "disputed": (), "schulze": ()},
}  # fmt: skip
_NO_RANKS: dict[str, Any] = {"rank": None, "rank_low": None, "rank_high": None, "label": ""}
_TUPLES = ("merged_with", "members", "disputed", "schulze", "covariance", "few_pairs")


def _tuples(value: Any) -> Any:
    """Lists as tuples, all the way down."""
    return tuple(map(_tuples, value)) if isinstance(value, list | tuple) else value


@dataclass(frozen=True)
class SetApart:
    """Flagged ballots of one wijk that two people did not let count, and why. None where fewer than ten."""

    flag: str
    area: str
    ballots: int | None
    reason: str


@dataclass(frozen=True)
class RoundResultView:
    """A whole published round. `theme_names` and `title` are texts per language.

    `areas_with_all` is the result with the ballots that were set apart; empty where there are none.
    """

    code: str
    for_year: int
    title: Mapping[str, str]
    closed_on: str
    is_synthetic: bool
    theme_names: Mapping[str, Mapping[str, str]]
    areas: Mapping[str, AreaResultView]
    kind: str = "residents"
    k: int = 3
    merkle_root: str = ""
    areas_with_all: Mapping[str, AreaResultView] = field(default_factory=dict)
    set_apart: tuple[SetApart, ...] = ()
    # Participations by way in and by channel; a count of fewer than ten is None.
    ways_in: Mapping[str, int | None] = field(default_factory=dict)
    channels: Mapping[str, int | None] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "RoundResultView":
        """The view back from an edition's JSON."""
        views = {
            name: {code: AreaResultView.from_json(area) for code, area in data.get(name, {}).items()}
            for name in ("areas", "areas_with_all")
        }
        set_apart = tuple(SetApart(**row) for row in data.get("set_apart", ()))
        return cls(**{**data, **views, "set_apart": set_apart})
