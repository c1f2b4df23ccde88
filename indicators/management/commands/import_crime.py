from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from haarlemveilig.commands import DatabaseCommand
from haarlemveilig.gemeente.files import BadFile, read_bytes
from haarlemveilig.gemeente.models import Area
from haarlemveilig.gemeente.selectors import NoMunicipality, municipality
from indicators.crime_file import read_crime, read_kinds
from indicators.import_report import ImportReport
from indicators.services import import_crime


class Command(DatabaseCommand):
    help = "Leest misdrijven per wijk in uit een JSON-bestand zoals CBS het geeft (47018NED)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--themes", type=Path, metavar="FILE", help="welke codes, met hun naam en thema (JSON)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = _take_in(options["file"], options["themes"])
        except BadFile as error:
            raise CommandError(str(error)) from None
        except (NoMunicipality, Area.DoesNotExist):
            raise CommandError(
                "Er is nog geen gemeente. Importeer eerst de wijken met import_areas."
            ) from None
        skipped = f", {report.skipped} overgeslagen" if report.skipped else ""
        self.stdout.write(
            f"{report.rows} rijen in {report.series} reeksen, {len(report.changes)} nieuw of anders{skipped}."
        )


def _take_in(path: Path, themes: Path | None) -> ImportReport:
    limit = settings.IMPORT_MAX_BYTES
    return import_crime(
        read_crime(read_bytes(path, limit)),
        municipality=municipality(),
        kinds=read_kinds(read_bytes(themes, limit)) if themes else None,
        provenance=path.name[:200],
    )
