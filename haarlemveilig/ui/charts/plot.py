"""A line in its field: where its points stand, the path between them, and the marks on it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Literal

from haarlemveilig.ui.charts.data import Bar, Line, Point
from haarlemveilig.ui.charts.scale import Axis, steps_between
from haarlemveilig.ui.charts.svg import element, number, stroke

Shape = Literal["circle", "square", "triangle", "diamond", "plus"]
RADIUS = 4.5
CAP = 4
INSET = 10
# Closer together than this, marks would hide the line: then only those remain that say something.
ROOM_FOR_MARKS = 14


@dataclass(frozen=True)
class Style:
    """How a line differs from the others: by colour, dashes and the shape of its marks."""

    part: str
    colour: str
    dashes: str
    shape: Shape


@dataclass(frozen=True)
class Field:
    """The box that lines are drawn in; `middles` are the places of the labels, from left to right."""

    labels: tuple[str, ...]
    middles: tuple[float, ...]
    left: float
    right: float
    top: float
    bottom: float
    axis: Axis

    @classmethod
    def of(cls, labels: tuple[str, ...], edges: tuple[float, float, float, float], axis: Axis) -> "Field":
        """`edges` are left, right, top and bottom; the first and the last period stay a little inside."""
        left, right, top, bottom = edges
        width = right - left - 2 * INSET
        middles = tuple(left + INSET + place * width for place in steps_between(labels))
        return cls(labels, middles, left, right, top, bottom, axis)

    def x(self, label: str) -> float:
        return self.middles[self.labels.index(label)]

    def y(self, value: float) -> float:
        return self.bottom - self.axis.part(value) * (self.bottom - self.top)

    @property
    def has_room_for_marks(self) -> bool:
        return all(right - left >= ROOM_FOR_MARKS for left, right in pairwise(self.middles))


@dataclass(frozen=True)
class Spot:
    """A known point in the field."""

    x: float
    y: float
    point: Point

    @property
    def is_open(self) -> bool:
        return self.point.state == "provisional"


def spots(line: Line, field: Field) -> list[list[Spot]]:
    """The known points in runs: a line goes on within a run, and stops at a gap or a break."""
    runs: list[list[Spot]] = [[]]
    for point in line.points:
        if not has_figure(point) or point.state == "break":
            runs.append([])
        if has_figure(point) and point.value is not None:
            runs[-1].append(Spot(field.x(point.label), field.y(point.value), point))
    return [run for run in runs if run]


def has_figure(point: Point | Bar) -> bool:
    """Whether there is a figure to draw. One that is "missing" is not drawn, whatever its value."""
    return point.value is not None and point.state not in ("pending", "missing")


def last_known(line: Line) -> Point | None:
    """The last point with a figure."""
    return next(filter(has_figure, reversed(line.points)), None)


def line_path(run: Sequence[Spot]) -> str:
    """The path through a run. It stops short of open marks, through which it would show."""
    parts = []
    pen = ""
    for left, right in pairwise(run):
        length = math.hypot(right.x - left.x, right.y - left.y)
        start, end = (RADIUS / length if spot.is_open and length else 0 for spot in (left, right))
        if start + end >= 1:
            continue
        from_, to = _between(left, right, start), _between(left, right, 1 - end)
        parts.append(f"L{to}" if from_ == pen else f"M{from_}L{to}")
        pen = to
    return "".join(parts)


def _between(left: Spot, right: Spot, part: float) -> str:
    x, y = left.x + (right.x - left.x) * part, left.y + (right.y - left.y) * part
    return f"{number(x)} {number(y)}"


def marks(runs: Sequence[Sequence[Spot]], shape: Shape, *, everywhere: bool) -> str:
    """The marks of a line: at every point, or only where it ends, stands alone or is provisional."""
    last = runs[-1][-1] if runs else None
    return "".join(
        mark(shape, spot.x, spot.y, is_open=spot.is_open)
        for run in runs
        for spot in run
        if everywhere or spot is last or spot.is_open or len(run) == 1
    )


def mark(shape: Shape, x: float, y: float, *, is_open: bool = False) -> str:
    """One mark, filled or open."""
    fill = "none" if is_open else "currentColor"
    if shape == "circle":
        return element("circle", cx=x, cy=y, r=RADIUS - 1, fill=fill, stroke="currentColor", stroke_width=2)
    outline = " ".join(f"{number(x + dx)},{number(y + dy)}" for dx, dy in OUTLINES[shape])
    return element("polygon", points=outline, fill=fill, stroke="currentColor", stroke_width=2)


OUTLINES: dict[Shape, tuple[tuple[float, float], ...]] = {
    "square": ((-3, -3), (3, -3), (3, 3), (-3, 3)),
    "triangle": ((0, -4), (4, 3), (-4, 3)),
    "diamond": ((0, -4.5), (4.5, 0), (0, 4.5), (-4.5, 0)),
    "plus": (
        (-1, -4), (1, -4), (1, -1), (4, -1), (4, 1), (1, 1),
        (1, 4), (-1, 4), (-1, 1), (-4, 1), (-4, -1), (-1, -1),
    ),
}  # fmt: skip


def whiskers(runs: Sequence[Sequence[Spot]], field: Field) -> str:
    """The margins: an upright line with caps for each point that has one. They end where a mark is."""
    return stroke("".join(_whisker(spot, field) for run in runs for spot in run), width=1.5)


def _whisker(spot: Spot, field: Field) -> str:
    low, high = spot.point.low, spot.point.high
    if low is None or high is None:
        return ""
    foot, head, x = field.y(low), field.y(high), spot.x
    ends = "".join(f"M{number(x - CAP)} {number(end)}H{number(x + CAP)}" for end in (head, foot))
    upper = f"M{number(x)} {number(head)}V{number(spot.y - RADIUS)}" if head < spot.y - RADIUS else ""
    lower = f"M{number(x)} {number(spot.y + RADIUS)}V{number(foot)}" if foot > spot.y + RADIUS else ""
    return ends + upper + lower


def breaks(lines: Sequence[Line], field: Field) -> str:
    """An upright dotted line before each period in which a new series begins."""
    begins = [point.label for line in lines for point in line.points if point.state == "break"]
    places = dict.fromkeys(_before(label, field) for label in begins)
    d = "".join(f"M{number(x)} {number(field.top)}V{number(field.bottom)}" for x in places)
    return stroke(d, 1.5, "2 4")


def _before(label: str, field: Field) -> float:
    place = field.labels.index(label)
    earlier = field.middles[place - 1] if place else field.left
    return (earlier + field.middles[place]) / 2


def gaps(lines: Sequence[Line], field: Field, y: float) -> str:
    """A small open mark below the axis wherever a line has no figure: a box if it comes later, else a cross."""
    states = {point.label: point.state for line in lines for point in line.points if not has_figure(point)}
    return "".join(gap_mark(field.x(label), y, pending=state == "pending") for label, state in states.items())


def gap_mark(x: float, y: float, *, pending: bool) -> str:
    """One such mark."""
    box = f"M{number(x - 3)} {number(y - 3)}h6v6h-6z"
    cross = f"M{number(x - 3)} {number(y - 3)}l6 6M{number(x + 3)} {number(y - 3)}l-6 6"
    return stroke(box if pending else cross, 1.5)


def values(lines: Sequence[Line]) -> list[float]:
    """All that the axis must fit: the figures and their margins."""
    known = [point for line in lines for point in line.points if has_figure(point)]
    return [end for point in known for end in (point.value, point.low, point.high) if end is not None]


def silent_stretches(lines: Sequence[Line]) -> list[tuple[str, tuple[str, ...]]]:
    """Stretches of periods in which no line has a figure, each with the word that says why."""
    columns = [
        (column[0].label, _silence(column)) for column in zip(*(line.points for line in lines), strict=False)
    ]
    stretches = groupby(columns, key=itemgetter(1))
    return [(word, tuple(label for label, _word in columns)) for word, columns in stretches if word]


def _silence(column: Sequence[Point]) -> str:
    """The word that all these points print instead of a figure."""
    words = {"" if has_figure(point) else point.printed for point in column}
    return words.pop() if len(words) == 1 else ""
