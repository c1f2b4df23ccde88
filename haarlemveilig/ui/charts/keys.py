"""The signs of a chart on their own, for the key below it. Decoration: the words beside them say it all."""

from haarlemveilig.ui.charts.plot import gap_mark, mark
from haarlemveilig.ui.charts.svg import element, group, stroke

WIDTH, HEIGHT = 24, 18
MIDDLE_X, MIDDLE_Y = WIDTH / 2, HEIGHT / 2

SIGNS = {
    "provisional": mark("circle", MIDDLE_X, MIDDLE_Y, is_open=True),
    "provisional bar": stroke("M2 4H22V14H2Z"),
    "margin": stroke("M12 2V16M8 2h8M8 16h8", 1.5),
    "margin bar": stroke("M3 9H21M3 5v8M21 5v8", 1.5),
    "break": stroke("M12 1V17", 1.5, "2 4"),
    "target": mark("diamond", MIDDLE_X, MIDDLE_Y, is_open=True),
    "pending": gap_mark(MIDDLE_X, MIDDLE_Y, pending=True),
    "missing": gap_mark(MIDDLE_X, MIDDLE_Y, pending=False),
}


def key_svg(sign: str) -> str:
    """One of SIGNS."""
    return element(
        "svg",
        group("ink", "text", SIGNS[sign]),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        width=WIDTH,
        height=HEIGHT,
        aria_hidden="true",
    )
