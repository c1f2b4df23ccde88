import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haarlemveilig.ui import charts

fractions = st.floats(0, 1)
shares = st.builds(
    lambda label, ends: charts.Share(label, ends[1], ends[0], ends[2]),
    st.text(max_size=20).filter(str.isprintable),
    st.tuples(fractions, fractions, fractions).map(sorted),
)
points = st.lists(st.none() | st.floats(-1e6, 1e6), max_size=40).map(tuple)


def rects(svg: str) -> dict[str, dict[str, str]]:
    drawing = ElementTree.fromstring(svg)  # noqa: S314 (we drew it)
    return {part.get("class", ""): part.attrib for part in drawing if part.tag == "rect"}


def places(svg: str) -> list[tuple[float, float]]:
    d = re.search(r' d="([^"]*)"', svg)
    assert d
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](\S+?) ([\d.]+)", d[1])]


def test_the_axis_ends_at_60_percent_unless_a_margin_goes_further() -> None:
    assert charts.axis_top([]) == 0.6
    assert charts.axis_top([charts.Share("a", 0.5, 0.4, 0.6)]) == 0.6
    assert charts.axis_top([charts.Share("a", 0.5, 0.4, 0.61)]) == 0.8
    assert charts.axis_top([charts.Pair("a", 0.2, 0.95)]) == 1.0


def test_the_axis_prints_a_mark_every_twenty_percent() -> None:
    assert charts.axis_labels(0.6) == ("0%", "20%", "40%", "60%")
    assert charts.axis_labels(1.0)[-1] == "100%"


def test_a_share_is_drawn_where_the_design_draws_it() -> None:
    parts = rects(charts.share_svg(charts.Share("Te hard rijden", 0.52, 0.45, 0.59), 0.6, "t"))
    assert (parts["hv-c-band"]["x"], parts["hv-c-band"]["width"]) == ("225", "70")
    assert parts["hv-c-tick"]["x"] == "259"


@given(shares)
def test_the_tick_stands_in_the_band_and_the_band_on_the_axis(row: charts.Share) -> None:
    parts = rects(charts.share_svg(row, charts.axis_top([row]), row.label))
    start, width = (float(parts["hv-c-band"][name]) for name in ("x", "width"))
    assert start >= 0
    assert start + width <= charts.WIDTH + 0.1
    # Each of the three numbers is rounded to one decimal.
    assert start - 0.16 <= float(parts["hv-c-tick"]["x"]) + 1 <= start + width + 0.16


@given(fractions, fractions)
def test_a_bar_never_leaves_its_track(share: float, reference: float) -> None:
    row = charts.Pair("a", share, reference)
    parts = rects(charts.pair_svg(row, charts.axis_top([row]), "t"))
    assert 0 <= float(parts["hv-c-bar"]["width"]) <= charts.WIDTH


def test_a_title_with_markup_stays_text() -> None:
    svg = charts.spark_svg(charts.Spark((1, 2)), "<script>alert('1 & 2')</script>")
    drawing = ElementTree.fromstring(svg)  # noqa: S314 (we drew it)
    assert drawing.findtext("title") == "<script>alert('1 & 2')</script>"


def test_a_rising_series_goes_up_and_ends_in_a_dot() -> None:
    svg = charts.spark_svg(charts.Spark((812, 1190, 1034, 948)), "t")
    assert places(svg)[:2] == [(6, 22), (31.3, 6)]
    assert 'cx="82"' in svg


def test_a_missing_year_leaves_a_gap_in_the_line() -> None:
    assert charts.spark_svg(charts.Spark((1, 2, None, 3, 4)), "t").count("M") == 2


@pytest.mark.parametrize("empty", [(), (None,), (None, None)])
def test_a_series_without_figures_has_no_line_and_no_dot(empty: tuple[None, ...]) -> None:
    svg = charts.spark_svg(charts.Spark(empty), "t")
    assert 'd=""' in svg
    assert "circle" not in svg


@given(points)
def test_a_sparkline_stays_inside_its_box_with_at_most_24_points(series: tuple[float | None, ...]) -> None:
    drawn = places(charts.spark_svg(charts.Spark(series), "t"))
    assert len(drawn) <= 24
    assert all(0 <= x <= 88 and 0 <= y <= 28 for x, y in drawn)


@given(points.filter(any))
def test_the_dot_marks_the_last_known_point(series: tuple[float | None, ...]) -> None:
    svg = charts.spark_svg(charts.Spark(series), "t")
    drawn = places(svg)
    if drawn:
        assert f'cx="{drawn[-1][0]:g}" cy="{drawn[-1][1]:g}"' in svg
