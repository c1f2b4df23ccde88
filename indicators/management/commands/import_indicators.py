import argparse
import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from haarlemveilig.commands import DatabaseCommand
from haarlemveilig.gemeente.files import BadFile, read_bytes
from haarlemveilig.gemeente.models import Area
from haarlemveilig.gemeente.selectors import NoMunicipality
from indicators.crime_file import crime_lines, read_crime, read_kinds
from indicators.import_report import CellChange, ImportReport
from indicators.reading import Layout, read_file
from indicators.selectors import city
from indicators.services import ImportChanged, import_table, imports
from indicators.table_file import TableFile, TableFileError

NO_CITY = "Er is nog geen gemeente. Importeer eerst de wijken met import_areas."
LONGEST_REASON = 300
BUSY = "Iemand anders veranderde deze cijfers op hetzelfde moment. Probeer het nog een keer."

# A new vintage of a large table may revise every figure.
MOST_REVISIONS = 200


def day(text: str) -> dt.date:
    """A day on the command line, not after today; the type of an argument."""
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"‘{text}’ is geen datum, zoals 2026-03-31") from None
    if found > timezone.localdate():
        raise argparse.ArgumentTypeError(f"{text} moet nog komen")
    return found


def reason(text: str) -> str:
    """Why figures change, no longer than is kept; the type of an argument."""
    if len(text) > LONGEST_REASON:
        raise argparse.ArgumentTypeError(f"hoogstens {LONGEST_REASON} tekens")
    return text


class Command(DatabaseCommand):
    help = "Leest cijfers in uit een CSV-, XLSX-, ODS- of JSON-bestand: alles, of niets."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="alleen zeggen wat er zou gebeuren")
        parser.add_argument("--json", action="store_true", help="de uitkomst als JSON")
        parser.add_argument(
            "--vintage", type=day, metavar="JJJJ-MM-DD", help="van welke datum de cijfers zijn"
        )
        parser.add_argument(
            "--table", default="", metavar="NAAM", help="de tabel, als het bestand dat niet zegt"
        )
        parser.add_argument(
            "--source", default="", metavar="BRON", help="de bron, als het bestand dat niet zegt"
        )
        parser.add_argument(
            "--reason",
            type=reason,
            default="",
            metavar="TEKST",
            help="waarom cijfers die er al staan veranderen",
        )
        parser.add_argument("--sheet", default="", metavar="BLAD", help="het werkblad")
        parser.add_argument(
            "--themes",
            type=Path,
            metavar="FILE",
            help="misdrijven: welke codes, met hun naam en thema (JSON)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = _take_in(options)
        except BadFile as error:
            self._refuse(error, as_json=options["json"])
        except (NoMunicipality, Area.DoesNotExist):
            self._refuse(BadFile(NO_CITY), as_json=options["json"])
        except ImportChanged:
            self._refuse(BadFile(BUSY), as_json=options["json"])
        else:
            self._tell(_outcome(report), as_json=options["json"])
            if report.errors:
                raise CommandError(_first(list(map(str, report.errors))))

    def _refuse(self, error: BadFile, *, as_json: bool) -> None:
        problems = list(error.problems) if isinstance(error, TableFileError) else [str(error)]
        if as_json:
            self._tell({"rows": 0, "cells": 0, "uncertain": 0, "errors": problems}, as_json=True)
        raise CommandError(_first(problems)) from None

    def _tell(self, outcome: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(outcome, ensure_ascii=False))
            return
        for name in ("rows", "cells", "uncertain", "series", "new", "revised", "newer", "skipped"):
            self.stdout.write(f"{name}: {outcome[name]}")
        self.stdout.write(f"errors: {len(outcome['errors'])}")
        for remark in outcome["remarks"]:
            self.stdout.write(f"  {remark}")
        for one in outcome["revisions"]:
            self.stdout.write(
                f"  Rij {one['row']}, kolom {one['column']}: ‘{one['old']}’ wordt ‘{one['new']}’."
            )
        if outcome["revisions_left"]:
            self.stdout.write(f"  Herzien, en hier niet genoemd: {outcome['revisions_left']}.")


def _first(problems: list[str]) -> str:
    more = f" (en nog {len(problems) - 1} meer)" if len(problems) > 1 else ""
    return f"{problems[0]}{more}"


def _take_in(options: dict[str, Any]) -> ImportReport:
    path: Path = options["file"]
    return import_table(
        _table(path, options),
        area=city(),
        provenance=path.name[:200],
        vintage=options["vintage"],
        reason=options["reason"].strip() or f"Nieuw bestand: {path.name[:200]}",
        dry_run=options["dry_run"],
    )


def _table(path: Path, options: dict[str, Any]) -> TableFile:
    limit = settings.IMPORT_MAX_BYTES
    content = read_bytes(path, limit)
    if options["themes"]:
        return crime_lines(read_crime(content), read_kinds(read_bytes(options["themes"], limit)))
    layout = Layout(
        sheet=options["sheet"],
        table_name=options["table"],
        source=options["source"],
        mapping=imports.remembered_mapping(options["source"]),
    )
    return read_file(content, path.name, layout, max_bytes=limit)


def _outcome(report: ImportReport) -> dict[str, Any]:
    return {
        "rows": report.rows,
        "cells": report.cells,
        "uncertain": report.uncertain,
        "errors": list(map(str, report.errors)),
        "series": report.series,
        "new": report.new_cells,
        "revised": len(report.revised),
        "newer": report.newer,
        "skipped": report.skipped,
        "remarks": list(map(str, report.remarks)),
        "revisions": list(map(_revision, report.revised[:MOST_REVISIONS])),
        "revisions_left": max(0, len(report.revised) - MOST_REVISIONS),
    }


def _revision(change: CellChange) -> dict[str, Any]:
    return {
        "row": change.row,
        "label": change.label,
        "column": change.column,
        "old": change.before,
        "new": change.after,
    }
