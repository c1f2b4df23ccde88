"""What a count gives back, and which part of it may be shown when few people took part."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any

from haarlemveilig.disclosure import Tier


class Label(StrEnum):
    """Whether a theme is in the top 3, chance error considered."""

    IN = "in"
    POSSIBLE = "possible"
    OUT = "out"


@dataclass(frozen=True)
class ThemeTally:
    """The result of one theme. `chosen` counts its first H = min(K, 3) places, `places` all K.

    `margin_low` to `margin_high` is the 95% band around the headline share, share ± 1.96 · √Σ_ii with Σ of
    section 2.6: chance alone, each theme by itself. `rank_low` to `rank_high` holds for all themes at once.
    """

    chosen: int | None = None
    places: tuple[int, ...] | None = None
    share_raw: float | None = None
    share_weighted: float | None = None
    points_raw: float | None = None
    points_weighted: float | None = None
    margin_low: float | None = None
    margin_high: float | None = None
    rank: int | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    label: Label | None = None

    @property
    def share(self) -> float | None:
        """The headline: the weighted share where there is one, else the raw one."""
        return self.share_raw if self.share_weighted is None else self.share_weighted


@dataclass(frozen=True)
class CellTally:
    """One published cell: with these the weighted figures can be worked out again.

    `codes` are the cells that were put together in it, none for those who gave no cell; `share` is the
    part of the whole it speaks for; `places[i][r]` how many put theme i in place r.
    """

    area: str
    codes: tuple[str, ...]
    n: int
    share: Fraction
    places: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class AreaTally:
    """The result of one area or of a whole; None is what too few people stand behind.

    `disputed` are the themes that are in the top 3 by one rule and not by another. `raw_because` says why
    there are cells but no weighted figures: "design-effect", "effective-size" or "single-weight".
    """

    tier: Tier
    themes: Mapping[str, ThemeTally]
    n: int | None = None
    abstentions: int | None = None
    pairwise: Mapping[str, Mapping[str, int | None]] | None = None
    few_pairs: tuple[tuple[str, str, int], ...] | None = None
    deff: float | None = None
    n_eff: float | None = None
    cells: tuple[CellTally, ...] | None = None
    covariance: tuple[tuple[float, ...], ...] | None = None
    raw_because: str | None = None
    schulze: tuple[tuple[str, ...], ...] | None = None
    robust: bool | None = None
    disputed: tuple[str, ...] | None = None


@dataclass(frozen=True)
class RoundTally:
    """The results by area code, without areas where nobody chose anything, and that of the whole."""

    areas: Mapping[str, AreaTally]
    total: AreaTally | None


_AREA_FROM: dict[str, Tier] = {
    "n": Tier.COUNT_ONLY,
    "abstentions": Tier.COUNT_ONLY,
    "pairwise": Tier.INDICATIVE,
    "deff": Tier.INDICATIVE,
    "n_eff": Tier.INDICATIVE,
    "cells": Tier.INDICATIVE,
    "covariance": Tier.INDICATIVE,
    "raw_because": Tier.INDICATIVE,
    "few_pairs": Tier.RANKED,
    "schulze": Tier.RANKED,
    "robust": Tier.RANKED,
    "disputed": Tier.RANKED,
}
_RANKS = ("rank", "rank_low", "rank_high", "label")


def disclosed(result: AreaTally) -> AreaTally:
    """The result without what may not be shown at its number of participants (section 0.5)."""
    hidden: dict[str, Any] = {name: None for name, step in _AREA_FROM.items() if result.tier < step}
    return replace(result, themes=_disclosed_themes(result), **hidden)


def _disclosed_themes(result: AreaTally) -> dict[str, ThemeTally]:
    if result.tier < Tier.INDICATIVE:
        return {theme: ThemeTally() for theme in result.themes}
    if result.tier < Tier.RANKED:
        no_ranks: dict[str, Any] = dict.fromkeys(_RANKS)
        return {theme: replace(each, **no_ranks) for theme, each in result.themes.items()}
    return dict(result.themes)
