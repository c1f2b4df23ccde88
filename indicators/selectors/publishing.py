"""What readers do not see yet, and what an indicator lacks before they may."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from haarlemveilig.canonical import sha256_of
from indicators.limits import WORDS
from indicators.models import Direction, Indicator, Observation, Status, Target
from indicators.querysets import IndicatorQuerySet
from indicators.selectors.verdicts import verdict_view
from indicators.verdicts import number

# So many cells are named one by one; of the rest the number is enough.
CELLS_SHOWN = 12
Row = Observation | Target
Place = tuple[int, Any, str]


@dataclass(frozen=True)
class CellNews:
    """A cell that readers see otherwise, or not yet: then `was` is None.

    With `is_text` it holds no number. `reading` says how a target is to be read from now on, `verdict` and
    `verdict_was` what that makes of it; they are "" where nothing changes there.
    """

    where: str
    was: str | None
    becomes: str
    is_text: bool = False
    reading: str = ""
    verdict: str = ""
    verdict_was: str = ""

    @property
    def said(self) -> str:
        """What changes: "125, voortaan gelezen als hoogstens 125: oordeel wordt niet behaald (was ...)."."""
        mark = _(" (tekst, geen getal)") if self.is_text else ""
        return self._text + mark + self._reading + self._verdict

    @property
    def _text(self) -> str:
        values = {"before": self.was or _("leeg"), "after": self.becomes or _("leeg")}
        if self.was is None:
            return _("nieuw: %(after)s") % values
        if self.was != self.becomes:
            return _("was %(before)s, wordt %(after)s") % values
        return (
            values["after"] if self.reading else _("%(after)s, met een andere noot, stand of marge") % values
        )

    @property
    def _reading(self) -> str:
        if not self.reading:
            return ""
        text = _(", voortaan %(reading)s") if self.was is not None else _(", %(reading)s")
        return text % {"reading": self.reading}

    @property
    def _verdict(self) -> str:
        if not self.verdict:
            return ""
        text = _(": oordeel wordt %(now)s (was %(before)s)") if self.verdict_was else _(": oordeel %(now)s")
        return text % {"now": self.verdict, "before": self.verdict_was}


@dataclass(frozen=True)
class IndicatorNews:
    """What would become public of one indicator. `gaps` say what is missing before that may happen."""

    indicator: Indicator
    gaps: tuple[str, ...]
    cells: tuple[CellNews, ...]

    @property
    def revised(self) -> tuple[CellNews, ...]:
        return tuple(cell for cell in self.cells if cell.was is not None)

    @property
    def shown(self) -> tuple[CellNews, ...]:
        """What differs from what readers know goes first."""
        new = tuple(cell for cell in self.cells if cell.was is None)
        return (*self.revised, *new)[:CELLS_SHOWN]

    @property
    def not_shown(self) -> int:
        return max(0, len(self.cells) - CELLS_SHOWN)


def gaps_of(indicator: Indicator) -> tuple[str, ...]:
    """What an indicator must have before readers see it, one sentence each; empty if nothing is missing."""
    lacks = {
        _("De omschrijving in gewone taal ontbreekt."): not indicator.definition,
        _("De eenheid ontbreekt. Telt u iets? Vul dan “aantal” in."): not indicator.unit,
        _("De eigenaar ontbreekt."): not indicator.owner,
        _("De uitleg bij de richting ontbreekt."): (
            indicator.direction == Direction.AMBIGUOUS and not indicator.direction_note
        ),
    }
    return tuple(text for text, is_lacking in lacks.items() if is_lacking)


def unpublished_indicators() -> IndicatorQuerySet:
    """The indicators with figures that are newer than what readers see, those that are public first. One query."""
    observed = _newer(Observation.objects.all()).values("series__indicator_id")
    aimed = _newer(Target.objects.all()).values("series__indicator_id")
    newer = Q(published_at__isnull=True) | Q(pk__in=observed) | Q(pk__in=aimed)
    return (
        Indicator.objects.filter(newer, series__isnull=False)
        .distinct()
        .order_by(F("published_at").desc(nulls_last=True), "name")
    )


def _newer(rows: Any) -> Any:
    """Of observations or targets those that readers do not see yet."""
    is_new = Q(series__indicator__published_at__isnull=True) | Q(
        recorded_at__gt=F("series__indicator__published_at")
    )
    return rows.current().filter(is_new)


def news_of(indicators: Collection[Indicator]) -> list[IndicatorNews]:
    """What would become public of these indicators, in their order. Four queries, however many."""
    measured, aimed = _versions(Observation, indicators), _versions(Target, indicators)
    cells: defaultdict[int, list[CellNews]] = defaultdict(list)
    for row in measured.newer.values():
        cells[row.series.indicator_id].append(_cell(row, measured))
    for row in aimed.newer.values():
        cells[row.series.indicator_id].append(_target_cell(row, aimed, measured))
    return [IndicatorNews(one, gaps_of(one), tuple(cells[one.pk])) for one in indicators]


@dataclass(frozen=True)
class _Versions:
    """What readers see in each cell now, and what they would see besides or instead."""

    public: Mapping[Place, Any]
    newer: Mapping[Place, Any]

    def then(self, place: Place) -> Any:
        return self.newer.get(place) or self.public.get(place)


def _versions(model: type[Row], indicators: Collection[Indicator]) -> _Versions:
    more = ["interpreted_by"] if model is Target else []
    found: Any = model.objects.filter(series__indicator__in=indicators)
    rows = found.select_related("series__source", "series__area", "series__indicator", *more)
    newer = _newer(rows).prefetch_related("series__area__versions").order_by("series_id", "period_start")
    return _Versions({_place(row): row for row in rows.published()}, {_place(row): row for row in newer})


def fingerprint(news: Iterable[IndicatorNews]) -> str:
    """The same for two lists that would make the same public, in whatever order they stand."""
    cells = {one.indicator.pk: [asdict(cell) for cell in one.cells] for one in news}
    return sha256_of([[key, cells[key]] for key in sorted(cells)])


def _place(row: Row) -> Place:
    return row.series_id, row.period_start, row.granularity


def _cell(row: Row, versions: _Versions) -> CellNews:
    public = versions.public.get(_place(row))
    is_text = row.status == Status.TEXT_ONLY
    return CellNews(_where(row), public.printed if public else None, row.printed, is_text)


def _target_cell(row: Target, aimed: _Versions, measured: _Versions) -> CellNews:
    """A target also says how it is read from now on, and what that makes of the verdict."""
    place, news = _place(row), _cell(row, aimed)
    public = aimed.public.get(place)
    reading = _reading(row)
    if not reading or (public and _reading(public) == reading):
        return news
    was = _verdict(public, measured.public.get(place)) if public else ""
    now = _verdict(row, measured.then(place))
    return replace(news, reading=reading, verdict=now if now != was else "", verdict_was=was)


def _reading(target: Target) -> str:
    """How a person said to read it; "" where nobody did."""
    if target.criterion:
        return _("beoordeeld door een mens: %(criterion)s") % {"criterion": target.criterion}
    if not target.interpretation:
        return ""
    asked = target.printed if target.value is None else number(target.value)
    return _("gelezen als %(word)s %(asked)s") % {"word": WORDS[target.interpretation], "asked": asked}


def _verdict(target: Target, measured: Observation | None) -> str:
    indicator = target.series.indicator
    found = verdict_view(target, measured, direction=indicator.direction, unit=indicator.unit)
    return found.word if found else ""


def _where(row: Row) -> str:
    """The series and the period: "Politie, Parkwijk, 2026"."""
    series = row.series
    area = series.area
    versions = sorted(area.versions.all(), key=lambda version: version.year)
    is_city = area.level == area.Level.GEMEENTE
    name = "" if is_city else versions[-1].name if versions else area.code
    period = row.period.label
    when = _("streefwaarde %(period)s") % {"period": period} if isinstance(row, Target) else period
    return ", ".join(filter(None, (series.source.name, name, series.breakdown, when)))
