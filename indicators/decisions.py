"""What an officer decided per row of a file before it is imported. Pure; becomes JSON in FigureImport."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal

from indicators.cells import parse, parse_target
from indicators.periods import Period
from indicators.table_file import TableCell, TableFile, TableLine

Choice = Literal["", "checked", "later", "skip"]


@dataclass(frozen=True)
class RowDecision:
    """One row. `choice` is "" as long as nobody looked; "later" leaves its proposals open.

    What is empty stays as the file has it. `indicator` is the name of a known one that the label stands
    for. With `own_series` the row does not share the series that was proposed. `texts` and `measured` say
    per column heading what the cell says and in which period it was measured.
    """

    choice: Choice = ""
    label: str = ""
    indicator: str = ""
    source: str = ""
    own_series: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)
    measured: Mapping[str, str] = field(default_factory=dict)

    @property
    def changes_the_row(self) -> bool:
        return bool(
            self.label or self.indicator or self.source or self.own_series or self.texts or self.measured
        )

    def to_json(self) -> dict[str, Any]:
        """Only what was decided."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "RowDecision":
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in data.items() if name in known})


NOTHING_DECIDED = RowDecision()
Decisions = Mapping[int, RowDecision]


def decisions_from_json(data: Mapping[str, Any]) -> dict[int, RowDecision]:
    """The decisions of a file by the place of the row, which JSON keeps as text."""
    return {int(place): RowDecision.from_json(one) for place, one in data.items()}


def decided(file: TableFile, decisions: Decisions) -> TableFile:
    """The file as the officer wants it read. Rows that are skipped stay, so that places keep their number."""
    lines = tuple(
        decided_line(line, decisions[place]) if place in decisions else line
        for place, line in enumerate(file.lines, start=1)
    )
    return replace(file, lines=lines)


def decided_line(line: TableLine, decision: RowDecision) -> TableLine:
    """One row as the officer wants it read. A source that a person gave is no proposal any more."""
    changed = replace(
        line,
        label=decision.label or line.label,
        cells=tuple(_decided_cell(cell, decision) for cell in line.cells),
    )
    if not decision.source:
        return changed
    # A proposal that is confirmed as it stands stays blank in print.
    printed = line.printed_source if decision.source == line.source else decision.source
    return replace(changed, printed_source=printed, source=decision.source, source_is_proposed=False)


def _decided_cell(cell: TableCell, decision: RowDecision) -> TableCell:
    heading = cell.column.label
    if heading in decision.texts:
        read = parse_target if cell.column.kind == "target" else parse
        # What the file said of the old text need not hold for the new one.
        cell = replace(cell, cell=read(decision.texts[heading]), status="", reason="", is_formula=False)
    if heading in decision.measured:
        period = Period.from_code(decision.measured[heading])
        cell = replace(cell, measured=period if period != cell.column.period else None)
    return cell
