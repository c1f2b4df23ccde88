import argparse
import re
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandParser
from django.db import transaction
from django.utils import timezone

from haarlemveilig.gemeente import services
from haarlemveilig.gemeente.files import read_bytes
from haarlemveilig.gemeente.management.file_command import FileCommand
from haarlemveilig.gemeente.models import Municipality
from haarlemveilig.gemeente.services import ImportCount


class Command(FileCommand):
    help = (
        "Leest wijken of buurten in als de kaart van een jaar: --year, anders dat in de naam van het bestand,"
        " anders dat van de kaart van nu. Met --tiles en --neighbours ook hun plek en hun buren."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tiles", help="CSV met de plek op de tegelkaart")
        parser.add_argument("--neighbours", help="CSV met welke wijken naast elkaar liggen")

    @transaction.atomic
    def take_in(self, content: bytes, options: argparse.Namespace) -> ImportCount:
        year = options.year or _year_in(options.file.name) or _current_year()
        count = services.import_areas(content, year=year)
        if options.tiles:
            services.import_tiles(_read(options.tiles), year=year)
        if options.neighbours:
            services.import_neighbours(_read(options.neighbours), year=year)
        return count


def _read(path: str) -> bytes:
    return read_bytes(Path(path), settings.IMPORT_MAX_BYTES)


def _year_in(name: str) -> int | None:
    match = re.search(r"(?<!\d)(20\d\d)(?!\d)", name)
    return int(match[1]) if match else None


def _current_year() -> int:
    profile = Municipality.objects.first()
    return profile.area_year if profile else timezone.localdate().year
