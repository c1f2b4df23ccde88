"""Figures as files: CSV with its description, XLSX and ODS. Pure; the same figures give the same bytes."""

from collections.abc import Callable

from indicators.exports.csv_file import csv_bytes
from indicators.exports.csvw import csv_metadata
from indicators.exports.document import Definition, Document, Heading, SourceNote
from indicators.exports.flat import TidyCell, TidyRow, flat_lines
from indicators.exports.ods import ods_bytes
from indicators.exports.xlsx import xlsx_bytes

WRITERS: dict[str, Callable[[Document], bytes]] = {"csv": csv_bytes, "xlsx": xlsx_bytes, "ods": ods_bytes}

__all__ = [
    "WRITERS",
    "Definition",
    "Document",
    "Heading",
    "SourceNote",
    "TidyCell",
    "TidyRow",
    "csv_bytes",
    "csv_metadata",
    "flat_lines",
    "ods_bytes",
    "xlsx_bytes",
]
