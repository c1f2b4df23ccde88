"""What readers do not see yet, and what an indicator lacks before they may."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from haarlemveilig.canonical import sha256_of
from indicators.models import Direction, Indicator, Observation, Target
from indicators.querysets import IndicatorQuerySet

# So many cells are named one by one; of the rest the number is enough.
CELLS_SHOWN = 12
Place = tuple[str, int, Any, str]


@dataclass(frozen=True)
class CellNews:
    """A cell that readers see otherwise, or not yet: then `was` is None."""

    where: str
    was: str | None
    becomes: str


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
    cells: defaultdict[int, list[CellNews]] = defaultdict(list)
    for model in (Observation, Target):
        rows = model.objects.filter(series__indicator__in=indicators)
        before = {_place(row): row.printed for row in rows.published()}
        newer = _newer(rows).select_related("series__source", "series__area")
        for row in newer.prefetch_related("series__area__versions").order_by("series_id", "period_start"):
            cells[row.series.indicator_id].append(_cell(row, before))
    return [IndicatorNews(one, gaps_of(one), tuple(cells[one.pk])) for one in indicators]


def fingerprint(news: Iterable[IndicatorNews]) -> str:
    """The same for two lists that would make the same public, in whatever order they stand."""
    cells = {one.indicator.pk: [asdict(cell) for cell in one.cells] for one in news}
    return sha256_of([[key, cells[key]] for key in sorted(cells)])


def _place(row: Observation | Target) -> Place:
    return type(row).__name__, row.series_id, row.period_start, row.granularity


def _cell(row: Observation | Target, before: Mapping[Place, str]) -> CellNews:
    return CellNews(_where(row), before.get(_place(row)), row.printed)


def _where(row: Observation | Target) -> str:
    """The series and the period: "Politie, Parkwijk, 2026"."""
    series = row.series
    area = series.area
    versions = sorted(area.versions.all(), key=lambda version: version.year)
    is_city = area.level == area.Level.GEMEENTE
    name = "" if is_city else versions[-1].name if versions else area.code
    period = row.period.label
    when = _("streefwaarde %(period)s") % {"period": period} if isinstance(row, Target) else period
    return ", ".join(filter(None, (series.source.name, name, series.breakdown, when)))
