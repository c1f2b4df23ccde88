import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from haarlemveilig.commands import OneLineCommand
from haarlemveilig.gemeente.files import BadFile, read_bytes
from indicators.cells import Cell, print_cell
from indicators.reading import Layout, read_file
from indicators.table_file import FileRemark, TableCell, TableFile, TableFileError, TableLine
from indicators.tidy_words import MISSING

STATUS_OF_KIND = {
    "number": "normal",
    "range": "normal",
    "composite": "composite",
    "pending": "pending",
    "unknown": "unknown",
    "blank": "unknown",
    "text": "text_only",
}
# What is counted, by what stands in a cell.
COUNTED_AS = {
    "number": "typed",
    "range": "typed",
    "composite": "typed",
    "text": "kept_as_text",
    "pending": "missing",
    "unknown": "missing",
    "blank": "missing",
}
IN_WORDS = {
    "cells": "cellen",
    "identical": "komen er hetzelfde uit als ze erin staan",
    "typed": "gelezen als getal",
    "kept_as_text": "bewaard als tekst",
    "missing": "leeg, of het cijfer volgt nog",
}


class Command(OneLineCommand):
    help = "Zegt per cel van een bestand met cijfers hoe we hem lezen. Er wordt niets ingelezen."
    # Nobody needs a database to look at a file.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="de uitkomst als JSON")
        parser.add_argument("--sheet", default="", help="welk werkblad")
        parser.add_argument("--source", default="", help="de bron van rijen zonder bron")
        parser.add_argument("--table", default="", help="de naam van de tabel")

    def handle(self, *args: Any, **options: Any) -> None:
        # A table without sources can still be checked: the cells are what counts here.
        layout = Layout(options["sheet"], options["table"], source=options["source"] or "onbekend")
        try:
            outcome = outcome_of(_read(options["file"], layout))
        except BadFile as error:
            self._refuse(error, as_json=options["json"])
        else:
            self._tell(outcome, as_json=options["json"])

    def _refuse(self, error: BadFile, *, as_json: bool) -> None:
        problems = list(error.problems) if isinstance(error, TableFileError) else [str(error)]
        if as_json:
            self._tell(
                dict.fromkeys(IN_WORDS, 0) | {"errors": problems, "remarks": [], "details": []}, as_json=True
            )
        more = f" (en nog {len(problems) - 1} meer)" if len(problems) > 1 else ""
        raise CommandError(f"{error}{more}") from None

    def _tell(self, outcome: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(outcome, ensure_ascii=False))
            return
        for name, words in IN_WORDS.items():
            self.stdout.write(f"{outcome[name]} {words}")
        for remark in outcome["remarks"]:
            self.stdout.write(f"  {remark}")


def _read(path: Path, layout: Layout) -> TableFile:
    limit = settings.IMPORT_MAX_BYTES
    return read_file(read_bytes(path, limit), path.name, layout, max_bytes=limit)


def outcome_of(file: TableFile) -> dict[str, Any]:
    """What was read, as numbers and cell by cell."""
    cells = [(line, cell) for line in file.lines for cell in line.cells]
    counts = Counter(_counted_as(cell) for _line, cell in cells)
    return {
        "cells": len(cells),
        "identical": sum(print_cell(cell.cell) == cell.cell.printed for _line, cell in cells),
        **{name: counts[name] for name in ("typed", "kept_as_text", "missing")},
        "errors": [],
        "remarks": [_in_words(remark) for remark in file.remarks],
        "details": [_detail(line, cell) for line, cell in cells],
    }


def _counted_as(cell: TableCell) -> str:
    """What the file itself says of a cell goes before its text: a "." of CBS is missing."""
    is_missing = cell.status in MISSING - {"text_only"}
    return "missing" if is_missing else COUNTED_AS[cell.cell.kind]


def _in_words(remark: FileRemark) -> str:
    return f"Rij {remark.row}{f', kolom {remark.column}' if remark.column else ''}: {remark.text}"


def _detail(line: TableLine, one: TableCell) -> dict[str, Any]:
    near, far = one.cell.parts if one.cell.kind == "range" else (one.cell, None)
    return {
        "row": one.row or line.row,
        "column": one.column.label,
        "printed": one.cell.printed,
        "kind": one.column.kind,
        "status": one.status or STATUS_OF_KIND[one.cell.kind],
        "value": _number(near),
        "comparator": one.cell.comparator,
        **dict(_more(one, far)),
    }


def _more(one: TableCell, far: Cell | None) -> Iterator[tuple[str, Any]]:
    """What only some cells have."""
    if far:
        yield "value_high", _number(far)
    if one.cell.kind == "composite":
        yield "parts", [{"value": _number(part), "unit": part.unit} for part in one.cell.parts]
    if one.note:
        yield "note", one.note
    if one.measured:
        yield "measured", one.measured.code


def _number(cell: Cell) -> int | float | None:
    if cell.value is None:
        return None
    is_whole = not cell.decimals and cell.value == int(cell.value)
    return int(cell.value) if is_whole else float(cell.value)
