"""Importing crime per wijk from a CBS file."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from haarlemveilig.audit.services import record
from haarlemveilig.gemeente.files import BadFile
from haarlemveilig.gemeente.models import Area, Municipality, Theme
from indicators.cells import print_number
from indicators.crime_file import AREA, CrimeFile, CrimeKind, CrimeRow
from indicators.import_report import CellChange, ImportReport
from indicators.models import Indicator, Source, Status
from indicators.periods import Period
from indicators.services.namebook import NameBook
from indicators.services.observations import Figure, Key, Origin, record_observations

UNKNOWN = Figure("onbekend", Status.UNKNOWN, reason="Onbekend of geheim volgens de bron.")
SOURCE = "Politie, via CBS"
SYNTHETIC_SOURCE = "Verzonnen, in de vorm van CBS"


@transaction.atomic
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
    Raises BadFile for a wijk of our own that we do not know, and for a theme that does not exist.
    """
    Area.objects.select_for_update().get(level=Area.Level.GEMEENTE, code=municipality.code)
    book = NameBook()
    areas = {area.code: area for area in Area.objects.exclude(level=Area.Level.STADSDEEL)}
    wanted = [row for row in file.rows if _is_wanted(row, areas, kinds, municipality.code)]
    source = _source(book, file)
    indicators = {code: _indicator(book, code, kinds) for code in dict.fromkeys(row.kind for row in wanted)}
    by_key = {
        (book.series(indicators[row.kind], source, areas[row.area]).pk, Period.of_year(row.year)): row
        for row in wanted
    }
    recorded = record_observations(
        {key: _figure(row) for key, row in by_key.items()}, Origin(provenance, recorded_by)
    )
    report = ImportReport(
        rows=len(wanted),
        cells=len(wanted),
        series=len({series_id for series_id, _period in by_key}),
        skipped=len(file.rows) - len(wanted),
        changes=tuple(_changes(by_key, recorded.changed, indicators)),
    )
    if report.changes:
        record(
            "indicators.crime_imported",
            actor=recorded_by,
            target=source,
            provenance=provenance,
            rows=report.rows,
        )
    return report


def _is_wanted(
    row: CrimeRow, areas: Mapping[str, Area], kinds: Mapping[str, CrimeKind] | None, city_code: str
) -> bool:
    if row.area not in areas and row.area.startswith(city_code.replace("GM", "WK")):
        raise BadFile(
            f"Rij {row.row}, kolom {AREA}: de wijk {row.area} is niet bekend. Importeer eerst de wijken."
        )
    return row.area in areas and (kinds is None or row.kind in kinds)


def _source(book: NameBook, file: CrimeFile) -> Source:
    if file.is_synthetic:
        return book.synthetic_source(f"{SYNTHETIC_SOURCE} {file.table}".strip())
    return book.source(f"{SOURCE} {file.table}".strip())


def _indicator(book: NameBook, code: str, kinds: Mapping[str, CrimeKind] | None) -> Indicator:
    kind = (kinds or {}).get(code) or CrimeKind(f"Misdrijven, soort {code}")
    return book.indicator(kind.label) or book.new_indicator(kind.label, theme=_theme(code, kind))


def _theme(code: str, kind: CrimeKind) -> Theme | None:
    theme = Theme.objects.filter(code=kind.theme).first() if kind.theme else None
    if kind.theme and not theme:
        raise BadFile(f"Soort misdrijf {code}: het thema ‘{kind.theme}’ bestaat niet.")
    return theme


def _figure(row: CrimeRow) -> Figure:
    if row.count is None:
        return UNKNOWN
    value = Decimal(row.count)
    return Figure(print_number(value), Status.NORMAL, value)


def _changes(
    by_key: Mapping[Key, CrimeRow], changed: Mapping[Key, str | None], indicators: Mapping[str, Indicator]
) -> Iterator[CellChange]:
    for key, before in changed.items():
        row = by_key[key]
        yield CellChange(
            row.row, f"{indicators[row.kind].name}, {row.area}", str(row.year), before, _figure(row).printed
        )
