"""The tile map of the wijken that leads to the page of each."""

from django.urls import reverse

from haarlemveilig.gemeente.selectors import WijkName
from haarlemveilig.ui.charts import Tile
from participation.ranking import result_map
from participation.ranking.published import RoundResultView


def wijk_tiles() -> list[Tile]:
    """A tile per wijk, linked to its page."""
    return result_map.wijk_tiles(_address)


def theme_tiles(code: str, result: RoundResultView) -> list[Tile]:
    """The same with the share of one theme in each."""
    return result_map.theme_tiles(code, result, _address)


def _address(wijk: WijkName) -> str:
    return reverse("pages:wijk", args=[wijk.slug])
