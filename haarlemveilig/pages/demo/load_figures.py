"""The demo's figures: real ones of the whole city, invented ones per wijk, and an invented table with targets."""

import datetime as dt
from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from haarlemveilig.gemeente.models import Area, Municipality
from haarlemveilig.pages.demo import files, generate
from haarlemveilig.pages.demo.accounts import policy_officer
from indicators.crime_file import read_crime, read_kinds
from indicators.models import Indicator, IndicatorTable, Observation, Publication, Series, Source
from indicators.periods import Period
from indicators.reading import read_file
from indicators.services import import_crime, import_table
from indicators.services.observations import Figure, Origin, record_observations
from indicators.services.publishing import publish_indicators

TARGETS = "doelen-voorbeeld.csv"
EXAMPLE = "Verzonnen voorbeeld"
# What a reader of the history sees: first nothing, then a figure, then a better one; so long ago.
FIRST_READ_IN = dt.timedelta(days=260)
LATE_FIGURE = ("Meldingen overlast op het water", Period.of_year(2023))
CAME_LATER = (
    (dt.timedelta(days=190), "12", ""),
    (dt.timedelta(days=80), "13", "Eén melding was bij een ander onderwerp geteld."),
)


def load_real_figures() -> None:
    """The 46 real rows of 2019-2022."""
    if not IndicatorTable.objects.exists():
        _import("haarlem-indicatoren-2023.csv", files.read("haarlem-indicatoren-2023.csv"))


def load_wijk_figures() -> None:
    """Invented crime per wijk, and an invented survey of the whole city, in the layouts of CBS."""
    if Series.objects.filter(area__level=Area.Level.WIJK).exists():
        return
    import_crime(
        read_crime(files.generated(generate.crime, "misdrijven.json")),
        municipality=Municipality.objects.get(),
        kinds=read_kinds(files.read("misdrijven_themas.json")),
        provenance="misdrijven.json (verzonnen)",
    )
    _import("monitor.json", files.generated(generate.monitor, "monitor.json"))


def load_targets() -> None:
    """A table with targets in every form, one figure of which came late and was revised."""
    if Source.objects.filter(name=EXAMPLE).exists():
        return
    Source.objects.create(name=EXAMPLE, is_synthetic=True)
    now = timezone.now()
    _import(TARGETS, files.read(TARGETS), recorded_at=now - FIRST_READ_IN)
    label, period = LATE_FIGURE
    series = Series.objects.get(indicator__name=label)
    for ago, printed, reason in CAME_LATER:
        moment, figure = now - ago, Figure(printed, "normal", Decimal(printed))
        origin = Origin(
            "opgave van de havendienst (verzonnen)", policy_officer(), moment.date(), moment, reason
        )
        record_observations({(series.pk, period): figure}, origin)


def describe() -> None:
    """What each figure means and who counts it; what somebody wrote since stays."""
    for name, fields in files.read_json("indicatoren.json").items():
        Indicator.objects.filter(name=name, definition="").update(**fields)
    for name, fields in files.read_json("bronnen.json").items():
        Source.objects.filter(name=name, method="").update(**fields)


def publish() -> None:
    """Make public what has a definition, once."""
    if not Indicator.objects.published().exists():
        described = list(Indicator.objects.exclude(definition=""))
        _publish_at_the_time(Indicator.objects.get(name=LATE_FIGURE[0]))
        publish_indicators(indicators=described, actor=policy_officer())


def _publish_at_the_time(indicator: Indicator) -> None:
    """As if somebody had made each version public a week after it came in: readers can look back."""
    versions = Observation.objects.filter(series__indicator=indicator).order_by("recorded_at")
    came_in = versions.values_list("recorded_at", flat=True).distinct()
    moments = [moment + dt.timedelta(days=7) for moment in came_in]
    for moment in moments:
        Publication.objects.create(indicator=indicator, published_at=moment, published_by=policy_officer())
    Indicator.objects.filter(pk=indicator.pk).update(public_since=moments[0])


def _import(name: str, content: bytes, *, recorded_at: dt.datetime | None = None) -> None:
    city = Area.objects.get(level=Area.Level.GEMEENTE)
    file = read_file(content, name, max_bytes=settings.IMPORT_MAX_BYTES)
    vintage = recorded_at.date() if recorded_at else None
    import_table(file, area=city, provenance=name, vintage=vintage, recorded_at=recorded_at)
