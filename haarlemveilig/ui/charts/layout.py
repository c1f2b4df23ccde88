"""How a line chart is laid out in one size: which lines get a name, and where the field lies."""

from dataclasses import dataclass

from haarlemveilig.ui.charts import plot
from haarlemveilig.ui.charts.data import Line, LineChart, Target
from haarlemveilig.ui.charts.lettering import text_width, wrap
from haarlemveilig.ui.charts.plot import Field, Style
from haarlemveilig.ui.charts.scale import Axis, axis_for, with_periods

STYLES = (
    Style("s1", "primary", "", "circle"),
    Style("s2", "thread", "7 3", "square"),
    Style("s3", "ok", "2 3", "triangle"),
    Style("s4", "warn", "9 3 2 3", "diamond"),
    Style("s5", "text-2", "4 2", "plus"),
)
# Room above the field for a figure, and between the field and what is written beside it.
HEADROOM, NUMBERS_OFF, LABELS_OFF = 22, 6, 12
# Between two labels at the right.
SPACING = 4
# A drawing without any figure is no more than its periods.
EMPTY_HEIGHT = 16


@dataclass(frozen=True)
class Format:
    """The size of a drawing, in units that are about a pixel where it is shown.

    `height` is that of the field, `size` that of the letters, `gutter` the most that names may take.
    """

    name: str
    width: int
    height: int
    size: int
    gutter: int

    @property
    def row(self) -> float:
        """From one line of text to the next."""
        return self.size * 1.2


NARROW = Format("narrow", width=288, height=190, size=14, gutter=96)
WIDE = Format("wide", width=640, height=240, size=15, gutter=190)


@dataclass(frozen=True)
class Name:
    """A label at the right in lines of text; `bold` is how the first one begins."""

    rows: tuple[str, ...]
    bold: str = ""


@dataclass(frozen=True)
class Layout:
    """`named` lines have a style and, unless there is one line only, a name; `unnamed` ones are background.

    `silent` are the stretches of periods without any figure, with the word that says why.
    """

    chart: LineChart
    size: Format
    named: tuple[tuple[Line, Style], ...]
    unnamed: tuple[Line, ...]
    line_names: tuple[Name, ...]
    target_names: tuple[Name, ...]
    silent: tuple[tuple[str, tuple[str, ...]], ...]
    field: Field
    numbers: tuple[str, ...]

    @property
    def years_at(self) -> float:
        """The foot of the letters of the periods; the marks of gaps stand between the axis and them."""
        with_gap = any(not plot.has_figure(point) for line in self.chart.lines for point in line.points)
        return self.field.bottom + (14 if with_gap else 4) + self.size.row

    @property
    def height(self) -> float:
        return self.years_at + (2 * self.size.row if self.silent else 0) + 8

    def target_x(self, target: Target) -> float:
        """A target without a period counts for the last one."""
        if target.period:
            return self.field.x(target.period)
        return self.field.middles[-1] if self.field.middles else self.field.left


def lay_out(chart: LineChart, size: Format) -> Layout:
    """The layout of a chart. Many labels at the right make the field higher, long ones make it narrower."""
    named = labelled(chart)
    known = [line for line, _style in named]
    line_names = tuple(_name_of(line, size) for line in known) if len(chart.lines) > 1 else ()
    target_names = tuple(Name(wrap(target.label, size.gutter, size.size)) for target in chart.target)
    axis = line_axis(chart)
    drawn = bool(named or chart.target)
    numbers = tuple(axis.printed(tick, chart.unit) for tick in axis.ticks) if drawn else ()
    return Layout(
        chart,
        size,
        named,
        tuple(line for line in chart.lines if line not in known),
        line_names,
        target_names,
        tuple(plot.silent_stretches(chart.lines)),
        _field(chart, size, axis, (*line_names, *target_names), numbers),
        numbers,
    )


def line_axis(chart: LineChart) -> Axis:
    """The axis of a chart: it fits every value, margin and target."""
    aims = [end for target in chart.target for end in (target.value, target.value_high) if end is not None]
    return axis_for([*plot.values(chart.lines), *aims], from_data=chart.base == "data")


def labelled(chart: LineChart) -> tuple[tuple[Line, Style], ...]:
    """The lines with a name and a style of their own, at most five: those that stand out come first.

    Among more than five lines only those that stand out are named; the others are their background.
    """
    known = [line for line in chart.lines if plot.last_known(line)]
    first = [line for line in known if line.emphasis]
    others = [line for line in known if not line.emphasis]
    chosen = first if first and len(known) > len(STYLES) else first + others
    return tuple(zip(chosen, STYLES, strict=False))


def _name_of(line: Line, size: Format) -> Name:
    last = plot.last_known(line)
    # Of a piece, so that the bold part stands on one line.
    figure = last.printed.replace(" ", "\u00a0") if last else ""
    rows = wrap(f"{figure} {line.label}", size.gutter, size.size)
    return Name(rows, figure if rows[0].startswith(figure) else "")


def _field(
    chart: LineChart, size: Format, axis: Axis, names: tuple[Name, ...], numbers: tuple[str, ...]
) -> Field:
    periods = tuple(dict.fromkeys(point.label for line in chart.lines for point in line.points))
    labels = with_periods(periods, (target.period for target in chart.target))
    widths = [text_width(row, size.size) for name in names for row in name.rows]
    left = max((text_width(number, size.size) for number in numbers), default=0) + NUMBERS_OFF
    right = size.width - (max(widths) + LABELS_OFF if widths else 0)
    needed = sum(len(name.rows) * size.row + SPACING for name in names)
    height = max(size.height, needed) if numbers else EMPTY_HEIGHT
    return Field.of(labels, (left, right, HEADROOM, HEADROOM + height), axis)
