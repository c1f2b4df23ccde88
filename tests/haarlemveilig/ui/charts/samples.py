"""Charts of every kind for property tests, and eyes to read a drawing with."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from hypothesis import strategies as st

from haarlemveilig.ui.charts import Line, LineChart, Point, Target

SVG_TAGS = ("circle", "polygon", "path", "text", "rect")
STATES = ("known", "provisional", "pending", "missing", "break")
numbers = st.one_of(
    st.integers(-3, 30).map(float),
    st.floats(-1e12, 1e12, allow_subnormal=False).filter(lambda value: value == 0 or abs(value) > 1e-6),
)
words = st.text(alphabet="abcdefgh ijk\u00adMW-&<é", min_size=1, max_size=40).filter(str.strip)


@st.composite
def points(draw: st.DrawFn, label: str) -> Point:
    state = draw(st.sampled_from(STATES))
    value = draw(st.none() | numbers)
    low, high = sorted((draw(numbers), draw(numbers))) if draw(st.booleans()) else (None, None)
    printed = "volgt" if value is None else f"{value:g}"
    return Point(label, value, printed, low=low, high=high, state=state)


@st.composite
def line_charts(draw: st.DrawFn) -> LineChart:
    first = draw(st.integers(1990, 2020))
    years = [str(first + step) for step in range(draw(st.integers(0, 24)))]
    lines = tuple(
        Line(draw(words), tuple(draw(points(year)) for year in years), draw(st.booleans()))
        for _ in range(draw(st.integers(0, 7)))
    )
    targets = tuple(
        Target(
            draw(words), draw(numbers), draw(st.none() | numbers), draw(st.sampled_from(["", "2031", "2004"]))
        )
        for _ in range(draw(st.integers(0, 3)))
    )
    base = draw(st.sampled_from(["zero", "data"]))
    return LineChart("Titel", lines, draw(st.sampled_from(["", "%"])), targets, base)  # type: ignore[arg-type]


def parts(svg: str, tag: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter(tag))  # noqa: S314 (we drew it)


def box(svg: str) -> tuple[float, float]:
    width, height = re.findall(r'viewBox="0 0 (\S+) (\S+)"', svg)[0]
    return float(width), float(height)


def coordinates(svg: str) -> Iterator[tuple[float, float]]:
    """Every absolute place in a drawing."""
    for tag in SVG_TAGS:
        for part in parts(svg, tag):
            yield from _coordinates(tag, part.attrib)


def _coordinates(tag: str, values: dict[str, str]) -> Iterator[tuple[float, float]]:
    if tag == "circle":
        yield float(values["cx"]), float(values["cy"])
    elif tag == "polygon":
        yield from ((float(x), float(y)) for x, y in re.findall(r"(\S+),(\S+)", values["points"]))
    elif tag == "path":
        yield from path_places(values["d"])
    else:
        x, y = float(values["x"]), float(values["y"])
        yield x, y
        yield x + float(values.get("width", 0)), y + float(values.get("height", 0))


def path_places(d: str) -> Iterator[tuple[float, float]]:
    x = y = 0.0
    for command, arguments in re.findall(r"([MLHVlhvz])([^MLHVlhvz]*)", d):
        found = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", arguments)]
        if command in "ML":
            x, y = found
        elif command == "H":
            x = found[0]
        elif command == "V":
            y = found[0]
        yield x, y
