import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from participation.ranking.result_views import result_page
from tests.participation.ranking.result_samples import (
    CITY,
    MEERWIJK,
    NAMES,
    area,
    result,
)


def page_of(view, **fields):
    """The page as it is made from an edition."""
    page = result_page(view.code, result(view, **fields), NAMES)
    assert page
    return page


@given(n=st.integers(0, 29))
def test_under_thirty_participants_no_share_place_or_group_gets_onto_the_page(n: int) -> None:
    page = page_of(area(n=n))
    assert page.rows == page.groups == page.ages == page.genders == page.certainty == ()
    assert page.pairs is None
    assert page.robustness == page.first_theme == ""
    assert "%" not in page.headline + page.lead
    assert page.headline == "Te weinig bewoners van Parkwijk deden mee om een uitslag te laten zien"


@given(n=st.integers(0, 9))
def test_under_ten_participants_not_even_their_number_gets_onto_the_page(n: int) -> None:
    page = page_of(area(n=n))
    assert page.participants is page.part_of_residents is None


@given(n=st.integers(30, 99))
def test_under_a_hundred_participants_no_robustness_or_order_gets_onto_the_page(n: int) -> None:
    page = page_of(area(n=n))
    assert page.headline == "Een eerste indruk van Parkwijk: dit noemden de deelnemers het vaakst"
    assert [group.title for group in page.groups] == ["Hoe vaak genoemd"]
    assert page.robustness == page.pairs.order == ""
    assert page.is_robust is None


@given(n=st.integers(30, 99))
def test_under_a_hundred_participants_no_place_is_printed_even_if_the_edition_held_one(n: int) -> None:
    page = page_of(area(n=n))
    assert not re.search(r"plaats \d", str(page))


def test_from_a_hundred_the_themes_are_grouped_by_whether_they_are_in_the_top_three() -> None:
    page = page_of(area(n=100))
    assert [(group.title, len(group.rows)) for group in page.groups] == [
        ("In de top 3", 2),
        ("Mogelijk in de top 3", 2),
        ("Niet in de top 3", 1),
    ]
    assert [row.place for row in page.rows][:3] == ["plaats 1–2", "plaats 1–3", "plaats 2–4"]


def test_the_headline_names_what_is_certain_and_the_lead_what_is_not() -> None:
    page = page_of(area())
    assert page.headline == "Parkwijk wil eerst iets doen aan afval en donker"
    assert page.lead == (
        "Van de 214 deelnemers zette 61% afval en 49% donker in de top 3. "
        "De rest van de top 3 is niet zeker: jeugd en parkeren liggen dicht bij elkaar."
    )


def test_where_nothing_is_certain_the_headline_says_that() -> None:
    close = tuple(replace(theme, label="possible") for theme in area().themes)
    page = page_of(area(themes=close))
    assert page.headline == "In Parkwijk liggen de onderwerpen zo dicht bij elkaar dat geen top 3 zeker is"
    assert "Voor de top 3 komen 5 onderwerpen in aanmerking." in page.lead


def test_wijken_that_were_counted_together_are_named_together() -> None:
    page = page_of(area(merged_with=(MEERWIJK,)))
    assert page.headline.startswith("Parkwijk en Meerwijk willen eerst iets doen aan")
    assert page.is_merged


def test_a_stadsdeel_is_called_one() -> None:
    assert page_of(area("oost")).headline.startswith("Stadsdeel Oost wil eerst")


def test_entrepreneurs_are_not_called_residents_nor_set_beside_them() -> None:
    page = page_of(area(), kind="entrepreneurs")
    assert page.headline.startswith("Ondernemers in Parkwijk willen eerst")
    assert page.part_of_residents is None
    assert "bewoners deden mee" not in " ".join(page.certainty)
    few = page_of(area(n=12), kind="entrepreneurs")
    assert few.headline.startswith("Te weinig ondernemers van Parkwijk")


def test_the_raw_share_stands_beside_the_weighted_one() -> None:
    row = page_of(area()).rows[0]
    assert (row.share, row.share_raw, row.points) == (0.61, 0.59, 1.5)


def test_a_margin_stays_between_nobody_and_everybody() -> None:
    wide = tuple(replace(theme, low=-0.1, high=1.2) for theme in area().themes)
    row = page_of(area(themes=wide)).rows[0]
    assert (row.low, row.high) == (0.0, 1.0)


def test_it_says_what_the_margin_and_the_weighting_do_not_mend() -> None:
    text = " ".join(page_of(area()).certainty)
    assert "214 bewoners deden mee: 3,2% van alle bewoners van 16 jaar en ouder." in text
    assert "Zij kozen zelf om mee te doen." in text
    assert "gewogen naar leeftijd en geslacht. Dat corrigeert niet wie er geïnteresseerd is." in text
    assert "De balk laat alleen toevalsverschil zien." in text
    assert "ongeveer 178 deelnemers" in text


def test_it_says_why_a_result_was_not_weighted() -> None:
    texts = {
        reason: " ".join(page_of(area(is_weighted=False, raw_because=reason)).certainty)
        for reason in ("design-effect", "effective-size", "single-weight", "")
    }
    assert "deden veel minder mee dan andere" in texts["design-effect"]
    assert "te weinig antwoorden overblijven" in texts["effective-size"]
    assert "één deelnemer te zwaar" in texts["single-weight"]
    assert "elke deelnemer telt even zwaar" in texts[""]


def test_cells_that_all_became_one_weigh_nothing() -> None:
    cell = replace(area().cells[0], codes=("16-34/v", "16-34/m"))
    page = page_of(area(cells=(cell,)))
    assert not page.is_weighted
    assert "te weinig mensen mee" in " ".join(page.certainty)


def test_a_result_that_depends_on_the_rule_names_the_themes() -> None:
    page = page_of(area(robust=False, disputed=("jeugd", "parkeren")))
    assert page.robustness == "De volgorde hangt af van de telregel: jeugd en parkeren."
    assert page.is_robust is False


def test_an_area_that_the_round_does_not_know_has_no_page() -> None:
    assert result_page(MEERWIJK, result(area()), NAMES) is None


def test_two_themes_are_compared_among_those_who_named_one_and_blank_under_ten() -> None:
    pairwise = {row: dict.fromkeys(NAMES.themes, 4) for row in NAMES.themes}
    pairwise["afval"]["donker"], pairwise["donker"]["afval"] = 30, 10
    pairwise["jeugd"]["afval"] = None
    pairs = page_of(area(pairwise=pairwise)).pairs
    assert pairs.rows[0].shares == ("", "75%", "", "", "")
    assert pairs.rows[1].shares[0] == "25%"


def test_the_order_of_schulze_is_told_in_words_with_its_ties() -> None:
    pairs = page_of(area(schulze=(("afval",), ("donker", "jeugd"), ("parkeren",), ("verkeer",)))).pairs
    assert "afval; donker en jeugd; parkeren; verkeer." in pairs.order
    assert "eindigt gelijk" in pairs.order


def test_the_city_counts_residents_from_the_age_of_its_groups() -> None:
    assert page_of(area(CITY, 900)).from_age == 16
