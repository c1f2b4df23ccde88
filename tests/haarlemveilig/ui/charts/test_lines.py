import re

import pytest
from hypothesis import given, settings

from haarlemveilig.ui import charts
from haarlemveilig.ui.charts import NARROW, WIDE, Line, LineChart, Point, Target, line_svg
from haarlemveilig.ui.charts.layout import Format
from haarlemveilig.ui.charts.lettering import text_width
from tests.haarlemveilig.ui.charts.samples import box, coordinates, line_charts, parts, path_places

HALF_A_MARK = 6
SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])


def line(label: str, *values: float | None, emphasis: bool = False) -> Line:
    points = tuple(
        Point(
            str(year),
            value,
            "volgt" if value is None else f"{value:g}",
            state="pending" if value is None else "known",
        )
        for year, value in enumerate(values, start=2019)
    )
    return Line(label, points, emphasis)


def chart(*lines: Line, **more: object) -> LineChart:
    return LineChart("Titel", lines, **more)  # type: ignore[arg-type]


def strokes(svg: str, part: str) -> list[str]:
    """The paths of the group with that class."""
    groups = [group for group in parts(svg, "g") if group.get("class") == f"hv-c-{part}"]
    return [path.get("d", "") for group in groups for path in group.iter("path")]


def texts(svg: str) -> list[str]:
    return ["".join(element.itertext()) for element in parts(svg, "text")]


@SIZES
@settings(max_examples=150)
@given(drawn=line_charts())
def test_whatever_the_figures_everything_stays_inside_the_drawing(size: Format, drawn: LineChart) -> None:
    svg = line_svg(drawn, "titel", "uitleg", size)
    width, height = box(svg)
    for x, y in coordinates(svg):
        assert -HALF_A_MARK <= x <= width + HALF_A_MARK
        assert -HALF_A_MARK <= y <= height
    for words in parts(svg, "text"):
        content = "".join(words.itertext())
        wide = text_width(content, size.size)
        start = (
            float(words.get("x", 0))
            - {"start": 0, "middle": 0.5, "end": 1}[words.get("text-anchor", "")] * wide
        )
        assert start >= -1
        assert start + wide <= width + 1, content


@given(line_charts())
def test_there_are_never_more_marks_than_known_points(drawn: LineChart) -> None:
    svg = line_svg(drawn, "t")
    known = sum(charts.has_figure(point) for line in drawn.lines for point in line.points)
    targets = sum(2 if target.value_high is not None else 1 for target in drawn.target)
    assert len(parts(svg, "circle")) + len(parts(svg, "polygon")) <= known + targets


def test_a_line_alone_rises_where_its_figures_rise() -> None:
    svg = line_svg(chart(line("a", 10, 20, 15)), "t")
    [path] = strokes(svg, "s1")
    first, second, third = (y for _, y in path_places(path))
    assert second < third < first


def test_a_missing_year_breaks_the_line_and_never_draws_at_zero() -> None:
    svg = line_svg(chart(line("a", 10, 20, None, 15, 12)), "t")
    [path] = strokes(svg, "s1")
    assert path.count("M") == 2
    assert len(parts(svg, "circle")) == 4
    base = max(y for y in (float(words.get("y", 0)) for words in parts(svg, "text") if words.text == "0"))
    assert all(y < base - 10 for _, y in path_places(path))


def test_a_year_without_any_figure_says_why_below_the_axis() -> None:
    assert "volgt" in texts(line_svg(chart(line("a", 10, None), line("b", 5, None)), "t"))


def test_the_word_brings_its_year_where_the_axis_leaves_that_out() -> None:
    figures = [5.0] * 10 + [None, 5.0]
    assert "2029: volgt" in texts(line_svg(chart(line("a", *figures)), "t", size=NARROW))
    assert "volgt" in texts(line_svg(chart(line("a", *figures)), "t", size=WIDE))


def test_a_gap_in_one_line_is_marked_but_the_axis_names_no_reason() -> None:
    svg = line_svg(chart(line("a", 10, None), line("b", 5, 6)), "t")
    assert "volgt" not in texts(svg)
    assert len(strokes(svg, "soft")) == 1


def test_a_figure_that_is_called_missing_is_not_drawn() -> None:
    points = (Point("2019", 5, "5"), Point("2020", 0, "niet gemeten", state="missing"))
    assert len(parts(line_svg(chart(Line("a", points)), "t"), "circle")) == 1


def test_a_provisional_figure_is_hollow_and_the_line_stops_short_of_it() -> None:
    points = (Point("2019", 5, "5"), Point("2020", 5, "5", state="provisional"))
    svg = line_svg(chart(Line("a", points)), "t")
    [solid, hollow] = parts(svg, "circle")
    assert (solid.get("fill"), hollow.get("fill")) == ("currentColor", "none")
    [path] = strokes(svg, "s1")
    assert max(x for x, _ in path_places(path)) < float(hollow.get("cx", 0))


def test_a_new_series_is_apart_from_the_old_one() -> None:
    points = (
        Point("2019", 5, "5"),
        Point("2020", 6, "6"),
        Point("2021", 9, "9", state="break"),
        Point("2022", 8, "8"),
    )
    svg = line_svg(chart(Line("a", points)), "t")
    [path] = strokes(svg, "s1")
    assert path.count("M") == 2
    assert 'stroke-dasharray="2 4"' in svg


def test_margins_are_drawn_for_two_lines_but_not_for_five() -> None:
    with_margin = [Line(name, (Point("2019", 5, "5", low=4, high=6),)) for name in "abcde"]
    assert strokes(line_svg(chart(*with_margin[:2]), "t"), "s1")
    assert not strokes(line_svg(chart(*with_margin), "t"), "s1")


def test_lines_differ_in_dashes_and_marks_as_well_as_in_colour() -> None:
    svg = line_svg(chart(*(line(name, 1, 2) for name in "abcde")), "t")
    assert len(set(re.findall(r'stroke-width="2" stroke-dasharray="([^"]+)"', svg))) == 4


def test_each_line_ends_in_its_name_and_last_figure() -> None:
    svg = line_svg(chart(line("Parkwijk", 1, 190), line("Duinwijk", 1, None)), "t")
    assert {"190 Parkwijk", "1 Duinwijk"} <= set(texts(svg))
    assert [bold.text for bold in parts(svg, "tspan")] == ["190", "1"]


def test_a_line_alone_ends_in_its_last_figure_only() -> None:
    svg = line_svg(chart(line("Parkwijk", 1, 190)), "t")
    assert "Parkwijk" not in "".join(texts(svg))
    assert [bold.text for bold in parts(svg, "tspan")] == ["190"]


def test_of_many_lines_only_those_that_stand_out_are_named() -> None:
    many = [line(name, 1, 2, emphasis=name == "c") for name in "abcdefg"]
    assert [found.label for found, _ in charts.labelled(chart(*many))] == ["c"]
    assert [found.label for found, _ in charts.labelled(chart(*many[3:]))] == ["d", "e", "f", "g"]


def test_a_target_stands_in_its_year_with_its_words() -> None:
    svg = line_svg(
        chart(line("a", 10, 20), target=(Target("streefwaarde 2027: ≤ 8", 8, period="2027"),)), "t"
    )
    assert {"2027", "streefwaarde 2027: ≤ 8"} <= set(texts(svg))
    [diamond] = parts(svg, "polygon")
    assert diamond.get("fill") == "none"


def test_a_target_with_two_ends_is_drawn_at_both() -> None:
    target = Target("75 tot 80%", 75, 80, "2027")
    assert len(parts(line_svg(chart(line("a", 70), target=(target,)), "t"), "polygon")) == 2


def test_an_axis_that_does_not_start_at_zero_is_marked() -> None:
    scores = line("a", 71, 74)
    assert "l4 -5" in line_svg(chart(scores, base="data"), "t")
    assert "l4 -5" not in line_svg(chart(scores), "t")


@pytest.mark.parametrize("lines", [(), (line("a"),), (line("a", None, None),)])
def test_without_figures_there_is_an_axis_without_numbers(lines: tuple[Line, ...]) -> None:
    svg = line_svg(chart(*lines), "t")
    assert set(texts(svg)) <= {"2019", "2020", "volgt"}
    assert not parts(svg, "circle")


def test_words_with_markup_stay_text() -> None:
    svg = line_svg(chart(line("<b>&", 1), line("b", 2)), "<script>", "a & b")
    assert parts(svg, "title")[0].text == "<script>"
    assert parts(svg, "desc")[0].text == "a & b"
    assert "1 <b>&" in texts(svg)
