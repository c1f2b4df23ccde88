from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from haarlemveilig.ui.charts.lettering import Wish, legible, spread, stacked, text_width, wrap
from tests.haarlemveilig.ui.charts.samples import words

SIZE = 14
wishes = st.lists(st.builds(Wish, st.floats(-50, 350), st.floats(5, 40)), max_size=7)


def test_words_go_to_the_next_line_where_they_no_longer_fit() -> None:
    assert wrap("73 Waarder- en Veerpolder", 96, SIZE) == ("73 Waarder-", "en Veerpolder")


def test_a_long_word_breaks_where_its_soft_hyphens_allow() -> None:
    assert wrap("Haarlemmer\u00adhout\u00adkwartier", 96, SIZE) == ("Haarlemmer-", "houtkwartier")
    assert wrap("Haarlemmer\u00adhout\u00adkwartier", 300, SIZE) == ("Haarlemmerhoutkwartier",)


@given(words, st.integers(40, 200))
def test_no_line_is_wider_than_asked_and_no_sign_is_lost(label: str, width: int) -> None:
    lines = wrap(label.replace("\u00ad", ""), width, SIZE)
    assert all(text_width(line, SIZE) <= width for line in lines)
    kept, given_ = ("".join(text).replace(" ", "").replace("-", "") for text in (lines, label))
    assert kept == given_.replace("\u00ad", "")


def test_labels_that_do_not_touch_stay_where_they_are() -> None:
    assert spread([Wish(100, 20), Wish(20, 20)], 0, 200) == (100, 20)


def test_labels_at_one_place_pile_up_around_it() -> None:
    assert spread([Wish(100, 20), Wish(100, 20), Wish(100, 20)], 0, 200) == (80, 100, 120)


def test_a_label_at_the_edge_moves_inward() -> None:
    assert spread([Wish(0, 20), Wish(200, 20)], 0, 200) == (10, 190)


@given(wishes)
def test_labels_never_overlap_and_keep_their_order(labels: list[Wish]) -> None:
    middles = spread(labels, 0, 300)
    order = sorted(range(len(labels)), key=lambda index: labels[index].middle)
    placed = [(middles[index], labels[index].height) for index in order]
    assert all(
        upper + above / 2 <= lower - below / 2 + 1e-6 for (upper, above), (lower, below) in pairwise(placed)
    )
    assert all(middle - height / 2 >= 0 and middle + height / 2 <= 300 + 1e-6 for middle, height in placed)


def test_too_many_labels_start_at_the_top_and_go_on() -> None:
    assert spread([Wish(5, 20), Wish(5, 20)], 0, 30) == (10, 30)


def test_years_are_thinned_evenly_from_the_last() -> None:
    years = [(str(2002 + step), 10 + step * 10.0) for step in range(24)]
    shown = [int(label.words) for label in legible(years, SIZE, 288)]
    assert shown[-1] == 2025
    assert len({later - earlier for earlier, later in pairwise(shown[1:])}) == 1


@given(st.lists(words, max_size=24))
def test_the_labels_of_an_axis_never_touch_or_stick_out(labels: list[str]) -> None:
    places = [(label, 10 + index * 11.0) for index, label in enumerate(labels)]
    for shown in (legible(places, SIZE, 288), stacked(places, SIZE, 288)):
        ends = [(text_width(label.words, SIZE) / 2, label) for label in shown]
        assert all(half - 1e-6 <= label.middle <= 288 - half + 1e-6 for half, label in ends)
        for index, (half, label) in enumerate(ends):
            assert all(
                abs(other.middle - label.middle) >= half + other_half
                for other_half, other in ends[:index]
                if other.row == label.row
            )
