"""Figures from `indicators` as the evidence keeps them."""

from collections.abc import Sequence

from indicators.display import FigureView
from indicators.selectors import figures_for
from priorities.evidence import Figure

# The figures of this many years before the year that is weighed.
YEARS_BACK = 8


def figures_by_theme(area_id: int, theme_ids: Sequence[int], year: int) -> dict[int, tuple[Figure, ...]]:
    """Per theme the figures of a wijk and of the whole city, over the years before `year`. Two queries."""
    found = figures_for(area_id, theme_ids, range(year - YEARS_BACK, year))
    return {theme_id: tuple(map(_figure, figures)) for theme_id, figures in found.items()}


def _figure(figure: FigureView) -> Figure:
    return Figure(
        label=figure.label,
        source=figure.source,
        is_city=figure.is_city,
        latest=figure.latest.printed if figure.latest else "",
        latest_year=int(figure.latest.period[:4]) if figure.latest else None,
        trend=figure.trend,
        points=_measured(figure.points),
        is_synthetic=figure.is_synthetic,
    )


def _measured(points: Sequence[float | None]) -> tuple[float | None, ...]:
    """From the first to the last year with a figure: series do not all begin and end together."""
    known = [place for place, point in enumerate(points) if point is not None]
    return tuple(points[known[0] : known[-1] + 1]) if known else ()
