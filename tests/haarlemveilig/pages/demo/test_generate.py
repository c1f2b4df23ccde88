"""The generators are deterministic, and what they write can be read as the official files are."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haarlemveilig.gemeente.files import count_or_none, csv_lines, odata_rows
from haarlemveilig.pages.demo import generate
from haarlemveilig.pages.demo.generate import SyntheticBallot, ballots
from tests.haarlemveilig.pages.demo.reading import theme_codes, wijk_codes


@pytest.fixture(scope="module")
def demo_ballots() -> list[SyntheticBallot]:
    return list(ballots(wijk_codes(), theme_codes()))


def postcode_rows(tmp_path: Path) -> list[dict[str, str]]:
    path = tmp_path / "pc6hnr2024.csv"
    generate.postcodes(path)
    return [dict(line.values) for line in csv_lines(path.read_bytes(), ["PC6", "Huisnummer", "Wijk2024"])]


def test_postcodes_cover_every_buurt_and_stay_four_digits_and_two_letters(tmp_path: Path) -> None:
    own = [row for row in postcode_rows(tmp_path) if row["Gemeente2024"] == "392"]
    assert len({row["Buurt2024"] for row in own}) == 111
    assert all(row["Buurt2024"][:-2] == row["Wijk2024"] for row in own)
    assert {len(row["PC6"]) for row in own} == {6}


def test_2033_ab_lies_in_parkwijk(tmp_path: Path) -> None:
    assert {row["Wijk2024"] for row in postcode_rows(tmp_path) if row["PC6"] == "2033AB"} == {"39209"}


def test_exactly_two_postcodes_lie_in_two_wijken_and_a_house_number_decides(tmp_path: Path) -> None:
    wijken: dict[str, set[str]] = {}
    houses: dict[tuple[str, str], set[str]] = {}
    for row in postcode_rows(tmp_path):
        wijken.setdefault(row["PC6"], set()).add(row["Wijk2024"])
        houses.setdefault((row["PC6"], row["Huisnummer"]), set()).add(row["Wijk2024"])
    assert {code for code, found in wijken.items() if len(found) > 1} == {"2011ZZ", "2032ZZ"}
    assert all(len(found) == 1 for found in houses.values())


def test_some_postcodes_are_of_a_neighbouring_municipality(tmp_path: Path) -> None:
    foreign = {row["PC6"] for row in postcode_rows(tmp_path) if row["Gemeente2024"] == "397"}
    assert foreign == set(generate.FOREIGN_POSTCODES)


def test_population_adds_up_to_the_city_and_says_it_is_invented(tmp_path: Path) -> None:
    generate.population(tmp_path / "kerncijfers.json")
    note, rows = odata_rows((tmp_path / "kerncijfers.json").read_bytes())
    assert "verzonnen" in note
    assert [row["WijkenEnBuurten"] for row in rows] == wijk_codes()
    assert sum(count_or_none(row["AantalInwoners_5"]) or 0 for row in rows) == 163_000


def test_men_and_women_and_all_ages_add_up_and_one_age_is_unknown(tmp_path: Path) -> None:
    generate.population(tmp_path / "kerncijfers.json")
    unknown = 0
    for row in odata_rows((tmp_path / "kerncijfers.json").read_bytes())[1]:
        total = int(row["AantalInwoners_5"])
        ages = [count_or_none(row[column]) for column in generate.AGE_COLUMNS]
        unknown += ages.count(None)
        assert int(row["Mannen_6"]) + int(row["Vrouwen_7"]) == total
        assert None in ages or sum(age or 0 for age in ages) == total
    assert unknown == 1


def test_crime_has_every_wijk_kind_and_year_with_one_null_and_one_dot(tmp_path: Path) -> None:
    generate.crime(tmp_path / "misdrijven.json")
    note, rows = odata_rows((tmp_path / "misdrijven.json").read_bytes())
    counts = [row["GeregistreerdeMisdrijven_1"] for row in rows]
    assert "verzonnen" in note
    assert (
        len({(row["WijkenEnBuurten"], row["SoortMisdrijf"], row["Perioden"]) for row in rows}) == 21 * 6 * 4
    )
    assert (counts.count(None), counts.count(".")) == (1, 1)


def test_the_same_seed_writes_the_same_crime_and_another_seed_does_not(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        generate.crime(tmp_path / name, seed=seed)
    first, second, third = ((tmp_path / name).read_bytes() for name in "abc")
    assert first == second != third


def test_the_same_seed_gives_the_same_ballots(demo_ballots: list[SyntheticBallot]) -> None:
    assert list(ballots(wijk_codes(), theme_codes())) == demo_ballots
    assert list(ballots(wijk_codes(), theme_codes(), seed=1)) != demo_ballots


@given(n=st.integers(0, 120), seed=st.integers(0, 1000))
def test_any_number_of_ballots_is_valid(n: int, seed: int) -> None:
    made = list(ballots(wijk_codes(), theme_codes(), n=n, seed=seed))
    assert len(made) == n
    for ballot in made:
        assert ballot.wijk in wijk_codes()
        assert len(set(ballot.ranking)) == len(ballot.ranking) <= 3
        assert set(ballot.ranking) <= set(theme_codes())
        assert ballot.age_band in {"16-34", "35-64", "65+", ""}
        assert ballot.gender in {"m", "v", ""}


def test_turnout_shows_every_threshold(demo_ballots: list[SyntheticBallot]) -> None:
    turnout = Counter(ballot.wijk for ballot in demo_ballots if ballot.ranking)
    bands = Counter(_band(turnout[wijk]) for wijk in wijk_codes())
    assert bands == {"<10": 1, "10-29": 1, "30-99": 3, ">=100": 16}


def _band(count: int) -> str:
    limits = {"<10": 10, "10-29": 30, "30-99": 100}
    return next((name for name, limit in limits.items() if count < limit), ">=100")


def test_about_three_in_a_hundred_have_no_preference(demo_ballots: list[SyntheticBallot]) -> None:
    assert 0.02 < sum(not ballot.ranking for ballot in demo_ballots) / len(demo_ballots) < 0.04


def test_wijken_differ_and_meerwijk_ranks_a_theme_high_that_its_priorities_leave_out(
    demo_ballots: list[SyntheticBallot],
) -> None:
    assert top(demo_ballots, "WK039221") == {"jeugd", "afval", "drugs"}
    assert top(demo_ballots, "WK039210") == {"donker", "afval", "drugs"}
    assert {"verkeer", "afval"} < top(demo_ballots, "WK039209")


def top(made: list[SyntheticBallot], wijk: str) -> set[str]:
    counts = Counter(theme for ballot in made if ballot.wijk == wijk for theme in ballot.ranking)
    return {theme for theme, _count in counts.most_common(3)}
