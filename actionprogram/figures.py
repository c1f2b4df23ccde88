"""The figures of one table: what must be said below it, and the same cells as CSV."""

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from actionprogram.footnotes import without_marks
from actionprogram.view_model import Row, Table, TargetVerdict
from indicators.tidy_words import neutral

HEADER = ("groep", "indicator", "bron", "kolom", "waarde", "zoals gedrukt", "status", "uitleg", "bron voluit")
SAME_SOURCE = "Staat er geen bron, dan is het die van de rij erboven."


def remarks(table: Table) -> tuple[str, ...]:
    """What explains blank sources and cells without a plain figure, and the notes at rows: one sentence each."""
    has_blank = any(row.source_above for row in table.rows)
    said = [remark for row in table.rows for remark in _remarks(row)]
    return (SAME_SOURCE, *said) if has_blank else tuple(said)


def _remarks(row: Row) -> list[str]:
    label = without_marks(row.label)
    found = [f"{label}: {row.remark}"] if row.remark else []
    explained = [cell for cell in row.cells if cell.explanation]
    for explanation, cells in groupby(explained, key=lambda cell: cell.explanation):
        found.append(f"{label}, {_listed([cell.column for cell in cells])}: {explanation}")
    return found


@dataclass(frozen=True)
class VerdictNote:
    """One verdict, with all the rows of one column it goes for."""

    rows: str
    verdict: TargetVerdict


def verdict_notes(table: Table) -> tuple[VerdictNote, ...]:
    """Whether the targets were met, each verdict once: several rows may wait for the figures of one year."""
    names: defaultdict[TargetVerdict, dict[str, None]] = defaultdict(dict)
    for row in table.rows:
        for verdict in row.verdicts:
            names[verdict][_name(row, table)] = None
    return tuple(VerdictNote(_listed(list(rows)), verdict) for verdict, rows in names.items())


def _name(row: Row, table: Table) -> str:
    """The label of a row, with its source where another source counts under the same label."""
    sources = {one.whole_source for one in table.rows if one.label == row.label}
    label = without_marks(row.label)
    return f"{label} ({row.whole_source})" if len(sources) > 1 else label


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} en {words[-1]}"


def as_csv(table: Table) -> str:
    """One line per cell, separated by semicolons, with the figure and the printed text beside each other.

    A text that a spreadsheet would take for a formula has an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    for group in table.groups:
        for row in group.rows:
            before = [neutral(text) for text in (group.label, without_marks(row.label), row.source)]
            for cell in row.cells:
                value = "" if cell.value is None else f"{cell.value:g}"
                after = [
                    neutral(text) for text in (cell.text, cell.status, cell.explanation, row.whole_source)
                ]
                writer.writerow([*before, neutral(cell.column), value, *after])
    return out.getvalue()
