"""The chart components: sentence first, then the drawing, then every figure in a table."""

import re
from html import unescape

import pytest
from django.template import Context, Template

from haarlemveilig.pdf import render
from haarlemveilig.ui import chart_samples
from haarlemveilig.ui.charts import (
    Bar,
    BarChart,
    Interval,
    IntervalChart,
    Line,
    LineChart,
    Point,
    SmallMultiples,
    Target,
)
from tests.pdf_policy import check

KINDS = [
    *(("line_chart", chart) for _name, chart in chart_samples.LINE_CHARTS),
    ("small_multiples", chart_samples.MULTIPLES),
    *(("bar_chart", chart) for _name, chart in chart_samples.BAR_CHARTS),
    *(("interval_chart", chart) for _name, chart in chart_samples.INTERVAL_CHARTS),
]


def html(tag: str, chart: object, id: str = "proef", more: str = "") -> str:
    return Template(f'{{% load hv %}}{{% {tag} chart "{id}" {more} %}}').render(Context({"chart": chart}))


def one_line(*points: Point, **more: object) -> str:
    return html("line_chart", LineChart("Titel", (Line("Noord", points),), **more))  # type: ignore[arg-type]


def words(source: str) -> str:
    """What a page says, without its markup and its drawings."""
    without_drawings = re.sub(r"<svg.*?</svg>", "", source, flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", without_drawings)).split())


@pytest.mark.parametrize(("tag", "chart"), KINDS)
def test_the_sentence_comes_first_and_the_table_follows_the_drawing(tag: str, chart: LineChart) -> None:
    source = html(tag, chart)
    assert words(source).startswith(chart.title)
    assert (
        source.index("<figcaption") < source.index("<svg") < source.index("<details") < source.index("<table")
    )
    assert 'id="proef"' in source


@pytest.mark.parametrize(("tag", "chart"), KINDS)
def test_every_drawing_has_a_name_and_no_style_of_its_own(tag: str, chart: object) -> None:
    source = html(tag, chart)
    for drawing in re.findall(r"<svg.*?</svg>", source, flags=re.S):
        assert 'aria-hidden="true"' in drawing or re.search(r"<title>[^<]+</title>", drawing)
    assert "style=" not in source


def test_the_table_holds_the_printed_figure_with_its_margin_and_note() -> None:
    source = one_line(Point("2024", 812, "812", "Nieuwe telling", low=790, high=834))
    table = words(source[source.index("<table") :])
    assert "2024 812 (790–834) Nieuwe telling" in table


def test_the_drawing_tells_the_line_in_words() -> None:
    source = one_line(Point("2019", 10, "10"), Point("2024", 1200, "1.200"))
    assert "<desc>Noord: van 10 in 2019 naar 1.200 in 2024</desc>" in source
    assert "<desc>Noord: 10 in 2019</desc>" in one_line(Point("2019", 10, "10"))


def test_only_signs_that_occur_are_explained() -> None:
    plain = words(one_line(Point("2019", 1, "1")))
    assert "voorlopig" not in plain
    assert "streefwaarde" not in plain
    full = words(
        one_line(
            Point("2019", 1, "1", low=0, high=2),
            Point("2020", 2, "2", state="break"),
            Point("2021", 2, "2", state="provisional"),
            target=(Target("doel", 1, period="2022"),),
        )
    )
    for sign in ("toevalsmarge", "nieuwe meetreeks", "voorlopig cijfer", "streefwaarde"):
        assert sign in full


def test_an_axis_that_does_not_start_at_zero_says_so() -> None:
    points = (Point("2021", 71, "71%"), Point("2023", 78, "78%"))
    assert "De as begint bij 70%, niet bij 0." in words(one_line(*points, unit="%", base="data"))
    assert "De as begint" not in words(one_line(*points, unit="%"))


def test_a_gap_in_one_of_the_lines_is_explained_below() -> None:
    gap = Line("Oost", (Point("2023", None, "niet gemeten", state="missing"), Point("2024", 3, "3")))
    whole = Line("Noord", (Point("2023", 1, "1"), Point("2024", 2, "2")))
    assert "Oost: niet gemeten (2023)." in words(html("line_chart", LineChart("t", (whole, gap))))


def test_small_multiples_name_their_scale_and_their_last_figures() -> None:
    line = Line("Noord", (Point("2023", 4, "4"), Point("2024", None, "volgt", state="pending")))
    said = words(html("small_multiples", SmallMultiples("t", (line,))))
    assert "van 2023 tot en met 2024. De schaal is overal van 0 tot 4." in said
    assert said.startswith("t Noord 4")
    assert "cijfer volgt" in said


def test_the_last_figure_of_an_area_without_figures_is_a_dash() -> None:
    line = Line("Noord", (Point("2024", None, "volgt", state="pending"),))
    assert words(html("small_multiples", SmallMultiples("t", (line,)))).startswith("t Noord –")


def test_a_bar_without_a_figure_says_why() -> None:
    source = html("bar_chart", BarChart("t", (Bar("Noord", None, "volgt", state="pending"),)))
    assert words(source).startswith("t Noord volgt")
    assert "<title>Noord: volgt</title>" in source


def test_a_bar_with_a_margin_names_it_in_its_drawing() -> None:
    source = html("bar_chart", BarChart("t", (Bar("Noord", 5.5, "5,5", low=5, high=6),)))
    assert "<title>Noord: 5,5, marge 5,0–6,0</title>" in source


def test_an_interval_names_all_its_places_and_never_one_rank_only() -> None:
    rows = (Interval("Afval", 2, 5, 3), Interval("Parkeren", 4, 4, 4))
    source = html("interval_chart", IntervalChart("t", rows, 9))
    assert "plaats 2–5" in words(source)
    assert "<title>Afval: plaats 2–5, waarschijnlijk 3</title>" in source
    assert "<title>Parkeren: plaats 4</title>" in source


def test_all_charts_on_paper_read_as_their_html() -> None:
    on_paper = {"line_chart": "on_paper=True"}
    body = '<h1 class="p-h1">Grafieken</h1>' + "".join(
        html(tag, chart, f"proef-{n}", on_paper.get(tag, "")) for n, (tag, chart) in enumerate(KINDS)
    )
    head = '<title>Proef</title><meta name="dcterms.created" content="2023-02-01">'
    page = f'<!doctype html><html lang="nl"><head>{head}</head><body class="p-doc"><main>{body}</main></body></html>'
    assert check(render(page), page) == []
