"""Writing the flat form: one line per cell, and one per part of a composite. `indicators.tidy` reads it."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from indicators.columns import Column
from indicators.tidy_words import COLUMNS, KINDS, NO, NOT_READ_IN, NUMBERS, STATUSES, YES, neutral

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class TidyCell:
    """One cell. `status` is a stored code, or "" where nothing was ever read in. `measured` is a code too.

    `parts` are the numbers of a composite with their words.
    """

    column: Column
    printed: str = ""
    status: str = ""
    value: Decimal | None = None
    value_high: Decimal | None = None
    comparator: str = ""
    parts: tuple[tuple[Decimal, str], ...] = ()
    reason: str = ""
    note: str = ""
    measured: str = ""
    n: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    vintage: dt.date | None = None
    recorded_at: dt.datetime | None = None


@dataclass(frozen=True)
class TidyRow:
    """One row of a table, or with an empty `table` one series. `order` counts from 1; 0 without a table."""

    label: str
    indicator: str
    series_id: int
    source: str
    area: str
    area_code: str
    cells: tuple[TidyCell, ...]
    table: str = ""
    chapter: str = ""
    order: int = 0
    group: str = ""
    printed_source: str = ""
    note: str = ""
    breakdown: str = ""
    unit: str = ""
    is_synthetic: bool = False


def flat_lines(rows: Iterable[TidyRow]) -> Iterator[tuple[str, ...]]:
    """The lines below the heading, each with a text for every one of COLUMNS."""
    for row in rows:
        about = _about(row)
        for cell in row.cells:
            for figures in _figures(cell):
                texts = about | _said(cell) | figures
                yield tuple(_text(name, texts.get(name, "")) for name in COLUMNS)


def _about(row: TidyRow) -> dict[str, str]:
    return {
        "tabel": row.table,
        "hoofdstuk": row.chapter,
        "rij": str(row.order or ""),
        "groep": row.group,
        "label": row.label,
        "bron_gedrukt": row.printed_source,
        "rijnoot": row.note,
        "indicator": row.indicator,
        "reeks": str(row.series_id),
        "bron": row.source,
        "verzonnen": YES if row.is_synthetic else NO,
        "gebied": row.area,
        "gebiedscode": row.area_code,
        "uitsplitsing": row.breakdown,
        "eenheid": row.unit,
    }


def _said(cell: TidyCell) -> dict[str, str]:
    word, sdmx = STATUSES.get(cell.status, (NOT_READ_IN, "O"))
    return {
        "soort": KINDS[cell.column.kind],
        "kolom": cell.column.label,
        "periode": cell.column.period.code,
        "meetperiode": cell.measured,
        "vergelijking": cell.comparator,
        "status": word,
        "status_sdmx": sdmx,
        "reden": cell.reason,
        "gedrukt": cell.printed,
        "noot": cell.note,
        "n": "" if cell.n is None else str(cell.n),
        "marge_laag": number(cell.low),
        "marge_hoog": number(cell.high),
        "peildatum": cell.vintage.isoformat() if cell.vintage else "",
        "vastgelegd": moment(cell.recorded_at) if cell.recorded_at else "",
    }


def _figures(cell: TidyCell) -> Iterator[dict[str, str]]:
    for value, words in cell.parts:
        yield {"onderdeel": words, "waarde": number(value)}
    if not cell.parts:
        yield {"waarde": number(cell.value), "waarde_tot": number(cell.value_high)}


def _text(name: str, text: str) -> str:
    return text if name in NUMBERS else neutral(writable(text))


def writable(text: str) -> str:
    """The text without what no spreadsheet can hold."""
    return _CONTROL.sub("", text.replace("\r\n", "\n"))


def number(value: Decimal | None) -> str:
    """With a decimal point and without idle zeros: "12", "12.5"; "" for None."""
    return "" if value is None else f"{value.normalize():f}"


def moment(when: dt.datetime) -> str:
    """To the second, in universal time: "2026-05-15T10:00:00Z"."""
    return when.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
