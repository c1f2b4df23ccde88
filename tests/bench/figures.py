"""What a measurement hands back, and how it is judged and printed."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One number. Above `target` is a pity, above `gate` the run fails; `note` says how to read it."""

    name: str
    value: float
    unit: str = ""
    target: float | None = None
    gate: float | None = None
    note: str = ""

    @property
    def fails(self) -> bool:
        return self.gate is not None and self.value > self.gate

    @property
    def verdict(self) -> str:
        if self.fails:
            return "FAIL"
        if self.target is not None and self.value > self.target:
            return "high"
        return "ok" if self.gate is not None else ""

    def line(self) -> str:
        bound = self.target if self.target is not None else self.gate
        limit = "" if bound is None else f"<= {bound:g}"
        return f"{self.verdict:4}  {self.name:52} {_short(self.value):>8} {self.unit:8} {limit:8} {self.note}".rstrip()


def _short(value: float) -> str:
    return f"{value:.0f}" if float(value).is_integer() or abs(value) >= 1000 else f"{value:.2f}"


def say(text: str) -> None:
    """One line to whoever waits for the outcome."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def show(title: str, figures: Iterable[Figure]) -> list[Figure]:
    """Print the figures of one measurement and hand them on."""
    shown = list(figures)
    say(f"\n{title}")
    for figure in shown:
        say(figure.line())
    return shown
