from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from haarlemveilig.commands import DatabaseCommand
from haarlemveilig.pdf import PdfError
from participation.ranking import paper_document
from participation.ranking.models import Round
from participation.ranking.services import RoundError, paper_forms


class Command(DatabaseCommand):
    help = (
        "Maakt papieren formulieren van een ronde: van een codebestand, of één in elke volgorde zonder code."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", help="de code van de ronde, zoals 2026-1")
        parser.add_argument("--codes", type=Path, help="het codebestand (csv)")
        parser.add_argument("--out", type=Path, required=True, help="de map voor de pdf-bestanden")

    def handle(self, *args: Any, **options: Any) -> None:
        round_ = Round.objects.filter(code=options["round"]).first()
        if round_ is None:
            raise CommandError(f"Er is geen ronde {options['round']}.")
        if not options["out"].is_dir():
            raise CommandError(f"De map {options['out']} bestaat niet.")
        try:
            self._make(round_, options["codes"], options["out"])
        except (OSError, PdfError, RoundError) as error:
            raise CommandError(str(error)) from error

    def _make(self, round_: Round, codes: Path | None, out: Path) -> None:
        if codes is None:
            self._write(
                out / paper_document.blank_name(round_), paper_document.blank_forms(round_, all_orders=True)
            )
            return
        for name, pdf in paper_forms.pdfs(round_, paper_forms.codes_of(round_, codes.read_bytes())):
            self._write(out / name, pdf)

    def _write(self, path: Path, pdf: bytes) -> None:
        path.touch(mode=0o600)  # codes are as good as ballots
        path.write_bytes(pdf)
        self.stdout.write(f"Gemaakt: {path}")
