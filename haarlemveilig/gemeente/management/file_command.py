import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from haarlemveilig.commands import DatabaseCommand, year
from haarlemveilig.gemeente.files import BadFile, read_bytes
from haarlemveilig.gemeente.services import ImportCount


class FileCommand(DatabaseCommand):
    """A command that imports one file: bad input is one clear line and a non-zero exit."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--year", type=year, help="jaar waarvoor het bestand geldt")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = read_bytes(options["file"], settings.IMPORT_MAX_BYTES)
            count = self.take_in(content, argparse.Namespace(**options))
        except BadFile as error:
            raise CommandError(str(error)) from None
        skipped = f", {count.skipped} overgeslagen" if count.skipped else ""
        self.stdout.write(f"{count.rows} rijen ingelezen{skipped}.")

    def take_in(self, content: bytes, options: argparse.Namespace) -> ImportCount:
        raise NotImplementedError
