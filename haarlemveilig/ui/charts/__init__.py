"""What the page parts show, and the geometry of the charts: dataclasses in, SVG out."""

from haarlemveilig.ui.charts.bars import bar_axis, bar_svg, interval_svg
from haarlemveilig.ui.charts.data import (
    Bar,
    BarChart,
    Interval,
    IntervalChart,
    Line,
    LineChart,
    Pair,
    Point,
    Share,
    SmallMultiples,
    Spark,
    Stat,
    State,
    Step,
    Target,
    Tile,
)
from haarlemveilig.ui.charts.layout import NARROW, STYLES, WIDE, labelled, line_axis
from haarlemveilig.ui.charts.lines import line_svg
from haarlemveilig.ui.charts.multiples import multiple_svg, multiples_axis
from haarlemveilig.ui.charts.plot import has_figure, last_known, silent_stretches
from haarlemveilig.ui.charts.rows import (
    AXIS_STEP,
    SPARK_MAX_POINTS,
    WIDTH,
    axis_labels,
    axis_top,
    pair_svg,
    share_svg,
    spark_svg,
)
from haarlemveilig.ui.charts.svg import COLOURS

__all__ = [
    "AXIS_STEP",
    "COLOURS",
    "NARROW",
    "SPARK_MAX_POINTS",
    "STYLES",
    "WIDE",
    "WIDTH",
    "Bar",
    "BarChart",
    "Interval",
    "IntervalChart",
    "Line",
    "LineChart",
    "Pair",
    "Point",
    "Share",
    "SmallMultiples",
    "Spark",
    "Stat",
    "State",
    "Step",
    "Target",
    "Tile",
    "axis_labels",
    "axis_top",
    "bar_axis",
    "bar_svg",
    "has_figure",
    "interval_svg",
    "labelled",
    "last_known",
    "line_axis",
    "line_svg",
    "multiple_svg",
    "multiples_axis",
    "pair_svg",
    "share_svg",
    "silent_stretches",
    "spark_svg",
]
