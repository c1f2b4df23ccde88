import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from indicators.pasting import fill, read_block

# What a spreadsheet can hold in a cell, apart from the line breaks and spaces that a cell of ours does not keep.
TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Z")), max_size=6)
BLOCKS = st.lists(st.lists(TEXTS, min_size=2, max_size=4), min_size=1, max_size=5)


def test_lines_and_tabs_make_rows_and_cells() -> None:
    assert read_block("12\t4.500\r\n6,7\tvolgt\r\n") == [["12", "4.500"], ["6,7", "volgt"]]


def test_a_quoted_cell_may_hold_quotes_tabs_and_line_breaks() -> None:
    assert read_block('"12 ""keer""\noverleg"\t"1\t2"') == [['12 "keer" overleg', "1\t2"]]


def test_a_lone_quote_is_just_a_quote() -> None:
    assert read_block('"5\t6') == [['"5', "6"]]


def test_nothing_is_no_lines() -> None:
    assert read_block("") == []


@given(BLOCKS)
def test_what_a_spreadsheet_writes_reads_back(block: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter="\t").writerows(block)
    assert read_block(written.getvalue()) == block


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    read_block(text)


def test_a_block_starts_at_its_place_and_is_clipped_at_the_edges() -> None:
    filled = fill([["1", "2"], ["3", "4"], ["5", "6"]], start=(1, 2), headed=[False] * 3, columns=4)
    assert filled.texts == {(1, 2): "1", (1, 3): "2", (2, 2): "3", (2, 3): "4"}
    assert filled.outside == ("5", "6")


def test_a_blank_line_on_the_heading_of_a_group_is_skipped() -> None:
    headed = [True, False, True, False]
    filled = fill([["1"], ["2"], [""], ["3"], ["4"]], start=(0, 0), headed=headed, columns=1)
    assert filled.texts == {(0, 0): "1", (1, 0): "2", (2, 0): "3", (3, 0): "4"}
    assert filled.skipped == 1


def test_a_blank_line_within_a_group_empties_the_row() -> None:
    filled = fill([["1"], [""], ["3"]], start=(0, 0), headed=[False] * 3, columns=1)
    assert filled.texts == {(0, 0): "1", (1, 0): "", (2, 0): "3"}


@given(BLOCKS, st.integers(0, 3), st.integers(0, 3), st.lists(st.booleans(), min_size=4, max_size=4))
def test_no_text_is_lost(block: list[list[str]], row: int, column: int, headed: list[bool]) -> None:
    filled = fill(block, start=(row, column), headed=headed, columns=4)
    landed = [text for text in filled.texts.values() if text]
    assert sorted([*landed, *filled.outside]) == sorted(text for line in block for text in line if text)
    assert all(row <= r < 4 and column <= c < 4 for r, c in filled.texts)
