"""Everything that has a name, looked up once per import; what is new is kept until `save`."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models

from haarlemveilig.gemeente.models import Area, Theme
from indicators.models import Indicator, IndicatorAlias, Series, Source, SourceAlias
from indicators.names import folded, known_source, unused_slug

Named = TypeVar("Named", bound=models.Model)
INVENTED = " (verzonnen)"
PART = 2000


class NameBook:
    """Sources, indicators, themes and series of one import. Nothing is written before `save`."""

    def __init__(self) -> None:
        self._sources = {folded(source.name): source for source in Source.objects.all()}
        for alias in SourceAlias.objects.select_related("source"):
            self._sources.setdefault(folded(alias.name), alias.source)
        self._indicators = {folded(indicator.name): indicator for indicator in Indicator.objects.all()}
        for other in IndicatorAlias.objects.select_related("indicator"):
            self._indicators.setdefault(folded(other.name), other.indicator)
        self._slugs = {indicator.slug for indicator in self._indicators.values()}
        themes = list(Theme.objects.prefetch_related("aliases"))
        self._themes = dict(_theme_names(themes))
        self._theme_codes = {theme.code: theme for theme in themes}
        self._known_series: dict[str, dict[tuple[Any, ...], int]] = {}
        self._series: dict[tuple[Any, ...], Series] = {}
        self._new: dict[type[models.Model], list[Any]] = {
            kind: [] for kind in (Source, SourceAlias, Indicator, IndicatorAlias, Series)
        }

    def save(self) -> None:
        """Write all that is new, a few queries per kind."""
        for kind, rows in self._new.items():
            kind._default_manager.bulk_create(rows, batch_size=PART)
            rows.clear()

    def _keep(self, row: Named) -> Named:
        self._new[type(row)].append(row)
        return row

    # --- sources and themes ---------------------------------------------------------------------------
    def source(self, printed: str, *, is_synthetic: bool = False, is_survey: bool = False) -> Source:
        """The source a table calls `printed`. Invented figures never share one with real figures.

        With `is_survey` one that is new is a survey, whatever its name.
        """
        kind = Source.Kind.SURVEY if is_survey else ""
        found = self._sources.get(folded(printed))
        if is_synthetic and not (found and found.is_synthetic):
            return self._synthetic_source(printed if found is None else printed + INVENTED, kind)
        return found or self._new_source(printed, kind)

    def _synthetic_source(self, name: str, kind: str) -> Source:
        if folded(name) not in self._sources:
            kind = kind or Source.Kind.REGISTRATION
            self._sources[folded(name)] = self._keep(Source(name=name, kind=kind, is_synthetic=True))
        return self._sources[folded(name)]

    def _new_source(self, printed: str, kind: str) -> Source:
        known = known_source(printed)
        source = self._sources.get(folded(known.name)) or self._keep(
            Source(name=known.name, kind=kind or known.kind)
        )
        others = [name for name in known.also if folded(name) not in self._sources]
        for name in others:
            self._keep(SourceAlias(source=source, name=name))
        self._sources |= {folded(name): source for name in (printed, known.name, *others)}
        return source

    def theme(self, *names: str) -> Theme | None:
        """The theme of the first name that is a theme, by its own name or an alias."""
        return next((self._themes[folded(name)] for name in names if folded(name) in self._themes), None)

    def theme_with(self, code: str) -> Theme | None:
        return self._theme_codes.get(code)

    # --- indicators and series ------------------------------------------------------------------------
    def indicator(self, label: str) -> Indicator | None:
        """The indicator that tables print under this label, if there is one."""
        return self._indicators.get(folded(label))

    def new_indicator(self, label: str, *, unit: str = "", theme: Theme | None = None) -> Indicator:
        indicator = self._keep(
            Indicator(name=label, slug=unused_slug(label, self._slugs), unit=unit, theme=theme)
        )
        self._slugs.add(indicator.slug)
        self._indicators[folded(label)] = indicator
        return indicator

    def add_alias(self, indicator: Indicator, label: str) -> None:
        """Let `label` stand for the indicator from now on, unless it stands for one already."""
        if folded(label) not in self._indicators:
            self._keep(IndicatorAlias(indicator=indicator, name=label))
            self._indicators[folded(label)] = indicator

    def series(self, indicator: Indicator, source: Source, area: Area, breakdown: str = "") -> Series:
        """The series; one that is new has no id before `save`."""
        key = (indicator.name, source.name, area.pk, breakdown)
        if key not in self._series:
            number = self._series_of(source).get((indicator.pk, area.pk, breakdown))
            one = Series(pk=number, indicator=indicator, source=source, area=area, breakdown=breakdown)
            self._series[key] = one if number else self._keep(one)
        return self._series[key]

    def has_series(self, indicator: Indicator, source: Source, area: Area, breakdown: str) -> bool:
        """Whether there was such a series before this import."""
        return (indicator.pk, area.pk, breakdown) in self._series_of(source)

    def _series_of(self, source: Source) -> dict[tuple[Any, ...], int]:
        if source.name not in self._known_series:
            found = Series.objects.filter(source=source.pk).values_list(
                "indicator", "area", "breakdown", "pk"
            )
            self._known_series[source.name] = {tuple(key): number for *key, number in found}
        return self._known_series[source.name]


def _theme_names(themes: Iterable[Theme]) -> Iterable[tuple[str, Theme]]:
    for theme in themes:
        for name in (theme.name.in_language("nl"), *(alias.name for alias in theme.aliases.all())):
            yield folded(name), theme
