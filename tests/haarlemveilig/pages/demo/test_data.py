"""The demo's data files hold together: codes exist, texts are there in both languages, counts are right."""

import re
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest

from haarlemveilig.pages.demo.generate import HERE, profiles
from tests.haarlemveilig.pages.demo.reading import read_csv, read_json, strings, theme_codes, wijk_codes

STADSDELEN = {"centrum", "noord", "oost", "zuid-west", "schalkwijk"}
KINDS = {"wijkgesprek", "wijkwandeling", "spreekuur"}


def both_languages(text: Any) -> bool:
    return (
        isinstance(text, dict) and set(text) == {"nl", "en"} and all(value.strip() for value in text.values())
    )


def test_there_are_21_wijken_and_111_buurten_in_them() -> None:
    buurten = read_csv("buurten.csv")
    assert len(set(wijk_codes())) == 21
    assert len({row["buurtcode"] for row in buurten}) == 111
    assert {row["wijkcode"] for row in buurten} == set(wijk_codes())


def test_every_area_has_a_tile_of_its_own() -> None:
    tiles = read_csv("tegels.csv")
    places = [(row["rij"], row["kolom"]) for row in tiles]
    assert {row["wijkcode"] for row in tiles} == set(wijk_codes()) | STADSDELEN
    assert len(tiles) == len(set(places)) == 26


def test_a_tile_name_is_the_name_of_the_wijk_and_its_short_name_fits_a_phone() -> None:
    names = {row["wijkcode"]: row["wijknaam"] for row in read_csv("wijken.csv")}
    tiles = [row for row in read_csv("tegels.csv") if row["wijkcode"] in names]
    assert all(row["naam_met_afbreekplekken"].replace("|", "") == names[row["wijkcode"]] for row in tiles)
    assert all(1 <= len(row["korte_naam"]) <= 6 for row in tiles)


def test_every_wijk_has_a_neighbour_and_no_pair_stands_twice() -> None:
    pairs = [(row["wijkcode"], row["buurcode"]) for row in read_csv("buren.csv")]
    assert {code for pair in pairs for code in pair} == set(wijk_codes())
    assert len({frozenset(pair) for pair in pairs}) == len(pairs)
    assert all(one != other for one, other in pairs)


def test_the_printed_tables_hold_46_rows() -> None:
    assert len(read_csv("haarlem-indicatoren-2023.csv", ";")) == 46


def test_there_are_twelve_themes_with_texts_in_two_languages() -> None:
    themes = read_json("themas.json")
    assert len({theme["code"] for theme in themes}) == len(themes) == 12
    for theme in themes:
        assert set(theme) == {"code", "name", "description", "roles", "aliases", "icon"}
        assert set(theme["roles"]) == {"gemeente", "politie", "bewoners"}
        assert all(
            both_languages(text) for text in (theme["name"], theme["description"], *theme["roles"].values())
        )


def test_theme_codes_are_slugs_that_the_two_kinds_of_themes_do_not_share() -> None:
    codes = theme_codes() + [theme["code"] for theme in read_json("handhavingsthemas.json")]
    assert len(set(codes)) == len(codes) == 23
    assert all(re.fullmatch(r"[a-z-]+", code) for code in codes)


def test_an_alias_belongs_to_one_theme() -> None:
    aliases = [alias for theme in read_json("themas.json") for alias in theme["aliases"]]
    assert len(set(aliases)) == len(aliases)


def test_the_ballot_texts_stay_small() -> None:
    dutch = [(theme["description"], *theme["roles"].values()) for theme in read_json("themas.json")]
    assert sum(len(text["nl"].encode()) for texts in dutch for text in texts) < 3_000


@pytest.mark.parametrize("theme", read_json("themas.json"), ids=lambda theme: theme["code"])
def test_an_icon_is_one_short_path(theme: dict[str, Any]) -> None:
    assert re.fullmatch(r"M[0-9 .,MmLlHhVvAaCcSsQqTtZz-]+", theme["icon"])
    assert len(theme["icon"]) < 250


def test_every_kind_of_crime_belongs_to_a_theme() -> None:
    kinds = read_json("misdrijven_themas.json")
    assert all(kind["theme"] in theme_codes() and kind["label"] for kind in kinds.values())


def test_the_closed_round_ends_before_its_result_is_published() -> None:
    closed = read_json("ronde.json")["closed"]
    moments = [closed["opens"], closed["closes"], closed["publication"]]
    assert all(earlier < later for earlier, later in pairwise(moments))


def test_both_rounds_have_texts_in_two_languages() -> None:
    rounds = read_json("ronde.json")
    assert [(row["code"], row["year"]) for row in rounds.values()] == [("2025-1", 2026), ("2026-1", 2027)]
    assert all(both_languages(row["title"]) and both_languages(row["intro"]) for row in rounds.values())


def test_every_wijk_has_one_or_two_meetings() -> None:
    per_wijk = Counter(row["wijk"] for row in read_json("wijkgesprekken.json"))
    assert set(per_wijk) == set(wijk_codes())
    assert set(per_wijk.values()) == {1, 2}


@pytest.mark.parametrize(
    "meeting", read_json("wijkgesprekken.json"), ids=lambda row: f"{row['wijk']}-{row['kind']}"
)
def test_a_meeting_is_complete_and_its_place_is_marked_as_an_example(meeting: dict[str, Any]) -> None:
    assert meeting["kind"] in KINDS
    assert both_languages(meeting["title"])
    assert both_languages(meeting["accessibility"])
    assert meeting["place"].endswith(" (voorbeeld)")
    assert re.fullmatch(r"\d\d:\d\d", meeting["time"])
    assert meeting["weekday"] in range(1, 7)
    assert meeting["offset_days"] >= 14
    assert 20 <= meeting["capacity"] <= 60


def test_three_wijken_have_three_different_priorities_with_reasons() -> None:
    weighed = read_json("afwegingen.json")["wijken"]
    assert {row["wijk"] for row in weighed} == {"WK039209", "WK039210", "WK039221"}
    for row in weighed:
        chosen = {priority["theme"] for priority in row["priorities"]}
        assert len(chosen) == len(row["priorities"]) == 3
        assert chosen <= set(theme_codes())
        assert both_languages(row["departure_reason"])
        assert all(both_languages(priority["reason"]) for priority in row["priorities"])


def test_profiles_know_every_wijk_and_every_theme() -> None:
    city = read_json("wijkprofielen.json")["city"]
    assert list(profiles()) == wijk_codes()
    assert set(city) == set(theme_codes())
    assert all(set(profile.preferences) <= set(city) for profile in profiles().values())


def test_no_text_carries_a_web_address_or_spare_spaces() -> None:
    for file in HERE.glob("*.json"):
        for text in strings(read_json(file.name)):
            assert text == text.strip()
            assert "  " not in text
            assert "http" not in text
