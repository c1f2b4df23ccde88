"""The names that a result is told with: of its themes, and of the areas on today's map."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from haarlemveilig.gemeente.models import Area
from haarlemveilig.gemeente.selectors import municipality, stadsdelen, wijken
from haarlemveilig.localized import LocalizedText
from participation.ranking.published import AreaResultView, RoundResultView


@dataclass(frozen=True)
class AreaName:
    """An area as sentences name it; `slug` is its place in addresses."""

    code: str
    slug: str
    name: str
    level: str

    @property
    def in_sentence(self) -> str:
        """As in "de deelnemers van stadsdeel Oost"."""
        return f"stadsdeel {self.name}" if self.level == Area.Level.STADSDEEL else self.name


@dataclass(frozen=True)
class Names:
    """Themes in the active language and areas, by code."""

    themes: Mapping[str, str]
    areas: Mapping[str, AreaName]

    def theme(self, code: str) -> str:
        return self.themes[code]

    def area(self, code: str) -> AreaName:
        """The area; one that is no longer on the map goes by its code."""
        return self.areas.get(code) or AreaName(code, quote(code.lower()), code, "")

    def by_slug(self, slug: str) -> AreaName | None:
        return next((area for area in self.areas.values() if area.slug == slug), None)

    def counted(self, area: AreaResultView) -> tuple[str, ...]:
        """The areas that a result speaks for: its own, and those it was counted together with."""
        return tuple(self.area(code).in_sentence for code in (area.code, *area.merged_with))

    def of_level(self, level: str) -> list[AreaName]:
        """In order of name: the order of results would be a contest."""
        return sorted((area for area in self.areas.values() if area.level == level), key=lambda a: a.name)


def names_of(result: RoundResultView) -> Names:
    """The names that go with a result. One query, besides what is cached."""
    themes = {code: str(LocalizedText(name)) for code, name in result.theme_names.items()}
    return Names(themes=themes, areas=_areas())


def _areas() -> dict[str, AreaName]:
    city = municipality()
    found = [AreaName(city.code, "", city.name, Area.Level.GEMEENTE)]
    found += [
        AreaName(area.area.code, area.area.slug, area.name, Area.Level.STADSDEEL) for area in stadsdelen()
    ]
    found += [AreaName(wijk.code, wijk.slug, wijk.name, Area.Level.WIJK) for wijk in wijken()]
    return {area.code: area for area in found}
