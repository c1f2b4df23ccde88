"""The drawing of a line chart: grid and periods, lines with their margins and gaps, targets, labels."""

from haarlemveilig.ui.charts import endings, plot
from haarlemveilig.ui.charts.data import LineChart, Target
from haarlemveilig.ui.charts.layout import NUMBERS_OFF, WIDE, Format, Layout, lay_out
from haarlemveilig.ui.charts.lettering import legible, stacked
from haarlemveilig.ui.charts.svg import figure, grid, group, lettered, number, stroke, text

# The margins of more lines would hide each other; then they stand in the table only.
MOST_WITH_MARGINS = 2


def line_svg(chart: LineChart, title: str, description: str = "", size: Format = WIDE) -> str:
    """The drawing of a chart, read aloud as `title` and `description`."""
    layout = lay_out(chart, size)
    content = (
        _grid(layout),
        _numbers(layout),
        _periods(layout),
        _background(layout),
        *_lines(layout),
        group("ink", "text", *(_target(layout, target) for target in chart.target)),
        *endings.labels(layout),
    )
    return figure(size.width, layout.height, f"hv-c-{size.name}", title, description, *content)


def _grid(layout: Layout) -> str:
    field, axis = layout.field, layout.field.axis
    span = f"H{number(field.right)}"
    ticks = axis.ticks if layout.numbers else ()
    lines = "".join(f"M{number(field.left)} {number(field.y(tick))}{span}" for tick in ticks)
    base = field.y(max(axis.low, 0)) if layout.numbers else field.bottom
    start = f"M{number(field.left)} {number(base)}"
    # The mark of an axis that does not start at zero.
    zigzag = f"{start}l4 -5 4 10 4 -10 4 5" if axis.is_cut else ""
    return grid(lines) + group("axis", "border", stroke(f"{start}{span}{zigzag}", 1.5))


def _numbers(layout: Layout) -> str:
    field, size = layout.field, layout.size.size
    words = [
        text(printed, field.left - NUMBERS_OFF, field.y(tick) + size / 3, "end")
        for printed, tick in zip(layout.numbers, field.axis.ticks, strict=False)
    ]
    return lettered("soft", "text-2", size, *words)


def _periods(layout: Layout) -> str:
    """The periods below the axis; where no line has a figure, the word that says why stands below them."""
    field, size = layout.field, layout.size
    periods = legible(list(zip(field.labels, field.middles, strict=True)), size.size, size.width)
    shown = {period.words for period in periods}
    silent = [
        (_named(word, labels, shown), (field.x(labels[0]) + field.x(labels[-1])) / 2)
        for word, labels in layout.silent
    ]
    below = stacked(silent, size.size, size.width)
    spans = [
        f"M{number(field.x(labels[0]))} {number(layout.years_at + 5)}H{number(field.x(labels[-1]))}"
        for _word, labels in layout.silent
    ]
    lines = [line for line, _style in layout.named] or layout.chart.lines
    words = [text(period.words, period.middle, layout.years_at, "middle") for period in periods] + [
        text(word.words, word.middle, layout.years_at + 2 + size.row * (1 + word.row), "middle")
        for word in below
    ]
    marks = plot.gaps(lines, field, field.bottom + 10) + stroke("".join(spans), 1)
    return lettered("soft", "text-2", size.size, *words) + group("soft", "text-2", marks)


def _named(word: str, labels: tuple[str, ...], shown: set[str]) -> str:
    """The word, with its period where the axis has no room to name that."""
    return word if shown.intersection(labels) else f"{labels[0]}: {word}"


def _background(layout: Layout) -> str:
    runs = [run for line in layout.unnamed for run in plot.spots(line, layout.field)]
    unnamed = stroke("".join(map(plot.line_path, runs)), 1)
    return group("axis", "border", unnamed, plot.breaks(layout.chart.lines, layout.field))


def _lines(layout: Layout) -> list[str]:
    """The named lines, the first of them on top."""
    field = layout.field
    drawn = []
    for line, style in reversed(layout.named):
        runs = plot.spots(line, field)
        with_margins = line.emphasis or len(layout.named) <= MOST_WITH_MARGINS
        drawn.append(
            group(
                style.part,
                style.colour,
                plot.whiskers(runs, field) if with_margins else "",
                stroke("".join(map(plot.line_path, runs)), 3 if line.emphasis else 2, style.dashes),
                plot.marks(runs, style.shape, everywhere=field.has_room_for_marks),
            )
        )
    return drawn


def _target(layout: Layout, target: Target) -> str:
    x, y = layout.target_x(target), layout.field.y(target.value)
    high = y if target.value_high is None else layout.field.y(target.value_high)
    between = stroke(f"M{number(x)} {number(y)}V{number(high)}") if high != y else ""
    return between + "".join(plot.mark("diamond", x, end, is_open=True) for end in dict.fromkeys((y, high)))
