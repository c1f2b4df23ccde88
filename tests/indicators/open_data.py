"""Figures to publish: what is public, what is not, and what is too small to show."""

import datetime as dt
from decimal import Decimal

from haarlemveilig.gemeente.models import Theme
from indicators.models import Indicator, IndicatorTable, Publication, Series, Source, TableRow
from indicators.periods import Period
from indicators.services.observations import Figure, Origin, record_observations, record_targets
from tests import factories

START = dt.datetime(2026, 5, 1, 9, tzinfo=dt.UTC)


def indicator(name: str, slug: str, **fields: object) -> Indicator:
    return Indicator.objects.create(name=name, slug=slug, **fields)


def series(one: Indicator, *, area: str = "haarlem", source: str = "Politie") -> Series:
    found, _new = Source.objects.get_or_create(name=source)
    return Series.objects.get_or_create(indicator=one, source=found, area=factories.area(area), breakdown="")[
        0
    ]


def say(one: Series, figures: dict[int, Figure], *, after: int = 0, targets: bool = False) -> None:
    origin = Origin("toets", recorded_at=START + dt.timedelta(days=after))
    record = record_targets if targets else record_observations
    record({(one.pk, Period.of_year(year)): figure for year, figure in figures.items()}, origin)


def number(value: int) -> Figure:
    return Figure(str(value), "normal", Decimal(value))


def publish(one: Indicator, *, after: int = 1) -> None:
    one.published_at = START + dt.timedelta(days=after)
    one.save()
    Publication.objects.create(indicator=one, published_at=one.published_at)


def burenruzie() -> Series:
    """Published, with a figure, one that is still to come, and a target."""
    theme = Theme.objects.get(code="jeugd")
    one = indicator("Burenruzie", "burenruzie", definition="Meldingen van ruzie tussen buren.", theme=theme)
    found = series(one)
    pending = Figure("volgt", "pending", reason="Dit cijfer komt nog.")
    say(found, {2021: number(403), 2022: pending})
    say(found, {2027: Figure("≤ 350", "normal", Decimal(350), comparator="≤")}, targets=True)
    publish(one)
    return found


def secret() -> Series:
    """Never published."""
    found = series(indicator("Zeer geheim cijfer", "zeer-geheim"), source="Geheime bron")
    say(found, {2021: number(987654)})
    return found


def small_count() -> Series:
    """Published and sensitive: the 3 of Parkwijk may not be seen, nor be found by subtraction."""
    one = indicator("Mensenhandel", "mensenhandel", is_sensitive=True)
    for area, value in {"haarlem": 44, "slachthuiswijk": 21, "meerwijk": 9, "molenwijk": 11}.items():
        say(series(one, area=area), {2021: number(value)})
    found = series(one, area="parkwijk")
    say(found, {2021: number(3)})
    publish(one)
    return found


def table(*placed: Series) -> IndicatorTable:
    columns = [{"kind": "observation", "period": "2021", "label": "2021"}]
    made = IndicatorTable.objects.create(name="Overlast", chapter="1", column_data=columns)
    for order, one in enumerate(placed):
        TableRow.objects.create(
            table=made, series=one, order=order, label=one.indicator.name, printed_source="politie"
        )
    return made
