"""Reading the files that areas, postcodes and population come in. Pure: text in, dataclasses out."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHEET_SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# Tabs and line ends are layout; other control characters mean that this is no text.
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


class BadFile(Exception):
    """The file cannot be used; the message is one Dutch line that names row and column."""


@dataclass(frozen=True)
class Line:
    """One row of a CSV file with the number it has in a spreadsheet."""

    number: int
    values: Mapping[str, str]

    def get(self, column: str) -> str:
        """The cell, which must not be empty."""
        value = self.values[column].strip()
        if not value:
            raise BadFile(f"Rij {self.number}, kolom {column}: dit vak is leeg.")
        return value

    def matching(self, column: str, pattern: str, example: str) -> str:
        """The cell, which must look like `example`."""
        value = self.get(column)
        if not re.fullmatch(pattern, value, re.ASCII):
            raise BadFile(
                f"Rij {self.number}, kolom {column}: ‘{value}’ klopt niet. Verwacht iets als {example}."
            )
        return value

    def short(self, column: str, longest: int) -> str:
        """The cell, which may be empty, but not longer than the database keeps."""
        value = self.values[column].strip()
        if len(value) > longest:
            raise BadFile(
                f"Rij {self.number}, kolom {column}: de tekst is te lang: hoogstens {longest} tekens."
            )
        return value

    def whole(self, column: str, digits: int = 9) -> int:
        return int(self.matching(column, rf"\d{{1,{digits}}}", "12"))


def read_bytes(path: Path, limit: int) -> bytes:
    """The file's content; BadFile when it is missing, a folder, empty or larger than `limit` bytes."""
    try:
        if path.is_dir():
            raise BadFile(f"{path} is een map. Noem een bestand.")
        if not path.is_file():
            raise BadFile(f"Het bestand {path} bestaat niet.")
        if path.stat().st_size > limit:
            raise BadFile(f"Het bestand {path.name} is te groot: hoogstens {limit // 1_000_000} MB.")
        content = path.read_bytes()
    except OSError:
        raise BadFile(f"Het bestand {path} kan niet worden gelezen.") from None
    if not content.strip():
        raise BadFile(f"Het bestand {path.name} is leeg.")
    return content


def as_text(content: bytes) -> str:
    """UTF-8 with or without a mark in front, else Windows-1252; BadFile for what is no text at all."""
    if content.startswith(SHEET_SIGNATURES):
        raise BadFile("Dit is een werkblad en geen CSV-bestand. Sla het in Excel op als ‘CSV UTF-8’.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not CONTROL.search(text):
            return text
    raise BadFile("Dit bestand is geen tekst. Sla het in Excel op als ‘CSV UTF-8’.")


def csv_lines(content: bytes, required: Sequence[str]) -> list[Line]:
    """The rows of a CSV file with a header, at least one; `;` and `,` both separate. Empty rows are passed over."""
    text = as_text(content)
    delimiter = ";" if text.split("\n", 1)[0].count(";") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header, *rows = reader
    except csv.Error:
        raise BadFile(f"Rij {reader.line_num}: een aanhalingsteken staat verkeerd.") from None
    header = [name.strip() for name in header]
    missing = [name for name in required if name not in header]
    if missing:
        raise BadFile(f"Rij 1: de kolom {missing[0]} ontbreekt. Gevonden: {', '.join(header)[:200]}.")
    lines = list(_lines(rows, header))
    if not lines:
        raise BadFile("Het bestand heeft een kop, maar geen rijen.")
    return lines


def _lines(rows: list[list[str]], header: list[str]) -> Iterator[Line]:
    for number, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            raise BadFile(f"Rij {number}: {len(row)} vakken in plaats van {len(header)}.")
        yield Line(number, dict(zip(header, row, strict=True)))


def odata_rows(content: bytes) -> tuple[str, list[dict[str, Any]]]:
    """The note and the rows of a CBS OData file; keys and texts stripped of their padding."""
    try:
        data = json.loads(as_text(content))
        rows = data["value"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadFile(
            "Dit is geen JSON-bestand zoals CBS het geeft: het onderdeel ‘value’ ontbreekt."
        ) from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadFile("Dit is geen JSON-bestand zoals CBS het geeft: ‘value’ is geen lijst met rijen.")
    stripped = [
        {key: value.strip() if isinstance(value, str) else value for key, value in row.items()}
        for row in rows
    ]
    return str(data.get("odata.metadata", "")), stripped


def stem(column: str) -> str:
    """A CBS column name without the number that changes each year: `Mannen_6` is `Mannen`."""
    return re.sub(r"_\d+$", "", column)


def count_or_none(value: Any) -> int | None:
    """A CBS number; None where it is unknown (null or a dot). ValueError for anything else."""
    if value in (None, "", "."):
        return None
    number = float(value)
    if not 0 <= number < 2**31:
        raise ValueError(value)
    return int(number)
