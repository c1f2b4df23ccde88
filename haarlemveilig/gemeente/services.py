"""Imports of areas, postcodes and population. Each is one transaction: a broken row leaves nothing behind."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from haarlemveilig.audit.services import record
from haarlemveilig.gemeente.files import BadFile, Line, count_or_none, csv_lines, odata_rows, stem
from haarlemveilig.gemeente.models import Area, AreaVersion, Municipality, PopulationCell, Postcode
from haarlemveilig.gemeente.selectors import forget_cached

WIJK_COLUMNS = ("wijkcode", "wijknaam", "gemeentecode", "gemeente", "stadsdeel_afgeleid")
BUURT_COLUMNS = ("buurtcode", "buurtnaam", "wijkcode")
TILE_COLUMNS = ("wijkcode", "rij", "kolom", "korte_naam", "naam_met_afbreekplekken")
# From, and below which age, per column stem of the population table.
AGE_BANDS = {
    "AantalInwoners": (0, None),
    "k_0Tot15Jaar": (0, 15),
    "k_15Tot25Jaar": (15, 25),
    "k_25Tot45Jaar": (25, 45),
    "k_45Tot65Jaar": (45, 65),
    "k_65JaarOfOuder": (65, None),
}
LONGEST_NAME = 100
GENDERS = {"Mannen": "m", "Vrouwen": "v"}


@dataclass(frozen=True)
class ImportCount:
    """How much an import took in, and how much it passed over."""

    rows: int
    skipped: int = 0


@transaction.atomic
def import_areas(content: bytes, *, year: int) -> ImportCount:
    """Take in a file of wijken or of buurten as the map of `year`; the header tells which.

    Wijken make the municipality and its stadsdelen as well. Raises BadFile.
    """
    header = content.split(b"\n", 1)[0]
    take_in = _import_buurten if b"buurtcode" in header else _import_wijken
    count = take_in(content, year)
    record("gemeente.areas_imported", rows=count.rows, year=year)
    transaction.on_commit(forget_cached)
    return count


def _import_wijken(content: bytes, year: int) -> ImportCount:
    lines = csv_lines(content, WIJK_COLUMNS)
    _refuse_doubles(lines, "wijkcode")
    _refuse_other_municipality(lines)
    city = _put("gemeente", lines[0].get("gemeentecode"), _name(lines[0], "gemeente"), year)
    _ensure_municipality(city.code, lines[0].get("gemeente"), year)
    for line in lines:
        stadsdeel = line.short("stadsdeel_afgeleid", LONGEST_NAME)
        parent = _put("stadsdeel", slugify(stadsdeel), stadsdeel, year, city) if stadsdeel else city
        code = line.matching("wijkcode", r"WK\d{6}", "WK039201")
        _put("wijk", code, _name(line, "wijknaam"), year, parent)
    return ImportCount(rows=len(lines))


def _import_buurten(content: bytes, year: int) -> ImportCount:
    lines = csv_lines(content, BUURT_COLUMNS)
    _refuse_doubles(lines, "buurtcode")
    wijken = {area.code: area for area in Area.objects.filter(level=Area.Level.WIJK)}
    for line in lines:
        code = line.matching("wijkcode", r"WK\d{6}", "WK039201")
        if code not in wijken:
            raise BadFile(
                f"Rij {line.number}, kolom wijkcode: de wijk {code} is niet bekend. Importeer eerst de wijken."
            )
        buurt = line.matching("buurtcode", r"BU\d{8}", "BU03920101")
        _put("buurt", buurt, _name(line, "buurtnaam"), year, wijken[code])
    return ImportCount(rows=len(lines))


def _refuse_doubles(lines: Iterable[Line], column: str) -> None:
    seen: dict[str, int] = {}
    for line in lines:
        code = line.get(column)
        if code in seen:
            raise BadFile(f"Rij {line.number}, kolom {column}: {code} staat ook op rij {seen[code]}.")
        seen[code] = line.number


def _refuse_other_municipality(lines: list[Line]) -> None:
    """One installation is one municipality."""
    ours = Municipality.objects.values_list("code", flat=True).first() or lines[0].get("gemeentecode")
    for line in lines:
        code = line.matching("gemeentecode", r"GM\d{4}", "GM0392")
        if code != ours:
            raise BadFile(f"Rij {line.number}, kolom gemeentecode: {code} is een andere gemeente dan {ours}.")


def _name(line: Line, column: str) -> str:
    line.get(column)
    return line.short(column, LONGEST_NAME)


def _put(level: str, code: str, name: str, year: int, parent: Area | None = None) -> Area:
    area = Area.objects.filter(level=level, code=code).first()
    if area is None:
        area = Area.objects.create(level=level, code=code, slug=_free_slug(name, level, code))
    version, made = AreaVersion.objects.update_or_create(
        area=area, year=year, defaults={"name": name, "parent": parent}
    )
    if made:
        _lie_as_before(version)
    return area


def _lie_as_before(version: AreaVersion) -> None:
    """An area keeps its tile and neighbours on a newer map, until another file says otherwise."""
    earlier = version.area.versions.filter(year__lt=version.year).order_by("-year").first()
    if earlier is None:
        return
    for name in ("tile_row", "tile_column", "short_name", "hyphenated_name"):
        setattr(version, name, getattr(earlier, name))
    version.save()
    version.neighbours.set(earlier.neighbours.all())


def _free_slug(name: str, level: str, code: str) -> str:
    """A stadsdeel and a wijk may share a name, and so may two buurten."""
    base = slugify(name)[:50]
    candidates = [base, f"{base}-{level}", f"{base}-{slugify(code)}".strip("-")]
    taken = set(Area.objects.filter(slug__in=candidates).values_list("slug", flat=True)) | {""}
    return next(slug for slug in candidates if slug not in taken)


def _ensure_municipality(code: str, name: str, year: int) -> None:
    profile, made = Municipality.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "site_name": f"{name} Veilig",
            "phone": "",
            "phone_link": "",
            "area_year": year,
            "policy_name": "Integraal veiligheidsbeleid",
            "programme_name": "Actieprogramma veiligheid",
        },
    )
    if not made and profile.area_year < year:
        profile.area_year = year
        profile.save(update_fields=["area_year"])


@transaction.atomic
def import_tiles(content: bytes, *, year: int) -> ImportCount:
    """Place the areas of `year` on the tile map: row, column, short name, name with | where it may break."""
    versions = {version.area.code: version for version in AreaVersion.objects.in_year(year)}
    lines = csv_lines(content, TILE_COLUMNS)
    for line in lines:
        version = versions.get(line.get("wijkcode"))
        if version is None:
            raise BadFile(
                f"Rij {line.number}, kolom wijkcode: {line.get('wijkcode')} staat niet op de kaart van {year}."
            )
        version.tile_row, version.tile_column = line.whole("rij", digits=2), line.whole("kolom", digits=2)
        version.short_name = line.short("korte_naam", 6)
        version.hyphenated_name = line.short("naam_met_afbreekplekken", LONGEST_NAME)
        version.save(update_fields=["tile_row", "tile_column", "short_name", "hyphenated_name"])
    transaction.on_commit(forget_cached)
    return ImportCount(rows=len(lines))


@transaction.atomic
def import_neighbours(content: bytes, *, year: int) -> ImportCount:
    """Which wijken touch each other, both ways, from rows of two codes."""
    versions = {version.area.code: version for version in AreaVersion.objects.in_year(year).wijken()}
    lines = csv_lines(content, ("wijkcode", "buurcode"))
    for line in lines:
        for column in ("wijkcode", "buurcode"):
            if line.get(column) not in versions:
                raise BadFile(
                    f"Rij {line.number}, kolom {column}: {line.get(column)} staat niet op de kaart van {year}."
                )
        one, other = versions[line.get("wijkcode")], versions[line.get("buurcode")]
        one.neighbours.add(other.area)
        other.neighbours.add(one.area)
    return ImportCount(rows=len(lines))


@transaction.atomic
def import_postcodes(content: bytes, *, municipality: Municipality) -> ImportCount:
    """Replace all postcodes by those of a CBS file (PC6;Huisnummer;BuurtJJJJ;WijkJJJJ;GemeenteJJJJ).

    Rows of other municipalities are passed over. House numbers are kept only where a postcode lies in
    two wijken. Raises BadFile.
    """
    lines = csv_lines(content, ("PC6", "Huisnummer"))
    columns = _year_columns(lines[0].values.keys())
    wijken = {area.code: area for area in Area.objects.filter(level=Area.Level.WIJK)}
    found: dict[str, dict[int, Area]] = defaultdict(dict)
    for line in lines:
        if f"GM{line.whole(columns['Gemeente']):04d}" != municipality.code:
            continue
        code = line.matching("PC6", r"[1-9]\d{3}[A-Z]{2}", "2011AA")
        wijk = f"WK{line.whole(columns['Wijk']):06d}"
        if wijk not in wijken:
            raise BadFile(f"Rij {line.number}, kolom {columns['Wijk']}: de wijk {wijk} is niet bekend.")
        found[code][line.whole("Huisnummer")] = wijken[wijk]
    if not found:
        raise BadFile("In dit bestand staat geen enkele postcode van deze gemeente.")
    Postcode.objects.all().delete()
    rows = [row for code, houses in found.items() for row in _postcode_rows(code, houses)]
    Postcode.objects.bulk_create(rows, batch_size=2000)
    kept = sum(len(houses) for houses in found.values())
    record("gemeente.postcodes_imported", rows=kept, postcodes=len(found))
    return ImportCount(rows=kept, skipped=len(lines) - kept)


def _year_columns(header: Iterable[str]) -> dict[str, str]:
    columns = {re.sub(r"\d{4}$", "", name): name for name in header}
    for name in ("Wijk", "Gemeente"):
        if name not in columns:
            raise BadFile(f"Rij 1: de kolom {name} met een jaartal ontbreekt, zoals {name}2024.")
    return columns


def _postcode_rows(code: str, houses: dict[int, Area]) -> list[Postcode]:
    if len({wijk.pk for wijk in houses.values()}) == 1:
        return [Postcode(code=code, wijk=next(iter(houses.values())))]
    return [Postcode(code=code, house_number=number, wijk=wijk) for number, wijk in houses.items()]


GROUP_COLUMNS = ("wijkcode", "geslacht", "vanaf", "tot_en_met", "aantal")


@transaction.atomic
def import_population_groups(content: bytes, *, year: int) -> ImportCount:
    """Replace a year's population by age and gender by that of a CSV file from the population register.

    Columns: wijkcode, geslacht (m or v), vanaf and tot_en_met (age; the last band has no end), aantal. Every
    wijk in it must have the same bands, for both genders. Raises BadFile.
    """
    lines = csv_lines(content, GROUP_COLUMNS)
    wijken = {area.code: area for area in Area.objects.filter(level=Area.Level.WIJK)}
    cells: dict[str, dict[tuple[str, int, int | None], PopulationCell]] = {}
    for line in (line for line in lines if line.get("wijkcode") in wijken):
        code = line.get("wijkcode")
        cell = _group(line, wijken[code], year)
        key = (cell.gender, cell.age_from, cell.age_below)
        if key in cells.setdefault(code, {}):
            raise BadFile(f"Rij {line.number}: deze groep van {code} staat er twee keer in.")
        cells[code][key] = cell
    if not cells:
        raise BadFile("In dit bestand staat geen enkele wijk van deze gemeente.")
    _refuse_uneven_groups(cells)
    _groups_of(year).delete()
    PopulationCell.objects.bulk_create(cell for groups in cells.values() for cell in groups.values())
    forget_cached()
    record("gemeente.population_groups_imported", rows=len(cells), year=year)
    known = {line.values["wijkcode"].strip() for line in lines}
    return ImportCount(rows=len(cells), skipped=len(known - wijken.keys()))


def _groups_of(year: int) -> QuerySet[PopulationCell]:
    return PopulationCell.objects.groups().filter(year=year)


def _group(line: Line, wijk: Area, year: int) -> PopulationCell:
    below = line.whole("tot_en_met", 3) + 1 if line.values["tot_en_met"].strip() else None
    age_from = line.whole("vanaf", 3)
    if not 0 < age_from < (below or 200):
        raise BadFile(
            f"Rij {line.number}, kolom vanaf: de leeftijden {age_from} en {below} passen niet bij elkaar."
        )
    return PopulationCell(
        area=wijk,
        year=year,
        gender=line.matching("geslacht", "[mv]", "m of v"),
        age_from=age_from,
        age_below=below,
        count=line.whole("aantal"),
        source="Bevolkingsregister",
    )


def _refuse_uneven_groups(cells: Mapping[str, Mapping[tuple[str, int, int | None], PopulationCell]]) -> None:
    first_code, first = next(iter(cells.items()))
    bands = sorted({(age_from, below or 999) for _gender, age_from, below in first})
    for (_from, below), (after, _below) in pairwise(bands):
        if below != after:
            raise BadFile(f"{first_code}: de leeftijdsgroepen sluiten niet op elkaar aan bij {below} jaar.")
    if len(first) != 2 * len(bands):
        raise BadFile(f"{first_code}: elke leeftijdsgroep moet er voor m en voor v in staan.")
    for code, groups in cells.items():
        if groups.keys() != first.keys():
            raise BadFile(f"{code} heeft andere groepen dan {first_code}.")


@transaction.atomic
def import_population(content: bytes, *, year: int) -> ImportCount:
    """Replace a year's population by that of a CBS file "Kerncijfers wijken en buurten". Raises BadFile."""
    note, rows = odata_rows(content)
    wijken = {area.code: area for area in Area.objects.filter(level=Area.Level.WIJK)}
    known: dict[str, list[PopulationCell]] = {}
    for number, row in enumerate(rows, start=1):
        code = str(row.get("WijkenEnBuurten"))
        if code in known:
            raise BadFile(f"Rij {number}, kolom WijkenEnBuurten: {code} staat er twee keer in.")
        if code in wijken:
            known[code] = [
                PopulationCell(area=wijken[code], year=year, source=note[:200], **cell)
                for cell in _cells(row, number)
            ]
    if not known:
        raise BadFile("In dit bestand staat geen enkele wijk van deze gemeente.")
    PopulationCell.objects.filter(year=year).exclude(pk__in=_groups_of(year)).delete()
    PopulationCell.objects.bulk_create(cell for cells in known.values() for cell in cells)
    record("gemeente.population_imported", rows=len(known), year=year)
    return ImportCount(rows=len(known), skipped=len(rows) - len(known))


def _cells(row: dict[str, object], number: int) -> Iterable[dict[str, object]]:
    for column, value in row.items():
        name = stem(column)
        if name not in AGE_BANDS and name not in GENDERS:
            continue
        try:
            count = count_or_none(value)
        except (TypeError, ValueError):
            raise BadFile(f"Rij {number}, kolom {column}: ‘{value}’ is geen getal.") from None
        age_from, age_below = AGE_BANDS.get(name, (0, None))
        yield {"gender": GENDERS.get(name, ""), "age_from": age_from, "age_below": age_below, "count": count}
