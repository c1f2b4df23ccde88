import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from haarlemveilig.commands import DatabaseCommand
from haarlemveilig.gemeente.files import BadFile, read_bytes
from haarlemveilig.gemeente.models import Area
from haarlemveilig.gemeente.selectors import NoMunicipality
from indicators.import_report import ImportReport
from indicators.selectors import city
from indicators.services import import_table
from indicators.table_file import TableFileError, read_table


class Command(DatabaseCommand):
    help = "Leest een indicatortabel in uit een CSV-bestand: alles, of niets."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="alleen zeggen wat er zou gebeuren")
        parser.add_argument("--json", action="store_true", help="de uitkomst als JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = _take_in(options["file"], dry_run=options["dry_run"])
        except BadFile as error:
            self._refuse(error, as_json=options["json"])
        except (NoMunicipality, Area.DoesNotExist):
            self._refuse(
                BadFile("Er is nog geen gemeente. Importeer eerst de wijken met import_areas."),
                as_json=options["json"],
            )
        else:
            self._tell(_outcome(report), as_json=options["json"])

    def _refuse(self, error: BadFile, *, as_json: bool) -> None:
        problems = list(error.problems) if isinstance(error, TableFileError) else [str(error)]
        if as_json:
            self._tell({"rows": 0, "cells": 0, "uncertain": 0, "errors": problems}, as_json=True)
        more = f" (en nog {len(problems) - 1} meer)" if len(problems) > 1 else ""
        raise CommandError(f"{error}{more}") from None

    def _tell(self, outcome: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(outcome, ensure_ascii=False))
            return
        for name in ("rows", "cells", "uncertain", "series", "new", "revised"):
            self.stdout.write(f"{name}: {outcome[name]}")
        self.stdout.write(f"errors: {len(outcome['errors'])}")
        for remark in outcome["remarks"]:
            self.stdout.write(f"  {remark}")


def _take_in(path: Path, *, dry_run: bool) -> ImportReport:
    table = read_table(read_bytes(path, settings.IMPORT_MAX_BYTES), max_bytes=settings.IMPORT_MAX_BYTES)
    return import_table(table, area=city(), provenance=path.name[:200], dry_run=dry_run)


def _outcome(report: ImportReport) -> dict[str, Any]:
    return {
        "rows": report.rows,
        "cells": report.cells,
        "uncertain": report.uncertain,
        "errors": [],
        "series": report.series,
        "new": report.new_cells,
        "revised": len(report.revised),
        "remarks": [
            f"Rij {one.row}{f', kolom {one.column}' if one.column else ''}: {one.text}"
            for one in report.remarks
        ],
    }
