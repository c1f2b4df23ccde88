"""Many small lines on one scale: one for each area, without text inside."""

from haarlemveilig.ui.charts import plot
from haarlemveilig.ui.charts.data import Line, SmallMultiples
from haarlemveilig.ui.charts.plot import Field
from haarlemveilig.ui.charts.scale import Axis, axis_for
from haarlemveilig.ui.charts.svg import figure, grid, group, number, stroke

WIDTH, HEIGHT = 160, 100
TOP, BOTTOM = 8, 84


def multiples_axis(chart: SmallMultiples) -> Axis:
    """The one scale of all the lines."""
    return axis_for(plot.values(chart.charts), count=2)


def multiple_svg(line: Line, axis: Axis, labels: tuple[str, ...], title: str) -> str:
    """One of the small lines; `labels` are the periods of all of them, so that equal years stand equally far."""
    field = Field.of(labels, (0, WIDTH, TOP, BOTTOM), axis)
    runs = plot.spots(line, field)
    part, colour = ("s2", "thread") if line.emphasis else ("s1", "primary")
    lines = "".join(f"M0 {number(field.y(tick))}H{WIDTH}" for tick in axis.ticks)
    base = stroke(f"M0 {number(field.y(max(axis.low, 0)))}H{WIDTH}", 1.5)
    return figure(
        WIDTH,
        HEIGHT,
        "hv-c-small",
        title,
        "",
        grid(lines),
        group("axis", "border", base, plot.breaks([line], field)),
        group("soft", "text-2", plot.gaps([line], field, HEIGHT - 8)),
        group(
            part,
            colour,
            stroke("".join(map(plot.line_path, runs)), 3 if line.emphasis else 2),
            plot.marks(runs, "circle", everywhere=False),
        ),
    )
