"""Tables made up for the files, with every kind of cell."""

import datetime as dt
from decimal import Decimal

from indicators.columns import Column, year_column
from indicators.exports import Definition, Document, Heading, SourceNote, TidyCell, TidyRow
from indicators.periods import Period

THEN = dt.datetime(2026, 5, 15, 10, tzinfo=dt.UTC)
TARGET = Column("target", Period.of_year(2027), "Streefwaarde 2027")


def cell(printed: str = "12", column: Column | None = None, **fields: object) -> TidyCell:
    given = {"value": Decimal(12)} if printed == "12" else {}
    defaults = {"printed": printed, "status": "normal", "vintage": THEN.date(), "recorded_at": THEN} | given
    return TidyCell(column or year_column(2021), **(defaults | fields))  # type: ignore[arg-type]


def row(*cells: TidyCell, **fields: object) -> TidyRow:
    defaults: dict[str, object] = {
        "label": "Burenruzie",
        "indicator": "Burenruzie",
        "series_id": 7,
        "source": "Politie",
        "area": "Haarlem",
        "area_code": "GM0392",
        "table": "Overlast",
        "order": 1,
    }
    return TidyRow(cells=cells, **(defaults | fields))  # type: ignore[arg-type]


def document(*rows: TidyRow, **fields: object) -> Document:
    columns = {cell.column.key: cell.column for row in rows for cell in row.cells}
    defaults: dict[str, object] = {
        "title": "Overlast",
        "url": "https://veilig.example.org/cijfers/overlast.csv",
        "publisher": "Gemeente Haarlem",
        "modified": THEN,
        "headings": tuple(Heading(column.key, column.label) for column in columns.values()),
        "rows": rows,
        "definitions": (Definition("Burenruzie", "Meldingen van ruzie tussen buren.", ""),),
        "sources": (SourceNote("Politie", "registratie", "Meldingen", "", "https://example.org"),),
    }
    return Document(**(defaults | fields))  # type: ignore[arg-type]
