"""Everything that has a name, looked up once per import and made where it is new."""

from collections.abc import Iterable

from haarlemveilig.gemeente.models import Area, Theme
from indicators.models import Indicator, IndicatorAlias, Series, Source, SourceAlias
from indicators.names import folded, known_source, unused_slug


class NameBook:
    """Sources, indicators, themes and series of one import. Call it inside the import's transaction."""

    def __init__(self) -> None:
        self._sources = {folded(source.name): source for source in Source.objects.all()}
        for alias in SourceAlias.objects.select_related("source"):
            self._sources.setdefault(folded(alias.name), alias.source)
        self._indicators = {folded(indicator.name): indicator for indicator in Indicator.objects.all()}
        for other in IndicatorAlias.objects.select_related("indicator"):
            self._indicators.setdefault(folded(other.name), other.indicator)
        self._slugs = {indicator.slug for indicator in self._indicators.values()}
        self._themes = dict(_theme_names(Theme.objects.prefetch_related("aliases")))
        self._series = {
            (one.indicator_id, one.source_id, one.area_id, one.breakdown): one for one in Series.objects.all()
        }

    def source(self, printed: str) -> Source:
        """The source a table calls `printed`."""
        found = self._sources.get(folded(printed))
        return found or self._new_source(printed)

    def _new_source(self, printed: str) -> Source:
        known = known_source(printed)
        source = self._sources.get(folded(known.name)) or Source.objects.create(
            name=known.name, kind=known.kind
        )
        others = [name for name in known.also if folded(name) not in self._sources]
        SourceAlias.objects.bulk_create([SourceAlias(source=source, name=name) for name in others])
        self._sources |= {folded(name): source for name in (printed, known.name, *others)}
        return source

    def synthetic_source(self, name: str) -> Source:
        """A source of invented figures: never the one that the real figures come from."""
        source, _made = Source.objects.get_or_create(name=name, defaults={"is_synthetic": True})
        return source

    def indicator(self, label: str) -> Indicator | None:
        """The indicator that tables print under this label, if there is one."""
        return self._indicators.get(folded(label))

    def new_indicator(self, label: str, *, unit: str = "", theme: Theme | None = None) -> Indicator:
        indicator = Indicator.objects.create(
            name=label, slug=unused_slug(label, self._slugs), unit=unit, theme=theme
        )
        self._slugs.add(indicator.slug)
        self._indicators[folded(label)] = indicator
        return indicator

    def add_alias(self, indicator: Indicator, label: str) -> None:
        """Let `label` stand for the indicator from now on."""
        IndicatorAlias.objects.create(indicator=indicator, name=label)
        self._indicators[folded(label)] = indicator

    def theme(self, *names: str) -> Theme | None:
        """The theme of the first name that is a theme, by its own name or an alias."""
        return next((self._themes[folded(name)] for name in names if folded(name) in self._themes), None)

    def series(self, indicator: Indicator, source: Source, area: Area, breakdown: str = "") -> Series:
        """The series, made if it is new."""
        key = (indicator.pk, source.pk, area.pk, breakdown)
        if key not in self._series:
            self._series[key] = Series.objects.create(
                indicator=indicator, source=source, area=area, breakdown=breakdown
            )
        return self._series[key]


def _theme_names(themes: Iterable[Theme]) -> Iterable[tuple[str, Theme]]:
    for theme in themes:
        for name in (theme.name.in_language("nl"), *(alias.name for alias in theme.aliases.all())):
            yield folded(name), theme
