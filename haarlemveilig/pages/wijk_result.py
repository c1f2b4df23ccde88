"""What a resident reads of their wijk's result: one sentence first, then the shares that prove it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from haarlemveilig.disclosure import Tier
from haarlemveilig.gemeente.selectors import WijkName
from haarlemveilig.localized import LocalizedText
from haarlemveilig.ui.charts import Share, axis_top
from participation.ranking.published import AreaResultView, RoundResultView, ThemeResult
from priorities.words import place_text

HEADINGS = (("in", "In de top 3"), ("possible", "Mogelijk in de top 3"), ("out", "Niet in de top 3"))


@dataclass(frozen=True)
class ShareGroup:
    """Themes with the same label, for one list of bars."""

    title: str
    rows: tuple[Share, ...]


@dataclass(frozen=True)
class ShareRow:
    """One line of the table beside the chart."""

    name: str
    share: float | None
    low: float | None
    high: float | None
    place: str
    label: str


@dataclass(frozen=True)
class WijkResult:
    """The result page of one wijk."""

    headline: str
    lead: str
    participants: int | None
    part_of_residents: float | None
    # The wijken this result speaks for: its own, and those it was counted together with.
    counted_names: tuple[str, ...]
    is_indicative: bool
    groups: tuple[ShareGroup, ...]
    rows: tuple[ShareRow, ...]

    @property
    def is_merged(self) -> bool:
        return len(self.counted_names) > 1

    @property
    def where(self) -> str:
        """The wijken this result speaks for, as part of a sentence."""
        return and_list(list(self.counted_names))

    @property
    def axis_top(self) -> float:
        """One axis over all groups, so that their bars can be compared."""
        return axis_top([row for group in self.groups for row in group.rows])


def wijk_result(wijk: WijkName, result: RoundResultView, names: Mapping[str, str]) -> WijkResult | None:
    """The page for `wijk`; `names` are wijk names by code. None when the round knows nothing of this wijk."""
    area = result.areas.get(wijk.code)
    if area is None:
        return None
    themes = {code: str(LocalizedText(name)) for code, name in result.theme_names.items()}
    counted = (wijk.name, *(names[code] for code in area.merged_with))
    return WijkResult(
        headline=_headline(counted, area, themes),
        lead=_lead(area, themes),
        participants=area.participants,
        part_of_residents=area.participants / area.residents
        if area.participants and area.residents
        else None,
        counted_names=counted,
        is_indicative=area.shows_shares and not area.shows_ranks,
        groups=_groups(area, themes),
        rows=tuple(_row(theme, themes) for theme in area.themes),
    )


def _headline(counted: tuple[str, ...], area: AreaResultView, themes: Mapping[str, str]) -> str:
    where = and_list(list(counted))
    certain = [themes[theme.code].lower() for theme in area.labelled("in")]
    if area.tier < Tier.INDICATIVE:
        where = counted[0]  # What holds for all of them together holds for this one.
        sentence = _("Te weinig bewoners van %(wijk)s deden mee om een uitslag te laten zien")
    elif not area.shows_ranks:
        sentence = _("Een eerste indruk van %(wijk)s: dit noemden de deelnemers het vaakst")
    elif not certain:
        sentence = _("In %(wijk)s liggen de onderwerpen zo dicht bij elkaar dat geen top 3 zeker is")
    elif len(counted) > 1:
        sentence = _("%(wijk)s willen eerst iets doen aan %(themes)s")
    else:
        sentence = _("%(wijk)s wil eerst iets doen aan %(themes)s")
    return sentence % {"wijk": where, "themes": and_list(certain)}


def _lead(area: AreaResultView, themes: Mapping[str, str]) -> str:
    if not area.shows_shares:
        return _("Met zo weinig antwoorden zegt een percentage niets. Ook zou te zien zijn wie wat koos.")
    first = [_share_words(theme, themes) for theme in area.themes[:2]]
    values = {"n": area.participants, "shares": and_list(first)}
    lead = _("Van de %(n)s deelnemers zette %(shares)s.") % values
    uncertain = [themes[theme.code].lower() for theme in area.labelled("possible")]
    if uncertain:
        lead += " " + _("De rest van de top 3 is niet zeker: %(themes)s liggen dicht bij elkaar.") % {
            "themes": and_list(uncertain)
        }
    return lead


def _share_words(theme: ThemeResult, themes: Mapping[str, str]) -> str:
    return f"{round((theme.share or 0) * 100)}% {themes[theme.code].lower()} in de top 3"


def and_list(words: list[str]) -> str:
    """`a, b en c`; empty where there are none."""
    return " en ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _groups(area: AreaResultView, themes: Mapping[str, str]) -> tuple[ShareGroup, ...]:
    if not area.shows_ranks:
        shown = tuple(_bar(theme, themes) for theme in area.themes)
        return (ShareGroup(_("Hoe vaak genoemd"), shown),) if shown else ()
    found = [(_(title), area.labelled(label)) for label, title in HEADINGS]
    return tuple(
        ShareGroup(title, tuple(_bar(theme, themes) for theme in members))
        for title, members in found
        if members
    )


def _bar(theme: ThemeResult, themes: Mapping[str, str]) -> Share:
    share = theme.share or 0.0
    return Share(
        label=themes[theme.code],
        share=share,
        low=max(share if theme.low is None else theme.low, 0.0),
        high=min(share if theme.high is None else theme.high, 1.0),
        place_text=place_text(theme),
    )


def _row(theme: ThemeResult, themes: Mapping[str, str]) -> ShareRow:
    words = {"in": _("in de top 3"), "possible": _("mogelijk in de top 3")}
    return ShareRow(
        name=themes[theme.code],
        share=theme.share,
        low=None if theme.low is None else max(theme.low, 0.0),
        high=None if theme.high is None else min(theme.high, 1.0),
        place=place_text(theme),
        label=words.get(theme.label, ""),
    )
