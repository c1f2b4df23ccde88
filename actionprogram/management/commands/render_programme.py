from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from actionprogram import document
from actionprogram.models import Actieprogramma
from actionprogram.selectors import programme_view
from haarlemveilig.commands import DatabaseCommand, year
from haarlemveilig.pdf import PdfError


class Command(DatabaseCommand):
    help = "Maakt de PDF van het actieprogramma van een jaar, zoals het er nu staat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=year, help="het jaar, zoals 2023")
        parser.add_argument("--out", type=Path, required=True, help="het PDF-bestand")
        parser.add_argument("--html", type=Path, help="ook de bladzijde waarvan de PDF is gemaakt")

    def handle(self, *args: Any, **options: Any) -> None:
        for path in filter(None, (options["out"], options["html"])):
            if not path.resolve().parent.is_dir():
                raise CommandError(f"De map {path.parent} bestaat niet.")
        programme = Actieprogramma.objects.select_related("period").filter(year=options["year"]).first()
        if programme is None:
            raise CommandError(f"Er is geen actieprogramma voor {options['year']}.")
        view = programme_view(programme)
        try:
            pdf = document.pdf(view)
        except PdfError as error:
            raise CommandError(str(error)) from error
        _write(options["out"], pdf)
        if options["html"]:
            _write(options["html"], document.html(view).encode())
        self.stdout.write(f"Gemaakt: {options['out']}")


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CommandError(f"{path} kan niet worden geschreven.") from error
