import json
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from haarlemveilig.gemeente.models import Area, AreaVersion, Municipality, PopulationCell, Postcode
from haarlemveilig.gemeente.selectors import find_postcode, wijken
from haarlemveilig.pages.demo import generate

pytestmark = pytest.mark.django_db
DEMO = Path(generate.__file__).parent


@pytest.fixture
def haarlem() -> None:
    call_command("import_areas", DEMO / "wijken.csv", "--year", "2024", verbosity=0)


def broken(tmp_path: Path, old: str, new: str) -> Path:
    path = tmp_path / "wijken_2024.csv"
    path.write_text((DEMO / "wijken.csv").read_text().replace(old, new))
    return path


def test_the_file_of_wijken_makes_city_stadsdelen_and_wijken(haarlem: None) -> None:
    counts = {level: Area.objects.filter(level=level).count() for level in ("gemeente", "stadsdeel", "wijk")}
    assert counts == {"gemeente": 1, "stadsdeel": 5, "wijk": 21}
    assert Municipality.objects.get().name == "Haarlem"
    assert AreaVersion.objects.get(area__code="WK039209").parent == Area.objects.get(slug="oost")


def test_importing_again_changes_nothing(haarlem: None) -> None:
    call_command("import_areas", DEMO / "wijken.csv", "--year", "2024", verbosity=0)
    assert Area.objects.count() == 27
    assert AreaVersion.objects.count() == 27


def test_a_newer_map_keeps_the_areas_and_adds_a_version(haarlem: None) -> None:
    call_command("import_areas", DEMO / "wijken.csv", "--year", "2025", verbosity=0)
    assert Area.objects.count() == 27
    assert AreaVersion.objects.filter(area__code="WK039209").count() == 2
    assert Municipality.objects.get().area_year == 2025


def test_a_newer_map_keeps_tiles_and_neighbours(haarlem: None) -> None:
    tiles, neighbours = f"--tiles={DEMO / 'tegels.csv'}", f"--neighbours={DEMO / 'buren.csv'}"
    call_command("import_areas", DEMO / "wijken.csv", "--year=2024", tiles, neighbours, verbosity=0)
    call_command("import_areas", DEMO / "wijken.csv", "--year=2025", verbosity=0)
    older, newer = AreaVersion.objects.filter(area__code="WK039209").order_by("year")
    assert (newer.tile_row, newer.tile_column, newer.short_name) == (5, 5, older.short_name)
    assert set(newer.neighbours.all()) == set(older.neighbours.all()) != set()


@time_machine.travel("2026-11-02 09:00+0100")
def test_without_any_year_it_is_the_map_of_today(tmp_path: Path) -> None:
    call_command("import_areas", DEMO / "wijken.csv", verbosity=0)
    assert Municipality.objects.get().area_year == 2026


def test_the_year_follows_from_the_name_of_the_file(tmp_path: Path) -> None:
    call_command("import_areas", broken(tmp_path, "", ""), verbosity=0)
    assert Municipality.objects.get().area_year == 2024


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("WK039203", "WK03920", "Rij 4, kolom wijkcode"),
        ("WK039203", "WK039202", "Rij 4, kolom wijkcode: WK039202 staat ook op rij 3"),
        ("Duinwijk", "", "Rij 6, kolom wijknaam: dit vak is leeg"),
        ("wijknaam", "naam", "de kolom wijknaam ontbreekt"),
        ("Duinwijk,", "", "Rij 6: 5 vakken in plaats van 6"),
        ("Duinwijk", "D" * 101, "Rij 6, kolom wijknaam: de tekst is te lang"),
        ("WK039203,", "WK０39203,", "Rij 4, kolom wijkcode"),
        ("Duinwijk", '"Duin"wijk', "Rij 6: een aanhalingsteken staat verkeerd"),
    ],
)
def test_a_broken_row_is_named_and_nothing_is_half_imported(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("import_areas", broken(tmp_path, old, new), verbosity=0)
    assert not Area.objects.exists()


@pytest.mark.parametrize("content", [b"PK\x03\x04\x14", "wijkcode,wijknaam".encode("utf-16"), b"\x00\x01"])
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "wijken.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match="CSV UTF-8"):
        call_command("import_areas", path)


def test_a_file_of_headings_alone_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wijken.csv"
    path.write_text((DEMO / "wijken.csv").read_text().splitlines()[0])
    with pytest.raises(CommandError, match="geen rijen"):
        call_command("import_areas", path)


def test_one_installation_is_one_municipality(haarlem: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Rij 2, kolom gemeentecode: GM0393 is een andere gemeente"):
        call_command("import_areas", broken(tmp_path, "GM0392", "GM0393"), verbosity=0)
    assert Municipality.objects.count() == 1


def test_areas_with_one_name_have_addresses_of_their_own(haarlem: None, tmp_path: Path) -> None:
    path = tmp_path / "buurten_2024.csv"
    rows = [f"BU039201{number:02d},Parkwijk,WK039201" for number in range(1, 4)]
    path.write_text("\n".join(["buurtcode,buurtnaam,wijkcode", *rows]))
    call_command("import_areas", path, verbosity=0)
    slugs = Area.objects.filter(level="buurt").order_by("code").values_list("slug", flat=True)
    assert list(slugs) == ["parkwijk-buurt", "parkwijk-bu03920102", "parkwijk-bu03920103"]


def test_a_stadsdeel_may_have_a_long_name(tmp_path: Path) -> None:
    call_command("import_areas", broken(tmp_path, "Zuid-West", "Hillegersberg-Schiebroek-Zuid"), verbosity=0)
    assert Area.objects.filter(level="stadsdeel", code="hillegersberg-schiebroek-zuid").exists()


def test_a_missing_an_empty_and_an_oversized_file_are_refused(tmp_path: Path, settings) -> None:
    with pytest.raises(CommandError, match="bestaat niet"):
        call_command("import_areas", tmp_path / "nee.csv")
    (tmp_path / "leeg.csv").write_text("\n")
    with pytest.raises(CommandError, match="is leeg"):
        call_command("import_areas", tmp_path / "leeg.csv")
    settings.IMPORT_MAX_BYTES = 100
    with pytest.raises(CommandError, match="te groot"):
        call_command("import_areas", DEMO / "wijken.csv")


def test_tiles_and_neighbours_come_along(haarlem: None) -> None:
    call_command(
        "import_areas",
        DEMO / "wijken.csv",
        "--year=2024",
        f"--tiles={DEMO / 'tegels.csv'}",
        f"--neighbours={DEMO / 'buren.csv'}",
        verbosity=0,
    )
    parkwijk = next(wijk for wijk in wijken() if wijk.name == "Parkwijk")
    assert (parkwijk.row, parkwijk.column, parkwijk.stadsdeel) == (5, 5, "Oost")
    version = AreaVersion.objects.get(area__code="WK039209")
    assert all(version.area in other.versions.get().neighbours.all() for other in version.neighbours.all())


def test_postcodes_keep_house_numbers_only_where_they_lie_in_two_wijken(
    haarlem: None, tmp_path: Path
) -> None:
    path = tmp_path / "pc6hnr20240801_gwb.csv"
    path.write_text(
        "PC6;Huisnummer;Buurt2024;Wijk2024;Gemeente2024\n"
        "2033AB;1;3920901;39209;392\n2033AB;3;3920901;39209;392\n"
        "2033ZZ;1;3920901;39209;392\n2033ZZ;2;3920801;39208;392\n"
        "2101AA;1;3970101;39701;397\n"
    )
    call_command("import_postcodes", path, verbosity=0)
    assert Postcode.objects.filter(code="2033AB").count() == 1
    assert Postcode.objects.filter(code="2033ZZ").count() == 2
    assert [area.code for area in find_postcode("2033AB").wijken] == ["WK039209"]
    assert len(find_postcode("2033ZZ").wijken) == 2
    assert [area.code for area in find_postcode("2033ZZ", 2).wijken] == ["WK039208"]
    assert find_postcode("2101AA").wijken == ()


def test_a_broken_postcode_file_leaves_the_old_postcodes(haarlem: None, tmp_path: Path) -> None:
    path = tmp_path / "pc6hnr2024.csv"
    good = "PC6;Huisnummer;Buurt2024;Wijk2024;Gemeente2024\n2033AB;1;3920901;39209;392\n"
    path.write_text(good)
    call_command("import_postcodes", path, verbosity=0)
    path.write_text(good + "2033AC;twee;3920901;39209;392\n")
    with pytest.raises(CommandError, match="Rij 3, kolom Huisnummer"):
        call_command("import_postcodes", path, verbosity=0)
    assert Postcode.objects.get().code == "2033AB"


def test_postcodes_of_another_municipality_do_not_wipe_out_ours(haarlem: None, tmp_path: Path) -> None:
    path = tmp_path / "pc6hnr2024.csv"
    heading = "PC6;Huisnummer;Buurt2024;Wijk2024;Gemeente2024\n"
    path.write_text(heading + "2033AB;1;3920901;39209;392\n")
    call_command("import_postcodes", path, verbosity=0)
    path.write_text(heading + "2101AA;1;3970101;39701;397\n")
    with pytest.raises(CommandError, match="geen enkele postcode van deze gemeente"):
        call_command("import_postcodes", path, verbosity=0)
    assert Postcode.objects.get().code == "2033AB"


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([{"WijkenEnBuurten": "WK039209", "Mannen_6": "-5"}], "Rij 1, kolom Mannen_6: ‘-5’ is geen getal"),
        ([{"WijkenEnBuurten": "WK039209", "Mannen_6": "9e99"}], "is geen getal"),
        ([{"WijkenEnBuurten": ["WK039209"]}], "geen enkele wijk"),
        ([{"WijkenEnBuurten": "WK039209"}] * 2, "Rij 2, kolom WijkenEnBuurten: WK039209 staat er twee keer"),
    ],
)
def test_a_broken_population_is_refused(
    haarlem: None, tmp_path: Path, rows: list[dict[str, object]], sentence: str
) -> None:
    path = tmp_path / "kerncijfers.json"
    path.write_text(json.dumps({"value": rows}))
    with pytest.raises(CommandError, match=sentence):
        call_command("import_population", path, verbosity=0)


def test_a_cell_of_the_population_with_an_open_end_is_there_once_on_every_database(haarlem: None) -> None:
    cell = {"area": Area.objects.get(code="WK039209"), "year": 2024, "age_from": 65, "source": "CBS"}
    PopulationCell.objects.create(**cell)
    with pytest.raises(IntegrityError):
        PopulationCell.objects.create(**cell)


def test_population_keeps_unknown_apart_from_zero(haarlem: None, tmp_path: Path) -> None:
    path = tmp_path / "kerncijfers.json"
    generate.population(path)
    call_command("import_population", path, verbosity=0)
    assert PopulationCell.objects.filter(count__isnull=True).exists()
    assert not PopulationCell.objects.filter(count=0).exists()
    assert "verzonnen" in PopulationCell.objects.first().source
