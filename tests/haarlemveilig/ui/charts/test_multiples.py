from hypothesis import given

from haarlemveilig.ui.charts import LineChart, Point, SmallMultiples, multiple_svg, multiples_axis
from haarlemveilig.ui.charts.data import Line
from haarlemveilig.ui.charts.tables import table_by_area
from tests.haarlemveilig.ui.charts.samples import box, coordinates, line_charts, parts


@given(line_charts())
def test_small_lines_stay_inside_their_box_and_hold_no_text(drawn: LineChart) -> None:
    chart = SmallMultiples("t", drawn.lines)
    axis, labels = multiples_axis(chart), table_by_area(chart).heads
    for line in chart.charts:
        svg = multiple_svg(line, axis, labels, "t")
        width, height = box(svg)
        assert all(-1 <= x <= width + 1 and -1 <= y <= height for x, y in coordinates(svg))
        assert not parts(svg, "text")


def test_all_areas_share_one_scale() -> None:
    low, high = (Line(name, (Point("2024", value, ""),)) for name, value in (("a", 10), ("b", 40)))
    chart = SmallMultiples("t", (low, high))
    axis = multiples_axis(chart)
    [lower], [upper] = (parts(multiple_svg(line, axis, ("2024",), "t"), "circle") for line in (low, high))
    assert float(lower.get("cy", 0)) > float(upper.get("cy", 0))


def test_an_area_that_stands_out_has_another_colour_and_a_thicker_line() -> None:
    points = (Point("2023", 1, "1"), Point("2024", 2, "2"))
    axis = multiples_axis(SmallMultiples("t", (Line("a", points),)))
    svg = multiple_svg(Line("a", points, emphasis=True), axis, ("2023", "2024"), "t")
    assert 'class="hv-c-s2"' in svg
    assert 'stroke-width="3"' in svg
