import datetime as dt
from decimal import Decimal

import pytest

from indicators.display import CellView
from indicators.trends import trend_in
from indicators.words import (
    Subject,
    Version,
    answer,
    comparison,
    course,
    direction_text,
    margin_text,
    range_text,
    remarks,
    revision_text,
    survey_text,
)
from tests.indicators.test_trends import cell, pending

BURGLARIES = Subject("Aantal woninginbraken", "Haarlem")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (246, "In 2022 waren er 246 woninginbraken in Haarlem."),
        (1, "In 2022 was het aantal woninginbraken in Haarlem 1."),
        (0, "In 2022 waren er geen woninginbraken in Haarlem."),
    ],
)
def test_a_count_is_told_with_the_right_number_word(value: int, said: str) -> None:
    assert answer(BURGLARIES, cell(2022, value)) == said


@pytest.mark.parametrize(
    ("subject", "printed", "said"),
    [
        (Subject("Burenruzie", "Haarlem"), "403", "Burenruzie in Haarlem: 403 in 2022."),
        (
            Subject("% Haarlemmers: veel overlast van afval", "Haarlem", "percent"),
            "36%",
            "In 2022 gold voor 36% van de Haarlemmers: veel overlast van afval.",
        ),
        (
            Subject("% vaak overlast van jongeren in de buurt", "Haarlem", "percent"),
            "21%",
            "Vaak overlast van jongeren in de buurt in Haarlem: 21% in 2022.",
        ),
        (
            Subject("Cijfer kwaliteit (1-10)", "Haarlem", "grade"),
            "6,5",
            "Cijfer kwaliteit (1-10) in Haarlem: 6,5 in 2022.",
        ),
        (
            Subject("Aantal Integraal Casus Overleg (ICO's) Haarlem", "Haarlem"),
            "124",
            "Aantal Integraal Casus Overleg (ICO's) Haarlem: 124 in 2022.",
        ),
    ],
)
def test_a_name_that_is_no_plural_is_left_as_it_is(subject: Subject, printed: str, said: str) -> None:
    assert answer(subject, cell(2022, 5, printed=printed)) == said


def test_a_comparator_is_told_in_words() -> None:
    assert answer(BURGLARIES, cell(2022, 20, printed="<20", comparator="<")) == (
        "In 2022 waren er minder dan 20 woninginbraken in Haarlem."
    )


def test_a_quarter_has_its_article() -> None:
    quarter = cell(2022, 3, period="2022-Q2", label="2e kwartaal 2022")
    assert answer(BURGLARIES, quarter) == "In het 2e kwartaal 2022 waren er 3 woninginbraken in Haarlem."


def test_without_a_figure_the_answer_says_so() -> None:
    assert answer(BURGLARIES, None) == "Er is nog geen cijfer over ‘Aantal woninginbraken’ in Haarlem."


@pytest.mark.parametrize(
    ("before", "latest", "said"),
    [
        (166, 246, "Dat is meer dan in 2021 (166)."),
        (246, 166, "Dat is minder dan in 2021 (246)."),
        (166, 166, "Dat is evenveel als in 2021."),
    ],
)
def test_a_count_beside_the_one_before(before: int, latest: int, said: str) -> None:
    assert comparison(BURGLARIES, trend_in([cell(2021, before), cell(2022, latest)])) == said


def test_a_grade_is_higher_and_not_more() -> None:
    grade = Subject("Cijfer", "Haarlem", "grade")
    cells = [cell(2021, 6.5, printed="6,5"), cell(2022, 6.6, printed="6,6")]
    assert comparison(grade, trend_in(cells)) == "Dat is hoger dan in 2021 (6,5)."


def test_a_change_that_may_be_chance_says_so() -> None:
    cells = [cell(2021, 22, low=20, high=26), cell(2022, 24, low=21, high=27)]
    said = comparison(Subject("x", "y", "percent"), trend_in(cells, is_survey=True))
    assert said == "Dat is hoger dan in 2021 (22). Dit verschil kan toeval zijn."


def test_after_a_break_nothing_is_compared() -> None:
    said = comparison(BURGLARIES, trend_in([cell(2021, 166), cell(2022, 246, "break")]))
    assert said == "Er wordt nu anders gemeten. Vergelijk het niet met 2021 (166)."


def test_one_figure_has_nothing_beside_it() -> None:
    assert comparison(BURGLARIES, trend_in([cell(2022, 246)])) == ""


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ([pending(2023)], ["Het cijfer over 2023 volgt nog."]),
        ([pending(2023), pending(2024)], ["De cijfers over 2023 en 2024 volgen nog."]),
        ([cell(2023, None, "not_collected", explanation="x")], ["In 2023 is dit niet gemeten."]),
        (
            [cell(2023, None, "suppressed", explanation="Minder dan 5.")],
            ["Het cijfer over 2023 tonen we niet. Minder dan 5."],
        ),
        (
            [cell(2023, None, "unknown", explanation="Leeg in de bron")],
            ["Het cijfer over 2023 ontbreekt. Leeg in de bron."],
        ),
        (
            [cell(2023, None, "text_only", printed="12 of 13", explanation="x")],
            ["Over 2023 staat er in woorden: ‘12 of 13’."],
        ),
    ],
)
def test_a_missing_last_year_is_told(after: list[CellView], said: list[str]) -> None:
    assert remarks(trend_in([cell(2022, 246), *after])) == said


def test_a_provisional_figure_and_another_measured_year_are_told() -> None:
    trend = trend_in([cell(2022, 246, "provisional", measured="2021")])
    assert remarks(trend) == ["Dit cijfer is voorlopig.", "Dit is gemeten in 2021."]


def test_words_in_the_place_of_every_figure_are_the_answer() -> None:
    told = cell(2023, None, "text_only", printed="vooral in de avond", explanation="x")
    trend = trend_in([cell(2022, None, "unknown", explanation="x"), told])
    assert (
        answer(Subject("Overlast", "Haarlem"), trend.shown)
        == "Overlast in Haarlem: ‘vooral in de avond’ in 2023."
    )
    assert remarks(trend) == []


def test_without_any_figure_only_the_last_year_is_explained() -> None:
    assert remarks(trend_in([pending(2022), pending(2023)])) == ["Het cijfer over 2023 volgt nog."]


def test_a_survey_says_how_many_answered_and_the_margin() -> None:
    full = cell(2022, 30, printed="30%", n=1500, low=27, high=33)
    assert survey_text(full) == "1.500 mensen gaven antwoord. Door toeval kan dit ook 27–33% zijn."
    assert survey_text(cell(2022, 30)).endswith("is niet bekend.")
    assert margin_text(cell(2022, 6.5, printed="6,5", low=6.4, high=6.6)) == "6,4–6,6"


def test_the_course_of_a_series() -> None:
    assert course([cell(2019, 437), pending(2020), cell(2022, 246)]) == "Van 437 in 2019 naar 246 in 2022."
    assert course([cell(2022, 246)]) == ""


def test_what_better_means_is_told_as_a_person_set_it() -> None:
    assert direction_text("lower", "", None, None) == "Lager is beter."
    assert direction_text("band", "", Decimal(10), Decimal(20)) == "Goed is tussen 10 en 20."
    explained = direction_text("ambiguous", "Meer controles geeft meer boetes", None, None)
    assert explained.endswith("Daarom krijgt dit cijfer geen kleur. Meer controles geeft meer boetes.")


def test_the_history_of_a_cell() -> None:
    versions = [
        Version("volgt", dt.date(2026, 3, 1)),
        Version("12", dt.date(2026, 5, 15)),
        Version("13", dt.date(2026, 9, 1), "er kwam één melding bij."),
    ]
    assert revision_text("2022", versions) == (
        "Cijfer over 2022: eerst ‘volgt’; 12 op 15 mei 2026; 13 op 1 september 2026 (er kwam één melding bij)."
    )


def test_the_classes_of_a_map_in_words() -> None:
    assert range_text(None, 10) == "minder dan 10"
    assert range_text(10, 20, "%") == "10 tot 20%"
    assert range_text(40, None) == "40 of meer"
