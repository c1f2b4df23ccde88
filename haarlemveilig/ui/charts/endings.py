"""The labels of a line chart: the last figure beside its point, or names and figures at the right."""

from dataclasses import dataclass

from haarlemveilig.ui.charts import plot
from haarlemveilig.ui.charts.layout import LABELS_OFF, SPACING, Layout, Name
from haarlemveilig.ui.charts.lettering import Wish, spread, text_width
from haarlemveilig.ui.charts.plot import Spot
from haarlemveilig.ui.charts.svg import group, lettered, number, stroke, text

# From a point or its margin to the figure above or below it.
ABOVE, BELOW = 9, 6
# From the foot of the letters to the top of their line.
ASCENT = 0.78


@dataclass(frozen=True)
class _Ending:
    """A label at the right, and the point that it belongs to."""

    name: Name
    x: float
    y: float
    part: str = "ink"
    colour: str = "text"


def labels(layout: Layout) -> list[str]:
    """All labels. A line alone needs no name: its last figure stands beside its point."""
    runs = [(plot.spots(line, layout.field), style) for line, style in layout.named]
    alone = [_beside(layout, found[-1]) for found, _style in runs] if not layout.line_names else []
    ends = [
        _Ending(name, found[-1][-1].x, found[-1][-1].y, style.part, style.colour)
        for name, (found, style) in zip(layout.line_names, runs, strict=False)
    ]
    aims = [
        _Ending(name, layout.target_x(target), layout.field.y(target.value))
        for name, target in zip(layout.target_names, layout.chart.target, strict=True)
    ]
    return alone + _at_the_right(layout, ends + aims)


def _beside(layout: Layout, run: list[Spot]) -> str:
    """The last figure, on the side that the line does not come from, and clear of the margin."""
    field, size, spot = layout.field, layout.size.size, run[-1]
    foot, head = (spot.y if end is None else field.y(end) for end in (spot.point.low, spot.point.high))
    below = max(foot, spot.y) + size + BELOW
    falls = len(run) > 1 and run[-2].y < spot.y
    y = below if falls and below < field.bottom else min(head, spot.y) - ABOVE
    half = text_width(spot.point.printed, size) / 2
    x = max(min(spot.x, field.right - half), half)
    return lettered("ink", "text", size, text(spot.point.printed, x, y, "middle", spot.point.printed))


def _at_the_right(layout: Layout, endings: list[_Ending]) -> list[str]:
    row, left = layout.size.row, layout.field.right + LABELS_OFF
    wishes = [Wish(ending.y, len(ending.name.rows) * row + SPACING) for ending in endings]
    drawn = []
    for ending, middle in zip(endings, spread(wishes, SPACING, layout.field.bottom), strict=True):
        first = middle - len(ending.name.rows) * row / 2 + row * ASCENT
        words = [
            text(words, left, first + index * row, bold="" if index else ending.name.bold)
            for index, words in enumerate(ending.name.rows)
        ]
        drawn.append(_leader(ending, left - 3, middle))
        drawn.append(lettered(ending.part, ending.colour, layout.size.size, *words))
    return drawn


def _leader(ending: _Ending, end: float, middle: float) -> str:
    """A thin line from a point to its label, unless they stand side by side."""
    start = ending.x + 2 * plot.RADIUS
    if end - start < LABELS_OFF + plot.INSET and abs(middle - ending.y) < 2 * plot.RADIUS:
        return ""
    d = f"M{number(start)} {number(ending.y)}L{number(end)} {number(middle)}"
    return group("axis", "border", stroke(d, 1, "1 3"))
