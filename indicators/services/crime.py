"""Importing crime per wijk from a CBS file: through the same door as any other table."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from haarlemveilig.gemeente.models import Area, Municipality
from indicators.crime_file import CrimeFile, CrimeKind, crime_lines
from indicators.import_report import ImportReport
from indicators.services.tables import import_table


def import_crime(
    file: CrimeFile,
    *,
    municipality: Municipality,
    kinds: Mapping[str, CrimeKind] | None = None,
    provenance: str,
    recorded_by: Any = None,
) -> ImportReport:
    """Take in registered crime: one series per kind and area. Running it again changes nothing.

    `kinds` says which codes we want, with their label and theme; without it all codes come in under their
    number. Passed over (`skipped`) are other codes, other municipalities and buurten that we do not know.
    Raises TableFileError for a wijk of our own that we do not know, and for a theme that does not exist.
    """
    report = import_table(
        crime_lines(file, kinds),
        area=Area.objects.get(level=Area.Level.GEMEENTE, code=municipality.code),
        provenance=provenance,
        recorded_by=recorded_by,
    )
    unwanted = sum(kinds is not None and row.kind not in kinds for row in file.rows)
    return replace(report, skipped=report.skipped + unwanted)
