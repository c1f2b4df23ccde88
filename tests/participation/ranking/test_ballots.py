import numpy as np
import pytest

from participation.ranking.ballots import BallotBox, BallotError, BallotLine, box_of

THEMES = ("A", "B", "C", "D")


def box_with(*places: list[int], counts: list[int] | None = None) -> BallotBox:
    n = len(places)
    return BallotBox(
        themes=THEMES,
        places=np.array(places, dtype=np.int8),
        counts=np.array(counts or [1] * n),
        areas=("X",),
        area_of=np.zeros(n, dtype=np.int64),
        cells=(),
        cell_of=np.full(n, -1),
    )


def test_it_puts_ballots_in_a_box():
    lines = [BallotLine(("B", "A"), "Y", "65+"), BallotLine((), "X", count=3)]
    box = box_of(lines, themes=THEMES, k=3)
    assert box.places.tolist() == [[1, 0], [-1, -1]]
    assert box.counts.tolist() == [1, 3]
    assert [box.areas[i] for i in box.area_of] == ["Y", "X"]
    assert box.cell_of.tolist() == [0, -1]


@pytest.mark.parametrize(
    ("ranking", "message"),
    [
        (("A", "B", "A"), "het thema 'A' staat twee keer in de volgorde"),
        (("A", "Z"), "het thema 'Z' is onbekend"),
        (("A", "B", "C", "D"), "4 thema's gekozen; er mogen er 3 worden gekozen"),
    ],
)
def test_it_refuses_a_ranking_that_cannot_be_counted(ranking, message):
    with pytest.raises(BallotError) as caught:
        box_of([BallotLine(("A",)), BallotLine(ranking)], themes=THEMES, k=3)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("places", "message"),
    [
        ([0, 4, -1], "een thema dat niet in de lijst staat"),
        ([0, -2, -1], "een thema dat niet in de lijst staat"),
        ([0, -1, 1], "een lege plaats"),
        ([2, 1, 2], "twee keer"),
    ],
)
def test_it_refuses_an_array_with_a_ballot_that_cannot_be_counted(places, message):
    with pytest.raises(BallotError, match=message) as caught:
        box_with([0, 1, 2], places)
    assert "stembiljet 2 " in str(caught.value)


def test_it_refuses_a_negative_count():
    with pytest.raises(BallotError, match="negatief"):
        box_with([0, 1, 2], counts=[-1])


def test_it_refuses_more_themes_than_it_can_hold():
    with pytest.raises(BallotError, match="meer dan 127"):
        box_of([], themes=[f"T{i}" for i in range(128)], k=3)


def test_it_refuses_a_theme_that_is_listed_twice():
    with pytest.raises(BallotError, match="een thema twee keer"):
        box_of([], themes=("A", "A"), k=3)
