"""Ways to figures for residents: by theme, by wijk, by word."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from haarlemveilig.gemeente.models import Area, Theme
from haarlemveilig.gemeente.selectors import WijkName
from indicators.finding import score, wanted_stems
from indicators.models import Indicator
from indicators.querysets import IndicatorQuerySet
from indicators.reading_views import FigureLine, Found, Overview, ThemeEntry, ThemeFigures
from indicators.selectors.figures import city
from indicators.selectors.published import PublishedSeries, published_series
from indicators.selectors.reading import city_of
from indicators.selectors.series_views import figure_line, in_unit

By = Mapping[str, Indicator]
# What fits only some of the words: of one word there is nothing to leave out, and a long list helps nobody.
SEVERAL, ALIKE_SHOWN = 2, 10


def find_indicators(typed: str) -> list[Found]:
    """The published indicators that fit what somebody typed, the best first.

    Looks in names, aliases and definitions, then in the names of themes. Four queries, none for nothing telling.
    """
    wanted = wanted_stems(typed)
    if not wanted:
        return []
    known, with_wijken = _known(), _with_wijken()
    # Only if no figure itself fits do all figures of a fitting theme.
    fitting = _fitting(known, lambda one: _score(wanted, one)) or _fitting(
        known, lambda one: _theme_score(wanted, one)
    )
    return [_found(one, one.pk in with_wijken) for one in fitting]


def find_alike(typed: str) -> list[Found]:
    """The published indicators that fit some of the words, the best first. Four queries, none for one word."""
    wanted = wanted_stems(typed)
    if len(wanted) < SEVERAL:
        return []
    fitting = _fitting(_known(), lambda one: _score(wanted, one, needs_all=False))
    with_wijken = _with_wijken()
    return [_found(one, one.pk in with_wijken) for one in fitting[:ALIKE_SHOWN]]


def _known() -> IndicatorQuerySet:
    return _published().prefetch_related("aliases", "theme__aliases")


def _with_wijken() -> set[int]:
    per_wijk = Indicator.objects.published().filter(series__area__level=Area.Level.WIJK)
    return set(per_wijk.values_list("pk", flat=True))


def _published() -> IndicatorQuerySet:
    return Indicator.objects.published().select_related("theme").order_by("name")


def _score(wanted: Sequence[str], indicator: Indicator, *, needs_all: bool = True) -> int:
    aliases = [alias.name for alias in indicator.aliases.all()]
    return max(
        score(wanted, name, *aliases, indicator.definition, needs_all=needs_all)
        for name in (indicator.name, *aliases)
    )


def _theme_score(wanted: Sequence[str], indicator: Indicator) -> int:
    theme = indicator.theme
    return score(wanted, str(theme), *(alias.name for alias in theme.aliases.all())) if theme else 0


def _fitting(known: Iterable[Indicator], points_of: Callable[[Indicator], int]) -> list[Indicator]:
    scored = [(points_of(one), one) for one in known]
    return [one for points, one in sorted(scored, key=lambda pair: (-pair[0], pair[1].name)) if points]


def _found(indicator: Indicator, has_wijken: bool) -> Found:
    return Found(
        slug=indicator.slug,
        name=indicator.name,
        definition=indicator.definition,
        theme=str(indicator.theme or ""),
        has_wijken=has_wijken,
    )


def overview() -> Overview:
    """The themes that published indicators belong to, in their own order, and those without one. One query."""
    known = list(_published())
    counts = Counter(one.theme for one in known)
    themes = sorted((theme for theme in counts if theme), key=_place)
    return Overview(
        themes=tuple(
            ThemeEntry(theme.code, str(theme.name), str(theme.description), counts[theme]) for theme in themes
        ),
        others=tuple((one.slug, one.name) for one in known if one.theme is None),
    )


# --- a theme ----------------------------------------------------------------------------------------------
def theme_figures(theme: Theme) -> ThemeFigures:
    """All figures of a theme: those of the whole municipality, and what is only known per wijk. Six queries."""
    indicators = _by_slug(_published().filter(theme=theme))
    of_city = _in_units(published_series(theme=theme.code, area_ids=[city().pk]), indicators)
    there = {one.indicator_slug for one in of_city}
    return ThemeFigures(
        code=theme.code,
        name=str(theme.name),
        lines=tuple(_lines(of_city, indicators)),
        wijk_only=tuple(_found(one, True) for slug, one in indicators.items() if slug not in there),
    )


def _by_slug(indicators: Iterable[Indicator]) -> dict[str, Indicator]:
    return {one.slug: one for one in indicators}


def _in_units(found: Iterable[PublishedSeries], indicators: By) -> list[PublishedSeries]:
    return [in_unit(one, indicators[one.indicator_slug].unit) for one in found]


def _lines(shown: Iterable[PublishedSeries], indicators: By) -> list[FigureLine]:
    return [figure_line(one, indicators[one.indicator_slug]) for one in shown]


# --- a wijk -----------------------------------------------------------------------------------------------
def wijk_figures(wijk: WijkName) -> list[ThemeFigures]:
    """The figures of a wijk beside those of the whole municipality, theme by theme. Six queries."""
    indicators = _by_slug(_published())
    found = _in_units(published_series(area_ids=[wijk.area_id, city().pk]), indicators)
    groups: dict[int, list[PublishedSeries]] = defaultdict(list)
    themes: dict[int, Theme | None] = {}
    for one in found:
        theme = indicators[one.indicator_slug].theme
        groups[theme.pk if theme else 0].append(one)
        themes[theme.pk if theme else 0] = theme
    ordered = sorted(groups, key=lambda key: _place(themes[key]))
    return [_of_wijk(themes[key], groups[key], wijk, indicators) for key in ordered]


def _place(theme: Theme | None) -> tuple[bool, str, int, str]:
    return (False, theme.kind, theme.order, theme.code) if theme else (True, "", 0, "")


def _of_wijk(
    theme: Theme | None, found: Sequence[PublishedSeries], wijk: WijkName, indicators: By
) -> ThemeFigures:
    own = [one for one in found if one.area_id == wijk.area_id]
    beside = [city_of(one, found) for one in own]
    used = {one.series_id for one in beside if one}
    return ThemeFigures(
        code=theme.code if theme else "",
        name=str(theme.name) if theme else "",
        lines=tuple(
            figure_line(one, indicators[one.indicator_slug], same)
            for one, same in zip(own, beside, strict=True)
        ),
        city_only=tuple(
            _lines([one for one in found if one not in own and one.series_id not in used], indicators)
        ),
    )
