"""A counted result as colleagues look it over before it is published. Never public."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from haarlemveilig.gemeente.selectors import municipality, stadsdelen, wijken
from participation.ranking import merkle
from participation.ranking.intervals import stability
from participation.ranking.models import Round
from participation.ranking.published import AreaResultView, ThemeResult

TOP = 3


@dataclass(frozen=True)
class CheckedTheme:
    """One theme of an area; `stability` is the part of the draws in which it is in the top 3, None without ranks."""

    name: str
    theme: ThemeResult
    stability: float | None


@dataclass(frozen=True)
class CheckedArea:
    """One area: `with_all` is the number of participants with those that were set apart, None where none were."""

    name: str
    area: AreaResultView
    themes: tuple[CheckedTheme, ...]
    with_all: int | None


def checked_areas(round_: Round) -> list[CheckedArea]:
    """The municipality, its stadsdelen and its wijken. Each wijk that was counted with another stands once."""
    names = {municipality().code: municipality().name}
    names |= {stadsdeel.area.code: stadsdeel.name for stadsdeel in stadsdelen()}
    names |= {wijk.code: wijk.name for wijk in wijken()}
    themes = {theme.code: str(theme.name) for theme in round_.themes.all()}
    seed = merkle.seed(bytes.fromhex(round_.merkle_root))
    rows = {row.area.code: row for row in round_.results.select_related("area")}
    found = {code: AreaResultView.from_json(row.tally) for code, row in rows.items()}
    return [
        CheckedArea(
            name=" en ".join(names[member] for member in (code, *found[code].merged_with)),
            area=found[code],
            themes=tuple(_themes(found[code], themes, seed)),
            with_all=rows[code].tally_with_all.get("participants"),
        )
        for code in names
        if code in found and not any(other < code for other in found[code].merged_with)
    ]


def _themes(area: AreaResultView, names: dict[str, str], seed: int) -> Iterable[CheckedTheme]:
    firm = _stability(area, seed)
    for theme in area.themes:
        yield CheckedTheme(names[theme.code], theme, firm.get(theme.code))


def _stability(area: AreaResultView, seed: int) -> dict[str, float]:
    if not area.shows_ranks:
        return {}
    shares = {theme.code: theme.share or 0 for theme in area.themes}
    codes = sorted(shares)
    values = np.array([shares[code] for code in codes])
    found = stability(values, np.array(area.covariance), seed=seed, top=TOP)
    return dict(zip(codes, found.tolist(), strict=True))
