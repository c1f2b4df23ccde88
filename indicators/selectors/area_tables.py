"""The areas below the municipality beside each other: a table, and for wijken the tile map."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from haarlemveilig.gemeente.models import Area
from haarlemveilig.gemeente.selectors import WijkName
from haarlemveilig.ui.charts import SmallMultiples, Tile
from indicators.display import CellView
from indicators.map_classes import MapClasses, map_classes
from indicators.reading_views import AreaRow, AreaTable
from indicators.selectors.area_charts import Cells, answers_chart, course_chart
from indicators.selectors.published import PublishedSeries
from indicators.selectors.series_views import is_survey
from indicators.trends import Measure, bare_number, has_figure, is_indicative, main_cells
from indicators.words import margin_text, range_text, shown, status_text

YEARS_SHOWN = 4
NO_FIGURE = "–"


def area_tables(
    found: Iterable[PublishedSeries],
    wijken: Collection[WijkName],
    measure: Measure,
    own: int | None = None,
    on: dt.date | None = None,
) -> list[AreaTable]:
    """A table per level, source and breakdown. `own` is the area that the page is about.

    `on` is the day that the page looks back to: links keep it.
    """
    groups: dict[tuple[str, str, str], list[PublishedSeries]] = defaultdict(list)
    for one in found:
        if one.area_level != Area.Level.GEMEENTE:
            groups[one.area_level, one.source, one.breakdown].append(one)
    tables = [sorted(members, key=_name) for members in groups.values()]
    return [_table(members, wijken, measure, own, on) for members in tables]


def _table(
    members: Sequence[PublishedSeries],
    wijken: Collection[WijkName],
    measure: Measure,
    own: int | None,
    on: dt.date | None,
) -> AreaTable:
    first = members[0]
    cells = {one.area_id: {cell.period: cell for cell in main_cells(one.cells)} for one in members}
    periods = _periods(cells, 1 if is_survey(first) else YEARS_SHOWN)
    last, label = periods[-1] if periods else ("", "")
    maps = first.area_level == Area.Level.WIJK
    classes = _classes(cells, last, measure)
    tiles = tuple(_tiles(first, wijken, cells, last, classes, on)) if maps else ()
    return AreaTable(
        level=Area.Level(first.area_level).label,
        source=first.source,
        breakdown=first.breakdown,
        is_synthetic=first.is_synthetic,
        is_survey=is_survey(first),
        period=label,
        periods=tuple(label for _code, label in periods),
        rows=tuple(_row(one, cells[one.area_id], periods) for one in members),
        notes=_notes(cells, [code for code, _label in periods]),
        tiles=tiles,
        silent=sum(tile.value_text == NO_FIGURE for tile in tiles),
        silent_because=tuple(dict.fromkeys(why for _word, why in _notes(cells, [last], only_missing=True))),
        legend=tuple(_legend(classes, cells, last, measure)) if maps else (),
        course=_course(members, cells, measure, wijken) if maps and own is None else None,
        bars=answers_chart(members, cells, (last, label), measure, own) if is_survey(first) else None,
    )


def _course(
    members: Sequence[PublishedSeries], cells: Cells, measure: Measure, wijken: Iterable[WijkName]
) -> SmallMultiples | None:
    """Not of a survey: lines without margins would show chance as change."""
    names = {wijk.area_id: wijk.hyphenated_name for wijk in wijken}
    return None if is_survey(members[0]) else course_chart(members, cells, measure, names)


def _name(series: PublishedSeries) -> str:
    return series.area_name


def _periods(cells: Cells, count: int) -> list[tuple[str, str]]:
    """The last periods in which any area has a figure: code and label."""
    known = {(cell.period, cell.label) for own in cells.values() for cell in own.values() if has_figure(cell)}
    return sorted(known)[-count:]


def _row(series: PublishedSeries, own: Mapping[str, CellView], periods: Sequence[tuple[str, str]]) -> AreaRow:
    shown_cells = [own.get(code) for code, _label in periods]
    last = shown_cells[-1] if shown_cells else None
    return AreaRow(
        name=series.area_name,
        slug=series.area_slug if series.area_level == Area.Level.WIJK else "",
        figures=tuple(shown(cell) if cell else _("onbekend") for cell in shown_cells),
        n=last.n if last else None,
        margin=margin_text(last) if last and has_figure(last) else "",
    )


def _notes(
    cells: Cells, periods: Collection[str], *, only_missing: bool = False
) -> tuple[tuple[str, str], ...]:
    """Each word that stands in the place of a figure, or beside a weak one, with what it means here."""
    told = (
        (status_text(cell), cell.explanation)
        for own in cells.values()
        for cell in own.values()
        if cell.period in periods
        and cell.explanation
        and (not has_figure(cell) or (is_indicative(cell) and not only_missing))
    )
    return tuple(dict.fromkeys(told))


# --- the map --------------------------------------------------------------------------------------------
def _is_coloured(cell: CellView | None) -> bool:
    """Few answers are never laid beside others: not in a class, not in an order."""
    return cell is not None and cell.value is not None and not is_indicative(cell)


def _classes(cells: Cells, period: str, measure: Measure) -> MapClasses:
    found = [own.get(period) for own in cells.values()]
    values = [cell.value for cell in found if cell and cell.value is not None and _is_coloured(cell)]
    return map_classes(values, narrowest=1 if measure == "count" else 0)


def _tiles(
    series: PublishedSeries,
    wijken: Iterable[WijkName],
    cells: Cells,
    period: str,
    classes: MapClasses,
    on: dt.date | None,
) -> Iterable[Tile]:
    page = reverse("indicators:indicator", args=[series.indicator_slug])
    for wijk in wijken:
        if wijk.row and wijk.column:
            cell = cells.get(wijk.area_id, {}).get(period)
            query = {"wijk": wijk.slug} | ({"opDatum": on.isoformat()} if on else {})
            yield Tile(
                row=wijk.row,
                column=wijk.column,
                name=wijk.hyphenated_name,
                short_name=wijk.short_name,
                href=f"{page}?{urlencode(query)}",
                value_text=bare_number(cell) if cell and has_figure(cell) else NO_FIGURE,
                level=classes.level(cell.value or 0) if cell and _is_coloured(cell) else 0,
                hint=_hint(cell),
            )


def _hint(cell: CellView | None) -> str:
    if cell is None:
        return _("geen cijfer bekend")
    return status_text(cell) if not has_figure(cell) or is_indicative(cell) else ""


def _legend(classes: MapClasses, cells: Cells, period: str, measure: Measure) -> Iterable[tuple[int, str]]:
    found = [own.get(period) for own in cells.values()]
    sign = "%" if measure == "percent" else ""
    coloured = [cell for cell in found if cell and _is_coloured(cell)]
    if coloured and not classes.borders:
        yield classes.level(coloured[0].value or 0), bare_number(coloured[0])
    for level, low, high in classes.ranges if classes.borders else ():
        yield level, range_text(low, high, sign)
    if any(cell and is_indicative(cell) for cell in found):
        yield 0, _("te weinig antwoorden om te kleuren, of geen cijfer")
    elif not all(map(_is_coloured, found)):
        yield 0, _("geen cijfer te tonen: de reden staat in de tabel")
