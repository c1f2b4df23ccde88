"""The figures of one table: what must be said below it, and the same cells as CSV."""

import csv
import io
from itertools import groupby

from actionprogram.footnotes import without_marks
from actionprogram.view_model import Row, Table

HEADER = ("groep", "indicator", "bron", "kolom", "waarde", "zoals gedrukt", "status", "uitleg")


def remarks(table: Table) -> tuple[str, ...]:
    """What explains the cells without a plain figure, and the notes at rows: one sentence each."""
    return tuple(remark for row in table.rows for remark in _remarks(row))


def _remarks(row: Row) -> list[str]:
    label = without_marks(row.label)
    found = [f"{label}: {row.remark}"] if row.remark else []
    explained = [cell for cell in row.cells if cell.explanation]
    for explanation, cells in groupby(explained, key=lambda cell: cell.explanation):
        found.append(f"{label}, {_listed([cell.column for cell in cells])}: {explanation}")
    return found


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} en {words[-1]}"


def as_csv(table: Table) -> str:
    """One line per cell, separated by semicolons, with the figure and the printed text beside each other."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    for group in table.groups:
        for row in group.rows:
            for cell in row.cells:
                value = "" if cell.value is None else f"{cell.value:g}"
                label = without_marks(row.label)
                writer.writerow(
                    [
                        group.label,
                        label,
                        row.source,
                        cell.column,
                        value,
                        cell.text,
                        cell.status,
                        cell.explanation,
                    ]
                )
    return out.getvalue()
