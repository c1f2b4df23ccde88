"""The demo's municipality: areas, postcodes, population, themes. Through the real importers."""

from haarlemveilig.gemeente import services as gemeente
from haarlemveilig.gemeente.models import (
    AreaVersion,
    Municipality,
    PopulationCell,
    Postcode,
    Theme,
    ThemeAlias,
)
from haarlemveilig.pages.demo import files, generate

MAP_YEAR = 2024
PROFILE = {
    "name": "Haarlem",
    "site_name": "Haarlem Veilig",
    "phone": "14 023",
    "phone_link": "tel:14023",
    "policy_name": "Integraal Veiligheids- en Handhavingsbeleid",
    "programme_name": "Actieprogramma Veiligheid en Handhaving",
}


def load_areas() -> None:
    """21 wijken in 5 stadsdelen with tiles and neighbours, their buurten, and the profile."""
    if AreaVersion.objects.filter(tile_row__isnull=False).exists():
        return
    # Somebody may have imported the wijken before: then the demo completes their map.
    profile = Municipality.objects.first()
    year = profile.area_year if profile else MAP_YEAR
    gemeente.import_areas(files.read("wijken.csv"), year=year)
    gemeente.import_areas(files.read("buurten.csv"), year=year)
    gemeente.import_tiles(files.read("tegels.csv"), year=year)
    gemeente.import_neighbours(files.read("buren.csv"), year=year)
    Municipality.objects.filter(code="GM0392").update(**PROFILE)


def load_postcodes_and_population() -> None:
    """Invented postcodes and population in the layouts of CBS."""
    profile = Municipality.objects.get()
    if not Postcode.objects.exists():
        content = files.generated(generate.postcodes, "pc6hnr20240801_gwb.csv")
        gemeente.import_postcodes(content, municipality=profile)
    if not PopulationCell.objects.exists():
        content = files.generated(generate.population, "kerncijfers.json")
        gemeente.import_population(content, year=MAP_YEAR)
    if not PopulationCell.objects.groups().exists():
        content = files.generated(generate.population_groups, "bevolking-naar-groep.csv")
        gemeente.import_population_groups(content, year=MAP_YEAR)


def load_themes() -> None:
    """The themes residents rank, with what everybody can do, and the themes of enforcement."""
    for order, data in enumerate(files.read_json("themas.json")):
        theme, _made = Theme.objects.update_or_create(
            code=data["code"],
            defaults={
                "name": data["name"],
                "description": data["description"],
                "role_gemeente": data["roles"]["gemeente"],
                "role_politie": data["roles"]["politie"],
                "role_bewoners": data["roles"]["bewoners"],
                "icon": data["icon"],
                "order": order,
            },
        )
        for alias in data["aliases"]:
            ThemeAlias.objects.get_or_create(name=alias, defaults={"theme": theme})
    for order, data in enumerate(files.read_json("handhavingsthemas.json")):
        defaults = {"name": {"nl": data["name"]}, "kind": Theme.Kind.ENFORCEMENT, "order": order}
        Theme.objects.update_or_create(code=data["code"], defaults=defaults)
