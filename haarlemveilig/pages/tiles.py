"""The tile map of the wijken, for pages and for the cover of a PDF."""

from collections.abc import Callable, Sequence

from django.urls import reverse

from haarlemveilig.gemeente.models import AreaVersion
from haarlemveilig.gemeente.selectors import WijkName, stadsdelen, wijken
from haarlemveilig.ui.charts import Tile

# Where a value falls among the five classes: below 10%, 20%, 30%, 40%, and above.
BREAKS = (0.10, 0.20, 0.30, 0.40)
LEGEND = [
    (1, "minder dan 10%"),
    (2, "10 tot 20%"),
    (3, "20 tot 30%"),
    (4, "30 tot 40%"),
    (5, "40% of meer"),
    (0, "te weinig deelnemers"),
]


def level_of(share: float | None) -> int:
    """The map class of a share: 1 to 5, or 0 where there is none to show."""
    return 0 if share is None else 1 + sum(share >= step for step in BREAKS)


def wijk_tiles(value: Callable[[WijkName], float | None] | None = None) -> list[Tile]:
    """A tile per wijk, linked to its page, coloured by `value` (a share) where one is given."""
    return [_tile(wijk, value) for wijk in wijken() if wijk.row and wijk.column] + _labels(stadsdelen())


def _tile(wijk: WijkName, value: Callable[[WijkName], float | None] | None) -> Tile:
    share = value(wijk) if value else None
    shown = "" if value is None else "–" if share is None else f"{round(share * 100)}%"
    return Tile(
        row=wijk.row or 0,
        column=wijk.column or 0,
        name=wijk.hyphenated_name,
        short_name=wijk.short_name,
        href=reverse("pages:wijk", args=[wijk.slug]),
        value_text=shown,
        level=level_of(share) if value else 2,
        hint="te weinig deelnemers" if value and share is None else wijk.stadsdeel,
    )


def _labels(areas: Sequence[AreaVersion]) -> list[Tile]:
    return [
        Tile(row=area.tile_row, column=area.tile_column, name=area.name, area_label=True)
        for area in areas
        if area.tile_row and area.tile_column
    ]
