"""The tile map of the wijken: coloured by the share of one theme, or plain."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from haarlemveilig.gemeente.models import AreaVersion
from haarlemveilig.gemeente.selectors import WijkName, stadsdelen, wijken, with_soft_hyphens
from haarlemveilig.ui.charts import Tile
from participation.ranking.published import RoundResultView
from participation.ranking.result_compare import cell
from participation.ranking.result_words import whole_percent

# Where a share falls among the five classes, by what is printed: below 10%, 20%, 30%, 40%, and above.
BREAKS = (10, 20, 30, 40)


def legend() -> list[tuple[int, str]]:
    """The classes in words."""
    return [
        (1, _("minder dan 10%")),
        (2, _("10 tot en met 19%")),
        (3, _("20 tot en met 29%")),
        (4, _("30 tot en met 39%")),
        (5, _("40% of meer")),
        (0, _("te weinig deelnemers")),
    ]


def level_of(share: float | None) -> int:
    """The map class of a share: 1 to 5, or 0 where there is none to show."""
    return 0 if share is None else 1 + sum(whole_percent(share) >= step for step in BREAKS)


def theme_tiles(code: str, result: RoundResultView, address: Callable[[WijkName], str]) -> list[Tile]:
    """A tile per wijk with the share of one theme, or a dash where too few took part."""

    def share(wijk: WijkName) -> float | None:
        area = result.areas.get(wijk.code)
        return cell(area, code).share if area else None

    return wijk_tiles(address, share)


def wijk_tiles(
    address: Callable[[WijkName], str], value: Callable[[WijkName], float | None] | None = None
) -> list[Tile]:
    """A tile per wijk, linked to `address`, coloured by `value` (a share) where one is given."""
    placed = [wijk for wijk in wijken() if wijk.row and wijk.column]
    return [_tile(wijk, address(wijk), value) for wijk in placed] + _labels(stadsdelen())


def _tile(wijk: WijkName, href: str, value: Callable[[WijkName], float | None] | None) -> Tile:
    share = value(wijk) if value else None
    shown = "" if value is None else "–" if share is None else f"{whole_percent(share)}%"
    return Tile(
        row=wijk.row or 0,
        column=wijk.column or 0,
        name=wijk.hyphenated_name,
        short_name=wijk.short_name,
        href=href,
        value_text=shown,
        level=level_of(share) if value else 2,
        hint=_("te weinig deelnemers") if value and share is None else wijk.stadsdeel,
    )


def _labels(areas: Sequence[AreaVersion]) -> list[Tile]:
    return [
        Tile(row=area.tile_row, column=area.tile_column, name=with_soft_hyphens(area), area_label=True)
        for area in areas
        if area.tile_row and area.tile_column
    ]
