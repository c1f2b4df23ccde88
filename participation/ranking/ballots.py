"""Ballots as the count sees them. What is wrong is refused here, at the door, and never repaired."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

UNUSED = -1
MAX_THEMES = 127  # places are stored as int8


class BallotError(ValueError):
    """A ballot that cannot be counted; the message is Dutch, for the person who handed it in."""


def ranking_text(ranking: Iterable[str | int]) -> str:
    """A ranking as it is stored: theme codes joined by ">", "" for no preference."""
    return ">".join(str(code) for code in ranking)


def ranking_from(text: str) -> tuple[str, ...]:
    """A stored ranking as theme codes, first choice first."""
    return tuple(text.split(">")) if text else ()


@dataclass(frozen=True)
class BallotLine:
    """`count` equal ballots: theme codes, first choice first; none is an abstention.

    `cell` is the code of age band and gender ("" = not given), `area` that of the wijk.
    """

    ranking: tuple[str, ...]
    area: str = ""
    cell: str = ""
    count: int = 1


@dataclass(frozen=True, eq=False)
class BallotBox:
    """Many ballots as arrays; row b of `places` holds theme numbers, padded with -1.

    `area_of` and `cell_of` are numbers in `areas` and `cells`; -1 in `cell_of` is a cell not given.
    """

    themes: tuple[str, ...]
    places: NDArray[np.int8]
    counts: Ints
    areas: tuple[str, ...]
    area_of: Ints
    cells: tuple[str, ...]
    cell_of: Ints

    def __post_init__(self) -> None:
        check_themes(self.themes)
        _refuse(_outside(self.places, len(self.themes)), "een thema dat niet in de lijst staat")
        _refuse(_gaps(self.places), "een lege plaats vóór een gekozen thema")
        _refuse(_duplicates(self.places), "een thema dat twee keer gekozen is")
        _refuse(self.counts < 0, "een negatief aantal")


def check_themes(themes: Sequence[str]) -> None:
    """BallotError for a list of themes that cannot be used."""
    if len(set(themes)) != len(themes):
        raise BallotError("de lijst van thema's noemt een thema twee keer")
    if len(themes) > MAX_THEMES:
        raise BallotError(f"er zijn {len(themes)} thema's; meer dan {MAX_THEMES} kan niet")


def check_ranking(ranking: Sequence[str], *, themes: Collection[str], k: int) -> None:
    """BallotError for a ranking that names a theme twice, names an unknown one, or is too long."""
    if len(ranking) > k:
        raise BallotError(f"{len(ranking)} thema's gekozen; er mogen er {k} worden gekozen")
    for position, theme in enumerate(ranking):
        if theme not in themes:
            raise BallotError(f"het thema {theme!r} is onbekend")
        if theme in ranking[:position]:
            raise BallotError(f"het thema {theme!r} staat twee keer in de volgorde")


def box_of(ballots: Iterable[BallotLine], *, themes: Sequence[str], k: int) -> BallotBox:
    """Put ballots in a box. BallotError at the first ballot that is not right."""
    ballots = tuple(ballots)
    number = {theme: i for i, theme in enumerate(themes)}
    for ranking in {ballot.ranking for ballot in ballots}:
        check_ranking(ranking, themes=number, k=k)
    areas = tuple(sorted({ballot.area for ballot in ballots}))
    cells = tuple(sorted({ballot.cell for ballot in ballots} - {""}))
    return BallotBox(
        themes=tuple(themes),
        places=_places(ballots, number),
        counts=np.array([ballot.count for ballot in ballots], dtype=np.int64),
        areas=areas,
        area_of=_numbers([ballot.area for ballot in ballots], areas),
        cells=cells,
        cell_of=_numbers([ballot.cell for ballot in ballots], cells),
    )


def _places(ballots: Sequence[BallotLine], number: dict[str, int]) -> NDArray[np.int8]:
    width = max((len(ballot.ranking) for ballot in ballots), default=0)
    rows: dict[tuple[str, ...], list[int]] = {}
    for ranking in {ballot.ranking for ballot in ballots}:
        rows[ranking] = [number[theme] for theme in ranking] + [UNUSED] * (width - len(ranking))
    flat = [rows[ballot.ranking] for ballot in ballots]
    return np.array(flat, dtype=np.int8).reshape(len(ballots), width)


def _numbers(values: Sequence[str], codes: Sequence[str]) -> Ints:
    number = {code: i for i, code in enumerate(codes)}
    return np.array([number.get(value, UNUSED) for value in values], dtype=np.int64)


def _outside(places: NDArray[np.int8], m: int) -> NDArray[np.bool_]:
    lowest, highest = (edge(places, axis=1, initial=UNUSED) for edge in (np.min, np.max))
    return (lowest < UNUSED) | (highest >= m)


def _gaps(places: NDArray[np.int8]) -> NDArray[np.bool_]:
    return ((places[:, :-1] == UNUSED) & (places[:, 1:] != UNUSED)).any(axis=1)


def _duplicates(places: NDArray[np.int8]) -> NDArray[np.bool_]:
    ordered = np.sort(places, axis=1)
    return ((ordered[:, 1:] == ordered[:, :-1]) & (ordered[:, 1:] != UNUSED)).any(axis=1)


def _refuse(wrong: NDArray[np.bool_], what: str) -> None:
    if wrong.any():
        raise BallotError(f"stembiljet {int(np.argmax(wrong)) + 1} heeft {what}")
