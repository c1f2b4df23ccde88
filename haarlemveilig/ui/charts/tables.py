"""The figures of a chart as a table, so that nobody has to measure a drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

from haarlemveilig.ui.charts.data import (
    Bar,
    BarChart,
    Interval,
    IntervalChart,
    Line,
    LineChart,
    Point,
    SmallMultiples,
)
from haarlemveilig.ui.charts.scale import POINT_AND_COMMA


@dataclass(frozen=True)
class Cell:
    """A figure as printed, with its margin ("790–834") and its note where it has them."""

    printed: str
    margin: str = ""
    note: str = ""


@dataclass(frozen=True)
class Row:
    head: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class DataTable:
    """`heads` are those of the columns behind the first; the first column names the rows."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def table_by_period(chart: LineChart) -> DataTable:
    """A row for each period and a column for each line: long, but not wider than a phone can show."""
    columns = [_by_label(line) for line in chart.lines]
    rows = [
        Row(label, tuple(column.get(label, Cell("–")) for column in columns))
        for label in _labels(chart.lines)
    ]
    return DataTable(tuple(line.label for line in chart.lines), tuple(rows))


def table_by_area(chart: SmallMultiples) -> DataTable:
    """A row for each area and a column for each period."""
    labels = _labels(chart.charts)
    rows = [
        Row(line.label, tuple(_by_label(line).get(label, Cell("–")) for label in labels))
        for line in chart.charts
    ]
    return DataTable(labels, tuple(rows))


def table_of_bars(chart: BarChart, head: str) -> DataTable:
    """A row for each bar."""
    return DataTable((head,), tuple(Row(bar.label, (_cell(bar),)) for bar in chart.bars))


def table_of_places(chart: IntervalChart, heads: Sequence[str]) -> DataTable:
    """Best, worst and likeliest place in three columns; `heads` names them."""
    return DataTable(tuple(heads), tuple(Row(row.label, _places(row)) for row in chart.rows))


def margin_text(item: Point | Bar) -> str:
    """The margin with as many decimals as the printed figure has."""
    if item.low is None or item.high is None:
        return ""
    digits = item.printed.rpartition(",")[2] if "," in item.printed else ""
    decimals = len(digits) - len(digits.lstrip("0123456789"))
    low, high = (f"{end:,.{decimals}f}".translate(POINT_AND_COMMA) for end in (item.low, item.high))
    return f"{low}–{high}"


def _by_label(line: Line) -> dict[str, Cell]:
    return {point.label: _cell(point) for point in line.points}


def _labels(lines: Sequence[Line]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(point.label for line in lines for point in line.points))


def _cell(item: Point | Bar) -> Cell:
    return Cell(item.printed, margin_text(item), item.note)


def _places(row: Interval) -> tuple[Cell, ...]:
    estimate = "–" if row.estimate is None else str(row.estimate)
    return (Cell(str(row.best)), Cell(str(row.worst)), Cell(estimate, note=row.note))
