from hypothesis import given
from hypothesis import strategies as st

from haarlemveilig.ui.charts import Bar, BarChart, Interval, bar_axis, bar_svg, interval_svg
from tests.haarlemveilig.ui.charts.samples import STATES, box, coordinates, numbers, parts


@st.composite
def bars(draw: st.DrawFn) -> Bar:
    low, high = sorted((draw(numbers), draw(numbers))) if draw(st.booleans()) else (None, None)
    value, state = draw(st.none() | numbers), draw(st.sampled_from(STATES))
    return Bar("a", value, "1", low=low, high=high, state=state)


def rects(svg: str, part: str) -> list[dict[str, float]]:
    found = [rect.attrib for rect in parts(svg, "rect") if rect.get("class") == f"hv-c-{part}"]
    return [{name: float(rect[name]) for name in ("x", "y", "width", "height")} for rect in found]


@given(st.lists(bars(), max_size=8))
def test_bars_stay_inside_their_row(drawn: list[Bar]) -> None:
    axis = bar_axis(BarChart("t", tuple(drawn)))
    for bar in drawn:
        svg = bar_svg(bar, axis, "t")
        width, height = box(svg)
        assert all(-0.1 <= x <= width + 0.1 and 0 <= y <= height for x, y in coordinates(svg))


def test_a_bar_starts_at_zero_and_is_as_long_as_its_value() -> None:
    axis = bar_axis(BarChart("t", (Bar("a", 100, "100"), Bar("b", 50, "50"))))
    [whole], [half] = (rects(bar_svg(Bar("a", value, ""), axis, "t"), "bar") for value in (100, 50))
    assert (whole["x"], whole["width"]) == (0, 300)
    assert (half["x"], half["width"]) == (0, 150)


def test_a_negative_bar_goes_the_other_way() -> None:
    axis = bar_axis(BarChart("t", (Bar("a", 10, "10"), Bar("b", -10, "-10"))))
    [below] = rects(bar_svg(Bar("b", -10, "-10"), axis, "t"), "bar")
    assert (below["x"], below["width"]) == (0, 150)


def test_a_missing_figure_is_a_dotted_row_without_a_bar() -> None:
    svg = bar_svg(Bar("a", None, "volgt", state="pending"), bar_axis(BarChart("t", ())), "t")
    assert not rects(svg, "bar")
    assert rects(svg, "track")


def test_a_provisional_bar_is_only_an_edge() -> None:
    axis = bar_axis(BarChart("t", (Bar("a", 10, "10"),)))
    edges = rects(bar_svg(Bar("a", 10, "10", state="provisional"), axis, "t"), "bar")
    assert len(edges) == 4
    assert all(min(edge["width"], edge["height"]) == 1.5 for edge in edges)


def test_a_bar_that_steps_back_has_a_paler_colour() -> None:
    axis = bar_axis(BarChart("t", (Bar("a", 10, "10"),)))
    assert rects(bar_svg(Bar("a", 10, "10"), axis, "t", stands_out=False), "band")


def test_the_margin_is_a_line_of_its_own_below_the_bar() -> None:
    axis = bar_axis(BarChart("t", (Bar("a", 50, "50", low=40, high=60),)))
    svg = bar_svg(Bar("a", 50, "50", low=40, high=60), axis, "t")
    [bar] = rects(svg, "bar")
    margin = max(rects(svg, "tick"), key=lambda rect: rect["width"])
    assert (margin["x"], margin["width"]) == (200, 100)
    assert margin["y"] > bar["y"] + bar["height"]


def test_an_interval_covers_its_places_and_the_tick_stands_in_the_likeliest() -> None:
    svg = interval_svg(Interval("a", 2, 5, 3), 10, "t")
    [band], [tick] = rects(svg, "band"), rects(svg, "tick")
    assert (band["x"], band["width"]) == (30, 120)
    assert tick["x"] + tick["width"] / 2 == 75


def test_without_an_estimate_there_is_no_tick() -> None:
    assert not rects(interval_svg(Interval("a", 1, 9, None), 9, "t"), "tick")


@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 30), st.integers(1, 30))
def test_an_interval_stays_inside_its_row(places: int, one: int, other: int, estimate: int) -> None:
    row = Interval("a", min(one, other), max(one, other), estimate)
    svg = interval_svg(row, places, "t")
    assert all(0 <= x <= 300 and 0 <= y <= 20 for x, y in coordinates(svg))
