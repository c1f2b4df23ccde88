"""What lies side by side when a wijk is weighed; plain enough to be kept as JSON for ever."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from haarlemveilig.disclosure import Tier
from participation.ranking.published import AreaResultView, ThemeResult
from priorities.departures import Choice

SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Figure:
    """One figure: `latest` as printed or "", `points` for the sparkline, `trend` as a sentence."""

    label: str
    source: str
    is_city: bool
    latest: str
    latest_year: int | None
    trend: str
    points: tuple[float | None, ...] = ()
    is_synthetic: bool = False


@dataclass(frozen=True)
class ThemeEvidence:
    """Everything known about one theme."""

    code: str
    name: str
    ranking: ThemeResult | None = None
    figures: tuple[Figure, ...] = ()

    @property
    def wijk_figures(self) -> list[Figure]:
        return [figure for figure in self.figures if not figure.is_city]

    @property
    def city_figures(self) -> list[Figure]:
        return [figure for figure in self.figures if figure.is_city]

    @property
    def share(self) -> float | None:
        return self.ranking.share if self.ranking else None

    @property
    def label(self) -> str:
        return self.ranking.label if self.ranking else ""


@dataclass(frozen=True)
class RoundReference:
    """Which published result lay on the table."""

    code: str
    closed_on: str
    is_synthetic: bool
    edition: str
    sha256: str


@dataclass(frozen=True)
class Evidence:
    """All that is known about one wijk for one year.

    `area` is None where nothing was published about the wijk; `counted_with` names the wijken that were
    counted together with it.
    """

    wijk: str
    year: int
    round: RoundReference | None = None
    area: AreaResultView | None = None
    counted_with: tuple[str, ...] = ()
    themes: tuple[ThemeEvidence, ...] = field(default=())

    @property
    def tier(self) -> Tier | None:
        """How much residents' ranking may say here; None when no round was held."""
        if self.round is None:
            return None
        return Tier(self.area.tier) if self.area else Tier.NOTHING

    @property
    def participants(self) -> int | None:
        return self.area.participants if self.area else None

    def name_of(self, code: str) -> str:
        """The name of a theme; its code where this evidence does not know it."""
        return next((theme.name for theme in self.themes if theme.code == code), code)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Evidence":
        """The evidence back from what `snapshot` kept."""
        return cls(
            wijk=data["wijk"],
            year=data["year"],
            round=RoundReference(**data["round"]) if data["round"] else None,
            area=AreaResultView.from_json(data["area"]) if data["area"] else None,
            counted_with=tuple(data["counted_with"]),
            themes=tuple(_theme(theme) for theme in data["themes"]),
        )


def _theme(data: Mapping[str, Any]) -> ThemeEvidence:
    return ThemeEvidence(
        code=data["code"],
        name=data["name"],
        ranking=ThemeResult.from_json(data["ranking"]) if data["ranking"] else None,
        figures=tuple(Figure(**{**figure, "points": tuple(figure["points"])}) for figure in data["figures"]),
    )


def by_share(themes: Sequence[ThemeEvidence]) -> tuple[ThemeEvidence, ...]:
    """From most to least chosen; themes without a share keep their order, at the end."""
    return tuple(sorted(themes, key=lambda theme: (theme.share is None, -(theme.share or 0))))


def snapshot(evidence: Evidence, chosen: Sequence[Choice], explanations: Mapping[str, str]) -> dict[str, Any]:
    """The evidence with the decision that was taken on it, as JSON."""
    decision = {"priorities": [asdict(choice) for choice in chosen], "departures": dict(explanations)}
    # Through JSON and back: what is hashed must be what the database gives back (lists, not tuples).
    kept: dict[str, Any] = json.loads(json.dumps({"schema": SCHEMA_VERSION, **asdict(evidence), **decision}))
    return kept
