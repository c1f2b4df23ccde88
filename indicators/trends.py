"""What a reader wants to know of a series: the last figure, the one before, and what is missing. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from indicators.cells import parse, parse_target, print_cell
from indicators.display import CellView

Change = Literal["more", "less", "same", ""]
Certainty = Literal["sure", "chance", "unknown", "break"]
Measure = Literal["count", "percent", "rate", "grade"]

_YEAR = 4
_HAS_FIGURE_WITHOUT_VALUE, _IN_WORDS = "composite", "text_only"
_SHARES = ("%", "procent", "percentage")
_GRADES = ("cijfer", "rapportcijfer", "schaalscore", "score")
_NO_ROW = "Over {} is geen cijfer ingelezen."


@dataclass(frozen=True)
class Trend:
    """The last figure of a series beside the one before. `missing` are the periods after the last figure.

    `change` is empty where two figures cannot be compared; `certainty` says what the change is worth.
    """

    latest: CellView | None
    before: CellView | None
    missing: tuple[CellView, ...]
    change: Change
    certainty: Certainty

    @property
    def shown(self) -> CellView | None:
        """What answers the question: the last figure, or where there never was one, the last words."""
        told = [cell for cell in self.missing if cell.status == _IN_WORDS]
        return self.latest or (told[-1] if told else None)


def measure_of(name: str, unit: str, cells: Sequence[CellView]) -> Measure:
    """What kind of number this is. Only counts depend on how many people live somewhere."""
    folded = name.casefold()
    if is_share(unit) or folded.startswith("%") or any("%" in cell.printed for cell in cells):
        return "percent"
    if "per 1.000" in folded or "per 1.000" in unit:
        return "rate"
    return "grade" if unit in _GRADES or folded.split(" ")[0] in _GRADES else "count"


def is_share(unit: str) -> bool:
    """Whether figures in this unit are percentages."""
    return unit.strip().casefold() in _SHARES


def as_share(cell: CellView) -> CellView:
    """The cell of an indicator that is a percentage, with its sign where the source left it out: 16,9 is 16,9%."""
    read = (parse_target if cell.kind == "target" else parse)(cell.printed)
    if cell.value is None or "%" in cell.printed or read.kind not in ("number", "range"):
        return cell
    parts = tuple(replace(part, unit="%") for part in read.parts[-1:])
    return replace(cell, printed=print_cell(replace(read, unit="%", parts=(*read.parts[:-1], *parts))))


def has_figure(cell: CellView) -> bool:
    """Whether the cell prints a figure; a composite does, without having one value."""
    return cell.value is not None or cell.status == _HAS_FIGURE_WITHOUT_VALUE


def main_cells(cells: Sequence[CellView]) -> list[CellView]:
    """The cells that one line may join: years, where there are any, else all."""
    return [cell for cell in cells if len(cell.period) == _YEAR] or list(cells)


def trend_in(cells: Sequence[CellView], *, is_survey: bool = False) -> Trend:
    """The trend of measured cells in order of time."""
    shown = main_cells(cells)
    places = [place for place, cell in enumerate(shown) if has_figure(cell)]
    if not places:
        return Trend(None, None, tuple(shown), "", "unknown")
    latest = shown[places[-1]]
    before = shown[places[-2]] if len(places) > 1 else None
    return Trend(
        latest,
        before,
        missing=tuple(shown[places[-1] + 1 :]),
        change=_change(latest, before),
        certainty=_certainty(latest, before, is_survey),
    )


def _change(latest: CellView, before: CellView | None) -> Change:
    if before is None or latest.value is None or before.value is None:
        return ""
    if latest.comparator or before.comparator:
        return ""
    if latest.value == before.value:
        return "same"
    return "more" if latest.value > before.value else "less"


def _certainty(latest: CellView, before: CellView | None, is_survey: bool) -> Certainty:
    if before is None:
        return "unknown"
    if latest.status == "break":
        return "break"
    if latest.low is None or latest.high is None or before.low is None or before.high is None:
        return "unknown" if is_survey else "sure"
    return "chance" if latest.low <= before.high and before.low <= latest.high else "sure"


def better_or_worse(trend: Trend, direction: str) -> Literal["better", "worse", ""]:
    """Whether the change is for the better; empty unless a person set the direction and chance is ruled out."""
    if trend.certainty != "sure" or trend.change not in ("more", "less"):
        return ""
    if direction not in ("higher", "lower"):
        return ""
    return "better" if (trend.change == "more") == (direction == "higher") else "worse"


def with_missing_years(cells: Sequence[CellView]) -> tuple[CellView, ...]:
    """The cells, and for each year in between that is passed over, a cell that says so.

    What is asked every second year lacks nothing in the years between.
    """
    years = sorted({int(cell.period[:_YEAR]) for cell in cells})
    step = min((later - earlier for earlier, later in pairwise(years)), default=1)
    absent = [
        CellView(str(year), "", "unknown", _NO_ROW.format(year), period=str(year))
        for earlier, later in pairwise(years)
        for year in range(earlier + step, later, step)
    ]
    return tuple(sorted([*cells, *absent], key=lambda cell: (cell.period[:_YEAR], cell.period)))


def is_indicative(cell: CellView) -> bool:
    """Whether too few people answered to lay this figure beside another."""
    return cell.status == "low_reliability"


def bare_number(cell: CellView) -> str:
    """The figure as printed, without its comparator and footnote mark: "<20%" is "20%"."""
    parsed = parse(cell.printed)
    if parsed.kind != "number":
        return cell.printed.strip()
    text = cell.printed.removeprefix(parsed.comparator).strip()
    return text.removesuffix(parsed.note_mark).strip() if parsed.note_mark else text
