"""The demo's municipality: areas, postcodes, population, themes, figures. Through the real importers."""

from django.conf import settings

from haarlemveilig.gemeente import services as gemeente
from haarlemveilig.gemeente.models import (
    Area,
    AreaVersion,
    Municipality,
    PopulationCell,
    Postcode,
    Theme,
    ThemeAlias,
)
from haarlemveilig.pages.demo import files, generate
from indicators.crime_file import read_crime, read_kinds
from indicators.models import IndicatorTable, Series
from indicators.services import import_crime, import_table
from indicators.table_file import read_table

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


def load_figures() -> None:
    """The 46 real rows of 2019-2022, and invented crime figures per wijk."""
    city = Area.objects.get(level=Area.Level.GEMEENTE)
    if not IndicatorTable.objects.exists():
        table = read_table(files.read("haarlem-indicatoren-2023.csv"), max_bytes=settings.IMPORT_MAX_BYTES)
        import_table(table, area=city, provenance="haarlem-indicatoren-2023.csv")
    if not Series.objects.filter(area__level=Area.Level.WIJK).exists():
        content = files.generated(generate.crime, "misdrijven.json")
        import_crime(
            read_crime(content),
            municipality=Municipality.objects.get(),
            kinds=read_kinds(files.read("misdrijven_themas.json")),
            provenance="misdrijven.json (verzonnen)",
        )
