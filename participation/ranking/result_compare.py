"""Areas beside each other, theme by theme; never one in place of another."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from haarlemveilig.ui.charts import Share, axis_top
from participation.ranking import result_words as words
from participation.ranking.published import AreaResultView, RoundResultView, ThemeResult
from participation.ranking.result_names import AreaName, Names
from participation.ranking.result_views import margin, share_bar


@dataclass(frozen=True)
class Column:
    """One area: `result` in a few words (what is certain, where it `has_places`), `partners` with whom it was
    counted, `note` what its shares are worth."""

    area: AreaName
    participants: int | None
    has_places: bool
    result: str
    partners: str
    note: str


@dataclass(frozen=True)
class Cell:
    """What one area thinks of one theme. Empty where too few took part."""

    share: float | None = None
    low: float | None = None
    high: float | None = None
    place: str = ""


@dataclass(frozen=True)
class ComparedTheme:
    """One theme in all columns; `bars` only of those that have a share."""

    code: str
    name: str
    cells: tuple[Cell, ...]
    bars: tuple[Share, ...]


@dataclass(frozen=True)
class Comparison:
    """Areas side by side, themes in the order of the first that has one, else in order of name."""

    columns: tuple[Column, ...]
    themes: tuple[ComparedTheme, ...]

    @property
    def axis_top(self) -> float:
        return axis_top([bar for theme in self.themes for bar in theme.bars])

    @property
    def has_shares(self) -> bool:
        return any(theme.bars for theme in self.themes)


def compare(codes: Sequence[str], result: RoundResultView, names: Names) -> Comparison:
    """The areas with these codes; those the round does not know are left out."""
    areas = [result.areas[code] for code in codes if code in result.areas]
    return Comparison(
        columns=tuple(column(area, names) for area in areas),
        themes=tuple(_compared(code, areas, names) for code in _order(areas, names)),
    )


def beside(area: AreaResultView, result: RoundResultView, names: Names) -> Comparison:
    """An area beside what it lies in: a wijk, its stadsdeel, the municipality."""
    codes = [area.code]
    while (within := result.areas[codes[-1]].within) and within in result.areas and within not in codes:
        codes.append(within)
    return compare(codes, result, names)


def of_theme(code: str, level: str, result: RoundResultView, names: Names) -> list[tuple[Column, Cell]]:
    """One theme in every area of a level, in order of name."""
    return [
        (column(area, names), cell(area, code))
        for name in names.of_level(level)
        if (area := result.areas.get(name.code))
    ]


def column(area: AreaResultView, names: Names) -> Column:
    partners = _partners(area, names)
    return Column(
        area=names.area(area.code),
        participants=area.participants,
        has_places=area.shows_ranks,
        result=words.short_result(area, names.themes),
        partners=partners,
        note=", ".join(filter(None, (partners, _worth(area)))),
    )


def _partners(area: AreaResultView, names: Names) -> str:
    found = [names.area(code).in_sentence for code in area.merged_with]
    return _("samen met %(areas)s") % {"areas": words.and_list(found)} if found else ""


def _worth(area: AreaResultView) -> str:
    if not area.shows_shares:
        return _("te weinig deelnemers")
    return "" if area.shows_ranks else _("eerste indruk")


def cell(area: AreaResultView, code: str) -> Cell:
    """What may be said of a theme in an area."""
    theme = area.theme(code)
    if theme is None or not area.shows_shares:
        return Cell()
    low, high = margin(theme)
    return Cell(theme.share, low, high, words.place_text(theme) if area.shows_ranks else "")


def _order(areas: Sequence[AreaResultView], names: Names) -> list[str]:
    first = next((area for area in areas if area.shows_shares), None)
    if first is None:
        return sorted(names.themes, key=names.theme)
    return [theme.code for theme in first.themes]


def _compared(code: str, areas: Sequence[AreaResultView], names: Names) -> ComparedTheme:
    shown = [(area, theme) for area in areas if area.shows_shares and (theme := area.theme(code))]
    return ComparedTheme(
        code=code,
        name=names.theme(code),
        cells=tuple(cell(area, code) for area in areas),
        bars=tuple(share_bar(theme, names.area(area.code).name) for area, theme in shown),
    )


# --- with the ballots that were set apart -----------------------------------------------------------
@dataclass(frozen=True)
class WithAll:
    """A theme without and with the ballots that two people set apart."""

    name: str
    share: float | None
    share_with_all: float | None


@dataclass(frozen=True)
class SetApartLine:
    """One decision: why the ballots stood out, where, how many (None: fewer than ten), and the reason."""

    flag: str
    area: str
    ballots: int | None
    reason: str


@dataclass(frozen=True)
class SetApartPage:
    """What was set apart in an area, and the result with it. Never the number of ballots that gives:
    subtracted from the headline's, it would tell counts of fewer than ten."""

    lines: tuple[SetApartLine, ...]
    rows: tuple[WithAll, ...]


def set_apart_page(area: AreaResultView, result: RoundResultView, names: Names) -> SetApartPage | None:
    """None where nothing was set apart in this area."""
    members = set(area.members) or {area.code}
    lines = tuple(
        SetApartLine(words.flag_text(row.flag), names.area(row.area).name, row.ballots, row.reason)
        for row in result.set_apart
        if row.area in members
    )
    if not lines:
        return None
    other = result.areas_with_all.get(area.code)
    rows = _with_all(area, other, names) if other and other.shows_shares and area.shows_shares else ()
    return SetApartPage(lines=lines, rows=rows)


def _with_all(area: AreaResultView, other: AreaResultView, names: Names) -> tuple[WithAll, ...]:
    def row(theme: ThemeResult) -> WithAll:
        same = other.theme(theme.code)
        return WithAll(names.theme(theme.code), theme.share, same.share if same else None)

    return tuple(map(row, area.themes))
