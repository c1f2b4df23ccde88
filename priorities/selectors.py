"""What the pages about weighing show, and what the programme and public pages ask of it."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.core.cache import cache
from django.db.models import Prefetch
from django.utils import timezone

from haarlemveilig.gemeente.models import Theme
from haarlemveilig.gemeente.selectors import WijkName, wijken
from participation.ranking.models import Round
from participation.ranking.published import AreaResultView
from participation.ranking.result_words import label_text, place_text
from participation.ranking.selectors import PublishedRound, result_for_year
from priorities import words
from priorities.departures import Choice, unexplained
from priorities.evidence import Evidence, RoundReference, ThemeEvidence, by_share
from priorities.figures import figures_by_theme
from priorities.models import Departure, Priority, Weighing
from priorities.querysets import WeighingQuerySet

ADOPTED_SECONDS = 60


def _decided(weighings: WeighingQuerySet) -> WeighingQuerySet:
    """With priorities and departures and their themes, so that reading them asks nothing more."""
    return weighings.select_related("saved_by", "adopted_by").prefetch_related(
        Prefetch("priorities", Priority.objects.select_related("theme")),
        Prefetch("departures", Departure.objects.select_related("theme")),
    )


def chosen_of(weighing: Weighing | None) -> tuple[Choice, ...]:
    """The priorities of a weighing as they are saved."""
    if weighing is None:
        return ()
    return tuple(
        Choice(rank=priority.rank, theme=priority.theme.code, reason=str(priority.reason))
        for priority in weighing.priorities.all()
    )


def explanations_of(weighing: Weighing | None) -> dict[str, str]:
    """The saved reasons for leaving themes out, by theme code."""
    if weighing is None:
        return {}
    return {departure.theme.code: str(departure.reason) for departure in weighing.departures.all()}


# --- one wijk -------------------------------------------------------------------------------------
@dataclass(frozen=True)
class EvidenceRow:
    """One theme as the table shows it; `rank` is its number among the saved priorities, or None."""

    theme: ThemeEvidence
    rank: int | None
    place: str
    label_text: str


@dataclass(frozen=True)
class WeighingView:
    """One wijk and year as the page of a policy officer shows it."""

    wijk: WijkName
    year: int
    weighing: Weighing | None
    evidence: Evidence
    chosen: tuple[Choice, ...]
    explanations: Mapping[str, str]

    @property
    def is_adopted(self) -> bool:
        return self.weighing is not None and self.weighing.is_adopted

    @property
    def sentence(self) -> str:
        """What the ranking is worth here."""
        return words.ranking_sentence(self.evidence, self.wijk.name)

    @property
    def rows(self) -> list[EvidenceRow]:
        """All themes, from most to least chosen by residents."""
        ranks = {choice.theme: choice.rank for choice in self.chosen}
        return [_row(theme, ranks.get(theme.code)) for theme in self.evidence.themes]

    def rows_of(self, codes: Collection[str]) -> list[EvidenceRow]:
        """The rows of some themes only."""
        return [row for row in self.rows if row.theme.code in codes]

    @property
    def priorities(self) -> list["StatedPriority"]:
        """The saved priorities with the names of their themes."""
        names = self.evidence.name_of
        return [StatedPriority(one.rank, one.theme, names(one.theme), one.reason) for one in self.chosen]

    @property
    def departures(self) -> list["ExplainedDeparture"]:
        """The saved reasons for leaving a theme out, with the names of the themes."""
        names = self.evidence.name_of
        return [ExplainedDeparture(code, names(code), reason) for code, reason in self.explanations.items()]


def _row(theme: ThemeEvidence, rank: int | None) -> EvidenceRow:
    return EvidenceRow(theme, rank, place_text(theme.ranking), label_text(theme.label))


def weighing_view(wijk: WijkName, year: int) -> WeighingView:
    """Everything about one wijk and year; of an adopted weighing the evidence as it lay then."""
    weighing = _decided(Weighing.objects.of_wijk(wijk.area_id).for_year(year)).first()
    kept = weighing is not None and weighing.is_adopted
    return WeighingView(
        wijk=wijk,
        year=year,
        weighing=weighing,
        evidence=Evidence.from_json(weighing.evidence) if weighing and kept else evidence_for(wijk, year),
        chosen=chosen_of(weighing),
        explanations=explanations_of(weighing),
    )


def evidence_for(wijk: WijkName, year: int) -> Evidence:
    """What is known about a wijk today, themes from most to least chosen by residents."""
    published = result_for_year(year)
    area = published.result.areas.get(wijk.code) if published else None
    return Evidence(
        wijk=wijk.code,
        year=year,
        round=_reference(published),
        area=area,
        counted_with=_names(area.merged_with if area else ()),
        themes=by_share(_themes(wijk, year, area)),
    )


def _names(codes: Collection[str]) -> tuple[str, ...]:
    return tuple(wijk.name for wijk in wijken() if wijk.code in codes)


def _reference(published: PublishedRound | None) -> RoundReference | None:
    if published is None:
        return None
    return RoundReference(
        code=published.result.code,
        closed_on=published.result.closed_on,
        is_synthetic=published.result.is_synthetic,
        edition=str(published.edition.pk),
        sha256=published.edition.sha256,
    )


def _themes(wijk: WijkName, year: int, area: AreaResultView | None) -> list[ThemeEvidence]:
    themes = list(Theme.objects.safety())
    figures = figures_by_theme(wijk.area_id, [theme.pk for theme in themes], year)
    return [
        ThemeEvidence(
            code=theme.code,
            name=str(theme.name),
            ranking=area.theme(theme.code) if area else None,
            figures=figures[theme.pk],
        )
        for theme in themes
    ]


# --- all wijken -----------------------------------------------------------------------------------
@dataclass(frozen=True)
class WijkStanding:
    """How far one wijk is."""

    wijk: WijkName
    participants: int | None
    weighing: Weighing | None
    unexplained: int


@dataclass(frozen=True)
class StadsdeelStanding:
    """The wijken of one stadsdeel; its name is "" in a municipality without stadsdelen."""

    name: str
    wijken: tuple[WijkStanding, ...]


def overview(year: int) -> list[StadsdeelStanding]:
    """How far every wijk is for one year, per stadsdeel."""
    published = result_for_year(year)
    areas = published.result.areas if published else {}
    weighings = {weighing.wijk_id: weighing for weighing in _decided(Weighing.objects.for_year(year))}
    rows = [_standing(wijk, areas.get(wijk.code), weighings.get(wijk.area_id)) for wijk in wijken()]
    rows.sort(key=lambda row: (row.wijk.stadsdeel, row.wijk.name))
    return [
        StadsdeelStanding(name=name, wijken=tuple(group))
        for name, group in groupby(rows, key=lambda row: row.wijk.stadsdeel)
    ]


def _standing(wijk: WijkName, area: AreaResultView | None, weighing: Weighing | None) -> WijkStanding:
    return WijkStanding(
        wijk=wijk,
        participants=area.participants if area else None,
        weighing=weighing,
        unexplained=len(unexplained(area, chosen_of(weighing), explanations_of(weighing))),
    )


def years(today: dt.date) -> list[int]:
    """The years with a published round or a weighing, newest first; next year while there are none."""
    with_round = Round.objects.published().order_by().values_list("for_year", flat=True)
    with_weighing = Weighing.objects.order_by().values_list("year", flat=True)
    return sorted(with_round.union(with_weighing), reverse=True) or [today.year + 1]


# --- for the programme and public pages -----------------------------------------------------------
@dataclass(frozen=True)
class StatedPriority:
    """One priority as residents read it."""

    rank: int
    theme: str
    name: str
    reason: str


@dataclass(frozen=True)
class ExplainedDeparture:
    """A theme of residents' top 3 that did not become a priority, and why."""

    theme: str
    name: str
    reason: str


@dataclass(frozen=True)
class AdoptedWeighing:
    """The decision about one wijk and year. `ranking_sentence` says what residents' ranking was worth."""

    wijk: str
    area_id: int
    year: int
    adopted_on: dt.date
    ranking_sentence: str
    priorities: tuple[StatedPriority, ...]
    departures: tuple[ExplainedDeparture, ...]


def adopted_for(area_id: int) -> AdoptedWeighing | None:
    """The newest adopted priorities of one wijk, or None; cached for a minute, and forgotten by an adoption."""
    return cache.get_or_set(adopted_key(area_id), lambda: _adopted_for(area_id), ADOPTED_SECONDS)


def adopted_key(area_id: int) -> str:
    """Under which the cache keeps what was adopted for a wijk."""
    return f"adopted:{area_id}"


def _adopted_for(area_id: int) -> AdoptedWeighing | None:
    weighing = _decided(Weighing.objects.adopted().of_wijk(area_id)).order_by("-year").first()
    return next(iter(_adopted([weighing])), None) if weighing else None


def adopted_in_year(year: int) -> list[AdoptedWeighing]:
    """All adopted priorities for one year, in the order of the wijk codes."""
    return _adopted(_decided(Weighing.objects.adopted().for_year(year)).order_by("wijk__code"))


def _adopted(weighings: Iterable[Weighing]) -> list[AdoptedWeighing]:
    names = {wijk.area_id: wijk.name for wijk in wijken()}
    return [_adopted_view(weighing, names.get(weighing.wijk_id, "")) for weighing in weighings]


def _adopted_view(weighing: Weighing, wijk: str) -> AdoptedWeighing:
    return AdoptedWeighing(
        wijk=wijk,
        area_id=weighing.wijk_id,
        year=weighing.year,
        adopted_on=timezone.localdate(weighing.adopted_at),
        ranking_sentence=words.ranking_sentence(Evidence.from_json(weighing.evidence), wijk),
        priorities=tuple(
            StatedPriority(priority.rank, priority.theme.code, str(priority.theme.name), str(priority.reason))
            for priority in weighing.priorities.all()
        ),
        departures=tuple(
            ExplainedDeparture(departure.theme.code, str(departure.theme.name), str(departure.reason))
            for departure in weighing.departures.all()
        ),
    )
