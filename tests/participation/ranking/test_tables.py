import numpy as np
from hypothesis import given

from participation.ranking.ballots import BallotLine, box_of
from participation.ranking.tables import empty_table, tabulate
from tests.participation.ranking.strategies import CELLS, THEMES, ballots


def one_by_one(lines: list[BallotLine], k: int):
    """The same counts without any cleverness, ballot by ballot."""
    m, number = len(THEMES), {theme: i for i, theme in enumerate(THEMES)}
    places, together, pairwise = np.zeros((m, k), int), np.zeros((m, m), int), np.zeros((m, m), int)
    for line in lines:
        rank = dict.fromkeys(range(m), 999) | {number[t]: r for r, t in enumerate(line.ranking)}
        for i in range(m):
            if rank[i] < k:
                places[i, rank[i]] += line.count
            for j in range(m):
                together[i, j] += line.count * (rank[i] < min(k, 3) and rank[j] < min(k, 3))
                pairwise[i, j] += line.count * (rank[i] < rank[j])
    return places, together, pairwise


@given(ballots(k=5, cells=("", *CELLS)))
def test_counting_patterns_is_counting_ballots(lines):
    tables = tabulate(box_of(lines, themes=THEMES, k=5), k=5)
    assert tables.keys() == {(line.area, line.cell) for line in lines}
    for (area, cell), table in tables.items():
        own = [line for line in lines if (line.area, line.cell) == (area, cell)]
        places, together, pairwise = one_by_one(own, 5)
        assert np.array_equal(table.places, places)
        assert np.array_equal(table.together, together)
        assert np.array_equal(table.pairwise, pairwise)
        assert table.n == sum(line.count for line in own if line.ranking)
        assert table.abstentions == sum(line.count for line in own if not line.ranking)


@given(ballots(areas=("X", "Y", "Z")))
def test_the_tables_of_the_areas_add_up_to_that_of_the_whole(lines):
    empty = empty_table(len(THEMES), 3)
    apart = sum(tabulate(box_of(lines, themes=THEMES, k=3), k=3).values(), start=empty)
    merged = [BallotLine(line.ranking, "all", "", line.count) for line in lines]
    whole = tabulate(box_of(merged, themes=THEMES, k=3), k=3)["all", ""]
    assert apart.n == whole.n
    assert np.array_equal(apart.pairwise, whole.pairwise)
    assert np.array_equal(apart.places, whole.places)


@given(ballots())
def test_the_counts_keep_what_the_ballots_promise(lines):
    for table in tabulate(box_of(lines, themes=THEMES, k=3), k=3).values():
        per_place = table.places.sum(axis=0)
        assert (per_place <= table.n).all()
        assert (np.diff(per_place) <= 0).all()
        assert (table.pairwise + table.pairwise.T <= table.n).all()
        assert (table.chosen == table.places.sum(axis=1)).all()


def test_no_ballots_make_no_tables():
    assert tabulate(box_of([], themes=THEMES, k=3), k=3) == {}


def test_fifty_themes_and_long_rankings_do_not_run_over():
    themes = tuple(f"T{i:02}" for i in range(50))
    tables = tabulate(box_of([BallotLine(themes[::-1])], themes=themes, k=50), k=50)
    assert tables["", ""].pairwise.sum() == 50 * 49 // 2
