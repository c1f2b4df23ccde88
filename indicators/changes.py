"""Whether a series got better or worse, in a word. Pure.

Judged only where a person said what better means; otherwise the word is only "hoger" or "lager".
"""

from collections.abc import Sequence

from indicators.display import CellView, ChangeView

Band = tuple[float, float]


def change_of(cells: Sequence[CellView], direction: str = "", band: Band | None = None) -> ChangeView | None:
    """From the first measured figure to the last. None with fewer than two exact figures."""
    known = [cell for cell in cells if cell.kind != "target" and cell.value is not None]
    if len(known) < 2 or known[0].comparator or known[-1].comparator:
        return None
    first, last = known[0], known[-1]
    if _may_be_chance(first, last):
        return ChangeView("", "geen duidelijk verschil", "neutral")
    before, now = first.value or 0.0, last.value or 0.0
    if before == now:
        return ChangeView("", "gelijk", "neutral")
    arrow = "up" if now > before else "down"
    progress = _progress(before, now, direction, band)
    if progress is None:
        return ChangeView(arrow, "hoger" if now > before else "lager", "neutral")
    return _judged(arrow, progress)


def _judged(arrow: str, progress: float) -> ChangeView:
    if progress == 0:
        return ChangeView(arrow, "even goed", "neutral")
    return ChangeView(arrow, "beter", "success") if progress > 0 else ChangeView(arrow, "slechter", "danger")


def _progress(before: float, now: float, direction: str, band: Band | None) -> float | None:
    """Above zero where it got better, below where it got worse; None where nobody said what better is."""
    if direction == "band" and band:
        return _outside(before, band) - _outside(now, band)
    return {"higher": now - before, "lower": before - now}.get(direction)


def _outside(value: float, band: Band) -> float:
    low, high = band
    return max(low - value, value - high, 0.0)


def _may_be_chance(first: CellView, last: CellView) -> bool:
    """Whether the margins of two surveys overlap."""
    if first.low is None or first.high is None or last.low is None or last.high is None:
        return False
    return first.low <= last.high and last.low <= first.high
