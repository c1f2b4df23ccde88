"""Which notes move the period in which a figure was measured, and which only make it doubtful."""

import pytest

from indicators.periods import Period
from indicators.reading.measured import measured_period, other_years

OWN = Period.of_year(2021)


@pytest.mark.parametrize(
    "note",
    [
        "Cijfer heeft betrekking op 2020",
        "betreft 2020",
        "dit cijfer is van 2020",
        "cijfers zijn van 2020",
        "in 2020 gemeten",
        "cijfers 2020",
        "stand 2020",
        "score van 2020",
        "Omnibus 2020",
        "Bron: Veiligheidsmonitor 2020",
        "politiecijfers over 2020.",
        "gemeten in 2020 in plaats van 2021",
        "gemeten in 2020, niet in 2021",
        "dit is het cijfer van 2020, omdat in 2021 niet is gemeten",
        "In 2021 niet gemeten; dit is 2020",
        "in 2021 is niet gemeten (cijfer 2020)",
        "cijfer 2020, 2021 volgt",
        "cijfer van 2020. Het cijfer van 2022 wordt in 2023 verwacht.",
        "nulmeting 2020",
        "0-meting 2020",
        "peildatum 31 december 2020",
        "2020",
        "laatst bekende cijfer (2020)",
        "Gemeten in 2020 door 2000 respondenten",
        "gemeten in 2020 (n=1999)",
        "Let op: is in 2020 gemeten door het onderzoeksbureau",
    ],
)
def test_a_note_that_says_plainly_when_moves_the_period(note: str) -> None:
    found = measured_period(note, OWN)
    assert found is not None
    assert found.year == 2020
    assert other_years(note, OWN) == []


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ("meting van mei 2020", "2020-05"),
        ("gemeten in het 2e kwartaal 2020", "2020-Q2"),
        ("gemeten in mei 2021", "2021-05"),
        ("Omnibus, voorjaar 2020", "2020"),
    ],
)
def test_a_part_of_a_year_is_measured_too(note: str, code: str) -> None:
    found = measured_period(note, OWN)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("note", "years"),
    [
        ("nieuwe vraag sinds 2020", [2020]),
        ("nieuwe definitie (2020)", [2020]),
        ("gemiddelde van 2020 en 2021", [2020]),
        ("gemeten over 2019-2020", [2019, 2020]),
        ("schooljaar 2020/2021", [2020]),
        ("hoger dan in de meting van 2020", [2020]),
        ("schatting op basis van cijfers van 2020", [2020]),
        ("t.o.v. 2020", [2020]),
        ("t.o.v. Omnibus 2020", [2020]),
        ("cijfer voor 2020", [2020]),
        ("cijfer van 2020, of gemeten in 2019", [2019, 2020]),
        ("in 2020 niet gemeten", [2020]),
        ("Omnibus 2020 telde minder vragen", [2020]),
        ("de meting van 2020 is gecorrigeerd", [2020]),
    ],
)
def test_a_note_that_only_names_another_year_asks_a_person(note: str, years: list[int]) -> None:
    assert measured_period(note, OWN) is None
    assert other_years(note, OWN) == years


@pytest.mark.parametrize(
    "note",
    [
        "",
        "voorlopig cijfer",
        "gemeten in 2021",
        "gemeten in 2021, eerder in 2020",
        "meting in 2022 volgt",
        "wordt in 2022 gemeten",
        "onder 2000 respondenten",
        "n=2000",
    ],
)
def test_other_notes_say_nothing_of_another_year(note: str) -> None:
    assert measured_period(note, OWN) is None
    assert other_years(note, OWN) == []
