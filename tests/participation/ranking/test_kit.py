"""Under which area rows are published, and that nothing subtracted from anything is fewer than ten people."""

import itertools
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participation.ranking import services
from participation.ranking.kit import CastBallot, Place, ballot_rows, published_areas
from participation.ranking.models import Ballot, Round
from participation.ranking.published import RoundResultView
from participation.ranking.selectors.recount import published_areas_of
from participation.ranking.services.publishing import recount_files, result_view
from tests import factories
from tests.participation.ranking.conftest import cast_random, make_round, set_all_flagged_apart

PLACES = {
    "a": Place("noord", "stad"),
    "b": Place("noord", "stad"),
    "c": Place("noord", "stad"),
    "d": Place("oost", "stad"),
    "e": Place("oost", "stad"),
    "f": Place("zuid", "stad"),
}
MINIMUM, ENOUGH = 10, 100


def test_a_wijk_with_a_hundred_participants_is_published_as_itself() -> None:
    areas = published_areas({"a": 100, "b": 250, "c": 120, "d": 500, "e": 300, "f": 100}, PLACES)
    assert areas == {wijk: wijk for wijk in PLACES}


def test_the_next_smallest_goes_along_until_there_are_a_hundred_together() -> None:
    areas = published_areas({"a": 3, "b": 5, "c": 500, "d": 500, "e": 300, "f": 100}, PLACES)
    assert [areas[wijk] for wijk in "abc"] == ["noord", "noord", "noord"]
    areas = published_areas({"a": 60, "b": 70, "c": 500, "d": 99, "e": 300, "f": 100}, PLACES)
    assert [areas[wijk] for wijk in "abcde"] == ["noord", "noord", "c", "oost", "oost"]


def test_a_stadsdeel_with_too_few_goes_to_the_municipality_with_the_next_smallest() -> None:
    areas = published_areas({"a": 300, "b": 300, "c": 300, "d": 20, "e": 30, "f": 200}, PLACES)
    assert [areas[wijk] for wijk in "abcdef"] == ["a", "b", "c", "stad", "stad", "stad"]


def test_without_stadsdelen_small_wijken_are_published_as_the_municipality() -> None:
    flat = {wijk: Place("", "stad") for wijk in PLACES}
    areas = published_areas({"a": 20, "b": 300, "c": 120}, flat)
    assert areas["a"] == areas["c"] == "stad"
    assert areas["b"] == "b"


def test_nothing_tells_that_nobody_took_part_in_a_wijk() -> None:
    assert published_areas({"a": 0, "b": 300, "c": 300}, PLACES)["a"] == "noord"


def test_no_preference_is_a_row_of_the_whole_municipality() -> None:
    ballots = [CastBallot("aa" * 32, "a", ""), CastBallot("bb" * 32, "a", "x>y")]
    assert ballot_rows(ballots, {"a": "a"}, "stad") == [f"{'aa' * 32};stad;", f"{'bb' * 32};a;x>y"]


@given(st.fixed_dictionaries({wijk: st.integers(0, 260) for wijk in PLACES}), st.booleans())
def test_rows_of_one_area_are_of_a_hundred_people_or_of_all_that_could_be_put_together(
    participants: dict[str, int], has_stadsdelen: bool
) -> None:
    places = PLACES if has_stadsdelen else {wijk: Place("", "stad") for wijk in PLACES}
    areas = published_areas(participants, places)
    totals: Counter[str] = Counter()
    for wijk, area in areas.items():
        totals[area] += participants[wijk]
        assert area in (wijk, places[wijk].stadsdeel, "stad")
    for area, total in totals.items():
        assert total == 0 or total >= ENOUGH or sum(participants.values()) < ENOUGH, (area, areas)


# --- subtracting everything from everything -------------------------------------------------------
Known = dict[frozenset[str], int]


def told(view: RoundResultView, rows: Mapping[str, int], areas: Mapping[str, str]) -> Known:
    """Every set of wijken of which the published files tell how many took part."""
    known: Known = {}
    for area in view.areas.values():
        if area.participants is not None:
            known[frozenset(area.members)] = area.participants
    for label, count in rows.items():
        known[frozenset(wijk for wijk, area in areas.items() if area == label)] = count
    return known


def differences(known: Known) -> Known:
    """What follows by subtracting parts from wholes, again and again."""
    while True:
        new = {
            whole - part: known[whole] - known[part]
            for whole, part in itertools.permutations(known, 2)
            if part < whole and whole - part not in known
        }
        if not new:
            return known
        known = known | new


SOME = st.one_of(st.integers(0, 25), st.integers(80, 130))
FEW_TRIES = settings(max_examples=10, suppress_health_check=list(HealthCheck), deadline=None)


@pytest.mark.django_db
@FEW_TRIES
@given(counts=st.lists(SOME, min_size=4, max_size=4), limited=st.booleans())
def test_no_difference_between_files_levels_or_results_is_fewer_than_ten_people(
    population: None, key_dir: Path, counts: list[int], limited: bool
) -> None:
    Round.objects.all().delete()
    slugs = ["parkwijk", "slachthuiswijk", "meerwijk", "molenwijk"]
    per_wijk = dict(zip(slugs, counts, strict=True))
    if limited:
        per_wijk = dict(list(per_wijk.items())[:3])
    round_ = make_round(asks_group=True, wijken=list(per_wijk) if limited else ())
    lay_down(round_, per_wijk)
    services.count_round(round_=round_)
    view = result_view(round_)
    files = {name: content for name, _type, content in recount_files(round_, view)}
    if "ballots.csv" not in files:
        assert sum(counts) < MINIMUM or sum(per_wijk.values()) < MINIMUM
        return
    rows = Counter(line.split(";")[1] for line in files["ballots.csv"].decode().splitlines())
    for people, count in differences(told(view, rows, published_areas_of(round_)[0])).items():
        assert count == 0 or count >= MINIMUM, (sorted(people), count)
    cells: dict[tuple[str, tuple[str, ...]], set[int]] = {}
    for area in view.areas.values():
        for cell in area.cells:
            assert cell.n >= MINIMUM
            if cell.codes:
                cells.setdefault((cell.area, cell.codes), set()).add(cell.n)
    assert all(len(sizes) == 1 for sizes in cells.values()), "a cell is the same on every level"


def lay_down(round_: Round, per_wijk: Mapping[str, int]) -> None:
    """A closed round with so many ballots per wijk, quickly: as closing would have left it."""
    groups = ("", "16-34/m", "16-34/v", "35-64/m", "35-64/v", "65+/m")
    Ballot.objects.bulk_create(
        Ballot(
            round=round_,
            wijk=factories.area(slug),
            ranking=factories.THEMES[number % 5] + (">" + factories.THEMES[(number + 2) % 5]) * (number % 2),
            cell=groups[number % 7 % 6],
            nonce="",
            leaf=f"{place:032x}{number:032x}",
        )
        for place, (slug, count) in enumerate(per_wijk.items())
        for number in range(count)
    )
    services.close_round(round_=round_)


@pytest.mark.django_db
@pytest.mark.usefixtures("population", "key_dir")
def test_a_few_ballots_cannot_be_set_apart_because_the_difference_would_tell_what_they_said() -> None:
    round_ = make_round()
    cast_random(round_, {"parkwijk": 130, "meerwijk": 40}, flags={"parkwijk": 5})
    services.close_round(round_=round_)
    set_all_flagged_apart(round_)
    with pytest.raises(services.RoundError, match=r"Haarlem geen stembiljetten apart, of minstens tien"):
        services.count_round(round_=round_)
    assert not Ballot.objects.filter(is_set_apart=True).exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("population", "key_dir")
def test_the_result_with_all_is_left_out_where_the_difference_is_a_few_people() -> None:
    round_ = make_round()
    counts = {"parkwijk": 60, "slachthuiswijk": 60, "meerwijk": 120, "molenwijk": 130}
    cast_random(round_, counts, flags={"parkwijk": 7, "slachthuiswijk": 8})
    services.close_round(round_=round_)
    set_all_flagged_apart(round_)
    services.count_round(round_=round_)
    view = result_view(round_)
    assert view.areas_with_all.keys() >= {"GM0392", "oost"}
    assert not view.areas_with_all.keys() & {"WK039208", "WK039209"}
    assert all(not area.is_weighted for area in view.areas_with_all.values())


@pytest.mark.django_db
@pytest.mark.usefixtures("population", "key_dir")
def test_a_round_for_a_few_wijken_counts_those_only() -> None:
    round_ = make_round(wijken=["parkwijk"])
    cast_random(round_, {"parkwijk": 60})
    services.close_round(round_=round_)
    services.count_round(round_=round_)
    view = result_view(round_)
    assert set(view.areas) == {"WK039209", "oost", "GM0392"}
    assert view.areas["WK039209"].merged_with == ()
    assert view.areas["GM0392"].residents == view.areas["WK039209"].residents


@pytest.mark.django_db
@pytest.mark.usefixtures("population", "key_dir")
def test_a_round_in_which_fewer_than_ten_took_part_publishes_no_row_and_no_count() -> None:
    round_ = make_round()
    cast_random(round_, {"parkwijk": 6})
    services.close_round(round_=round_)
    services.count_round(round_=round_)
    files = {name: content.decode() for name, _type, content in recount_files(round_, result_view(round_))}
    assert "ballots.csv" not in files
    assert '"ballots": null' in files["manifest.json"]
    assert '"participations": null' in files["manifest.json"]
