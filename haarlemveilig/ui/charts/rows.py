"""Charts of one row each: a share with its margin, a group beside its reference, a small line.

No text inside: the page stretches the rows sideways, and prints labels and numbers beside them.
"""

import math
from collections.abc import Iterable, Sequence
from html import escape

from haarlemveilig.ui.charts.data import Pair, Share, Spark
from haarlemveilig.ui.charts.svg import COLOURS

AXIS_STEP = 20
WIDTH = 300
SPARK_MAX_POINTS = 24


def axis_top(shares: Iterable[Share | Pair]) -> float:
    """The end of the axis that fits all `shares`: 0.6, or the next multiple of 0.2.

    Give it the rows of every group on the page, so that all groups share one scale.
    """
    ends = (row.high if isinstance(row, Share) else max(row.share, row.reference) for row in shares)
    steps = math.ceil(max(ends, default=0) * 100 / AXIS_STEP - 1e-9)
    return min(max(steps, 3), 100 // AXIS_STEP) * AXIS_STEP / 100


def axis_labels(top: float) -> tuple[str, ...]:
    """The printed marks of an axis that ends at `top`."""
    return tuple(f"{mark}%" for mark in range(0, round(top * 100) + 1, AXIS_STEP))


def share_svg(row: Share, top: float, title: str) -> str:
    """A band for the margin with a tick for the estimate, over an axis from 0 to `top`."""
    low, share, high = (_x(value, top) for value in (row.low, row.share, row.high))
    return _row_svg(
        title,
        _grid(top),
        _rect("band", "band", low, high - low, 6, 8),
        _rect("tick", "primary-strong", share - 1, 2, 3, 14),
    )


def pair_svg(row: Pair, top: float, title: str) -> str:
    """A bar for the participants with a mark for the population, over an axis from 0 to `top`."""
    return _row_svg(
        title,
        _rect("track", "line", 0, WIDTH, 4, 12),
        _rect("bar", "primary", 0, _x(row.share, top), 4, 12),
        _rect("mark", "thread", _x(row.reference, top) - 2, 4, 0, 20),
    )


def spark_svg(spark: Spark, title: str) -> str:
    """A line without axis, the last known point marked; older points beyond 24 are left out."""
    places = _spark_places(spark.points[-SPARK_MAX_POINTS:])
    known = [place for place in places if place]
    dot = ""
    if known:
        x, y = known[-1]
        dot = f'<circle class="hv-c-dot" fill="{COLOURS["thread"]}" cx="{x:g}" cy="{y:g}" r="3.5"/>'
    return (
        '<svg class="hv-spark" viewBox="0 0 88 28" width="88" height="28" role="img">'
        f"<title>{escape(title)}</title>"
        f'<path class="hv-c-line" fill="none" stroke="{COLOURS["primary"]}" stroke-width="2"'
        f' d="{_spark_path(places)}"/>{dot}</svg>'
    )


def _spark_places(points: Sequence[float | None]) -> list[tuple[float, float] | None]:
    known = [point for point in points if point is not None]
    low, spread = min(known, default=0), max(known, default=0) - min(known, default=0)
    gap = 76 / max(len(points) - 1, 1)

    def place(index: int, point: float) -> tuple[float, float]:
        height = (point - low) / spread if spread else 0.5
        return round(6 + index * gap, 1), round(22 - 16 * height, 1)

    return [None if point is None else place(index, point) for index, point in enumerate(points)]


def _spark_path(places: Sequence[tuple[float, float] | None]) -> str:
    parts = []
    pen_down = False
    for place in places:
        if place:
            parts.append(f"{'L' if pen_down else 'M'}{place[0]:g} {place[1]:g}")
        pen_down = place is not None
    return "".join(parts)


def _x(value: float, top: float) -> float:
    return min(max(value / top, 0), 1) * WIDTH


def _rect(part: str, colour: str, x: float, width: float, y: int, height: int) -> str:
    return (
        f'<rect class="hv-c-{part}" fill="{COLOURS[colour]}" x="{round(x, 1):g}" y="{y}"'
        f' width="{round(width, 1):g}" height="{height}"/>'
    )


def _grid(top: float) -> str:
    count = round(top * 100) // AXIS_STEP
    # Half a pixel inside both edges, or the outer lines would be cut in two.
    places = [min(max(index * WIDTH / count, 0.5), WIDTH - 0.5) for index in range(count + 1)]
    lines = "".join(f"M{place:g} 0V20" for place in places)
    return f'<path class="hv-c-grid" fill="none" stroke="{COLOURS["line"]}" d="{lines}"/>'


def _row_svg(title: str, *parts: str) -> str:
    # Stretched sideways by the page: only upright lines and rectangles survive that.
    return (
        f'<svg class="hv-c-row" viewBox="0 0 {WIDTH} 20" preserveAspectRatio="none" role="img">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )
