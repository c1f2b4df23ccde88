"""The view-model of a published round: what its edition holds, and nothing that the disclosure gate stopped."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from haarlemveilig.disclosure import Tier

SCHEMA_VERSION = 1


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
        themes = tuple(ThemeResult(**theme) for theme in data["themes"])
        return cls(**{**data, "themes": themes, "merged_with": tuple(data["merged_with"])})


@dataclass(frozen=True)
class RoundResultView:
    """A whole published round. `theme_names` and `title` are texts per language."""

    code: str
    for_year: int
    title: Mapping[str, str]
    closed_on: str
    is_synthetic: bool
    theme_names: Mapping[str, Mapping[str, str]]
    areas: Mapping[str, AreaResultView]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "RoundResultView":
        """The view back from an edition's JSON."""
        areas = {code: AreaResultView.from_json(area) for code, area in data["areas"].items()}
        return cls(**{**data, "areas": areas})
