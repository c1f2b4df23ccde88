"""What the page parts and charts show. Frozen, without a framework: the drawing functions take these."""

from dataclasses import dataclass
from typing import Literal

State = Literal["known", "provisional", "pending", "missing", "break"]


@dataclass(frozen=True)
class Tile:
    """One area on the tile map. `row` counts from the north, `column` from the west, both from 1.

    `level` is the class of the value, 1 (least) to 5 (most); 0 means no value, and `hint` then says why.
    `name` may hold soft hyphens; `short_name` (at most six signs) is for phones.
    With `area_label` the cell only names a larger area.
    """

    row: int
    column: int
    name: str
    short_name: str = ""
    href: str = ""
    value_text: str = ""
    level: int = 2
    area_label: bool = False
    hint: str = ""


@dataclass(frozen=True)
class Share:
    """A share with its margin, all as fractions of 1. `place_text` is such as "plaats 2–5"."""

    label: str
    share: float
    low: float
    high: float
    place_text: str = ""


@dataclass(frozen=True)
class Pair:
    """The share of a group among participants, beside its share in the population."""

    label: str
    share: float
    reference: float


@dataclass(frozen=True)
class Spark:
    """A series in order of time; None is a year without a figure and leaves a gap."""

    points: tuple[float | None, ...]


@dataclass(frozen=True)
class Step:
    """One knot of the thread. `mark` is a number or the name of an icon; done steps get a tick by default."""

    title: str
    state: Literal["done", "now", "next"] = "done"
    text: str = ""
    kicker: str = ""
    mark: str = ""
    href: str = ""
    link_text: str = ""


@dataclass(frozen=True)
class Stat:
    """One large figure: `value` as printed, `label` below it, `note` small beside it ("van 21")."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Point:
    """One period of a line. `printed` is the figure as tables print it, or the word that stands in its place.

    `low` and `high` are the margin. A point that is `pending` or `missing` has no value; a `provisional` one is
    drawn hollow; with a `break` a new series begins here, which may not be compared with what came before.
    """

    label: str
    value: float | None
    printed: str
    note: str = ""
    low: float | None = None
    high: float | None = None
    state: State = "known"


@dataclass(frozen=True)
class Line:
    """A series in order of time. `label` may hold soft hyphens."""

    label: str
    points: tuple[Point, ...]
    emphasis: bool = False


@dataclass(frozen=True)
class Target:
    """What a figure should become: a value, or a range up to `value_high`, in the period with that label.

    `label` is the whole of its words: "streefwaarde 2027: ≤ 180".
    """

    label: str
    value: float
    value_high: float | None = None
    period: str = ""


@dataclass(frozen=True)
class LineChart:
    """Lines on one axis; their points have the same labels. `title` is the sentence that the chart proves.

    `unit` is "%", or words such as "meldingen per 1.000 bewoners". The axis starts at zero. Only for scores
    and shares may `base` be "data": then the axis may start higher, and the chart says so.
    """

    title: str
    lines: tuple[Line, ...]
    unit: str = ""
    target: tuple[Target, ...] = ()
    base: Literal["zero", "data"] = "zero"


@dataclass(frozen=True)
class Bar:
    """One bar. Without a value `printed` is the word that stands in its place."""

    label: str
    value: float | None
    printed: str
    note: str = ""
    emphasis: bool = False
    low: float | None = None
    high: float | None = None
    state: State = "known"


@dataclass(frozen=True)
class BarChart:
    """Bars from zero, in the order given. `title` is the sentence that the chart proves."""

    title: str
    bars: tuple[Bar, ...]
    unit: str = ""


@dataclass(frozen=True)
class SmallMultiples:
    """One small line for each area, all on one scale and with the same labels."""

    title: str
    charts: tuple[Line, ...]
    unit: str = ""


@dataclass(frozen=True)
class Interval:
    """The places that something may have, 1 being first. `estimate` is the likeliest one, if one may be named."""

    label: str
    best: int
    worst: int
    estimate: int | None
    note: str = ""


@dataclass(frozen=True)
class IntervalChart:
    """Intervals among `places` places. `title` is the sentence that the chart proves."""

    title: str
    rows: tuple[Interval, ...]
    places: int
