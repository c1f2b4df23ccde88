"""What a reader sees of one area: one sentence first, then the shares that prove it, and how certain that is."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from haarlemveilig.ui.charts import Pair, Share, axis_top
from participation.ranking import result_words as words
from participation.ranking.published import AreaResultView, RoundResultView, ThemeResult
from participation.ranking.result_names import AreaName, Names
from participation.ranking.result_pairs import PairTable, pair_table

HEADINGS = (("in", "In de top 3"), ("possible", "Mogelijk in de top 3"), ("out", "Niet in de top 3"))


@dataclass(frozen=True)
class ShareGroup:
    """Themes with the same label, for one list of bars."""

    title: str
    rows: tuple[Share, ...]


@dataclass(frozen=True)
class ShareRow:
    """One line of the table beside the chart: the same numbers, with the share as it was counted."""

    name: str
    share: float | None
    share_raw: float | None
    low: float | None
    high: float | None
    points: float | None
    place: str
    label: str

    @property
    def is_certain(self) -> bool:
        return self.label == words.label_text("in")


@dataclass(frozen=True)
class ResultPage:
    """The result of one area. `participants` is None where fewer than ten took part."""

    area: AreaName
    headline: str
    lead: str
    participants: int | None
    part_of_residents: float | None
    # The areas this result speaks for: its own, and those it was counted together with.
    counted_names: tuple[str, ...]
    is_indicative: bool
    is_weighted: bool
    is_robust: bool | None
    groups: tuple[ShareGroup, ...]
    rows: tuple[ShareRow, ...]
    ages: tuple[Pair, ...]
    genders: tuple[Pair, ...]
    certainty: tuple[str, ...]
    robustness: str
    pairs: PairTable | None
    first_theme: str
    people: str
    from_age: int

    @property
    def is_merged(self) -> bool:
        return len(self.counted_names) > 1

    @property
    def where(self) -> str:
        """The areas this result speaks for, as part of a sentence."""
        return words.and_list(self.counted_names)

    @property
    def axis_top(self) -> float:
        """One axis over all groups, so that their bars can be compared."""
        return axis_top([row for group in self.groups for row in group.rows])

    @property
    def has_points(self) -> bool:
        """Editions of schema 1 have none."""
        return any(row.points is not None for row in self.rows)


def result_page(code: str, result: RoundResultView, names: Names) -> ResultPage | None:
    """The page of the area with this code; None when the round knows nothing of it."""
    area = result.areas.get(code)
    if area is None:
        return None
    counted, kind, age = names.counted(area), result.kind, words.from_age(result)
    return ResultPage(
        area=names.area(code),
        headline=words.headline(area, counted, names.themes, kind),
        lead=words.lead(area, names.themes, result.k),
        participants=area.participants,
        part_of_residents=_part(area, kind),
        counted_names=counted,
        is_indicative=area.shows_shares and not area.shows_ranks,
        is_weighted=bool(words.weighted_by(area)),
        is_robust=area.robust if area.shows_ranks else None,
        groups=_groups(area, names),
        rows=tuple(_row(theme, names) for theme in _shown(area)),
        ages=_composition(area, "age"),
        genders=_composition(area, "gender"),
        certainty=words.certainty(area, kind, age) if area.shows_shares else (),
        robustness=words.robustness(area, names.themes),
        pairs=pair_table(area, names.themes),
        first_theme=next((theme.code for theme in _shown(area)), ""),
        people=words.people(kind),
        from_age=age,
    )


def _part(area: AreaResultView, kind: str) -> float | None:
    """Which part of the residents took part; of entrepreneurs it is not known how many there are."""
    if kind == words.ENTREPRENEURS or not area.participants or not area.residents:
        return None
    return area.participants / area.residents


def _shown(area: AreaResultView) -> Iterable[ThemeResult]:
    return area.themes if area.shows_shares else ()


def _groups(area: AreaResultView, names: Names) -> tuple[ShareGroup, ...]:
    if not area.shows_ranks:
        shown = tuple(share_bar(theme, names.theme(theme.code)) for theme in _shown(area))
        return (ShareGroup(_("Hoe vaak genoemd"), shown),) if shown else ()
    found = [(_(title), area.labelled(label)) for label, title in HEADINGS]
    return tuple(
        ShareGroup(title, tuple(share_bar(theme, names.theme(theme.code)) for theme in members))
        for title, members in found
        if members
    )


def share_bar(theme: ThemeResult, label: str) -> Share:
    """A theme as a bar: its margin cannot leave the axis."""
    share = theme.share or 0.0
    low, high = margin(theme)
    return Share(
        label=label,
        share=share,
        low=share if low is None else low,
        high=share if high is None else high,
        place_text=words.place_text(theme),
    )


def margin(theme: ThemeResult) -> tuple[float | None, float | None]:
    """From where to where chance may have brought the share, between nobody and everybody."""
    return (
        None if theme.low is None else max(theme.low, 0.0),
        None if theme.high is None else min(theme.high, 1.0),
    )


def _row(theme: ThemeResult, names: Names) -> ShareRow:
    low, high = margin(theme)
    return ShareRow(
        name=names.theme(theme.code),
        share=theme.share,
        share_raw=theme.share_raw,
        low=low,
        high=high,
        points=theme.points,
        place=words.place_text(theme),
        label=words.label_text(theme.label),
    )


def _composition(area: AreaResultView, kind: str) -> tuple[Pair, ...]:
    if not area.shows_shares:
        return ()
    return tuple(
        Pair(words.group_text(kind, group.code), group.share, group.population_share)
        for group in area.composition
        if group.kind == kind
    )
