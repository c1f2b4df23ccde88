"""The areas below the municipality as charts: the course of a count, or the last answers with their margins."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from haarlemveilig.ui.charts import Bar, BarChart, Line, SmallMultiples
from indicators.display import CellView
from indicators.selectors.published import PublishedSeries
from indicators.selectors.series_views import points_like
from indicators.trends import Measure, is_indicative
from indicators.words import shown

# With less there is nothing to see that the map does not show.
FEWEST_PERIODS, FEWEST_AREAS = 3, 2
Cells = Mapping[int, Mapping[str, CellView]]


def course_chart(
    members: Sequence[PublishedSeries], cells: Cells, measure: Measure, names: Mapping[int, str]
) -> SmallMultiples | None:
    """A small line per area, all on one scale; None where most have no few years of figures.

    `names` may hold soft hyphens.
    """
    every = {cell.period: cell for one in members for cell in cells[one.area_id].values()}
    periods = [every[code] for code in sorted(every)]
    drawn = [one for one in members if _known(cells[one.area_id].values()) >= FEWEST_PERIODS]
    # Where most are hidden, the few that are left would pass for the whole.
    if len(drawn) < max(FEWEST_AREAS, len(members) / 2):
        return None
    return SmallMultiples(
        title=_("Hoe het per %(level)s ging, van %(first)s tot en met %(last)s")
        % {"first": periods[0].label, "last": periods[-1].label, "level": members[0].area_level},
        charts=tuple(
            Line(names.get(one.area_id, one.area_name), points_like([*cells[one.area_id].values()], periods))
            for one in drawn
        ),
        unit=_unit(measure),
    )


def answers_chart(
    members: Sequence[PublishedSeries],
    cells: Cells,
    period: tuple[str, str],
    measure: Measure,
    own: int | None,
) -> BarChart | None:
    """A bar with its margin per area, in order of name; None where fewer than two can be laid side by side.

    `period` is code and label, `own` the page's area. Few answers get no bar: the table has them.
    """
    code, label = period
    found = [(one, cells[one.area_id].get(code)) for one in members]
    bars = [
        Bar(one.area_name, cell.value, shown(cell), cell.explanation, one.area_id == own, cell.low, cell.high)
        for one, cell in found
        if cell and cell.value is not None and not is_indicative(cell)
    ]
    if len(bars) < FEWEST_AREAS:
        return None
    title = _("Wat mensen antwoordden in %(when)s, waar er genoeg antwoorden zijn") % {"when": label}
    return BarChart(title, tuple(bars), _unit(measure))


def _known(cells: Iterable[CellView]) -> int:
    return sum(cell.value is not None for cell in cells)


def _unit(measure: Measure) -> str:
    return "%" if measure == "percent" else ""
