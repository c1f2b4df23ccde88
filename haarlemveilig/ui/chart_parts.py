"""What the chart components show: the drawings with their words, the key to their signs, and the table."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from haarlemveilig.ui import charts
from haarlemveilig.ui.charts import keys, tables


def line_chart(chart: charts.LineChart, id: str, on_paper: bool = False) -> dict[str, Any]:
    """Lines with their names, in a drawing for phones and one for wide screens; `on_paper` only the last.

    `id` must be unique on the page. At most five lines get a name; better use small multiples for more.
    """
    title = _("Lijngrafiek. %(title)s") % {"title": chart.title}
    described = ". ".join(_in_words(line) for line, _style in charts.labelled(chart))
    sizes = (charts.WIDE,) if on_paper else (charts.NARROW, charts.WIDE)
    return {
        "chart": chart,
        "id": id,
        "drawings": [drawn(charts.line_svg(chart, title, described, size)) for size in sizes],
        "keys": _keys(_line_signs(chart)),
        "remarks": [
            *_axis_remarks(chart),
            *_gap_remarks(chart.lines[: len(charts.STYLES)]),
            *_unnamed_remarks(chart),
        ],
        "table": tables.table_by_period(chart),
        "corner": _("Periode"),
        "unit": _unit(chart.unit),
    }


def small_multiples(chart: charts.SmallMultiples, id: str) -> dict[str, Any]:
    """A small line for each area, all on one scale; beside its name stands the last figure."""
    axis, table = charts.multiples_axis(chart), tables.table_by_area(chart)
    cells = [
        (line, charts.last_known(line), drawn(charts.multiple_svg(line, axis, table.heads, _in_words(line))))
        for line in chart.charts
    ]
    ends = {
        "low": axis.printed(axis.low, chart.unit),
        "high": axis.printed(axis.high, chart.unit),
        "first": table.heads[0] if table.heads else "",
        "last": table.heads[-1] if table.heads else "",
    }
    scale = _(
        "Elke lijn loopt van %(first)s tot en met %(last)s. De schaal is overal van %(low)s tot %(high)s."
    )
    return {
        "chart": chart,
        "id": id,
        "cells": cells,
        "keys": _keys(_gap_signs(chart.charts)),
        "remarks": [scale % ends] if table.heads else [],
        "table": table,
        "corner": _("Gebied"),
        "unit": _unit(chart.unit),
    }


def bar_chart(chart: charts.BarChart, id: str) -> dict[str, Any]:
    """Bars from zero, in the order given. If some have emphasis, the others step back."""
    axis = charts.bar_axis(chart)
    some_stand_out = any(bar.emphasis for bar in chart.bars)
    rows = [
        (
            bar,
            drawn(charts.bar_svg(bar, axis, _bar_words(bar), stands_out=bar.emphasis or not some_stand_out)),
        )
        for bar in chart.bars
    ]
    return {
        "chart": chart,
        "id": id,
        "rows": rows,
        "keys": _keys(_bar_signs(chart)),
        "remarks": [],
        "table": tables.table_of_bars(chart, _("Cijfer")),
        "corner": "",
        "unit": _unit(chart.unit),
    }


def interval_chart(chart: charts.IntervalChart, id: str) -> dict[str, Any]:
    """The places that each row may have, such as "plaats 2–5"; a tick marks the likeliest one."""
    rows = [
        (row, _place_words(row), drawn(charts.interval_svg(row, chart.places, _interval_words(row))))
        for row in chart.rows
    ]
    return {
        "chart": chart,
        "id": id,
        "rows": rows,
        "axis": [_("plaats %(place)s") % {"place": place} for place in dict.fromkeys((1, chart.places))],
        "keys": [],
        "remarks": [_("De balk is waar de plaats kan liggen, het streepje is de waarschijnlijkste plaats.")],
        "table": tables.table_of_places(
            chart, (_("Hoogste plaats"), _("Laagste plaats"), _("Waarschijnlijkste"))
        ),
        "corner": "",
        "unit": "",
    }


def drawn(drawing: str) -> SafeString:
    """A drawing for a template."""
    return mark_safe(drawing)  # noqa: S308 (charts escapes all words and writes the rest itself)


def _unit(unit: str) -> str:
    return "" if unit == "%" else unit


# --- words ----------------------------------------------------------------------------------------
def _in_words(line: charts.Line) -> str:
    known = [point for point in line.points if charts.has_figure(point)]
    label = line.label.replace("\u00ad", "")
    if not known:
        return _("%(label)s: geen cijfers") % {"label": label}
    first, last = known[0], known[-1]
    values = {
        "label": label,
        "from": first.printed,
        "first": first.label,
        "to": last.printed,
        "last": last.label,
    }
    if first is last:
        return _("%(label)s: %(to)s in %(last)s") % values
    return _("%(label)s: van %(from)s in %(first)s naar %(to)s in %(last)s") % values


def _bar_words(bar: charts.Bar) -> str:
    margin = tables.margin_text(bar)
    words = f"{bar.label}: {bar.printed}"
    return _("%(words)s, marge %(margin)s") % {"words": words, "margin": margin} if margin else words


def _place_words(row: charts.Interval) -> str:
    places = f"{row.best}–{row.worst}" if row.best != row.worst else f"{row.best}"
    return _("plaats %(place)s") % {"place": places}


def _interval_words(row: charts.Interval) -> str:
    words = f"{row.label}: {_place_words(row)}"
    if row.estimate is None or row.best == row.worst:
        return words
    return _("%(words)s, waarschijnlijk %(place)s") % {"words": words, "place": row.estimate}


# --- remarks and key ------------------------------------------------------------------------------
def _axis_remarks(chart: charts.LineChart) -> Iterable[str]:
    axis = charts.line_axis(chart)
    if axis.is_cut:
        yield _("De as begint bij %(low)s, niet bij 0.") % {"low": axis.printed(axis.low, chart.unit)}


def _gap_remarks(lines: Sequence[charts.Line]) -> Iterable[str]:
    """The gaps of some lines only; where all lines have none, the drawing itself says why."""
    explained = {label for _word, labels in charts.silent_stretches(lines) for label in labels}
    for line in lines:
        gaps: dict[str, list[str]] = {}
        for point in line.points:
            if not charts.has_figure(point) and point.label not in explained:
                gaps.setdefault(point.printed, []).append(point.label)
        for word, labels in gaps.items():
            yield f"{line.label}: {word} ({', '.join(labels)})."


def _unnamed_remarks(chart: charts.LineChart) -> Iterable[str]:
    unnamed = len(chart.lines) - len(charts.labelled(chart))
    if len(chart.lines) > len(charts.STYLES) and unnamed:
        yield _("De dunne grijze lijnen hebben geen naam. Hun cijfers staan in de tabel.")


def _line_signs(chart: charts.LineChart) -> Iterable[str]:
    points = [point for line in chart.lines for point in line.points]
    if any(point.low is not None for point in points):
        yield "margin"
    if any(point.state == "provisional" for point in points):
        yield "provisional"
    if any(point.state == "break" for point in points):
        yield "break"
    if chart.target:
        yield "target"


def _gap_signs(lines: Sequence[charts.Line]) -> Iterable[str]:
    gaps = {point.state for line in lines for point in line.points if not charts.has_figure(point)}
    if "pending" in gaps:
        yield "pending"
    if gaps - {"pending"}:
        yield "missing"


def _bar_signs(chart: charts.BarChart) -> Iterable[str]:
    if any(bar.low is not None for bar in chart.bars):
        yield "margin bar"
    if any(bar.state == "provisional" for bar in chart.bars):
        yield "provisional bar"


def _keys(signs: Iterable[str]) -> list[tuple[SafeString, str]]:
    words = {
        "margin": _("toevalsmarge"),
        "margin bar": _("toevalsmarge"),
        "provisional": _("voorlopig cijfer"),
        "provisional bar": _("voorlopig cijfer"),
        "break": _("hier begint een nieuwe meetreeks: niet te vergelijken met de jaren ervoor"),
        "target": _("streefwaarde"),
        "pending": _("cijfer volgt"),
        "missing": _("geen cijfer"),
    }
    return [(drawn(keys.key_svg(sign)), words[sign]) for sign in signs]
