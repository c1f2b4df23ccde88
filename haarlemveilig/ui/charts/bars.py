"""Bars, and intervals of places: one drawing a row, without text, to be stretched sideways by the page."""

from collections.abc import Iterable
from html import escape

from haarlemveilig.ui.charts.data import Bar, BarChart, Interval
from haarlemveilig.ui.charts.plot import has_figure
from haarlemveilig.ui.charts.scale import Axis, axis_for
from haarlemveilig.ui.charts.svg import COLOURS, element, grid, number

WIDTH, HEIGHT = 300, 20


def bar_axis(chart: BarChart) -> Axis:
    """One axis for all bars of a chart, with zero on it."""
    known = [bar for bar in chart.bars if has_figure(bar)]
    return axis_for(value for bar in known for value in (bar.value, bar.low, bar.high) if value is not None)


def bar_svg(bar: Bar, axis: Axis, title: str, *, stands_out: bool = True) -> str:
    """A bar from zero, open while the figure is provisional, with its margin as a thin line below it."""
    zero = _x(axis, 0)
    ground = _box("tick", "primary-strong", zero - 0.5, 1, 0, HEIGHT)
    if bar.value is None or not has_figure(bar):
        return _row(title, _dashes(), ground)
    end = _x(axis, bar.value)
    part, colour = ("bar", "primary") if stands_out else ("band", "band")
    left, width = min(zero, end), abs(end - zero)
    if bar.state == "provisional":
        drawn = _open_box(part, colour, left, width)
    else:
        drawn = _box(part, colour, left, width, 2, 11)
    return _row(title, drawn, *_margin(bar, axis), ground)


def interval_svg(row: Interval, places: int, title: str) -> str:
    """A band over the possible places, the first at the left, with a tick in the likeliest one."""
    slot = WIDTH / max(places, 1)
    borders = "".join(
        f"M{number(min(max(place * slot, 0.5), WIDTH - 0.5))} 0V{HEIGHT}" for place in range(places + 1)
    )
    best, worst = (min(max(place, 1), places) for place in (row.best, row.worst))
    band = _box("band", "band", (best - 1) * slot, (worst - best + 1) * slot, 5, 10)
    if row.estimate is None:
        return _row(title, grid(borders), band)
    middle = (min(max(row.estimate, best), worst) - 0.5) * slot
    return _row(title, grid(borders), band, _box("tick", "primary-strong", middle - 1.5, 3, 2, 16))


def _margin(bar: Bar, axis: Axis) -> Iterable[str]:
    if bar.low is None or bar.high is None:
        return
    low, high = _x(axis, bar.low), _x(axis, bar.high)
    yield _box("tick", "primary-strong", low, max(high - low, 1), 16, 1.5)
    for end in (low, high):
        yield _box("tick", "primary-strong", min(max(end - 0.5, 0), WIDTH - 1), 1, 14, 5.5)


def _x(axis: Axis, value: float) -> float:
    return axis.part(value) * WIDTH


def _box(part: str, colour: str, x: float, width: float, y: float, height: float) -> str:
    x = min(max(x, 0), WIDTH - width)
    return element("rect", class_=f"hv-c-{part}", fill=COLOURS[colour], x=x, y=y, width=width, height=height)


def _open_box(part: str, colour: str, x: float, width: float) -> str:
    """Four filled edges: the stroke of a stretched rectangle would be thicker at its sides."""
    edge = min(1.5, width)
    uprights = (x, x + width - edge)
    return "".join(_box(part, colour, x, width, y, 1.5) for y in (2, 11.5)) + "".join(
        _box(part, colour, left, edge, 2, 11) for left in uprights
    )


def _dashes() -> str:
    """Where a bar would have been."""
    return "".join(_box("track", "line", x, 4, 7, 2) for x in range(4, WIDTH - 4, 10))


def _row(title: str, *parts: str) -> str:
    return element(
        "svg",
        element("title", escape(title)) + "".join(parts),
        class_="hv-c-row",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        preserveAspectRatio="none",
        role="img",
    )
