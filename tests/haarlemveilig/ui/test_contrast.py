"""The contrasts that WCAG 2.2 AA asks for, computed from the tokens, in the light and in the dark."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from haarlemveilig.ui.charts import COLOURS

TOKENS = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text()
TEXT, SHAPE = 4.5, 3.0
GROUNDS = ("bg", "surface", "sunken")
# Text, and the lines of charts with their names.
INKS = ("text", "text-2", "primary", "thread", "ok", "warn")
PAIRS = [
    *((colour, ground, TEXT) for colour in INKS for ground in GROUNDS),
    *(("border", ground, SHAPE) for ground in GROUNDS),
    *(("focus-out", ground, SHAPE) for ground in GROUNDS),
    *((colour, f"{colour}-tint", TEXT) for colour in ("ok", "warn", "error", "primary")),
    *(("text", f"{tint}-tint", TEXT) for tint in ("ok", "warn", "error", "primary")),
    ("error", "surface", TEXT),
    ("on-primary", "primary", TEXT),
    ("on-primary", "primary-strong", TEXT),
    ("on-primary", "error", TEXT),
    ("on-thread", "thread", TEXT),
    ("on-main", "main", TEXT),
    ("on-footer", "footer", TEXT),
    ("focus-out", "focus-in", SHAPE),
    ("primary-strong", "band", SHAPE),
    ("band", "surface", SHAPE),
]
# Dark letters on the light classes of the map and the other way round (components.css).
TILE_LABELS = {"light": ("#1b2a30", "#ffffff"), "dark": ("#ffffff", "#0c2227")}


def tokens(scheme: str) -> dict[str, str]:
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)", 1)
    read = re.compile(r"--hv-([\w-]+): (#[0-9a-f]{3,6})\b")
    return dict(read.findall(light)) | (dict(read.findall(dark)) if scheme == "dark" else {})


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    channels = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_gives_the_known_extremes() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_a_pair_of_tokens_has_enough_contrast(scheme: str, front: str, ground: str, least: float) -> None:
    values = tokens(scheme)
    assert contrast(values[front], values[ground]) >= least


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("level", range(1, 6))
def test_the_label_on_a_tile_can_be_read(scheme: str, level: int) -> None:
    label = TILE_LABELS[scheme][level >= 4]
    assert contrast(label, tokens(scheme)[f"s{level}"]) >= TEXT


def test_colours_inside_a_chart_are_those_of_the_light_tokens() -> None:
    assert COLOURS.items() <= tokens("light").items()
