"""One published series in the words and shapes of a page. Asks no database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from haarlemveilig.ui.charts import Line, LineChart, Point, State, Target
from indicators.display import CellView, points_of
from indicators.display import trend_of as trend_sentence
from indicators.models import Indicator, Source
from indicators.reading_views import CellRow, FigureLine, SeriesView, TargetView
from indicators.selectors.published import PublishedSeries
from indicators.trends import (
    Measure,
    Trend,
    as_share,
    better_or_worse,
    has_figure,
    is_share,
    main_cells,
    measure_of,
    trend_in,
    with_missing_years,
)
from indicators.words import (
    Subject,
    amount,
    answer,
    comparison,
    course,
    direction_word,
    in_short,
    margin_text,
    remarks,
    shown,
    status_text,
    survey_text,
)

STATES: Mapping[str, State] = {
    "provisional": "provisional",
    "estimated": "provisional",
    "low_reliability": "provisional",
    "pending": "pending",
    "break": "break",
}


def is_survey(series: PublishedSeries) -> bool:
    """Whether its figures rest on answers: their source says so, or one of them has a margin."""
    return series.source_kind == Source.Kind.SURVEY or any(
        cell.n is not None or cell.low is not None for cell in series.cells
    )


def in_unit(series: PublishedSeries, unit: str) -> PublishedSeries:
    """The series as pages print it: percentages with their sign, also where the source left it out."""
    if not is_share(unit):
        return series
    return replace(
        series, cells=tuple(map(as_share, series.cells)), targets=tuple(map(as_share, series.targets))
    )


def series_view(
    series: PublishedSeries,
    indicator: Indicator,
    *,
    city: PublishedSeries | None = None,
    revisions: Sequence[str] = (),
) -> SeriesView:
    """The series of the page's area. `city` is the same series of the whole municipality, to lay beside it."""
    cells = with_missing_years(series.cells)
    subject = subject_of(series, indicator.unit)
    trend = trend_in(cells, is_survey=is_survey(series))
    said = answer(subject, trend.shown)
    return SeriesView(
        series_id=series.series_id,
        source=series.source,
        breakdown=series.breakdown,
        is_synthetic=series.is_synthetic,
        is_survey=is_survey(series),
        answer=said,
        in_short=in_short(trend.shown),
        comparison=comparison(subject, trend),
        remarks=(*_survey_remarks(series, trend), *remarks(trend)),
        better=better_or_worse(trend, indicator.direction),
        chart=_chart(series, city, subject, course(main_cells(cells)) or said),
        rows=tuple(map(_row, reversed(cells))),
        targets=tuple(_judged(series.targets)),
        revisions=tuple(revisions),
        city=_city_text(city, trend.latest),
    )


def _survey_remarks(series: PublishedSeries, trend: Trend) -> list[str]:
    return [survey_text(trend.latest)] if trend.latest and is_survey(series) else []


def subject_of(series: PublishedSeries, unit: str) -> Subject:
    """What the sentences about this series are about."""
    return Subject(
        series.indicator_name, series.area_name, measure_of(series.indicator_name, unit, series.cells)
    )


def _row(cell: CellView) -> CellRow:
    return CellRow(
        label=cell.label,
        figure=shown(cell),
        n=cell.n,
        margin=margin_text(cell) if has_figure(cell) else "",
        status=status_text(cell) if has_figure(cell) else "",
        why=_why(cell),
    )


def _why(cell: CellView) -> str:
    measured = f"Gemeten in {cell.measured}." if cell.measured else ""
    return " ".join(filter(None, [cell.explanation, measured]))


def _city_text(city: PublishedSeries | None, beside: CellView | None) -> str:
    """The city's figure of the same period, else its last one with the period."""
    if city is None:
        return ""
    same = next((cell for cell in city.cells if beside and cell.period == beside.period), None)
    found = same if same is not None and has_figure(same) else trend_in(city.cells).latest
    if found is None:
        return ""
    told = [
        f"in {found.label}" if found is not same else "",
        f"marge {margin_text(found)}" if is_survey(city) else "",
    ]
    behind = ", ".join(filter(None, told))
    return f"{amount(found)} ({behind})" if behind else amount(found)


def _judged(targets: Iterable[CellView]) -> Iterable[TargetView]:
    for cell in targets:
        if verdict := cell.verdict:
            yield TargetView(
                cell.label, cell.printed, verdict.word, verdict.tone, verdict.rule, verdict.remarks
            )


# --- charts -------------------------------------------------------------------------------------------
def _chart(
    series: PublishedSeries, city: PublishedSeries | None, subject: Subject, title: str
) -> LineChart | None:
    own = main_cells(with_missing_years(series.cells))
    if not any(cell.value is not None for cell in own):
        return None
    # A count of the whole municipality would press the line of a wijk flat.
    beside = city if subject.measure != "count" else None
    lines = [Line(series.area_name, points_like(own, own), emphasis=True)]
    if beside is not None:
        lines.append(Line(beside.area_name, points_like(beside.cells, own)))
    return LineChart(
        title=title,
        lines=tuple(lines),
        unit="%" if subject.measure == "percent" else "",
        target=tuple(_targets(series.targets)),
        base="data" if subject.measure == "grade" else "zero",
    )


def points_like(cells: Sequence[CellView], like: Sequence[CellView]) -> tuple[Point, ...]:
    """The cells at the periods of `like`; a period without a cell is a gap."""
    by_period = {cell.period: cell for cell in cells}
    return tuple(
        _point(by_period.get(one.period) or replace(one, value=None, status="unknown", printed=""))
        for one in like
    )


def _point(cell: CellView) -> Point:
    state = STATES.get(cell.status, "known")
    if cell.value is None and state != "pending":
        state = "missing"
    return Point(
        label=cell.label,
        value=cell.value,
        printed=shown(cell),
        note=cell.explanation,
        low=cell.low if cell.value is not None else None,
        high=cell.high if cell.value is not None else None,
        state=state,
    )


def _targets(cells: Iterable[CellView]) -> Iterable[Target]:
    for cell in cells:
        if cell.value is not None:
            label = f"streefwaarde {cell.label}: {cell.printed}"
            yield Target(label, cell.value, cell.value_high, cell.label)


# --- a line in a list ----------------------------------------------------------------------------------
def figure_line(
    series: PublishedSeries, indicator: Indicator, city: PublishedSeries | None = None
) -> FigureLine:
    """The series in one line: its last figure, what changed, and a small chart."""
    cells = with_missing_years(series.cells)
    trend = trend_in(cells, is_survey=is_survey(series))
    latest = trend.latest
    name = f"{series.indicator_name} ({series.breakdown})" if series.breakdown else series.indicator_name
    subject = subject_of(series, indicator.unit)
    return FigureLine(
        slug=series.indicator_slug,
        name=name,
        source=series.source,
        is_synthetic=series.is_synthetic,
        figure=amount(latest) if latest else "",
        period=latest.label if latest else "",
        n=latest.n if latest else None,
        margin=margin_text(latest) if latest and is_survey(series) else "",
        change=comparison(subject, trend),
        why=" ".join(_all_remarks(trend)),
        direction=direction_word(indicator.direction),
        points=points_of(main_cells(cells)),
        trend=trend_sentence(name, series.source, cells),
        city=_city_words(city, subject.measure, latest),
    )


def _all_remarks(trend: Trend) -> list[str]:
    # A list has room for the last thing that lacks, not for years of it.
    return remarks(replace(trend, missing=trend.missing[-1:]))


def _city_words(city: PublishedSeries | None, measure: Measure, beside: CellView | None) -> str:
    text = _city_text(city, beside)
    return text and (f"Hele stad: {text}." if measure == "count" else f"In de hele stad is het {text}.")
