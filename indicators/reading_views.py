"""What the public pages about figures show. Pure: every text is ready to print, every figure has passed the gate."""

import datetime as dt
from dataclasses import dataclass

from haarlemveilig.ui.charts import BarChart, LineChart, SmallMultiples, Tile


@dataclass(frozen=True)
class SourceView:
    """Who counts, how, how often, and when the next figures come."""

    name: str
    kind: str
    method: str
    frequency: str
    licence: str
    url: str
    next_release: dt.date | None
    is_synthetic: bool


@dataclass(frozen=True)
class CellRow:
    """One period in the table below a chart. `status` is a word, `why` explains it."""

    label: str
    figure: str
    n: int | None
    margin: str
    status: str
    why: str


@dataclass(frozen=True)
class TargetView:
    """A target as printed, and whether it was met with the rule in words. `tone` is the kind of its badge."""

    label: str
    printed: str
    word: str
    tone: str
    rule: str
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class SeriesView:
    """One series of the area that the page is about. `better` is "better", "worse" or empty: no colour."""

    series_id: int
    source: str
    breakdown: str
    is_synthetic: bool
    is_survey: bool
    answer: str
    in_short: str
    comparison: str
    remarks: tuple[str, ...]
    better: str
    chart: LineChart | None
    rows: tuple[CellRow, ...]
    targets: tuple[TargetView, ...]
    revisions: tuple[str, ...]
    # The same measured figure of the whole municipality, where the page is about a wijk.
    city: str = ""

    @property
    def explains(self) -> bool:
        """Whether a row has something to explain."""
        return any(row.status or row.why for row in self.rows)

    @property
    def shows_table(self) -> bool:
        """Whether a table says more than the one that belongs to the chart."""
        return self.chart is None or self.is_survey or self.explains


@dataclass(frozen=True)
class AreaRow:
    """One area in the table beside the map. `n` and `margin` belong to the last period."""

    name: str
    slug: str
    figures: tuple[str, ...]
    n: int | None
    margin: str


@dataclass(frozen=True)
class AreaTable:
    """The areas of one level, from one source. Without `tiles` there is no map. In order of name, never of rank.

    `course` is there where wijken were counted for some years, `bars` where a survey has figures of several areas.
    """

    level: str
    source: str
    breakdown: str
    is_synthetic: bool
    is_survey: bool
    period: str
    periods: tuple[str, ...]
    rows: tuple[AreaRow, ...]
    notes: tuple[tuple[str, str], ...]
    tiles: tuple[Tile, ...] = ()
    # How many tiles hold no figure, and why.
    silent: int = 0
    silent_because: tuple[str, ...] = ()
    legend: tuple[tuple[int, str], ...] = ()
    course: SmallMultiples | None = None
    bars: BarChart | None = None

    @property
    def is_mostly_silent(self) -> bool:
        return self.silent * 2 > len(self.tiles)


@dataclass(frozen=True)
class IndicatorPage:
    """An indicator, for the whole municipality or for one wijk (`wijk` is its slug)."""

    slug: str
    name: str
    title: str
    definition: str
    direction: str
    facts: tuple[tuple[str, str], ...]
    theme_code: str
    theme: str
    place: str
    wijk: str
    is_count: bool
    published_at: dt.datetime | None
    sources: tuple[SourceView, ...]
    series: tuple[SeriesView, ...]
    areas: tuple[AreaTable, ...]

    @property
    def is_synthetic(self) -> bool:
        """Whether any source of it was made up."""
        return any(source.is_synthetic for source in self.sources)

    @property
    def only(self) -> SeriesView | None:
        """The series, where there is just one: then its answer is the heading."""
        return self.series[0] if len(self.series) == 1 else None


@dataclass(frozen=True)
class FigureLine:
    """A series on a page that lays many side by side. Without a figure `why` says why."""

    slug: str
    name: str
    source: str
    is_synthetic: bool
    figure: str
    period: str
    n: int | None
    margin: str
    change: str
    why: str
    direction: str
    points: tuple[float | None, ...]
    trend: str
    city: str = ""


@dataclass(frozen=True)
class Found:
    """An indicator in a list of results."""

    slug: str
    name: str
    definition: str
    theme: str
    has_wijken: bool


@dataclass(frozen=True)
class ThemeFigures:
    """The figures of one theme, of the whole municipality or of one wijk.

    Beside those of a wijk, `city_only` are what nobody counts per wijk; beside those of the municipality,
    `wijk_only` are what is only counted per wijk.
    """

    code: str
    name: str
    lines: tuple[FigureLine, ...]
    city_only: tuple[FigureLine, ...] = ()
    wijk_only: tuple[Found, ...] = ()


@dataclass(frozen=True)
class ThemeEntry:
    """A theme that has figures."""

    code: str
    name: str
    description: str
    count: int


@dataclass(frozen=True)
class Overview:
    """The themes that have figures, and the indicators that belong to none: address and name."""

    themes: tuple[ThemeEntry, ...]
    others: tuple[tuple[str, str], ...]
