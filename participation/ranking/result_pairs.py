"""Theme against theme: of those who named at least one of two, how many put the first before the second."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from participation.ranking.published import AreaResultView
from participation.ranking.result_words import and_list, lower, whole_percent

# Among fewer the percentage says nothing, and might say who (section 2.5).
MINIMUM = 10


@dataclass(frozen=True)
class PairRow:
    """One theme against each of the others, in the order of the columns: "62%", or "" where it stays blank."""

    name: str
    shares: tuple[str, ...]


@dataclass(frozen=True)
class PairTable:
    """The matrix, and the order that follows from it in words ("" where no order may be given)."""

    heads: tuple[str, ...]
    rows: tuple[PairRow, ...]
    order: str


def pair_table(area: AreaResultView, themes: Mapping[str, str]) -> PairTable | None:
    """The matrix of an area with shares, themes in its order; None where there is nothing to compare."""
    if not area.shows_shares or not area.pairwise:
        return None
    codes = [theme.code for theme in area.themes]
    rows = tuple(
        PairRow(themes[row], tuple(_share(area.pairwise, row, column) for column in codes)) for row in codes
    )
    return PairTable(heads=tuple(themes[code] for code in codes), rows=rows, order=_order(area, themes))


def _share(pairwise: Mapping[str, Mapping[str, int | None]], row: str, column: str) -> str:
    """P / (P + its reverse); blank on the diagonal and where fewer than ten named one of both."""
    before, after = pairwise.get(row, {}).get(column), pairwise.get(column, {}).get(row)
    if row == column or before is None or after is None or before + after < MINIMUM:
        return ""
    return f"{whole_percent(before / (before + after))}%"


def _order(area: AreaResultView, themes: Mapping[str, str]) -> str:
    if not area.shows_ranks or not area.schulze:
        return ""
    groups = [and_list([lower(themes[code]) for code in group]) for group in area.schulze]
    ties = any(len(group) > 1 for group in area.schulze)
    sentence = _("Wie alleen zo telt, krijgt deze volgorde: %(order)s.") % {"order": "; ".join(groups)}
    return f"{sentence} {_('Wat samen genoemd staat, eindigt gelijk.')}" if ties else sentence
