"""What other apps ask of the municipality: its profile, its wijken, in which wijk a postcode lies."""

import re
from dataclasses import dataclass, field

from django.core.cache import cache

from haarlemveilig.gemeente.models import Area, AreaVersion, Municipality, PopulationCell, Postcode
from haarlemveilig.gemeente.querysets import AreaVersionQuerySet

PROFILE_SECONDS = 60
_POSTCODE = re.compile(r"^([1-9]\d{3})\s*([A-Za-z]{2})$")


class NoMunicipality(Exception):
    """Nothing was imported yet."""


def municipality() -> Municipality:
    """The profile; cached for a minute, because every page needs it."""
    profile = cache.get("gemeente")
    if profile is None:
        profile = Municipality.objects.first()
        if profile is None:
            raise NoMunicipality("Er is nog geen gemeente ingesteld. Laad de demo of importeer een profiel.")
        cache.set("gemeente", profile, PROFILE_SECONDS)
    return profile


def forget_cached() -> None:
    """Let pages see a new profile or map at once. Only our own keys: Redis may hold the broker's queue too."""
    cache.delete_many(["gemeente", "wijken", "stadsdelen", "age-bands"])


@dataclass(frozen=True)
class WijkName:
    """A wijk as pages show it."""

    area_id: int
    code: str
    slug: str
    name: str
    short_name: str
    hyphenated_name: str
    stadsdeel_id: int | None
    stadsdeel: str
    row: int | None
    column: int | None


def with_soft_hyphens(version: AreaVersion) -> str:
    """The name of an area, breaking where the municipality says it may."""
    return (version.hyphenated_name or version.name).replace("|", "\u00ad")


def _wijk(version: AreaVersion, stadsdelen: dict[int, str]) -> WijkName:
    return WijkName(
        area_id=version.area_id,
        code=version.area.code,
        slug=version.area.slug,
        name=version.name,
        short_name=version.short_name or version.name[:6],
        hyphenated_name=with_soft_hyphens(version),
        stadsdeel_id=version.parent_id,
        stadsdeel=stadsdelen.get(version.parent_id or 0, ""),
        row=version.tile_row,
        column=version.tile_column,
    )


def _current_map() -> AreaVersionQuerySet:
    """The areas as they are now; none while nothing was imported, so that a new site can open."""
    try:
        return AreaVersion.objects.in_year(municipality().area_year)
    except NoMunicipality:
        return AreaVersion.objects.none()


def wijken() -> list[WijkName]:
    """All wijken of the current map in code order; cached for a minute."""
    found: list[WijkName] | None = cache.get("wijken")
    if found is None:
        current = _current_map()
        stadsdelen = {version.area_id: version.name for version in current.stadsdelen()}
        found = [_wijk(version, stadsdelen) for version in current.wijken()]
        cache.set("wijken", found, PROFILE_SECONDS)
    return found


def wijk(slug: str) -> WijkName | None:
    """One wijk by its name in addresses."""
    return next((wijk for wijk in wijken() if wijk.slug == slug), None)


@dataclass(frozen=True)
class AgeBand:
    """An age band of the population by groups; without `last` it has no end."""

    first: int
    last: int | None

    @property
    def code(self) -> str:
        """As cells of a count name it: "16-34", "65+"."""
        return f"{self.first}+" if self.last is None else f"{self.first}-{self.last}"


def age_bands() -> list[AgeBand]:
    """The age bands in which the newest population by groups is known; none where there is no such. Cached."""
    found: list[AgeBand] | None = cache.get("age-bands")
    if found is None:
        newest = PopulationCell.objects.groups().order_by("-year").first()
        rows = (
            PopulationCell.objects.groups().filter(year=newest.year)
            if newest
            else PopulationCell.objects.none()
        )
        bands = rows.values_list("age_from", "age_below").distinct()
        found = [AgeBand(first, below - 1 if below else None) for first, below in sorted(set(bands))]
        cache.set("age-bands", found, PROFILE_SECONDS)
    return found


def population_groups() -> dict[str, dict[str, int]]:
    """Per wijk code how many people are in each group ("16-34/v"), from the newest population by groups."""
    newest = PopulationCell.objects.groups().order_by("-year").first()
    found: dict[str, dict[str, int]] = {}
    if newest is not None:
        for cell in PopulationCell.objects.groups().filter(year=newest.year).select_related("area"):
            band = AgeBand(cell.age_from, cell.age_below - 1 if cell.age_below else None)
            found.setdefault(cell.area.code, {})[f"{band.code}/{cell.gender}"] = cell.count or 0
    return found


def stadsdelen() -> list[AreaVersion]:
    """The stadsdelen of the current map, with their label's place on the tile map; may be empty. Cached."""
    found: list[AreaVersion] | None = cache.get("stadsdelen")
    if found is None:
        found = list(_current_map().stadsdelen())
        cache.set("stadsdelen", found, PROFILE_SECONDS)
    return found


@dataclass(frozen=True)
class PostcodeAnswer:
    """Where a postcode lies. Exactly one wijk, or several: then a house number is needed."""

    code: str
    wijken: tuple[Area, ...] = field(default=())


def parse_postcode(text: str) -> str | None:
    """`2033 ab` as `2033AB`; None when this is no Dutch postcode."""
    match = _POSTCODE.match(text.strip())
    return f"{match[1]}{match[2].upper()}" if match else None


def find_postcode(code: str, house_number: int | None = None) -> PostcodeAnswer:
    """The wijk of a parsed postcode; no wijk when it is not in this municipality.

    A house number decides only where the postcode lies in two wijken; one that the file does not know
    leaves the choice open.
    """
    rows = list(Postcode.objects.for_code(code))
    exact = [row for row in rows if house_number is not None and row.house_number == house_number]
    areas = {row.wijk_id: row.wijk for row in exact or rows}
    return PostcodeAnswer(code=code, wijken=tuple(areas.values()))
